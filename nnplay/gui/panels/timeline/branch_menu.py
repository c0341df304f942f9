"""The menu of the branches: a choice returns to one; what else can be done with them has a page."""

from functools import partial

from PySide6.QtWidgets import QMenu

from nnplay.gui.paint.swatch import swatch
from nnplay.gui.session.branches import MOST_DRAWN, names_of
from nnplay.gui.session.session import Session
from nnplay.gui.widgets.plain_text import menu_text
from nnplay.texts import one_line, tr

PAGE = "branches"
"""The action of the window that opens the page."""


def fill_branches(menu: QMenu, session: Session) -> None:
    """Fill the menu with the newest branches, the one that the run is on checked."""
    menu.clear()
    timeline, palette = session.timeline, session.theme.palette
    record, names = timeline.record, names_of(timeline.record)
    shown = record.branches[-MOST_DRAWN:]
    if record.current not in shown:
        shown = (record.current, *shown)
    for branch in reversed(shown):
        action = menu.addAction(menu_text(one_line(names[branch])), partial(timeline.return_to, branch))
        action.setCheckable(True)
        action.setChecked(branch is record.current)
        if branch is not record.current:
            action.setIcon(swatch(palette.branch(branch.key), menu.devicePixelRatioF()))
    more = len(record.branches) - len(shown)
    text = tr("All Branches ({n} more)…|All Branches ({n} more)…", "", more) if more > 0 else tr("Branches…")
    menu.addSeparator()
    menu.addAction(text, partial(session.requests.action.emit, PAGE))
