"""Conditions in words, as a person writes and reads them: ``test.loss rises for 50``. Both ways go by one template.

The words are a small language, like the paths of options, and the same everywhere; what is around them is translated.
A template has places: ``{set}`` is ``train.`` or ``test.`` or nothing, which is ``train.``; ``{number}`` is the number;
``{layer}``, ``{unit}``, ``{row}`` and ``{sample}`` count from 1.
"""

import re

from nnplay.errors import InputError, a_whole_number, one_of
from nnplay.texts import number as number_text
from nnplay.texts import tr
from nnplay.training.conditions.condition import Condition, ConditionKind
from nnplay.training.conditions.kinds import CONDITIONS, MOST_EPOCHS

SETS = ("train", "test")
COUNTED = ("layer", "unit", "row", "sample")
"""Places that count from 1 in words and from 0 in the record."""
NOUNS = {"loss", "accuracy", "plateau", "unit", "point", "weight", "bias", "epoch"}
"""Words that tell what a condition is about."""
_WRITTEN_AS = {
    "set": "[test.]", "number": "NUMBER", "layer": "LAYER", "unit": "UNIT", "row": "INPUT", "sample": "POINT",
}  # fmt: skip
_SAME = {"≥": ">=", "below": "<", "under": "<", "above": ">", "over": ">", "reaches": ">="}
_TOKEN = re.compile(r"<=|>=|[<>≥≤]|[^\s<>≥≤]+")
_PLACE = re.compile(r"\{(\w+)\}")
_SET = r"(?:(?P<set>train|test)\.)?"
_EPOCHS = re.compile(r" epochs?$")


def condition_in(text: str, field: str = "condition", *, stops: bool = False) -> Condition:
    """The condition that words say.

    Parameters
    ----------
    field
        What a refusal calls it.
    stops
        Whether it is to end a run.

    Raises
    ------
    InputError
        Words that say none, or a number out of range; told with what is allowed.
    """
    wanted = _normal(text)
    for kind in CONDITIONS.values():
        found = _pattern(kind).fullmatch(wanted)
        if found is not None:
            if kind.stops or not stops:
                return _condition(kind, found, field, text)
            raise InputError(field, text, tr("what is known when it happens, as {forms}", forms=_forms(wanted, stops)))
    raise InputError(field, text, one_of([_forms(wanted, stops)]))


def words_of(condition: Condition) -> str:
    """The condition in words, which `condition_in` reads as the same."""
    places: dict[str, object] = {"set": "" if condition.of == "train" else f"{condition.of}."}
    number = condition.number
    if number is not None:
        places["number"] = int(number) if number.is_integer() else repr(number)
    for name in COUNTED:
        value = getattr(condition, name)
        places[name] = None if value is None else value + 1
    return CONDITIONS[condition.kind].words.format_map(places)


def title_of(condition: Condition) -> str:
    """The condition as the beginning of a sentence: ``Test loss below 0.05``."""
    kind = CONDITIONS[condition.kind]
    places: dict[str, object] = {name: value + 1 for name in COUNTED if (value := getattr(condition, name)) is not None}
    if condition.number is not None:
        whole = condition.number.is_integer() and condition.number <= MOST_EPOCHS
        places["number"] = f"{int(condition.number):,}" if whole else number_text(condition.number)
    if condition.of == "test" and kind.marked_test_title:
        return tr(kind.marked_test_title, **places)
    return tr(kind.marked_title, **places)


def form_of(kind: ConditionKind) -> str:
    """How conditions of a kind are written: ``[test.]loss < NUMBER``."""
    return kind.words.format_map(_WRITTEN_AS)


def checked(condition: Condition, field: str = "condition") -> Condition:
    """The condition itself, where it is one that could have been written: for those of files.

    Raises
    ------
    InputError
        Where it is none.
    """
    if condition.kind not in CONDITIONS:
        raise InputError(f"{field}.kind", condition.kind, one_of(CONDITIONS))
    kind = CONDITIONS[condition.kind]
    places = set(_PLACE.findall(kind.words))
    if condition.of not in SETS:
        raise InputError(f"{field}.of", condition.of, one_of(SETS))
    if kind.number is not None:
        if condition.number is None:
            raise InputError(f"{field}.number", None, kind.number.allowed)
        kind.number.check(condition.number, f"{field}.number")
    for name in COUNTED:
        value = getattr(condition, name)
        if name in places and (value is None or value < 0):
            raise InputError(f"{field}.{name}", value, a_whole_number(0))
    return condition


def _normal(text: str) -> str:
    """The words one space apart, in small letters, with signs for the words that mean them; "below" after "falls"."""
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    falls = "falls" in tokens
    same = [token if falls else _SAME.get(token, token) for token in tokens]
    words = _EPOCHS.sub("", " ".join(same)).replace("plateau for ", "plateau ")
    return f"a {words}" if words == "unit died" else words


def _pattern(kind: ConditionKind) -> re.Pattern[str]:
    parts = _PLACE.split(kind.words)
    made = [
        re.escape(part) if place % 2 == 0 else _SET if part == "set" else rf"(?P<{part}>\S+)"
        for place, part in enumerate(parts)
    ]
    return re.compile("".join(made))


def _forms(wanted: str, stops: bool) -> str:
    """How the kinds are written that share a word with what was written, or else all."""
    words = set(re.split(r"[\s.]", wanted)) & NOUNS
    kinds = [kind for kind in CONDITIONS.values() if kind.stops or not stops]
    alike = [kind for kind in kinds if words & set(_PLACE.sub("", kind.words).split())]
    return ", ".join(map(form_of, alike or kinds))


def _condition(kind: ConditionKind, found: re.Match[str], field: str, text: str) -> Condition:
    places = found.groupdict()
    try:
        number = None if kind.number is None else kind.number.read(places["number"], "number")
        counted = {name: _counted(name, places[name]) for name in COUNTED if name in places}
    except InputError as error:
        place = _WRITTEN_AS[error.field]
        allowed = tr("{form}, where {place} is {what}", form=form_of(kind), place=place, what=error.allowed)
        raise InputError(field, text, allowed) from None
    return Condition(kind=kind.key, number=number, of=places.get("set") or "train", **counted)


def _counted(place: str, text: str) -> int:
    if not (text.isdecimal() and text.isascii() and len(text) < 10 and int(text)):
        raise InputError(place, text, a_whole_number(1))
    return int(text) - 1
