"""What the name of a column tells: that it is a target, an id, a place in time, or a pixel."""

import re
from collections.abc import Sequence

_TELLING = (
    *("target", "label", "outcome", "survived", "diagnosis", "species", "class", "klass", "klasse", "classe", "clase"),
    *("category", "response", "output", "result", "variety", "digit", "quality", "churn", "churned", "fraud", "spam"),
    *("exited", "attrition", "disease", "subscribed"),
)
"""Names of targets, the most telling first: a class may be that of a ship's cabin, a label is hardly an input."""
_CLASSES = frozenset(_TELLING) - {"target", "response", "output", "result", "quality", "outcome"}
_BESIDE = frozenset({"name", "id", "code", "value", "variable", "column", "type"})
"""What stands behind a telling word and leaves it telling: ``class_name`` is one, ``class_size`` is none."""
_IDS = frozenset({"id", "ids", "uuid", "guid", "rowid", "rownames", "#"})
_NUMBERS = frozenset({"key", "index", "idx", "no", "nr", "num", "number", "row"})
"""Words that stand for an id as well as for an amount: a phone number, the number of rooms, nitric oxide."""
_MEASURED = frozenset(
    {"x", "t", "time", "year", "years", "month", "week", "day", "days", "hour", "minute", "second", "age", "dose"}
)
_PIXELS = frozenset({"p", "px", "pix", "pixel", "pixels"})


def tells_target(names: Sequence[str], column: int) -> int | None:
    """How telling the name of a column is for a target, 0 the most; None where it isn't."""
    words = _words(names[column])
    whole = "".join(words)
    if whole in _TELLING:
        return _TELLING.index(whole)
    if whole == "y" and column in (0, len(names) - 1):  # beside x and before a class it is a place
        return len(_TELLING)
    while len(words) > 1 and words[-1] in _BESIDE:
        words = words[:-1]
    if words and words[-1] in _TELLING:
        return len(_TELLING) + 1 + _TELLING.index(words[-1])
    return None


def tells_class(name: str) -> bool:
    """Whether what has this name is a class even where it is written as a number."""
    return not _CLASSES.isdisjoint(_words(name)[-2:])


def tells_id(name: str) -> bool:
    """Whether what has this name tells rows, or groups of them, apart."""
    words = _words(name)
    return not words or words[-1] in _IDS or words[0] in ("id", "unnamed")


def may_tell_id(name: str) -> bool:
    """Whether what has this name tells rows apart where all its values are different."""
    words = _words(name)
    return tells_id(name) or words[-1] in _NUMBERS or words[-1].endswith("id")


def is_given(name: str) -> bool:
    """Whether the name is one that a file without a header is given: ``column 3``."""
    return re.fullmatch(r"column \d+", name) is not None


def are_numbered(names: Sequence[str]) -> bool:
    """Whether columns have no names but numbers, alone or behind one word: ``0``, ``1`` …, ``column 1`` …."""
    return pixel_names(names) is not False


def tells_measured(name: str) -> bool:
    """Whether what has this name may rise evenly without counting the rows."""
    return not _MEASURED.isdisjoint(_words(name))


def pixel_names(names: Sequence[str]) -> bool | None:
    """Whether names are those of pixels; None where they are one word with different numbers, and may be any's."""
    stems = {re.sub(r"[\d\s.,;:_()\[\]-]+", "", name).lower() for name in names}
    if len(stems) != 1 or not all(re.search(r"\d", name) for name in names):
        return False
    stem = stems.pop()
    return True if stem in _PIXELS or (stem == "x" and re.fullmatch(r"\d+x\d+", names[0])) else None


def named_shape(names: Sequence[str]) -> tuple[int, int] | None:
    """(rows, columns) where the names have both: ``1x1`` to ``28x28``, ``pixel_0_0`` to ``pixel_7_7``."""
    found = [re.fullmatch(r"\D*(\d{1,5})\D+(\d{1,5})\D*", name) for name in names]
    places = [(int(place[1]), int(place[2])) for place in found if place]
    if not places or len(places) < len(names):
        return None
    (first, start), (last, end) = places[0], places[-1]
    rows, columns = last - first + 1, end - start + 1
    if rows * columns != len(places):
        return None
    wanted = [(first + row, start + column) for row in range(rows) for column in range(columns)]
    return (rows, columns) if places == wanted else None


def _words(name: str) -> list[str]:
    """The words of a name in small letters: ``targetClass``, ``target_class`` and ``Target class`` have the same."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return re.findall(r"#|[^\W_]+", apart.lower())
