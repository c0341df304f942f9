"""A digit drawn by hand, as the network sees it, and what the network takes it for."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from nnplay.data.digit_pad import normalize_digit
from nnplay.gui.items.class_bars import ClassBars
from nnplay.gui.items.digit_pad import DigitPad
from nnplay.gui.panels.digit_browser import DigitBrowser
from nnplay.gui.session import Session
from nnplay.gui.theme.palette import Palette, rgb
from nnplay.gui.theme.style import set_role
from nnplay.training.prepared import PreparedData
from nnplay.training.snapshot import Snapshot, SnapshotRequest

SIDE = 28
PIXELS = SIDE * SIDE
SEEN_SIDE = 56


class DigitsPanel(QWidget):
    """The pad, the 28 × 28 picture that becomes of it, a bar for each class; behind it the test digits."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sample: NDArray[np.floating] | None = None
        palette = session.theme.palette
        self.pad = DigitPad(palette)
        self.bars = ClassBars(palette)
        self.seen = QLabel()
        self.seen.setFixedSize(SEEN_SIDE, SEEN_SIDE)
        self.seen.setAccessibleName("The drawing as the network sees it")
        self.seen.setToolTip("Cropped, fitted into 20 × 20 and centred by its mass in 28 × 28, as MNIST's digits were")
        self.clear = QPushButton("Clear")
        self.clear.setToolTip("An empty pad (Delete)")
        self.clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.browser = DigitBrowser(session)
        self._lay_out()
        self.clear.clicked.connect(self.pad.clear)
        self.pad.changed.connect(self._on_drawn)
        session.data_changed.connect(self.show_data)
        session.theme.changed.connect(self._on_theme_changed)
        session.add_viewer(self)
        self.show_data(session.prepared)

    @property
    def needs(self) -> SnapshotRequest:
        """The answer to what is drawn, and now and then the answers to the test digits."""
        return SnapshotRequest(
            maps=False, history=False, weights=False, sample=self._sample, test=self.browser.wants_outputs
        )

    def show_data(self, prepared: PreparedData) -> None:
        """Other classes, or other features."""
        if prepared.table.inputs.shape[1] == PIXELS:
            self.bars.show_classes(prepared.table.class_names)
            self._on_drawn()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Called at frame rate while the panel is seen."""
        self.bars.show_shares(snapshot.answer if self._sample is not None else None)
        if snapshot.test_outputs is not None:
            self.browser.show_outputs(snapshot.test_outputs)

    def _lay_out(self) -> None:
        caption = QLabel("Draw a digit on the left")
        set_role(caption, "quiet")
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addWidget(self.pad, 3)
        above.addWidget(self.bars, 2, Qt.AlignmentFlag.AlignVCenter)
        note = QLabel("As the network sees it")
        set_role(note, "quiet")
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.seen)
        below.addWidget(note, 1)
        below.addWidget(self.clear)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 4)
        column.setSpacing(8)
        column.addWidget(caption)
        column.addLayout(above, 1)
        column.addLayout(below)
        self.tabs = QTabWidget()
        self.tabs.addTab(page, "Draw")
        self.tabs.addTab(self.browser, "Test digits")
        self.tabs.setTabToolTip(0, "Draw a digit, and see what the network takes it for")
        self.tabs.setTabToolTip(1, "The digits that it was not trained on, those it gets wrong first")
        self.tabs.currentChanged.connect(self._session.refresh)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.tabs)

    def _on_drawn(self) -> None:
        picture = normalize_digit(self.pad.ink())
        prepared = self._session.prepared
        drawn = bool(picture.any()) and prepared.table.inputs.shape[1] == PIXELS
        self._sample = prepared.as_seen(picture.reshape(1, PIXELS)) if drawn else None
        self._show_seen(picture)
        self._session.refresh()

    def _show_seen(self, picture: NDArray[np.float64]) -> None:
        palette = self._session.theme.palette
        paper, ink = (np.array(rgb(colour)) for colour in (palette.field, palette.text))
        pixels = np.ascontiguousarray(paper + picture[..., None] * (ink - paper), dtype=np.uint8)
        image = QImage(pixels.data, SIDE, SIDE, 3 * SIDE, QImage.Format.Format_RGB888)
        self.seen.setPixmap(QPixmap.fromImage(image).scaled(SEEN_SIDE, SEEN_SIDE))

    def _on_theme_changed(self, palette: Palette) -> None:
        self.pad.set_palette(palette)
        self.bars.set_palette(palette)
        self._on_drawn()
