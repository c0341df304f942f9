"""A condition on a run, and what there is to know of each kind of condition."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from nnplay.errors import InputError, a_number, a_whole_number
from nnplay.texts import tr
from nnplay.training.conditions.watcher import Watcher
from nnplay.training.reading import number_in, whole_in
from nnplay.training.trainer import Trainer


class Condition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One condition as files and programs have it; `words_of` writes it for a person.

    Attributes
    ----------
    kind
        A key of `CONDITIONS`.
    number
        The one that its kind has; None for kinds without.
    of
        Whose figure it is: ``"train"`` or ``"test"``.
    layer, unit, row
        From 0. Of a weight: the dense layer, its unit, and the input that it weighs, None for the bias. Of a hidden
        unit: the hidden layer and the unit; None for any.
    sample
        Of a point: its place in the table, from 0.
    """

    kind: str
    number: float | None = None
    of: str = "train"
    layer: int | None = None
    unit: int | None = None
    row: int | None = None
    sample: int | None = None


@dataclass(frozen=True)
class ConditionNumber:
    """The number of a kind of condition.

    Attributes
    ----------
    default
        What it is until a person chooses.
    low, high
        Its range, both allowed; None for no end.
    marked_unit
        As `mark` leaves it; "" for a plain number.
    whole
        Whether it counts something.
    """

    default: float
    low: float | None = None
    high: float | None = None
    marked_unit: str = ""
    whole: bool = False

    @property
    def unit(self) -> str:
        """What it is counted in; "" for a plain number."""
        return self.marked_unit and tr(self.marked_unit)

    @property
    def usual(self) -> float:
        """The default, as a whole number where it counts something."""
        return int(self.default) if self.whole else self.default

    @property
    def allowed(self) -> str:
        """What it takes, as the end of a sentence."""
        if self.whole:
            ends = (None if end is None else int(end) for end in (self.low, self.high))
            return a_whole_number(*ends)
        return a_number(self.low, self.high)

    def read(self, text: str, field: str) -> float:
        """The number that a text says.

        Raises
        ------
        InputError
            It says none, or one out of range.
        """
        try:
            value = float(whole_in(text) if self.whole else number_in(text))
        except ValueError:
            raise InputError(field, text, self.allowed) from None
        self.check(value, field)
        return value

    def check(self, value: float, field: str) -> None:
        """Refuse a number out of range.

        Raises
        ------
        InputError
            With what is allowed.
        """
        low, high = self.low, self.high
        out = (low is not None and not value >= low) or (high is not None and not value <= high)
        if out or (self.whole and not float(value).is_integer()):
            raise InputError(field, value, self.allowed)


@dataclass(frozen=True)
class Need:
    """What a run must have for a condition to be one on it.

    Attributes
    ----------
    marked_label
        What it is, as `mark` leaves it.
    marked_refusal
        What is allowed where it is missing, as the end of a sentence.
    marked_missing
        That it is missing, as a sentence without its full stop.
    met
        Whether the run has it.
    """

    marked_label: str
    marked_refusal: str
    marked_missing: str
    met: Callable[[Condition, Trainer], bool]


@dataclass(frozen=True)
class ConditionKind:
    """One kind of condition.

    Attributes
    ----------
    key
        Its name in files.
    marked_label, marked_help
        What it is called in a list, and when it comes true, in a sentence; as `mark` leaves them.
    marked_title, marked_test_title
        What one of it is called where its places are known, and what one of the test set is; "" where it is of no set.
    words
        How it is written, with places: see `nnplay.training.conditions.words`.
    watcher
        Makes what follows a run.
    number
        None for kinds without one.
    needs
        What a run must have.
    stops
        Whether it can end a run; any can be looked for in what was.
    """

    key: str
    marked_label: str
    marked_help: str
    marked_title: str
    marked_test_title: str
    words: str
    watcher: Callable[[Condition], Watcher]
    number: ConditionNumber | None = None
    needs: tuple[Need, ...] = ()
    stops: bool = True

    @property
    def label(self) -> str:
        """What it is called in a list."""
        return tr(self.marked_label)

    @property
    def help(self) -> str:
        """When it comes true, in a sentence."""
        return tr(self.marked_help)
