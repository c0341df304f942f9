"""Brings the keyboard through the window in the order in which a person reads it: left to right, top to bottom.

Qt's own order is that in which the controls were made, and controls come and go here with layers and data sets.
"""

from functools import cmp_to_key

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QMainWindow, QScrollArea, QTextEdit, QWidget

from nnplay.gui.window.panel_dock import PanelDock


def go_to(place: QWidget) -> None:
    """Show `place`, in front of what shares its room, and give the focus to the first control in it.

    Not to the button that closes it: Space, which trains, would press that.
    """
    bring_forward(place)
    _lay_out(place)
    controls = tab_order(place)
    closes = getattr(place, "close_button", None)
    first = next((control for control in controls if control is not closes), closes)
    if first is not None:
        focus(first, Qt.FocusReason.ShortcutFocusReason)


def _lay_out(place: QWidget) -> None:
    """Give what has only just been made its place at once, from outside to inside: else no control is seen yet."""
    layout = place.layout()
    if layout is not None:
        layout.activate()
    for child in place.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if not child.isWindow():
            _lay_out(child)


def bring_forward(place: QWidget) -> None:
    """Show `place`, in front of what shares its room; the keyboard stays where it is."""
    shown = getattr(place, "shown", None)
    if isinstance(place, PanelDock):
        place.fill(hidden=True)  # only what is there gets its place as the dock is shown
        place.show()
        place.raise_()
    elif isinstance(shown, QAction):
        shown.setChecked(True)


def step(window: QWidget, *, forward: bool) -> bool:
    """Give the focus to the next control of `window`, or the one before; False where there is none.

    Qt asks for this, too, where the control that has the focus is hidden or disabled. Then nobody gets it: the next key
    would go to whoever happens to come first.
    """
    now = window.focusWidget()
    if now is not None and not (now.isVisible() and now.isEnabled()):
        rest(window)
        return True
    controls = tab_order(window)
    if not controls:
        return False
    way = 1 if forward else -1
    place = controls.index(now) + way if now in controls else min(way, 0)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    focus(controls[place % len(controls)], reason)
    return True


def rest(window: QWidget) -> None:
    """Take the keyboard from whoever has it: keys are the window's own, as Space is for Train."""
    whole = window.centralWidget() if isinstance(window, QMainWindow) else None
    if whole is not None:
        whole.setFocus(Qt.FocusReason.OtherFocusReason)


def leave_text(window: QWidget) -> None:
    """Take the keyboard from a text, where the cursor is in one."""
    if isinstance(window.focusWidget(), (QLineEdit, QAbstractSpinBox, QTextEdit)):
        rest(window)


def focus(control: QWidget, reason: Qt.FocusReason) -> None:
    """Give `control` the focus, and scroll it into sight."""
    control.setFocus(reason)
    parent = control.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(control)
            if control.height() > parent.viewport().height():  # it is read from its beginning
                above = control.mapTo(parent.viewport(), QPoint(0, 0)).y()
                parent.verticalScrollBar().setValue(parent.verticalScrollBar().value() + above)
        parent = parent.parentWidget()


def tab_order(place: QWidget) -> list[QWidget]:
    """What Tab reaches in `place`, itself included, in the order of reading; what belongs together stays together."""
    found = [place] if _takes_tab(place) else []
    children = [child for child in place.children() if isinstance(child, QWidget) and not child.isWindow()]
    # Qt parks docks and tab bars that nobody is to see outside of the window, and calls them visible
    shown = [child for child in children if child.isVisible() and child.geometry().intersects(place.rect())]
    for child in sorted(shown, key=cmp_to_key(_reading)):
        found += tab_order(child)
    return found


def _takes_tab(control: QWidget) -> bool:
    return (
        bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus) and control.isEnabled() and control.focusProxy() is None
    )


def _reading(one: QWidget, other: QWidget) -> int:
    """Below zero where `one` is read before `other`: further left in a row, further up elsewhere."""
    a, b = one.geometry(), other.geometry()
    overlap = min(a.bottom(), b.bottom()) - max(a.top(), b.top())
    in_a_row = 2 * overlap > min(a.height(), b.height())
    return a.left() - b.left() if in_a_row else a.top() - b.top()
