"""The digits of the test set as small pictures, those that the network takes for others first."""

import time

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QLabel, QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from nnplay.gui.session import Session
from nnplay.gui.theme.palette import rgb
from nnplay.gui.theme.style import set_role

SIDE = 28
SHOWN = 80
PICTURE = 42
CALM = 1.0
"""Seconds between two looks at the test set while training goes on."""


class DigitBrowser(QWidget):
    """What the network gets wrong, and then what it gets right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._looked = -CALM
        self._fresh = False
        self.summary = QLabel()
        set_role(self.summary, "quiet")
        self.list = QListWidget()
        self.list.setAccessibleName("Test digits, the wrong ones first")
        self.list.setToolTip("Digits that never trained; under each what it is, and what the network takes it for")
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setIconSize(QSize(PICTURE, PICTURE))
        self.list.setGridSize(QSize(PICTURE + 24, PICTURE + 28))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 4)
        column.addWidget(self.summary)
        column.addWidget(self.list)
        for signal in (session.state_changed, session.experiment_changed, session.data_changed, session.theme.changed):
            signal.connect(self._on_changed)

    @property
    def wants_outputs(self) -> bool:
        """Whether it is time for another look: seen, and calm while training, once when it rests."""
        if not self.isVisible():
            return False
        return time.monotonic() - self._looked >= CALM if self._session.running else not self._fresh

    def show_outputs(self, outputs: NDArray[np.floating]) -> None:
        """(n, K) answers to the test set of the session."""
        prepared = self._session.prepared
        if len(outputs) != len(prepared.test) or len(outputs) == 0:
            return
        self._looked, self._fresh = time.monotonic(), not self._session.running
        truth, taken = prepared.table.labels[prepared.test], outputs.argmax(axis=1)
        wrong = truth != taken
        self.summary.setText(f"{int(wrong.sum()):,} of {len(wrong):,} test digits are taken for others")
        order = np.argsort(~wrong, kind="stable")[:SHOWN]
        self.list.clear()
        for index in order:
            pixels = prepared.table.inputs[prepared.test[index]].reshape(SIDE, SIDE)
            names = prepared.table.class_names
            self._add(pixels, names[truth[index]], names[taken[index]])

    def _add(self, pixels: NDArray[np.float64], truth: str, taken: str) -> None:
        palette = self._session.theme.palette
        item = QListWidgetItem(QIcon(self._picture(pixels)), truth if truth == taken else f"{truth} → {taken}")
        item.setForeground(QBrush(QColor(palette.quiet if truth == taken else palette.alarm)))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.list.addItem(item)

    def _picture(self, pixels: NDArray[np.float64]) -> QPixmap:
        palette = self._session.theme.palette
        paper, ink = (np.array(rgb(colour)) for colour in (palette.field, palette.text))
        colours = np.ascontiguousarray(paper + np.clip(pixels, 0, 1)[..., None] * (ink - paper), dtype=np.uint8)
        image = QImage(colours.data, SIDE, SIDE, 3 * SIDE, QImage.Format.Format_RGB888)
        return QPixmap.fromImage(image).scaled(PICTURE, PICTURE)

    def _on_changed(self, _news: object) -> None:
        self._fresh = False
        if self.isVisible():
            self._session.refresh()
