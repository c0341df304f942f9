"""The points that a network learns: inputs, targets and their names, frozen together."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnplay.data.packing import packed_shape, unpack
from nnplay.errors import InputError, a_finite_number, a_whole_number, one_of
from nnplay.limits import MOST_INPUTS, MOST_NUMBER
from nnplay.texts import tr

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Task = Literal["classification", "regression"]

TASKS: tuple[Task, ...] = ("classification", "regression")
MAX_CLASSES = 64
"""Drawn points use six of them at most."""


@dataclass(frozen=True, eq=False)
class Table:
    """N samples with I inputs and one target each; its arrays are copies and can't be written to.

    Attributes
    ----------
    inputs
        (N, I) float64 of at most 1e100 in magnitude; N may be 0, I is 1 to 100,000.
    targets
        (N,) float64, as large at most: the class of each sample as a whole number 0…C−1, or its value for regression.
    task
        ``"classification"`` or ``"regression"``.
    input_names
        One name an input; ``x1``, ``x2``, … where left out.
    class_names
        One name a class, at most `MAX_CLASSES`; ``0``, ``1``, … up to the largest target where left out.
        Empty for regression.
    picture
        (rows, columns) of the pixels that the inputs are, row by row; None where they are no pictures.

    Raises
    ------
    InputError
        A shape that doesn't fit, a number that is not finite or too large, a target that is no class.
    """

    inputs: Floats
    targets: Floats
    task: Task = "classification"
    input_names: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()
    picture: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if self.task not in TASKS:
            raise InputError("task", self.task, one_of(TASKS))
        inputs = _frozen_floats("inputs", self.inputs)
        targets = _frozen_floats("targets", self.targets)
        if inputs.ndim != 2 or inputs.shape[1] == 0:
            raise InputError("inputs", inputs.shape, tr("a shape (samples, inputs) with at least one input"))
        check_inputs(inputs.shape[1])
        if targets.shape != (len(inputs),):
            raise InputError("targets", targets.shape, tr("a shape ({count},), one target a sample", count=len(inputs)))
        object.__setattr__(self, "picture", _picture(self.picture, inputs.shape[1]))
        object.__setattr__(self, "inputs", inputs)
        object.__setattr__(self, "targets", targets)
        object.__setattr__(self, "input_names", _input_names(self.input_names, inputs.shape[1]))
        object.__setattr__(self, "class_names", _class_names(self.task, self.class_names, targets))

    def __len__(self) -> int:
        return len(self.targets)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Table):
            return NotImplemented
        mine = (self.task, self.input_names, self.class_names, self.picture)
        return (
            mine == (other.task, other.input_names, other.class_names, other.picture)
            and np.array_equal(self.targets, other.targets)
            and np.array_equal(self.inputs, other.inputs)
        )

    def __hash__(self) -> int:
        return hash((self.task, self.input_names, self.class_names, self.inputs.shape, float(self.targets.sum())))

    def __repr__(self) -> str:
        more = ", …" if len(self.input_names) > 4 else ""
        return f"Table({len(self)} samples of {', '.join(self.input_names[:4])}{more}; {self.task})"

    @property
    def classes(self) -> int:
        """How many classes there are; 0 for regression."""
        return len(self.class_names)

    @property
    def labels(self) -> Indices:
        """(N,) the targets as whole numbers, to index with; only for classification."""
        return self.targets.astype(np.intp)

    def select(self, indices: ArrayLike) -> "Table":
        """The samples at `indices`, an index or boolean array (N,), with the same names."""
        chosen = np.asarray(indices)
        return self.with_points(self.inputs[chosen], self.targets[chosen])

    def with_points(self, inputs: ArrayLike, targets: ArrayLike) -> "Table":
        """Other samples under the same names."""
        return Table(
            _as_floats(inputs), _as_floats(targets), self.task, self.input_names, self.class_names, self.picture
        )

    @classmethod
    def from_dict(cls, record: object) -> "Table":
        """The table of a record as JSON holds it: its fields by name, large arrays packed.

        Raises
        ------
        InputError
            With the name of the field that is missing, unknown or wrong.
        """
        empty, samples = cls.outline_of(record)
        assert isinstance(record, Mapping)
        class_names = _texts("class_names", record.get("class_names", ()))
        with _named_table():
            targets = _unpacked("targets", record["targets"])  # first, as the inputs may be many
            if targets.shape != (samples,):
                allowed = tr("a shape ({count},), one target a sample", count=samples)
                raise InputError("targets", targets.shape, allowed)
            inputs = _unpacked("inputs", record["inputs"])
            if not samples:
                inputs = inputs.reshape(empty.inputs.shape)
            return cls(inputs, targets, empty.task, empty.input_names, class_names, empty.picture)

    @classmethod
    def outline_of(cls, record: object) -> "tuple[Table, int]":
        """The table of a record without its samples, and how many it says there are; none of them is looked at.

        Raises
        ------
        InputError
            As `from_dict`.
        """
        if not isinstance(record, Mapping):
            raise InputError("table", record, tr("a record of task, input_names, class_names, inputs and targets"))
        for field in record:
            if field not in _FIELDS:
                allowed = tr("one of the fields {names}", names=", ".join(_FIELDS))
                raise InputError(f"table.{field}", record[field], allowed)
        for field in ("inputs", "targets"):
            if field not in record:
                raise InputError(f"table.{field}", None, tr("a list of numbers"))
        with _named_table():
            input_names = _texts("input_names", record.get("input_names", ()))
            # a list without rows can't tell how many columns there are
            samples, inputs = _claimed_shape(record["inputs"], len(input_names) or 2)
            check_inputs(inputs)
            task = cast("Task", record.get("task", "classification"))
            class_names = _texts("class_names", record.get("class_names", ()))
            # files from before there were pictures of other sizes don't say so
            picture = record.get("picture", (28, 28) if inputs == 784 and task == "classification" else None)
            return cls(np.empty((0, inputs)), np.empty(0), task, input_names, class_names, picture), samples


@contextmanager
def _named_table() -> Iterator[None]:
    """What is refused in here is told of as a field of the table."""
    try:
        yield
    except InputError as error:
        field = error.field if error.field.startswith("table.") else f"table.{error.field}"
        raise InputError(field, error.value, error.allowed) from None


def _claimed_shape(record: object, columns: int) -> tuple[int, int]:
    """(samples, inputs) as a record says; `columns` where there is no sample."""
    shape: tuple[object, ...] = ()
    if isinstance(record, Mapping):
        shape = packed_shape("table.inputs", record)
    elif isinstance(record, list | tuple):
        shape = (len(record), len(record[0]) if record and isinstance(record[0], list | tuple) else columns)
    if len(shape) != 2 or shape[1] == 0:
        raise InputError("inputs", record, tr("a shape (samples, inputs) with at least one input"))
    return cast("tuple[int, int]", shape)


def check_inputs(count: int) -> None:
    """Raise InputError where a table can't have so many inputs."""
    if count > MOST_INPUTS:
        raise InputError(
            "inputs", tr("{n} input|{n} inputs", "", count), tr("1 to {most} inputs", most=f"{MOST_INPUTS:,}")
        )


