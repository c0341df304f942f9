"""A digit drawn by hand, as the network sees it, and what the network classifies it as."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from nnplay.data import Table
from nnplay.data.digit_pad import grey_range, normalize_digit
from nnplay.data.digits import PIXELS
from nnplay.gui.paint.marks import class_labels
from nnplay.gui.panels.output.digits.browser import DigitBrowser
from nnplay.gui.panels.output.digits.class_bars import ClassBars
from nnplay.nn.metrics import class_shares
from nnplay.gui.panels.output.digits.pad import DigitPad
from nnplay.gui.panels.output.digits.picture import digit_picture
from nnplay.gui.session.session import Session
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.texts import tr
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.outputs import SampleOutputsProbe, SetOutputsProbe
from nnplay.training.probes.probe import Probes
from nnplay.training.snapshot import Snapshot

SEEN_SIDE = 66
TEST_DIGITS = SetOutputsProbe("test")


def has_digits(table: Table) -> bool:
    """Whether the samples are pictures of the pad's size, and their target is a class."""
    return table.task == "classification" and table.inputs.shape[1] == PIXELS


class DigitsPanel(QWidget):
    """The pad, the 28 × 28 picture that becomes of it, a bar for each class; behind it the test digits."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._drawn: SampleOutputsProbe | None = None
        self._paper, self._ink = 0.0, 1.0
        self.pad = DigitPad(session.theme)
        self.bars = ClassBars(session.theme)
        self.seen = PlainLabel()
        self.seen.setFixedSize(SEEN_SIDE, SEEN_SIDE)
        self.seen.setAccessibleName(tr("The drawing as the network sees it"))
        set_tip(
            self.seen, tr("Cropped, fitted into 20 × 20 and centred by its mass in 28 × 28, as MNIST's digits were")
        )
        self.clear = QPushButton(tr("Clear"))
        set_tip(self.clear, tr("An empty pad (Delete)"))
        self.clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.browser = DigitBrowser(session)
        self._lay_out()
        self.clear.clicked.connect(self.pad.clear)
        self.pad.changed.connect(self._on_drawn)
        session.data_changed.connect(self.show_data)
        session.theme.changed.connect(self._on_drawn)
        session.add_viewer(self)
        self.show_data(session.prepared)

    @property
    def needs(self) -> Probes:
        """The outputs for what is drawn, and now and then those for the test digits."""
        drawn: Probes = frozenset() if self._drawn is None else frozenset({self._drawn})
        return drawn | {TEST_DIGITS} if self.browser.wants_outputs else drawn

    def show_data(self, prepared: PreparedData) -> None:
        """Other classes, or other features."""
        if has_digits(prepared.table):
            self._paper, self._ink = grey_range(prepared.table.inputs)
            self.bars.show_classes(class_labels(prepared.table))
            self._on_drawn()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Called at frame rate while the panel is seen."""
        if self._drawn is None or self._drawn in snapshot.answers:  # a frame from before the last stroke has none yet
            self._show_bars(None if self._drawn is None else snapshot.answer(self._drawn))
        outputs = snapshot.answer(TEST_DIGITS)
        if outputs is not None:
            self.browser.show_outputs(outputs)

    def _show_bars(self, outputs: NDArray[np.floating] | None) -> None:
        classes = self._session.prepared.table.classes
        self.bars.show_shares(None if outputs is None else class_shares(outputs, classes))

    def _lay_out(self) -> None:
        caption = PlainLabel(tr("Draw a digit: the bars say what it is classified as"))
        set_role(caption, "quiet")
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addWidget(self.pad, 3)
        above.addWidget(self.bars, 2, Qt.AlignmentFlag.AlignVCenter)
        note = PlainLabel(tr("As the network sees it"))
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
        self.tabs.addTab(page, tr("Draw"))
        self.tabs.addTab(self.browser, tr("Test digits"))
        self.tabs.setTabToolTip(0, tr("Draw a digit, and see what the network classifies it as"))
        self.tabs.setTabToolTip(1, tr("The digits that it was not trained on, the misclassified ones first"))
        self.tabs.currentChanged.connect(self._session.refresh)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.tabs)

    def _on_drawn(self) -> None:
        picture = normalize_digit(self.pad.ink())
        prepared = self._session.prepared
        drawn = bool(picture.any()) and has_digits(prepared.table)
        # the network knows ink as its own pictures have it, 0 to 255 perhaps
        pixels = self._paper + picture.reshape(1, PIXELS) * (self._ink - self._paper)
        self._drawn = SampleOutputsProbe(tuple(prepared.as_seen(pixels)[0].tolist())) if drawn else None
        self._show_seen(picture)
        self._session.refresh()

    def _show_seen(self, picture: NDArray[np.float64]) -> None:
        palette, ratio = self._session.theme.palette, self.devicePixelRatioF()
        self.seen.setPixmap(digit_picture(picture, palette, SEEN_SIDE, ratio))
