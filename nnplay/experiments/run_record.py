"""A moment of a run as JSON has it, so that the run goes on from a file as if it had never stopped.

Numbers are kept exactly: weights, the optimiser's memory, the state of the random generator, the order of
the epoch under way, and the history. JSON writes floats so that they are read back bit for bit.
"""

import math
from itertools import pairwise
from typing import Annotated, Any, cast

import msgspec
import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

from nnplay.data.packing import MOST_LISTED, pack, packed_shape, unpack
from nnplay.errors import InputError, a_whole_number, shortened
from nnplay.limits import MOST_NUMBER
from nnplay.nn import NetworkState, OptimizerState
from nnplay.texts import tr
from nnplay.training.experiment import Experiment
from nnplay.training.history import COLUMNS, FIRST, HIGHEST, LOWEST, MOST_READ, History, Rows
from nnplay.training.moment import Moment
from nnplay.training.place import EpochUnderWay
from nnplay.training.trainer import Trainer

MOST_STEPS = 10**15
"""Epochs and updates that a file may tell of: a thousand years of them at full speed."""
Steps = Annotated[int, Meta(ge=0, le=MOST_STEPS)]
Index = Annotated[int, Meta(ge=0, le=10**9)]
Figure = float | None
FIRST_COLUMNS = 6
"""Columns that every file has; the later ones are those of regressions."""
Row = Annotated[list[Figure], Meta(min_length=FIRST_COLUMNS, max_length=len(COLUMNS))]
"""An epoch and its figures, one for each of `nnplay.training.history.COLUMNS`, or for the first of them."""
FigureTable = Annotated[list[Row], Meta(max_length=MOST_READ)]

Vector = list[float] | dict[str, Any]
"""Numbers in a list; where that would be long, as `nnplay.data.packing` packs them."""


class RunRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The state of one run between two steps.

    Attributes
    ----------
    epoch
        Whole epochs done.
    position, order, losses
        Samples trained on in the epoch under way, the order of its samples (null for the order they stand in), and the
        sum of the losses of its steps.
    parameters
        The network's flat vector, layer by layer: weights row by row, then biases (see `nnplay.nn`); like the
        optimiser's vectors packed where it is long.
    running_means, running_variances
        Of batch norm, a list a hidden layer.
    generator
        The state of NumPy's bit generator.
    optimizer_steps, optimizer_memory
        How many updates were made, and the optimiser's named vectors.
    disabled_units
        (hidden layer, unit) pairs that are switched off.
    history_interval, history
        Epochs of a row, and the first figures of each; null where a figure doesn't exist, and nothing at all where it
        and all those behind it don't in any row.
    history_lowest, history_highest
        The lowest and the highest figures of each row; none where all are the first ones.
    """

    epoch: Steps
    position: Index = 0
    order: list[Index] | None = None
    losses: float = 0.0
    parameters: Vector
    running_means: list[list[float]] = []
    running_variances: list[list[Annotated[float, Meta(ge=0)]]] = []
    generator: dict[str, Any]
    optimizer_steps: Steps = 0
    optimizer_memory: dict[str, Vector] = {}
    disabled_units: list[tuple[Index, Index]] = []
    history_interval: Annotated[int, Meta(ge=1, le=MOST_STEPS)] = 1
    history: FigureTable = []
    history_lowest: FigureTable = []
    history_highest: FigureTable = []

    def __post_init__(self) -> None:
        _check_generator(self.generator)
        check_history(self, self.epoch)


class HistoryRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The history of a run alone, as `RunRecord` has it."""

    history_interval: Annotated[int, Meta(ge=1, le=MOST_STEPS)] = 1
    history: FigureTable = []
    history_lowest: FigureTable = []
    history_highest: FigureTable = []

    @classmethod
    def of(cls, rows: Rows, interval: int) -> "HistoryRecord":
        """Rows of a history, of so many epochs each, as a file has them."""
        first, lowest, highest = (_listed(rows, line) for line in (FIRST, LOWEST, HIGHEST))
        return cls(history_interval=interval, history=first, history_lowest=lowest, history_highest=highest)


