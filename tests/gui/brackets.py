"""A translation that puts every text in brackets: what stands without them did not go through `tr`."""

import re

from nnplay import texts

WORD = re.compile(r"[A-Za-z]{3,}")


def in_brackets(text: str, note: str, number: int | None) -> str:
    return f"[{texts.english(text, note, number)}]"


def without_brackets(said: list[str]) -> list[str]:
    """Those that have a word outside of all brackets."""

    def outside(text: str) -> str:
        shorter = re.sub(r"\[[^\[\]]*\]", "", text)
        return text if shorter == text else outside(shorter)

    return [text for text in said if WORD.search(outside(text))]
