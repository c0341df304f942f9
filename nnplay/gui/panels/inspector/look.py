"""What the inspector shows at one moment."""

from dataclasses import dataclass

from nnplay.gui.panels.inspector.names import Names
from nnplay.training.probes.step import StepLook
from nnplay.training.step_walk import StepWalk


@dataclass(frozen=True, eq=False)
class Look:
    """A step and a sample, with the names of its network; while a step is walked through, that walk."""

    step: StepLook
    names: Names
    walk: StepWalk | None = None
    running: bool = False
