"""What is said of a table that comes in: what its columns are taken for, and with what training will start."""

from nnplay.data.tables.choice import Choice, Use
from nnplay.data.tables.sheet import Sheet
from nnplay.data.tables.telling import listed
from nnplay.gui.widgets.number_format import number_text
from nnplay.nn import OPTIMIZERS
from nnplay.texts import mark, tr
from nnplay.training.experiment import Experiment

TAKEN_FOR = {
    ("input", "number"): mark("input · number"),
    ("input", "categories"): mark("input · categories"),
    ("target", "class"): mark("target · class"),
    ("target", "number"): mark("target · number"),
}
"""(role, kind) → what a column is; marked texts."""


def taken_for(use: Use) -> str:
    """What a column is taken for."""
    return tr(TAKEN_FOR[use.role, use.kind]) if use.role != "left_out" else tr("left out")


def reason_of(use: Use, missing: int) -> str:
    """Why a column is taken so, where its kind doesn't say it already, and how many of its cells are missing."""
    why = "" if use.kind == "number" and use.role != "left_out" and use.why == tr("number") else use.why
    if not missing:
        return why
    empty = tr("{n} missing|{n} missing", "", missing)
    return tr("{why}, {missing}", why=why, missing=empty) if why else empty


def settings_of(experiment: Experiment) -> str:
    """With what training will start."""
    training = experiment.training
    names = {
        "optimizer": tr(OPTIMIZERS[training.optimizer].label),
        "rate": number_text(training.learning_rate),
    }
    if experiment.data.standardize:
        return tr("Starts with standardised inputs, {optimizer}, rate {rate}", **names)
    return tr("Starts with {optimizer}, rate {rate}", **names)


def roles_of(sheet: Sheet, choice: Choice) -> str:
    """Which columns are inputs, and which one is the target."""
    inputs = listed([sheet.columns[k].name for k in choice.inputs])
    if choice.target is None:
        return tr("inputs {inputs}, no target", inputs=inputs)
    return tr("inputs {inputs}, target {target}", inputs=inputs, target=sheet.columns[choice.target].name)
