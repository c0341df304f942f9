"""The test set's pictures, such as digits, in small: the misclassified ones first, or those with the largest errors."""

import time

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QIcon
from PySide6.QtWidgets import QListWidgetItem, QVBoxLayout, QWidget

from nnplay.data.digit_pad import grey_range
from nnplay.data.digits import NAMES
from nnplay.gui.paint.marks import class_titles
from nnplay.gui.paint.pixels import grey
from nnplay.gui.panels.output.digits.picture import digit_picture
from nnplay.gui.panels.output.digits.picture_list import PICTURE, SAMPLE, PictureList
from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_margins
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.number_format import amount_text, count_text, percent_text
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.gui.widgets.short_label import ShortLabel
from nnplay.nn.metrics import class_shares
from nnplay.texts import mark, tr
from nnplay.training.prepared import PreparedData

SHOWN = 80
TWO_VALUES = 130
"""Pixels of two values with an arrow between them."""
SPOKEN_CLASSES = 3
INTERVAL = 1.0
"""Seconds between two looks at the test set while training goes on."""
DIGITS = mark(
    "Digits that never trained; under each what it is, and, where it is ringed, what the network classifies it as"
)
CLASSED = mark(
    "Pictures that never trained; under each what it is, and, where it is ringed, what the network classifies it as"
)
VALUED = mark("Pictures that never trained; under each its value, and the value that the network predicts")
INVITATION = mark("Click a picture to see it go through the network")
ALL_TRAIN = mark("All pictures train: there is none to test with")


