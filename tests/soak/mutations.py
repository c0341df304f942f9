"""Changes a file at random: bytes flipped, parts left out or doubled, values of JSON put elsewhere."""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

ODD_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1, 2, 0.5, -0.0, 1e-320, 1e154, 1e308, -1e308, 2**31, 2**53, 2**63, -(2**63), 2**64, 10**30,
    "", "x", "nan", "inf", "\u0000", "🙂", "<b>x</b>", "relu", "yours", [], [[]], [0], [0, 0, 0], {}, {"": 0},
    "9" * 400, [None], [[1, 2], [3]], {"shape": [1, 5], "type": "float64", "zlib": ""},
)  # fmt: skip
ODD_TEXTS = (
    "", "0", "-1", "1e308", "-1e309", "1e400", "nan", "inf", "9" * 400, "0x10", "1_000", "1,5", "−3", " ", "\t", "\r",
    "\n\n", '"', "'", ";", ",", "\u2028", "\ufeff", "é", "🙂", "\u202e", "<img src=x>", "null", "true", "[", "{", "((",
)  # fmt: skip


def mutated(content: bytes, generator: random.Random) -> bytes:
    """The content with one to four changes."""
    for _ in range(generator.choice((1, 1, 1, 2, 2, 4))):
        content = generator.choice(_BYTES)(content, generator)
    return content


def mutated_text(text: str, generator: random.Random) -> str:
    """The text with one to four changes of its characters and words."""
    for _ in range(generator.choice((1, 1, 1, 2, 2, 4))):
        text = generator.choice(_TEXTS)(text, generator)
    return text


def mutated_json(content: bytes, generator: random.Random, within: str = "") -> bytes:
    """The JSON with one to three of its values put elsewhere, left out, doubled or replaced.

    Parameters
    ----------
    within
        The key of the whole below which the changes are; "" for anywhere.
    """
    tree = json.loads(content)
    for _ in range(generator.choice((1, 1, 1, 2, 3))):
        root = tree.get(within) if within and isinstance(tree, dict) else tree
        if isinstance(root, dict | list) and root:
            _change(root, generator)
    return json.dumps(tree).encode("utf-8", "surrogatepass")


def _change(root: Any, generator: random.Random) -> None:
    holder = root
    while True:  # down to any depth
        key = generator.choice(list(holder)) if isinstance(holder, dict) else generator.randrange(len(holder))
        below = holder[key]
        if not isinstance(below, dict | list) or not below or generator.random() < 0.25:
            break
        holder = below
    way = generator.random()
    if way < 0.12:
        del holder[key]
    elif way < 0.2 and isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    elif way < 0.25 and isinstance(holder, dict):
        holder[str(key) + generator.choice(("", "s", "_", "\u0000"))] = holder.pop(key)
    elif way < 0.45 and isinstance(below, int | float) and not isinstance(below, bool):
        holder[key] = generator.choice((-below, below + 1, below * 10.0**9, below / 3, str(below), int(below)))
    else:
        holder[key] = copy.deepcopy(generator.choice(ODD_VALUES))


def _flip(content: bytes, generator: random.Random) -> bytes:
    if not content:
        return bytes([generator.randrange(256)])
    place = generator.randrange(len(content))
    return content[:place] + bytes([generator.randrange(256)]) + content[place + 1 :]


def _leave_out(content: bytes, generator: random.Random) -> bytes:
    begin, end = _part(len(content), generator)
    return content[:begin] + content[end:]


def _double(content: bytes, generator: random.Random) -> bytes:
    begin, end = _part(len(content), generator)
    return content[:end] + content[begin:end] + content[end:]


def _cut(content: bytes, generator: random.Random) -> bytes:
    return content[: generator.randrange(len(content) + 1)]


def _zero(content: bytes, generator: random.Random) -> bytes:
    begin, end = _part(len(content), generator)
    return content[:begin] + bytes(end - begin) + content[end:]


def _insert(content: bytes, generator: random.Random) -> bytes:
    place = generator.randrange(len(content) + 1)
    return content[:place] + generator.choice(ODD_TEXTS).encode() + content[place:]


def _part(length: int, generator: random.Random) -> tuple[int, int]:
    begin = generator.randrange(length + 1)
    return begin, min(length, begin + generator.choice((1, 2, 4, 16, 64, 1024)))


def _put_word(text: str, generator: random.Random) -> str:
    place = generator.randrange(len(text) + 1)
    return text[:place] + generator.choice(ODD_TEXTS) + text[place:]


def _leave_out_text(text: str, generator: random.Random) -> str:
    begin, end = _part(len(text), generator)
    return text[:begin] + text[end:]


def _double_text(text: str, generator: random.Random) -> str:
    begin, end = _part(len(text), generator)
    return text[:begin] + text[begin:end] * generator.choice((2, 3, 200)) + text[end:]


def _swap_characters(text: str, generator: random.Random) -> str:
    characters = list(text)
    for _ in range(generator.randrange(1, 4)):
        if characters:
            a, b = generator.randrange(len(characters)), generator.randrange(len(characters))
            characters[a], characters[b] = characters[b], characters[a]
    return "".join(characters)


def _replace_character(text: str, generator: random.Random) -> str:
    if not text:
        return generator.choice(ODD_TEXTS)
    place = generator.randrange(len(text))
    return text[:place] + chr(generator.choice((*range(1, 127), 0xE9, 0x2028, 0x1F642))) + text[place + 1 :]


_BYTES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _leave_out, _double, _cut, _zero, _insert)
_TEXTS: tuple[Callable[[str, random.Random], str], ...] = (
    _put_word,
    _leave_out_text,
    _double_text,
    _swap_characters,
    _replace_character,
)
