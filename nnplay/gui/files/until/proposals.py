"""What a condition is at first: its usual number, and the unit, weight or point that is looked at."""

import msgspec
import numpy as np

from nnplay.gui.session.selection import UnitAddress, WeightAddress
from nnplay.gui.session.session import Session
from nnplay.training.conditions import CONDITIONS, Condition, ConditionKind, missing
from nnplay.training.slices import Point
from nnplay.training.trainer import Trainer

OF_TEST = ("loss_best", "loss_rises")
"""Kinds that are of the test set where there is one."""


def proposed(kind: ConditionKind, session: Session) -> Condition:
    """A condition of a kind that a person has chosen nothing of yet."""
    number = None if kind.number is None else float(kind.number.default)
    has_test = len(session.prepared.X_test) > 0
    of = "test" if kind.key in OF_TEST and has_test else "train"
    return with_selected(Condition(kind=kind.key, number=number, of=of), session)


def with_selected(condition: Condition, session: Session) -> Condition:
    """The condition with the pinned unit, the inspected weight or the chosen point, where it is about one."""
    selection, replace = session.selection, msgspec.structs.replace
    hidden = len(session.experiment.model.hidden_layers)
    pinned, inspected = selection.pinned, selection.inspected
    if condition.kind == "unit_died":
        fits = pinned is not None and 0 <= pinned.layer < hidden
        return replace(condition, **_of_unit(pinned if fits else None, condition))
    if condition.kind == "bias_sign":
        fits = inspected is not None and inspected.layer >= 0
        return replace(condition, **_of_unit(inspected if fits else None, condition))
    if condition.kind == "weight_sign":
        if isinstance(inspected, WeightAddress) and inspected.row is not None:
            return replace(condition, layer=inspected.layer, unit=inspected.unit, row=inspected.row)
        return replace(condition, row=condition.row or 0, **_of_unit(None, condition))
    if condition.kind == "point_right":
        place = _place_of(selection.chosen_sample, session)
        return replace(condition, sample=place if place is not None else condition.sample or 0)
    return condition


def problems(conditions: dict[str, Condition], trainer: Trainer) -> dict[str, str]:
    """What the run doesn't have of each; "" where it fits."""
    return {key: missing(condition, trainer) for key, condition in conditions.items()}


def proposals(session: Session) -> dict[str, Condition]:
    """The proposed condition of each kind."""
    return {key: proposed(kind, session) for key, kind in CONDITIONS.items()}


def _of_unit(address: UnitAddress | WeightAddress | None, condition: Condition) -> dict[str, int]:
    if address is None:
        return {"layer": condition.layer or 0, "unit": condition.unit or 0}
    return {"layer": address.layer, "unit": address.unit}


def _place_of(sample: Point | None, session: Session) -> int | None:
    """Where a sample is in the table; None where it isn't, as one that was drawn."""
    if sample is None:
        return None
    inputs = session.prepared.table.inputs
    if inputs.shape[1] != len(sample):
        return None
    places = np.flatnonzero((inputs == np.array(sample, inputs.dtype)).all(axis=1))
    return int(places[0]) if len(places) else None