_FIELDS = ("task", "input_names", "class_names", "picture", "inputs", "targets")


def frozen(array: NDArray[np.generic]) -> Floats:
    """A fresh array as float64, closed for writing, so that a Table takes it without another copy."""
    floats = np.ascontiguousarray(array, dtype=np.float64)
    floats.setflags(write=False)
    return floats


def _as_floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)


def _frozen_floats(field: str, values: object) -> Floats:
    """`values` as read-only float64: a copy, unless the array is already closed and belongs to nobody else."""
    if isinstance(values, np.ndarray) and values.dtype == np.float64:
        own = values.base is None and not values.flags.writeable
        floats = values if own else values.copy()
    else:
        floats = _numbers(field, values)
    if floats.size and not -MOST_NUMBER <= floats.min() <= floats.max() <= MOST_NUMBER:  # NaN is neither
        fitting = np.abs(floats) <= MOST_NUMBER
        place = np.unravel_index(int(np.argmin(fitting)), floats.shape)
        where = "".join(f"[{i}]" for i in place)
        raise InputError(f"{field}{where}", float(floats[place]), a_finite_number())
    floats.setflags(write=False)
    return floats


def _numbers(field: str, values: object) -> Floats:
    try:
        array = np.asarray(values)
        if array.size == 0 or array.dtype.kind in "iufb":
            return array.astype(np.float64)
    except (ValueError, TypeError, OverflowError):
        pass
    raise InputError(field, values, tr("numbers in rows of equal length"))


def _unpacked(field: str, record: object) -> Floats:
    if isinstance(record, Mapping):
        return frozen(unpack(f"table.{field}", record))
    return _numbers(field, record)


def _texts(field: str, values: object) -> tuple[str, ...]:
    if isinstance(values, str) or not isinstance(values, Sequence) or not all(isinstance(v, str) for v in values):
        raise InputError(field, values, tr("a list of names"))
    return tuple(values)


def _input_names(names: Sequence[str], inputs: int) -> tuple[str, ...]:
    if not names:
        return tuple(f"x{i + 1}" for i in range(inputs))
    texts = _texts("input_names", names)
    if len(texts) != inputs:
        raise InputError("input_names", texts, tr("{n} name, one an input|{n} names, one an input", "", inputs))
    return texts


def _picture(shape: object, inputs: int) -> tuple[int, int] | None:
    if shape is None:
        return None
    sides = tuple(shape) if isinstance(shape, list | tuple) else ()
    if len(sides) != 2 or not all(type(side) is int and side > 0 for side in sides) or sides[0] * sides[1] != inputs:
        allowed = tr(
            "two whole numbers, rows and columns, whose product is the number of inputs, {count}", count=inputs
        )
        raise InputError("picture", shape, allowed)
    return sides


def _class_names(task: Task, names: Sequence[str], targets: Floats) -> tuple[str, ...]:
    if task == "regression":
        if names:
            raise InputError("class_names", tuple(names), tr("no names, as regression has no classes"))
        return ()
    largest = float(targets.max()) if len(targets) else 0.0
    # the range comes first: a huge target must not become a huge list of names
    count = len(names) if names else int(min(max(largest, 0.0), MAX_CLASSES - 1)) + 1
    if not 1 <= count <= MAX_CLASSES:
        found = tr("{n} class|{n} classes", "", count)
        raise InputError("class_names", found, tr("1 to {most} classes", most=MAX_CLASSES))
    wrong = (targets < 0) | (targets >= count) | (targets != np.floor(targets))
    if wrong.any():
        first = int(np.argmax(wrong))
        raise InputError(f"targets[{first}]", float(targets[first]), a_whole_number(0, count - 1))
    return _texts("class_names", names) if names else tuple(str(k) for k in range(count))
