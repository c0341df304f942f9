"""The phases of one training step, in the order in which they are computed."""

from dataclasses import dataclass
from enum import Enum

from nnplay.nn import StepTrace


class PhaseKind(Enum):
    """What happens in a phase."""

    INPUTS = "inputs"
    PRE_ACTIVATION = "pre_activation"
    BATCH_NORM = "batch_norm"
    ACTIVATION = "activation"
    DROPOUT = "dropout"
    LOSS = "loss"
    DELTA = "delta"
    GRADIENT = "gradient"
    PENALTY = "penalty"
    CLIPPING = "clipping"
    UPDATE = "update"


BACKWARD = frozenset({PhaseKind.DELTA, PhaseKind.GRADIENT, PhaseKind.PENALTY, PhaseKind.CLIPPING})
"""Those that carry the error back."""


@dataclass(frozen=True)
class Phase:
    """One phase.

    Attributes
    ----------
    kind
        What happens.
    layer
        In which dense layer, from 0; None where it is in all of them.
    """

    kind: PhaseKind
    layer: int | None = None


def phases_of(trace: StepTrace) -> tuple[Phase, ...]:
    """The phases of a step: forward, the loss, backward, the update; only those that there are in it."""
    phases = [Phase(PhaseKind.INPUTS)]
    for i, layer in enumerate(trace.layers):
        phases.append(Phase(PhaseKind.PRE_ACTIVATION, i))
        if layer.norm is not None:
            phases.append(Phase(PhaseKind.BATCH_NORM, i))
        phases.append(Phase(PhaseKind.ACTIVATION, i))
        if layer.mask is not None:
            phases.append(Phase(PhaseKind.DROPOUT, i))
    phases.append(Phase(PhaseKind.LOSS))
    for i in reversed(range(len(trace.layers))):
        phases += [Phase(PhaseKind.DELTA, i), Phase(PhaseKind.GRADIENT, i)]
    if trace.l1 or trace.l2:
        phases.append(Phase(PhaseKind.PENALTY))
    if trace.clip_norm is not None:
        phases.append(Phase(PhaseKind.CLIPPING))
    return (*phases, Phase(PhaseKind.UPDATE))