def check_history(record: RunRecord | HistoryRecord, last: int) -> None:
    """Refuse rows that aren't those of a run which is at epoch `last`.

    Raises
    ------
    InputError
        The field is named.
    """
    epochs = [_epoch_of(index, row) for index, row in enumerate(record.history)]
    # what is measured next comes behind them
    if any(later <= earlier for earlier, later in pairwise([-1, *epochs])) or (epochs and epochs[-1] > last):
        allowed = tr("rows of rising epochs, up to {epoch}, the one that the run is at", epoch=last)
        raise InputError("history", tr("rows of the epochs {epochs}", epochs=shortened(str(epochs[:9]))), allowed)
    for name, table in (("history_lowest", record.history_lowest), ("history_highest", record.history_highest)):
        if table and len(table) != len(epochs):
            allowed = tr("as many rows as the history has, which is {rows}", rows=len(epochs))
            raise InputError(name, tr("{n} row|{n} rows", "", len(table)), allowed)


def record_of(moment: Moment) -> RunRecord:
    """A moment of a run as a file has it."""
    network, order = moment.network, moment.under_way.order
    memory = moment.optimizer.arrays
    # after a divergence it may not be finite, which JSON can't hold and no step could be taken with: it starts anew
    finite = all(np.isfinite(values).all() for values in memory.values())
    return RunRecord(
        epoch=moment.epoch,
        position=moment.under_way.position,
        order=None if order is None else order.tolist(),
        losses=moment.under_way.losses,
        parameters=_packed(network.parameters),
        running_means=[mean.tolist() for mean in network.running_means],
        running_variances=[variance.tolist() for variance in network.running_variances],
        generator=network.generator,
        optimizer_steps=moment.optimizer.steps if finite else 0,
        optimizer_memory={name: _packed(values) for name, values in memory.items()} if finite else {},
        disabled_units=sorted(moment.disabled_units),
        history_interval=moment.history_interval,
        history=_listed(moment.history, FIRST),
        history_lowest=_listed(moment.history, LOWEST),
        history_highest=_listed(moment.history, HIGHEST),
    )


def _epoch_of(index: int, row: list[Figure]) -> float:
    epoch = row[0]
    if epoch is None or not 0 <= epoch <= MOST_STEPS:
        raise InputError(f"history[{index}][0]", epoch, a_whole_number(0, MOST_STEPS))
    return epoch


def _listed(rows: Rows, line: int) -> list[list[Figure]]:
    """The first, the lowest or the highest figures of each row; none where they are the first ones anyway."""
    if line != FIRST and np.array_equal(rows[:, line], rows[:, FIRST], equal_nan=True):
        return []
    regression = not np.isnan(rows[:, FIRST, FIRST_COLUMNS:]).all()
    columns = len(COLUMNS) if regression else FIRST_COLUMNS
    return [[None if math.isnan(figure) else figure for figure in row] for row in rows[:, line, :columns].tolist()]


def started(experiment: Experiment, record: RunRecord | None) -> Trainer:
    """A trainer that goes on from `record`, or begins where there is none.

    Raises
    ------
    InputError
        Data, model and record don't fit together.
    """
    return Trainer(experiment) if record is None else resumed(experiment, record)


def resumed(experiment: Experiment, record: RunRecord) -> Trainer:
    """A trainer that goes on from `record`.

    Raises
    ------
    InputError
        Where the record doesn't fit the experiment; the field is named.
    """
    trainer = Trainer(experiment, history=History() if record.history else None)
    moment_of(record, trainer).restore(trainer)
    return trainer


def moment_of(record: RunRecord, trainer: Trainer) -> Moment:
    """The moment that `record` has written down of a run of the trainer's experiment.

    Raises
    ------
    InputError
        Where the record doesn't fit the experiment; the field is named.
    """
    network, dtype = trainer.network, trainer.network.parameters.dtype
    parameters = _vector("run.parameters", record.parameters, network.parameters.size, dtype)
    means = _vectors("run.running_means", record.running_means, network.running_means, dtype)
    variances = _vectors("run.running_variances", record.running_variances, network.running_variances, dtype)
    for layer, unit in record.disabled_units:
        if layer >= len(network.layer_sizes) - 2 or unit >= network.layer_sizes[layer + 1]:
            raise InputError("run.disabled_units", (layer, unit), tr("a hidden layer and a unit of it"))
    memory = _memory(record, trainer)
    interval, rows = history_in(record)
    if not record.history:  # a file may leave it out
        interval, rows = trainer.history.interval, trainer.history.rows()
    order = None if record.order is None else np.array(record.order, dtype=np.intp)
    return Moment(
        epoch=record.epoch,
        under_way=EpochUnderWay(record.position, order, record.losses),
        network=NetworkState(parameters, tuple(means), tuple(variances), record.generator),
        optimizer=OptimizerState(record.optimizer_steps, memory),
        disabled_units=frozenset(record.disabled_units),
        history_interval=interval,
        history=rows,
    )