class DigitBrowser(QWidget):
    """What the network misclassifies, and then what it classifies correctly."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._looked = -INTERVAL
        self._fresh = False
        self._range_of: PreparedData | None = None
        self._range = (0.0, 1.0)
        self.summary = PlainLabel()
        set_role(self.summary, "quiet")
        self.list = PictureList()
        self.list.setAccessibleName(tr("Test pictures"))
        set_tip(self.list, tr(CLASSED))
        self.answer = ShortLabel(tr("What the network answers for the picture"))
        self.answer.show_text(tr(INVITATION))
        column = QVBoxLayout(self)
        set_margins(column, 0, 8, 0, 4)
        column.addWidget(self.summary)
        column.addWidget(self.list, 1)
        column.addWidget(self.answer)
        self.list.chosen.connect(self._on_chosen)
        for signal in (session.state_changed, session.experiment_changed, session.data_changed, session.theme.changed):
            signal.connect(self._on_changed)

    @property
    def wants_outputs(self) -> bool:
        """Whether it is time for another look: seen, and at intervals while training, once when it pauses."""
        if not self.isVisible():
            return False
        return time.monotonic() - self._looked >= INTERVAL if self._session.running else not self._fresh

    def show_outputs(self, outputs: NDArray[np.floating]) -> None:
        """(n, K) outputs for the test set of the session."""
        prepared = self._session.prepared
        if len(outputs) != len(prepared.test) or outputs.shape[1] != prepared.outputs:
            return
        self._looked, self._fresh = time.monotonic(), not self._session.running
        if prepared.table.task == "regression":
            self._show_values(prepared, outputs[:, 0])
        else:
            self._show_classes(prepared, class_shares(outputs, prepared.table.classes))

    def _show_classes(self, prepared: PreparedData, shares: NDArray[np.floating]) -> None:
        """The misclassified ones first."""
        truth = prepared.table.labels[prepared.test]
        misclassified = truth != shares.argmax(axis=1)
        digits = prepared.table.class_names == NAMES
        summary = _summary(int(misclassified.sum()), len(misclassified), digits=digits)
        self._tell(summary, tr(DIGITS) if digits else tr(CLASSED))
        self.list.fit(PICTURE)
        order = np.argsort(~misclassified, kind="stable")[:SHOWN]
        self.list.show_count(len(order))
        for row, index in enumerate(order):
            self._show(self.list.item(row), int(prepared.test[index]), int(truth[index]), shares[index])
        chosen = self._place_of_chosen(prepared)
        if chosen is not None:
            names = class_titles(prepared.table)
            self.answer.show_text(", ".join(_answers(names, int(truth[chosen]), shares[chosen])))

    def _show_values(self, prepared: PreparedData, values: NDArray[np.floating]) -> None:
        """The largest errors first."""
        truth = prepared.table.targets[prepared.test]
        self._tell(_valued_summary(len(truth)), tr(VALUED))
        self.list.fit(TWO_VALUES)
        order = np.argsort(-np.abs(values - truth), kind="stable")[:SHOWN]
        self.list.show_count(len(order))
        for row, index in enumerate(order):
            item, sample = self.list.item(row), int(prepared.test[index])
            actual, predicted = amount_text(float(truth[index])), amount_text(float(values[index]))
            sentence = tr("Is {actual}, predicted as {predicted}", actual=actual, predicted=predicted)
            item.setIcon(self._icon(sample, ringed=False))
            item.setText(f"{actual} → {predicted}")
            item.setForeground(QBrush(QColor(self._session.theme.palette.quiet)))
            set_tip(item, sentence)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, sentence)
            item.setData(SAMPLE, sample)
            if sample == self.list.sample:
                self.answer.show_text(sentence)

    def _tell(self, summary: str, tip: str) -> None:
        self.summary.setText(summary)
        self.list.setAccessibleName(summary)
        set_tip(self.list, tip)

    def _show(self, item: QListWidgetItem, sample: int, truth: int, shares: NDArray[np.floating]) -> None:
        palette, names = self._session.theme.palette, class_titles(self._session.prepared.table)
        predicted = int(shares.argmax())
        misclassified = predicted != truth
        item.setIcon(self._icon(sample, ringed=misclassified))
        item.setText(f"{names[truth]} → {names[predicted]}" if misclassified else names[truth])
        item.setForeground(QBrush(QColor(palette.alarm if misclassified else palette.quiet)))
        answers = _answers(names, truth, shares)
        set_tip(item, "\n".join(answers))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, answers[0])
        item.setData(SAMPLE, sample)

    def _icon(self, sample: int, *, ringed: bool) -> QIcon:
        prepared, palette = self._session.prepared, self._session.theme.palette
        if prepared is not self._range_of:
            self._range_of, self._range = prepared, grey_range(prepared.table.inputs)
        assert prepared.table.picture is not None
        pixels = grey(prepared.table.inputs[sample], prepared.table.picture, self._range)
        ring = palette.text if sample == self.list.sample else palette.alarm if ringed else None
        picture = digit_picture(pixels, palette, px(PICTURE), self.devicePixelRatioF(), ring=ring)
        icon = QIcon(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)  # else a picture that is selected would be tinted
        return icon

    def _place_of_chosen(self, prepared: PreparedData) -> int | None:
        """Where in the test set the picture is that is looked at."""
        places = np.flatnonzero(prepared.test == self.list.sample)
        return int(places[0]) if len(places) else None

    def _on_chosen(self, sample: int | None) -> None:
        if sample is None:
            self.answer.show_text(tr(INVITATION))
        self._on_changed()

    def _on_changed(self, _news: object = None) -> None:
        self._fresh = False
        if self.isVisible():
            self._session.refresh()


def _answers(names: tuple[str, ...], truth: int, shares: NDArray[np.floating]) -> list[str]:
    """What a picture is and what it is classified as, and then the next likeliest classes."""
    predicted = int(shares.argmax())
    sentence = _sentence(names[truth], names[predicted], _percent(shares[predicted]), correct=predicted == truth)
    likeliest = np.argsort(-shares, kind="stable")[1:SPOKEN_CLASSES]
    return [sentence, *(tr("{name}: {share}", name=names[k], share=_percent(shares[k])) for k in likeliest)]


def _summary(misclassified: int, total: int, *, digits: bool) -> str:
    if not total:
        return tr("All digits train: there is none to test with") if digits else tr(ALL_TRAIN)
    if digits:
        text = mark("{n} of {total} test digits is misclassified|{n} of {total} test digits are misclassified")
    else:
        text = mark("{n} of {total} test pictures is misclassified|{n} of {total} test pictures are misclassified")
    return tr(text, "", misclassified, total=count_text(total))


def _valued_summary(total: int) -> str:
    if not total:
        return tr(ALL_TRAIN)
    return tr("{n} test picture|{n} test pictures, the largest errors first", "", total)


def _sentence(truth: str, predicted: str, share: str, *, correct: bool) -> str:
    if correct:
        return tr(
            "Is {truth}, correctly classified as {predicted} with {share}",
            truth=truth,
            predicted=predicted,
            share=share,
        )
    return tr("Is {truth}, classified as {predicted} with {share}", truth=truth, predicted=predicted, share=share)


def _percent(share: float) -> str:
    return percent_text(min(max(share, 0.0), 1.0), 0)
