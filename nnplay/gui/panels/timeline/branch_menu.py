"""The list of branches: where each left another, how far it came, and what can be done with it."""

from functools import partial

from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from nnplay.gui.panels.timeline.contents import curve_of
from nnplay.gui.session.timeline import Timeline
from nnplay.gui.widgets.number_format import count_text, figure_text
from nnplay.gui.widgets.plain_text import menu_text
from nnplay.texts import one_line, tr
from nnplay.training.record import Branch

MOST_NAME = 60


def fill_branches(menu: QMenu, timeline: Timeline, parent: QWidget) -> None:
    """Fill the menu with the branches that there are, the one that the run is on checked."""
    menu.clear()
    record = timeline.record
    for branch in record.branches:
        if branch is record.current:
            submenu = menu.addMenu(menu_text(tr("✓ {branch}", branch=_line(timeline, branch))))
        else:
            submenu = menu.addMenu(menu_text(_line(timeline, branch)))
        submenu.addAction(tr("Go to Its End"), partial(timeline.return_to, branch))
        submenu.addAction(tr("Rename…"), partial(_rename, timeline, branch, parent))
        delete = submenu.addAction(tr("Delete"), partial(timeline.delete, branch))
        delete.setEnabled(branch is not record.current)


def _line(timeline: Timeline, branch: Branch) -> str:
    record = timeline.record
    end = branch.epochs_at(record.end_of(branch))
    rows, _ = record.history_at(record.end_of(branch), branch)
    curve = curve_of(rows)
    name, epochs = one_line(timeline.name_of(branch)), count_text(int(end))
    loss = figure_text(float(curve.losses[-1])) if len(curve.losses) else "–"
    if branch.fork is None:
        return tr("{branch}: to epoch {epoch}, loss {loss}", branch=name, epoch=epochs, loss=loss)
    begin = count_text(int(branch.epochs_at(branch.fork.step)))
    return tr("{branch}: from epoch {begin} to {epoch}, loss {loss}", branch=name, begin=begin, epoch=epochs, loss=loss)


def _rename(timeline: Timeline, branch: Branch, parent: QWidget) -> None:
    name, accepted = QInputDialog.getText(parent, tr("Rename"), tr("Name"), text=timeline.name_of(branch))
    name = one_line(name).strip()[:MOST_NAME]
    if accepted and name and name != branch.name:
        timeline.rename(branch, name)
