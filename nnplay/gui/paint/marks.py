"""What is drawn of the data: places, colour groups, and which points belong to the training set."""

import numpy as np
from numpy.typing import NDArray

from nnplay.data import Table
from nnplay.data.drawing import names_with
from nnplay.gui.paint.points import Indices, Marks, value_groups
from nnplay.gui.paint.round_ticks import place_text
from nnplay.texts import one_line, tr
from nnplay.training.prepared import PreparedData
from nnplay.training.trainer import Trainer


def marks_of(prepared: PreparedData) -> Marks:
    """The points of the data on their plane; none where there is no plane."""
    points, table = prepared.plane_points, prepared.table
    if points is None:
        return Marks(np.empty((0, 2)), np.empty(0, np.intp), np.empty(0, np.bool_))
    training = np.zeros(len(table), dtype=np.bool_)
    training[prepared.train] = True
    return Marks(points, groups_of(table, table.targets), training, table.task == "regression")


def groups_of(table: Table, targets: NDArray[np.float64]) -> Indices:
    """The colour group of each target (M,), read as `table` reads its own."""
    if table.task == "classification":
        return np.asarray(targets).astype(np.intp)
    return value_groups(np.asarray(targets), *value_range(table))


def value_range(table: Table) -> tuple[float, float]:
    """From the value that is shown as fully orange to the one that is fully blue.

    Around zero where there are values on both sides of it, so that zero is the middle colour.
    """
    if not len(table):
        return (-1.0, 1.0)
    low, high = float(table.targets.min()), float(table.targets.max())
    if low <= 0.0 <= high:
        largest = max(-low, high) or 1.0
        return (-largest, largest)
    if high > low:
        return (low, high)
    room = max(1.0, 1e-6 * abs(low))  # beside a large one, 1 more or less is the same number
    return (low - room, high + room)


def class_title(table: Table, index: int) -> str:
    """The one name of a class, wherever it is shown: its own; where that is only a number, ``class 0``, ``class −1``.

    Of pictures the number is the name: the class of sevens is called 7.
    """
    name = class_label(table, index)
    if table.picture is not None or not _is_number(name):
        return name
    title = tr("class {number}", number=name)
    return name if title in table.class_names else title


def class_label(table: Table, index: int) -> str:
    """A class by its own name, or its number alone where a colour stands beside it and there is little room."""
    name = one_line(names_with(table.class_names, index + 1)[index])
    return name.replace("-", "−") if _is_number(name) else name


def answer_title(run: Trainer, output: int) -> str:
    """What an output answers: ``p(class 1)``, also where it is the only one; ``ŷ`` where it is a number."""
    data = run.prepared
    if data.table.task == "regression" or run.experiment.model.gives_sums:
        return tr("ŷ")
    return tr("p({name})", name=class_title(data.table, 1 if data.outputs == 1 else output))


def class_titles(table: Table) -> tuple[str, ...]:
    """All classes by their names."""
    return tuple(class_title(table, index) for index in range(table.classes))


def _is_number(name: str) -> bool:
    try:
        float(name.replace("−", "-"))
    except ValueError:
        return False
    return True


def target_title(table: Table, target: float) -> str:
    """What a drawn point is to be, in words."""
    if table.task == "regression":
        return tr("value {value}", value=place_text(target, *value_range(table)))
    return class_title(table, int(target))
