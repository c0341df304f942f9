"""Answers dialogs, which would wait for a person: a few acts in them, then one of their buttons."""

import random
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QWidget,
)

from tests.soak.hands import is_pressed
from tests.soak.nets import Nets

LOOK_MS = 4
MOST_ACTS = 4
PAGES = {"import_page": 20, "predict_page": 20}
"""Dialogs in which there is more to do."""


class Answers(QObject):
    """Looks for a dialog that is open, and answers it.

    Parameters
    ----------
    nets
        Is told of error dialogs.
    act_in
        Does something at random in a dialog.

    Attributes
    ----------
    generator
        Chooses the answers; put another one in before each act.
    path
        What the next dialog for a file is given; None cancels it.
    busy
        Whether an act is under way: a list that is open then waits for a person before the act comes back.
    given
        How many dialogs were answered.
    """

    def __init__(self, nets: Nets, act_in: Callable[[QWidget, random.Random], None]) -> None:
        super().__init__()
        self._nets = nets
        self._act_in = act_in
        self._acts: dict[int, int] = {}
        self._acting: list[QWidget] = []
        self.generator = random.Random(0)
        self.path: Path | None = None
        self.busy = False
        self.given = 0
        self._end = False
        self._again()
        for name in ("getOpenFileName", "getSaveFileName"):
            setattr(QFileDialog, name, staticmethod(lambda *_args, **_names: (str(self.path or ""), "")))

    def stop(self) -> None:
        """Look no more."""
        self._end = True

    def _again(self) -> None:
        # a timer doesn't fire anew while its slot hasn't come back, and a dialog may open another one
        QTimer.singleShot(LOOK_MS, self, self._look)

    def _look(self) -> None:
        if self._end:
            return
        self._again()
        dialog, popup = QApplication.activeModalWidget(), QApplication.activePopupWidget()
        if popup is not None and self.busy:
            self._choose_in(popup)
        elif dialog is not None and dialog.isVisible() and dialog not in self._acting and not is_pressed(dialog):
            self._answer(dialog)  # not below an act in it: what QTest has begun in a window needs it to the end

    def _answer(self, dialog: QWidget) -> None:
        if isinstance(dialog, QMessageBox):
            if dialog.objectName() == "error":
                self._nets.dialog(dialog.detailedText())
            self._nets.text("a message", f"{dialog.text()} {dialog.informativeText()}")
        if isinstance(dialog, QFileDialog):
            self._choose(dialog)
            return
        done = self._acts[id(dialog)] = self._acts.get(id(dialog), 0) + 1
        most = PAGES.get(dialog.objectName(), MOST_ACTS)
        if done <= most and not isinstance(dialog, QMessageBox) and self.generator.random() < 1 - 1.6 / most:
            self._acting.append(dialog)
            try:
                self._act_in(dialog, self.generator)
            finally:
                self._acting.pop()
        else:
            self._acts.pop(id(dialog), None)
            self.given += 1
            self._close(dialog)

    def _choose_in(self, popup: QWidget) -> None:
        """A menu or a list: one of its entries, or none."""
        entries = [action for action in popup.actions() if action.isEnabled()] if isinstance(popup, QMenu) else []
        popup.close()
        if entries and self.generator.random() < 0.7:
            self.generator.choice(entries).trigger()

    def _choose(self, dialog: QFileDialog) -> None:
        self.given += 1
        field = dialog.findChild(QLineEdit)
        if self.path is None or not isinstance(field, QLineEdit):
            dialog.reject()
            return
        filters = dialog.nameFilters()
        if filters:
            chosen = self.generator.choice(filters)
            dialog.selectNameFilter(chosen)
            dialog.filterSelected.emit(chosen)
        field.setText(str(self.path))
        dialog.accept()
        if dialog.isVisible():  # it doesn't take this name
            dialog.reject()

    def _close(self, dialog: QWidget) -> None:
        box = dialog.findChild(QDialogButtonBox)
        buttons: list[QAbstractButton] = [] if box is None else [each for each in box.buttons() if each.isEnabled()]
        if buttons and self.generator.random() < 0.8:
            self.generator.choice(buttons).click()
        elif isinstance(dialog, QDialog):
            dialog.reject()
        else:
            dialog.close()
        if dialog.isVisible() and isinstance(dialog, QDialog) and self._acts.get(-id(dialog), 0) > 20:
            dialog.done(0)
        self._acts[-id(dialog)] = self._acts.get(-id(dialog), 0) + 1
