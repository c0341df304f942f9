"""What stands for a missing cell."""

MISSING = frozenset(
    (
        "", "na", "n/a", "n.a.", "n/d", "nan", "-nan", "null", "(null)", "none", "nil", "nat", "missing", "<na>",
        "?", "-", "--", "---", "–", "—", ".", "..", "…", "#n/a", "#na", "#null!", "#div/0!", "#value!", "#ref!",
        "#name?", "#num!", "1.#qnan", "-1.#qnan", "1.#ind", "-1.#ind",
    )
)  # fmt: skip
"""Texts of missing cells in lower case; an empty one is among them."""
SPELLINGS = sorted({spelling for text in MISSING for spelling in (text, text.upper(), text.capitalize())} | {"NaN"})
"""As they are usually written; others are found cell by cell."""


def is_missing(text: str) -> bool:
    """Whether a cell, without blanks around it, stands for a missing one."""
    return len(text) <= 8 and text.lower() in MISSING