def history_in(record: RunRecord | HistoryRecord) -> tuple[int, Rows]:
    """Epochs of a row, and the rows.

    Raises
    ------
    InputError
        Where a lowest figure isn't the lowest, or a highest one not the highest; the field is named.
    """
    rows = np.empty((len(record.history), 3, len(COLUMNS)))
    rows[:] = _tabled(record.history)[:, None]
    if record.history_lowest:
        rows[:, LOWEST] = _tabled(record.history_lowest)
    if record.history_highest:
        rows[:, HIGHEST] = _tabled(record.history_highest)
    for name, lower, upper in (("history_lowest", LOWEST, FIRST), ("history_highest", FIRST, HIGHEST)):
        wrong = np.argwhere(rows[:, lower] > rows[:, upper])
        if len(wrong):
            row, column = wrong[0].tolist()
            line = LOWEST if lower == LOWEST else HIGHEST
            first = rows[row, FIRST, column]
            allowed = tr("up to {value}", value=first) if line == LOWEST else tr("from {value}", value=first)
            raise InputError(f"run.{name}[{row}][{column}]", float(rows[row, line, column]), allowed)
    return record.history_interval, rows


def _tabled(table: list[list[Figure]]) -> NDArray[np.float64]:
    """(rows, `COLUMNS`); NaN where a figure doesn't exist."""
    rows = np.full((len(table), len(COLUMNS)), math.nan)
    for row, figures in zip(rows, table, strict=True):
        row[: len(figures)] = [math.nan if figure is None else figure for figure in figures]
    return rows


def _memory(record: RunRecord, trainer: Trainer) -> dict[str, np.ndarray]:
    known = trainer.optimizer.memory
    if record.optimizer_memory and set(record.optimizer_memory) != set(known):
        allowed = ", ".join(known) or tr("nothing")
        raise InputError("run.optimizer_memory", sorted(record.optimizer_memory), allowed)
    parameters = trainer.network.parameters
    return {
        name: _vector(f"run.optimizer_memory.{name}", values, parameters.size, parameters.dtype)
        for name, values in record.optimizer_memory.items()
    }


def _packed(vector: np.ndarray) -> Vector:
    """The vector packed where it is long; numbers near the end of the range stay in a list, which has room for them."""
    if vector.size <= MOST_LISTED or float(np.abs(vector).max()) > MOST_NUMBER:
        values: list[float] = vector.tolist()
        return values
    return cast("Vector", pack(vector.astype(np.float64)))


def _vector(field: str, values: Vector, size: int, dtype: np.dtype[Any]) -> np.ndarray:
    if isinstance(values, dict):
        shape = packed_shape(field, values)
        if shape != (size,):
            raise InputError(f"{field}.shape", list(shape), str([size]))
        vector = unpack(field, values)
    else:
        vector = np.array(values, dtype=np.float64)
    if vector.shape != (size,) or not (np.abs(vector) <= np.finfo(dtype).max).all():
        allowed = tr(
            "{n} finite number, which is what the model has|{n} finite numbers, which is what the model has", "", size
        )
        raise InputError(field, tr("{n} number|{n} numbers", "", vector.size), allowed)
    return vector.astype(dtype)


def _vectors(field: str, values: list[list[float]], like: list[np.ndarray], dtype: np.dtype[Any]) -> list[np.ndarray]:
    if len(values) != len(like):
        allowed = tr("{n} layer, which is what the model has|{n} layers, which is what the model has", "", len(like))
        raise InputError(field, tr("{n} layer|{n} layers", "", len(values)), allowed)
    pairs = zip(values, like, strict=True)
    return [_vector(f"{field}[{i}]", numbers, array.size, dtype) for i, (numbers, array) in enumerate(pairs)]


def _check_generator(state: dict[str, Any]) -> None:
    try:
        np.random.PCG64().state = state  # type: ignore[assignment]
    except (ValueError, TypeError, KeyError, OverflowError):
        raise InputError("generator", state, tr("the state of a {generator}", generator="PCG64")) from None
