"""What the inspector shows at one moment."""

from dataclasses import dataclass

from nnplay.gui.panels.inspector.step_names import StepNames, sample_note
from nnplay.training.probes.step import StepLook
from nnplay.training.step_walk import StepWalk


@dataclass(frozen=True, eq=False)
class Inspected:
    """A step and a sample, with the names of its network; while a step is walked through, that walk."""

    step: StepLook
    names: StepNames
    walk: StepWalk | None = None
    running: bool = False

    @property
    def note(self) -> str:
        """What is to be known of the sample's numbers."""
        return sample_note(
            self.step.place,
            comes_back=self.step.comes_back,
            walking=self.walk is not None,
            running=self.running,
        )
