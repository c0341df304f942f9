"""The figures of the bar: the epoch with its batches, and a figure of the training set with that of the test set."""

from dataclasses import dataclass

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.fonts import EPOCH_SIZE
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_fixed_height, set_fixed_width
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.number_format import NONE, amount_text
from nnplay.gui.widgets.number_label import NumberLabel
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.gui.widgets.titled import AlignedColumn, Lines, place_on
from nnplay.texts import mark, tr
from nnplay.training.history import Figures, Metrics

ROOMY = Lines(title=14, value=41, below=0, height=52)
CLOSE = Lines(title=13, value=38, below=53, height=58)
"""Of the bar where there is room, and where what is quiet stands in a third line."""
SIZE, CLOSE_SIZE, SMALL_SIZE, BATCH_SIZE = 19, 18, 13, 11
"""Pixels of the figures' fonts: side by side, where there is less room, below another one, and of the batches."""
WIDEST = "0.00e−0"
EPOCHS, CLOSE_EPOCHS = "0,000,000", "000,000"
"""What there is room for in full size; longer ones are written smaller."""
USUAL_BATCHES = 999
"""Where they are counted beside the title, there is room for so many, so that another size of them moves nothing."""
BETWEEN, BESIDE_TITLE = 14, 8
LINE_HEIGHT = 36


@dataclass(frozen=True)
class Names:
    """What a pair of figures is called, and what it tells; marked texts.

    Attributes
    ----------
    title, test_title
        Accessible names; the first is shown above the figure, too.
    tip, test_tip
        What each tells, in one sentence.
    """

    title: str
    test_title: str
    tip: str
    test_tip: str


LOSS = Names(
    mark("Loss"),
    mark("Test loss"),
    mark("How wrong the outputs are on the training samples; training makes this smaller"),
    mark("How wrong the outputs are on the test samples, which training never sees"),
)
ACCURACY = Names(
    mark("Accuracy"),
    mark("Test accuracy"),
    mark("The part of the training samples that are right"),
    mark("The part of the test samples, which training never sees, that are right"),
)
R_SQUARED = Names(
    mark("R²"),
    mark("Test R²"),
    mark("How much of the spread of the training samples' targets the outputs tell: 1 is all of it"),
    mark("How much of the spread of the test samples' targets the outputs tell: 1 is all of it"),
)
PENALTY_TIP = mark("What regularisation adds to the loss that training makes smaller")


