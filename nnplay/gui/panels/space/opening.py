"""What the window knows of the panel of hidden space, which is imported when somebody opens it: not at the start."""

from PySide6.QtWidgets import QWidget

from nnplay.gui.session.session import Session
from nnplay.texts import mark

KEYS = (
    (mark("Left, Right"), mark("Go to the layer before or behind, where the slider has the keyboard")),
    (mark("Point at a point"), mark("Ring the same sample on the plane; a click chooses it")),
    (mark("Point at a line"), mark("Name the unit of the next layer whose sum is 0 there, and mark it in all views")),
)
"""(keys, what they do), marked for `tr`, for the list of shortcuts."""


def make_panel(session: Session) -> QWidget:
    """The panel, for a session."""
    from nnplay.gui.panels.space.panel import SpacePanel

    return SpacePanel(session)
