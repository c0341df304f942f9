"""What the diagnosis finds in a trained run, as text or as part of a JSON object."""

import math
from collections.abc import Sequence

from nnplay.data import Table
from nnplay.texts import tr
from nnplay.training.diagnosis import Finding, Gravity, UnitPlace, findings
from nnplay.training.diagnosis.probe import evidence_of
from nnplay.training.experiment import Experiment, to_builtins
from nnplay.training.one_thread import one_thread
from nnplay.training.option import value_at
from nnplay.training.options import record_paths
from nnplay.training.run_control import RunState
from nnplay.training.shadow import ProbedRun
from nnplay.training.trainer import Trainer

MOST_INPUTS = 20
"""Of a point that JSON has beside its row; pictures have hundreds."""


def found(trainer: Trainer, state: RunState = RunState.PAUSED) -> tuple[Finding, ...]:
    """All that is found in a run, what is told first in front."""
    with one_thread():
        return findings(evidence_of(ProbedRun(trainer), state))


def as_records(found: Sequence[Finding], trainer: Trainer) -> list[dict[str, object]]:
    """What is found, as JSON has it; the fix as the options that it changes, and their values."""
    return [_record(each, trainer) for each in found]


def _record(finding: Finding, trainer: Trainer) -> dict[str, object]:
    fix, experiment = finding.fix, trainer.experiment
    return {
        "rule": finding.rule,
        "gravity": finding.gravity.value,
        "sentence": finding.sentence,
        "where": finding.where.value,
        "proofs": [
            {"name": each.name, "value": _finite(each.value), "threshold": _finite(each.threshold), "above": each.above}
            for each in finding.proofs
        ],
        "units": [_unit(trainer, each) for each in finding.units],
        "weights": [{"layer": each.layer, "row": each.row, "unit": each.unit} for each in finding.weights],
        "points": [list(group) for group in finding.points],
        "tied": finding.tied,
        "values": [[_values(trainer.prepared.table, row) for row in group] for group in finding.points],
        "fix": None
        if fix is None
        else {
            "label": fix.label,
            "tip": fix.tip,
            "message": fix.message,
            "way": fix.way.value,
            "set": _changes(experiment, fix.experiment),
        },
    }


def _unit(trainer: Trainer, place: UnitPlace) -> dict[str, object]:
    """Where a unit is; of an input its name, too."""
    where: dict[str, object] = {"layer": place.layer, "unit": place.unit}
    return where if place.layer >= 0 else where | {"input": trainer.prepared.feature_names[place.unit]}


def _values(table: Table, row: int) -> dict[str, object]:
    """What a point is: its inputs, where they are few, and its target; a class by its name."""
    target = float(table.targets[row])
    names = table.class_names
    own: dict[str, object] = {"target": names[int(target)] if names else target}
    if table.inputs.shape[1] <= MOST_INPUTS:
        own["inputs"] = table.inputs[row].tolist()
    return own


def _finite(value: float) -> float | None:
    """JSON has no word for what isn't a number."""
    return value if math.isfinite(value) else None


def _changes(before: Experiment, after: Experiment) -> dict[str, object]:
    """The options that are others after a fix; of layers all are given where one is another."""
    paths = [path for path in record_paths() if "N" not in path.split(".")]
    changes: dict[str, object] = {
        path: value_at(after, path) for path in paths if value_at(before, path) != value_at(after, path)
    }
    if before.model.hidden_layers != after.model.hidden_layers:
        changes["model.hidden_layers"] = [to_builtins(layer) for layer in after.model.hidden_layers]
    return changes


def as_line(found: Sequence[Finding]) -> str | None:
    """What is told first, and what helps; None where nothing is found but facts."""
    first = next((finding for finding in found if finding.gravity is not Gravity.FACT), None)
    if first is None:
        return None
    if first.fix is None:
        return tr("found: {sentence}", sentence=first.sentence)
    return tr("found: {sentence}; what helps: {fix}", sentence=first.sentence, fix=first.fix.label)