class EpochFigure(AlignedColumn):
    """The epoch in large figures, and quietly beside its title, or below it, the batch of the epoch under way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ROOMY, parent)
        self.label = SectionTitle(tr("Epoch"), self)
        self.epoch = NumberLabel(EPOCHS, tr("Epoch"), size=EPOCH_SIZE, grows=False, parent=self)
        self.batch = NumberLabel("", tr("Batch"), size=BATCH_SIZE, grows=False, parent=self)
        set_role(self.batch, "quiet")
        self.shown = -1
        self._batches = self._samples = 0

    def show_epoch(self, epoch: int) -> None:
        """Show so many whole epochs."""
        self.shown = epoch
        self.epoch.show_text(f"{epoch:07,d}")

    def show_batch(self, batch: int, batches: int, samples: int) -> None:
        """Show how many of an epoch's batches are done; 0 for none, so that they are only counted."""
        if (batches, samples) != (self._batches, self._samples):
            self._batches, self._samples = batches, samples
            self._plan()
        if batches < 2:
            self.batch.show_text("")
        elif batch:
            self.batch.show_text(_batch_text(batch, batches))
        else:
            self.batch.show_text(tr("{n} batch|{n} batches", "", batches))

    def set_lines(self, lines: Lines) -> None:
        """On other lines; with a third one there is less room."""
        self.epoch.plan(CLOSE_EPOCHS if lines.below else EPOCHS, EPOCH_SIZE)
        self.lines = lines
        self._plan_batch()
        self.arrange()

    def needed_width(self) -> int:
        """The widest epoch, or the widest batch."""
        beside = 0 if self.lines.below else self.label.sizeHint().width() + px(BESIDE_TITLE)
        return max(self.epoch.width(), beside + self.batch.width())

    def place(self) -> None:
        """The title above, and the batch at its right where it has no line of its own."""
        place_on(self.lines.title, 0, self.label)
        place_on(self.lines.value, 0, self.epoch)
        left = 0 if self.lines.below else self.label.sizeHint().width() + px(BESIDE_TITLE)
        place_on(self.lines.below or self.lines.title, left, self.batch)

    def _plan(self) -> None:
        """Room for the last batch of these, and what an epoch of them is as a tooltip."""
        self._plan_batch()
        tip = tr(
            "An epoch is one pass over all {samples} training samples: in {n} batch|"
            "An epoch is one pass over all {samples} training samples: in {n} batches",
            "",
            self._batches,
            samples=f"{self._samples:,}",
        )
        for widget in (self, self.label, self.epoch, self.batch):
            set_tip(widget, tip)
        self.epoch.setAccessibleDescription(tip)
        self.arrange()

    def _plan_batch(self) -> None:
        """Room for the last batch; below the epoch very many of them are written smaller."""
        most = self._batches if self.lines.below else max(self._batches, USUAL_BATCHES)
        widest = _batch_text(most, most) if most > 1 else ""
        self.batch.plan(widest, BATCH_SIZE)
        if self.lines.below and self.batch.width() > self.epoch.width():
            self.batch.plan(widest, BATCH_SIZE * self.epoch.width() // self.batch.width())


class FigurePair(AlignedColumn):
    """A figure of the training set and, quieter, that of the test set, beside it or below it."""

    def __init__(self, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(ROOMY, parent)
        self.label, self.test_label = SectionTitle("", self), SectionTitle(tr("Test"), self)
        self.train = NumberLabel(WIDEST, "", size=SIZE, grows=False, parent=self)
        self.test = NumberLabel(WIDEST, "", size=SIZE, grows=False, parent=self)
        set_role(self.test, "quiet")
        self._with_test = True
        self.train.show_text(NONE)
        self.test.show_text(NONE)
        self.set_names(names)

    def set_names(self, names: Names) -> None:
        """Call the figures otherwise."""
        self.train.setAccessibleName(tr(names.title))
        self.test.setAccessibleName(tr(names.test_title))
        self.label.setText(tr(names.title))
        self.set_tips(tr(names.tip), tr(names.test_tip))
        self.arrange()

    def set_tips(self, tip: str, test_tip: str) -> None:
        """Tell this of the figures."""
        for label, figure, text in ((self.label, self.train, tip), (self.test_label, self.test, test_tip)):
            if figure.accessibleDescription() != text:
                figure.setAccessibleDescription(text)
                set_tip(label, text)
                set_tip(figure, text)

    def show_texts(self, train: str, test: str) -> None:
        """Show these figures."""
        self.train.show_text(train)
        self.test.show_text(test)

    def set_with_test(self, with_test: bool) -> None:
        """Whether there is a test set."""
        if with_test == self._with_test:
            return
        self._with_test = with_test
        for widget in (self.test_label, self.test):
            widget.setVisible(with_test)
        self.arrange()

    def set_lines(self, lines: Lines) -> None:
        """On other lines; a third one is for the test set."""
        self.train.plan(WIDEST, CLOSE_SIZE if lines.below else SIZE)
        self.test.plan(WIDEST, SMALL_SIZE if lines.below else SIZE)
        super().set_lines(lines)

    def needed_width(self) -> int:
        """The titles beside each other, or the figures."""
        return self._needed_width(with_test=self._with_test)

    def room_for_test(self) -> int:
        """Pixels more that it needs for a test set where there is none now."""
        return self._needed_width(with_test=True) - self.needed_width()

    def _needed_width(self, *, with_test: bool) -> int:
        train = max(self.label.sizeHint().width(), self.train.width())
        if not with_test:
            return train
        if self.lines.below:
            return max(train, self._beside_test_title() + self.test.width())
        return train + px(BETWEEN) + max(self.test_label.sizeHint().width(), self.test.width())

    def place(self) -> None:
        """Title above figure, and the test set at the right or below."""
        place_on(self.lines.title, 0, self.label)
        place_on(self.lines.value, 0, self.train)
        if self.lines.below:
            place_on(self.lines.below, 0, self.test_label)
            place_on(self.lines.below, self._beside_test_title(), self.test)
        else:
            left = max(self.label.sizeHint().width(), self.train.width()) + px(BETWEEN)
            place_on(self.lines.title, left, self.test_label)
            place_on(self.lines.value, left, self.test)

    def _beside_test_title(self) -> int:
        return self.test_label.sizeHint().width() + px(BESIDE_TITLE) // 2


class Rule(Guarded, QWidget):
    """A thin upright line between two groups."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_fixed_width(self, 1)
        set_fixed_height(self, LINE_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt."""
        QPainter(self).fillRect(self.rect(), self.palette().midlight())


def regression_tips(figures: Figures) -> tuple[str, str]:
    """What the R² of both sets tells, with the other figures of a regression, in the target's own unit."""
    return _with_errors(tr(R_SQUARED.tip), figures.train), _with_errors(tr(R_SQUARED.test_tip), figures.test)


def _with_errors(tip: str, metrics: Metrics | None) -> str:
    if metrics is None:
        return tip
    rmse, mae = (NONE if figure is None else amount_text(figure) for figure in (metrics.rmse, metrics.mae))
    return "\n".join((tip, tr("RMSE {rmse}, MAE {mae}", rmse=rmse, mae=mae)))


def _batch_text(batch: int, batches: int) -> str:
    return tr("batch {batch} of {batches}", batch=f"{batch:,}", batches=f"{batches:,}")
