"""What a person says of a sheet's columns: from one choice to the next, each of them whole."""

from dataclasses import replace
from typing import get_args

from nnplay.data.tables.choice import Choice, Kind, Missing, Role, Use
from nnplay.data.tables.sheet import Sheet
from nnplay.data.tables.suggestion import class_words, may_be_pixel, pixel_use, target_use
from nnplay.data.tables.uses.allowed_uses import check_input, check_target
from nnplay.data.tables.uses.columns import category_words, own_use
from nnplay.errors import Described, InputError, one_of
from nnplay.texts import tr


def with_role(sheet: Sheet, choice: Choice, column: int, role: Role) -> Choice:
    """The same with one column in another role.

    Raises
    ------
    InputError
        A role that the column can't have.
    """
    if role not in get_args(Role):
        raise InputError("role", role, one_of(get_args(Role)))
    if choice.uses[column].role == role:
        return choice
    if role == "target":
        return with_target(sheet, choice, column)
    return _with_use(choice, column, _used(sheet, choice, column, role))


def with_target(sheet: Sheet, choice: Choice, column: int | None) -> Choice:
    """The same with another column to learn, or none; the old one is again what it was before.

    Raises
    ------
    InputError
        A column without values, or with too many texts for classes.
    """
    old = choice.target
    if column == old:
        return choice
    if column is not None:
        use = target_use(sheet, column, before=choice.uses[column])
        check_target(sheet.columns[column], use.kind)
        choice = _with_use(choice, column, use)
    if old is not None:
        choice = _with_use(choice, old, choice.uses[old].before or own_use(sheet, old))
    return choice


def with_kind(sheet: Sheet, choice: Choice, column: int, kind: Kind) -> Choice:
    """The same with one column taken for something else: a number or categories, as a target a number or a class.

    Raises
    ------
    InputError
        A text as a number, more categories or classes than there can be, or a class that is no target.
    """
    use, chosen = choice.uses[column], sheet.columns[column]
    allowed = ("number", "class") if use.role == "target" else ("number", "categories")
    if kind not in allowed:
        raise InputError(chosen.name, kind, one_of(allowed))
    if use.role == "target":
        check_target(chosen, kind)
        why = class_words(chosen) if kind == "class" else tr("number")
        return _with_use(choice, column, replace(use, kind=kind, why=why))
    check_input(chosen, kind)
    why = category_words(chosen) if kind == "categories" else tr("number")
    why = why if use.role == "input" else use.why
    return _with_use(choice, column, replace(use, kind=kind, why=why, is_pixel=False))


def with_missing(choice: Choice, missing: Missing) -> Choice:
    """The same with rows of missing cells left out, or their cells filled.

    Raises
    ------
    InputError
        Neither drop nor fill.
    """
    if missing not in get_args(Missing):
        raise InputError("missing", missing, one_of(get_args(Missing)))
    return replace(choice, missing=missing)


def with_picture(sheet: Sheet, choice: Choice, shape: tuple[int, int] | None) -> Choice:
    """The same with the inputs as the pixels of pictures of (rows, columns), or as mere numbers.

    As pixels, columns that never change are inputs too, where they are needed to fill the rectangle.

    Raises
    ------
    InputError
        A shape that the inputs don't fill, or inputs that are no numbers.
    """
    uses = list(choice.uses)
    if shape is None:
        uses = [own_use(sheet, k) if use.is_pixel else use for k, use in enumerate(uses)]
        return replace(choice, uses=tuple(uses), pixels=None)
    inputs = [k for k, use in enumerate(uses) if use.role == "input"]
    with_constants = [k for k, use in enumerate(uses) if may_be_pixel(sheet.columns[k], use)]
    pixels = next((each for each in (inputs, with_constants) if len(each) == shape[0] * shape[1]), None)
    if pixels is None or min(shape) < 1:
        allowed = tr("rows and columns whose product is {inputs}, the number of inputs", inputs=len(inputs))
        raise InputError(tr("picture"), Described(tr("{rows} × {columns}", rows=shape[0], columns=shape[1])), allowed)
    wrong = [sheet.columns[k].name for k in pixels if uses[k].kind != "number" or sheet.columns[k].kind != "number"]
    if wrong:
        raise InputError(wrong[0], Described(tr("categories")), tr("numbers alone, in a picture"))
    for k in pixels:
        uses[k] = pixel_use()
    return replace(choice, uses=tuple(uses), pixels=shape)


def _used(sheet: Sheet, choice: Choice, column: int, role: Role) -> Use:
    """A column as an input, or left out."""
    now, chosen = choice.uses[column], sheet.columns[column]
    if now.role == "target":
        now = now.before or own_use(sheet, column)
    if role == "left_out":
        own = own_use(sheet, column)
        why = own.why if own.role == "left_out" else tr("not used")
        return replace(now, role="left_out", why=why)
    check_input(chosen, now.kind)
    why = tr("pixel") if now.is_pixel else category_words(chosen) if now.kind == "categories" else tr("number")
    return replace(now, role="input", why=why)


def _with_use(choice: Choice, column: int, use: Use) -> Choice:
    return replace(choice, uses=tuple(use if k == column else old for k, old in enumerate(choice.uses)))
