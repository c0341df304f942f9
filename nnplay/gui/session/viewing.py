"""A session that nobody acts in: it shows moments of another one's run to views off the screen."""

from nnplay.gui.session.selection import WeightAddress
from nnplay.gui.session.session import Session
from nnplay.training.moment import Moment


class ViewingSession(Session):
    """Stands where the other one stands, which is paused and stays so, and then at whatever moment it is shown.

    The record is the other's, and is only read. What is looked at is taken over by `look_as`, once there are views.
    """

    def __init__(self, other: Session) -> None:
        super().__init__(other.experiment, other.theme, record=other.timeline.record)
        self._other = other

    def look_as(self) -> None:
        """Look at the same unit, weight, sample and slice as the other one."""
        mine, theirs = self.selection, self._other.selection
        self.digits.set_count(self._other.digits.count)
        mine.pin(*(theirs.pinned or (-1, -1)))
        if isinstance(theirs.inspected, WeightAddress):
            mine.inspect(theirs.inspected)
        mine.choose_sample(theirs.chosen_sample)
        mine.set_slice(theirs.slice)

    def show(self, step: int, moment: Moment) -> None:
        """Let all views draw a moment now."""
        self.timeline.show(step, moment)
        self._run.frames.draw()
