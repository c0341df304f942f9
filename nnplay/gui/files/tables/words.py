"""What is said of a table that comes in: what its columns are taken for, and with what training will start."""

from nnplay.data.tables.choice import Choice, Use
from nnplay.data.tables.sheet import Sheet
from nnplay.gui.widgets.number_format import number_text
from nnplay.nn import OPTIMIZERS
from nnplay.texts import mark, one_line, tr
from nnplay.training.experiment import Experiment

TAKEN_FOR = {
    ("input", "number"): mark("input · number"),
    ("input", "categories"): mark("input · categories"),
    ("target", "class"): mark("target · class"),
    ("target", "number"): mark("target · number"),
}
"""(role, kind) → what a column is; marked texts."""
MOST_NAMES = 5


def taken_for(use: Use) -> str:
    """What a column is taken for."""
    return tr(TAKEN_FOR[use.role, use.kind]) if use.role != "left_out" else tr("left out")


def reason_of(use: Use) -> str:
    """Why a column is taken so."""
    return use.why


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
    """Which columns are inputs, which one is the target, and which are left out."""
    names = [one_line(column.name) for column in sheet.columns]
    out = [k for k, use in enumerate(choice.uses) if use.role == "left_out"]
    given = {
        "inputs": _listed([names[k] for k in choice.inputs]),
        "target": "" if choice.target is None else names[choice.target],
        "left_out": _listed([tr("{name} ({why})", name=names[k], why=choice.uses[k].why) for k in out]),
    }
    if choice.target is None:
        if out:
            return tr("inputs {inputs}; no target; left out {left_out}", **given)
        return tr("inputs {inputs}; no target", **given)
    if out:
        return tr("inputs {inputs}; target {target}; left out {left_out}", **given)
    return tr("inputs {inputs}; target {target}", **given)


def _listed(names: list[str]) -> str:
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    rest = len(names) - MOST_NAMES + 1
    return tr("{names} and {n} more", "", rest, names=", ".join(names[: MOST_NAMES - 1]))
