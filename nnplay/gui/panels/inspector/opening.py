"""What the window knows of the inspector, which is imported when somebody opens it: not at the start."""

from PySide6.QtWidgets import QWidget

from nnplay.gui.session.session import Session
from nnplay.texts import mark

KEYS = (
    (mark("Arrows"), mark("Go through the numbers, or through the cells of a matrix")),
    (mark("Enter"), mark("Inspect the unit or weight of a number or a cell; unfold a long sum")),
    (mark("Ctrl+C"), mark("Copy the selected cells for a spreadsheet, or the line with its formula")),
)
"""(keys, what they do), marked for `tr`, for the list of shortcuts."""


def make_panel(session: Session) -> QWidget:
    """The panel, for a session."""
    from nnplay.gui.panels.inspector.panel import InspectorPanel

    return InspectorPanel(session)
