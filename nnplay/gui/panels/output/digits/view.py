"""A picture drawn by hand, such as a digit, as the network sees it, and what the network makes of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from nnplay.data import Table
from nnplay.data.digit_pad import MNIST, MNIST_BOX, grey_range, normalize_digit, usual_box
from nnplay.data.digits import NAMES
from nnplay.gui.paint.figure import Figure
from nnplay.gui.paint.marks import class_titles
from nnplay.gui.panels.output.digits.browser import DigitBrowser
from nnplay.gui.panels.output.digits.class_bars import ClassBars
from nnplay.gui.panels.output.digits.digits_figure import drawing_figure, pictures_figure
from nnplay.gui.panels.output.digits.pad import DrawingPad
from nnplay.gui.panels.output.digits.picture import digit_picture
from nnplay.gui.panels.output.sample_words import chosen_sentence
from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_fixed_size, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.number_format import amount_text
from nnplay.gui.widgets.number_label import NumberLabel
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.nn.metrics import class_shares
from nnplay.texts import mark, tr
from nnplay.training.chosen_sample import sample_row
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.outputs import SampleOutputsProbe, SetOutputsProbe
from nnplay.training.probes.probe import Probes
from nnplay.training.slices import Point
from nnplay.training.snapshot import Snapshot

SEEN_SIDE = 66
BESIDE = 10
"""A square pad is 3 to 2 as wide as what stands beside it, in so many parts; a narrow one takes less."""
VALUE_SIZE = 22
"""Pixels of the font of a value that is predicted."""
DRAW = 0
"""The tab with the pad."""
TEST_PICTURES = SetOutputsProbe("test")


@dataclass(frozen=True)
class PictureTexts:
    """What is said of pictures, as `mark` leaves it.

    Attributes
    ----------
    pad, pad_tip
        The accessible name of the pad, and how it is used.
    caption
        What stands above the pad.
    tab, tab_tip, draw_tip
        Of the tabs.
    """

    pad: str
    pad_tip: str
    caption: str
    tab: str
    tab_tip: str
    draw_tip: str


DIGITS = PictureTexts(
    mark("Pad to draw a digit"),
    mark("Draw a digit with the mouse; Delete clears the pad"),
    mark("Draw a digit: the bars say what it is classified as"),
    mark("Test digits"),
    mark("The digits that it was not trained on, the misclassified ones first"),
    mark("Draw a digit, and see what the network classifies it as"),
)
PICTURES = PictureTexts(
    mark("Pad to draw a picture"),
    mark("Draw a picture with the mouse; Delete clears the pad"),
    mark("Draw a picture: the bars say what it is classified as"),
    mark("Test pictures"),
    mark("The pictures that it was not trained on, the misclassified ones first"),
    mark("Draw a picture, and see what the network classifies it as"),
)
VALUED_PICTURES = PictureTexts(
    PICTURES.pad,
    PICTURES.pad_tip,
    mark("Draw a picture: the network says its value"),
    PICTURES.tab,
    mark("The pictures that it was not trained on, those with the largest errors first"),
    mark("Draw a picture, and see what value the network predicts"),
)


def texts_of(table: Table) -> PictureTexts:
    """What is said of the pictures of a table: digits where its classes are the ten, else pictures."""
    if table.task == "regression":
        return VALUED_PICTURES
    return DIGITS if table.class_names == NAMES else PICTURES


class DigitsPanel(QWidget):
    """The pad, the picture that becomes of it, a bar for each class or a value; behind it the test pictures."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._drawn: SampleOutputsProbe | None = None
        self._drawing: Point | None = None
        self._table = session.prepared.table
        self._shape, self._box = MNIST, MNIST_BOX
        self._paper, self._ink = 0.0, 1.0
        self.pad = DrawingPad(session.theme)
        self.bars = ClassBars(session.theme)
        self.seen = PlainLabel()
        set_fixed_size(self.seen, SEEN_SIDE, SEEN_SIDE)
        self.seen.setAccessibleName(tr("The drawing as the network sees it"))
        self.value = NumberLabel("−0,000,000", tr("Predicted value"), size=VALUE_SIZE, bold=True)
        self.value.show_text("")
        self.clear = QPushButton(tr("Clear"))
        set_tip(self.clear, tr("An empty pad (Delete)"))
        self.clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.browser = DigitBrowser(session)
        self._lay_out()
        self.clear.clicked.connect(self.pad.clear)
        self.pad.changed.connect(self._on_drawn)
        self.browser.list.chosen.connect(self._on_picture_chosen)
        session.data_changed.connect(self.show_data)
        session.theme.changed.connect(self._on_drawn)
        session.add_viewer(self)
        self.show_data(session.prepared)

    @property
    def needs(self) -> Probes:
        """The outputs for what is drawn, and now and then those for the test pictures."""
        drawn: Probes = frozenset() if self._drawn is None else frozenset({self._drawn})
        return drawn | {TEST_PICTURES} if self.browser.wants_outputs else drawn

    def show_data(self, prepared: PreparedData) -> None:
        """Pictures of another size, other classes, or other features."""
        table = prepared.table
        if table is not self._table:
            self._table = table
            self.browser.list.choose(None)  # which is a picture of others
        if table.picture is None:
            return
        self._shape, self._box = table.picture, usual_box(table.inputs, table.picture)
        self._paper, self._ink = grey_range(table.inputs)
        self.pad.set_shape(table.picture)
        rows, columns = table.picture
        self._above.setStretch(0, max(round(3 * BESIDE * min(columns / rows, 1.0)), 1))
        self.bars.show_classes(class_titles(table))
        self.bars.setVisible(table.task == "classification")
        self.value.setVisible(table.task == "regression")
        self._say(texts_of(table))
        self._on_drawn()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Called at frame rate while the panel is seen."""
        if self._drawn is None or self._drawn in snapshot.answers:  # a frame from before the last stroke has none yet
            self._show_bars(None if self._drawn is None else snapshot.answer(self._drawn))
        outputs = snapshot.answer(TEST_PICTURES)
        if outputs is not None:
            self.browser.show_outputs(outputs)

    def figure(self) -> Figure:
        """The drawing with its answer, or the test pictures."""
        if self.tabs.currentIndex() == DRAW:
            valued = self._session.prepared.table.task == "regression"
            return drawing_figure(self.pad, self.value if valued else self.bars, self._session.theme.palette)
        return pictures_figure(self.browser)

    def look_as(self, other: "DigitsPanel") -> None:
        """Show the same drawing, or the same picture, in the same tab as another panel of this kind."""
        self.pad.draw_as(other.pad)
        self.browser.list.choose(other.browser.list.sample)
        self.tabs.setCurrentIndex(other.tabs.currentIndex())

    def set_presented(self, presented: bool) -> None:
        """Before a class the pad and the bars have all the room; Delete clears."""
        for part in (self.caption, self.seen, self.note, self.clear, self.tabs.tabBar()):
            part.setVisible(not presented)

    def _show_bars(self, outputs: NDArray[np.floating] | None) -> None:
        prepared = self._session.prepared
        if prepared.table.task == "regression":
            self.value.show_text("" if outputs is None else amount_text(float(outputs[0])))
        else:
            self.bars.show_shares(None if outputs is None else class_shares(outputs, prepared.table.classes))

    def _say(self, texts: PictureTexts) -> None:
        self.caption.setText(tr(texts.caption))
        self.pad.setAccessibleName(tr(texts.pad))
        set_tip(self.pad, tr(texts.pad_tip))
        self.tabs.setTabText(1, tr(texts.tab))
        self.tabs.setTabToolTip(0, tr(texts.draw_tip))
        self.tabs.setTabToolTip(1, tr(texts.tab_tip))
        set_tip(self.seen, _how_it_is_seen(self._shape))

    def _lay_out(self) -> None:
        self.caption = PlainLabel()
        set_role(self.caption, "quiet")
        above = self._above = QHBoxLayout()
        set_spacing(above, 16)
        above.addWidget(self.pad, 3 * BESIDE)
        above.addWidget(self.bars, 2 * BESIDE, Qt.AlignmentFlag.AlignVCenter)
        above.addWidget(self.value, 2 * BESIDE, Qt.AlignmentFlag.AlignVCenter)
        self.note = PlainLabel(tr("As the network sees it"))
        set_role(self.note, "quiet")
        below = QHBoxLayout()
        set_spacing(below, 12)
        below.addWidget(self.seen)
        below.addWidget(self.note, 1)
        below.addWidget(self.clear)
        page = QWidget()
        column = QVBoxLayout(page)
        set_margins(column, 0, 8, 0, 4)
        set_spacing(column, 8)
        column.addWidget(self.caption)
        column.addLayout(above, 1)
        column.addLayout(below)
        self.tabs = QTabWidget()
        self.tabs.addTab(page, tr("Draw"))
        self.tabs.addTab(self.browser, tr(PICTURES.tab))
        self.tabs.currentChanged.connect(self._on_tab)
        whole = QVBoxLayout(self)
        set_margins(whole, 0, 0, 0, 0)
        whole.addWidget(self.tabs)

    def _on_drawn(self) -> None:
        picture = normalize_digit(self.pad.ink(), self._shape, self._box)
        prepared = self._session.prepared
        drawn = bool(picture.any()) and prepared.table.picture == self._shape
        # the network knows ink as its own pictures have it, 0 to 255 perhaps
        pixels = self._paper + picture.reshape(1, -1) * (self._ink - self._paper)
        self._drawn = SampleOutputsProbe(tuple(prepared.as_seen(pixels)[0].tolist())) if drawn else None
        self._drawing = tuple(pixels[0].tolist()) if drawn else None
        self._show_seen(picture)
        self._tell_sample()
        self._session.refresh()

    def _show_seen(self, picture: NDArray[np.float64]) -> None:
        palette, ratio = self._session.theme.palette, self.devicePixelRatioF()
        self.seen.setPixmap(digit_picture(picture, palette, px(SEEN_SIDE), ratio))

    def _on_tab(self) -> None:
        self._tell_sample()
        self._session.refresh()

    @Slot(object)
    def _on_picture_chosen(self, _sample: int | None) -> None:
        self._tell_sample()
        prepared, inputs = self._session.prepared, self._session.selection.chosen_sample
        row = None if inputs is None else sample_row(inputs, prepared)
        if row is not None:
            self._session.message.emit(chosen_sentence(row, prepared.table))

    def _tell_sample(self) -> None:
        """Let the network have what is drawn as its sample, or the test picture that was clicked."""
        table, chosen = self._session.prepared.table, self.browser.list.sample
        if table.picture is None:
            return  # a sample is looked at on the plane
        if self.tabs.currentIndex() == DRAW:
            self._session.selection.choose_sample(self._drawing)
        else:
            self._session.selection.choose_sample(None if chosen is None else tuple(table.inputs[chosen].tolist()))


def _how_it_is_seen(shape: tuple[int, int]) -> str:
    if shape == MNIST:
        return tr("Cropped, fitted into 20 × 20 and centred by its mass in 28 × 28, as MNIST's digits were")
    rows, columns = shape
    return tr(
        "Cropped, made as large as the training pictures usually are, and centred by its mass in {rows} × {columns}",
        rows=rows,
        columns=columns,
    )
