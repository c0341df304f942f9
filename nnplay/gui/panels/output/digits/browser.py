"""The test set's pictures, such as digits, in small: the misclassified ones first, or those with the largest errors."""

import time

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QColor, QIcon
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from nnplay.data.digit_pad import grey_range
from nnplay.data.digits import NAMES
from nnplay.gui.paint.marks import class_labels
from nnplay.gui.paint.pixels import grey
from nnplay.gui.panels.output.digits.picture import digit_picture
from nnplay.gui.session.session import Session
from nnplay.gui.theme.sizes import set_icon_size, set_margins
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.number_format import amount_text, count_text, percent_text
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.nn.metrics import class_shares
from nnplay.texts import mark, tr
from nnplay.training.prepared import PreparedData

SHOWN = 80
PICTURE = 54
BETWEEN, BELOW = 18, 28
"""Pixels from one picture to the next, and from one row to the next, with the texts."""
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
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Test pictures"))
        set_tip(self.list, tr(CLASSED))
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        set_icon_size(self.list, PICTURE)
        self._set_room(PICTURE)
        column = QVBoxLayout(self)
        set_margins(column, 0, 8, 0, 4)
        column.addWidget(self.summary)
        column.addWidget(self.list)
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
        self._set_room(PICTURE)
        order = np.argsort(~misclassified, kind="stable")[:SHOWN]
        self._show_count(len(order))
        for row, index in enumerate(order):
            pixels = prepared.table.inputs[prepared.test[index]]
            self._show(self.list.item(row), pixels, int(truth[index]), shares[index])

    def _show_values(self, prepared: PreparedData, values: NDArray[np.floating]) -> None:
        """The largest errors first."""
        truth = prepared.table.targets[prepared.test]
        self._tell(_valued_summary(len(truth)), tr(VALUED))
        self._set_room(TWO_VALUES)
        order = np.argsort(-np.abs(values - truth), kind="stable")[:SHOWN]
        self._show_count(len(order))
        for row, index in enumerate(order):
            item = self.list.item(row)
            actual, predicted = amount_text(float(truth[index])), amount_text(float(values[index]))
            sentence = tr("Is {actual}, predicted as {predicted}", actual=actual, predicted=predicted)
            item.setIcon(self._icon(prepared.table.inputs[prepared.test[index]], ringed=False))
            item.setText(f"{actual} → {predicted}")
            item.setForeground(QBrush(QColor(self._session.theme.palette.quiet)))
            set_tip(item, sentence)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, sentence)

    def _set_room(self, width: int) -> None:
        """So wide are the texts below the pictures."""
        size = QSize(width + BETWEEN, PICTURE + BELOW)
        if self.list.gridSize() != size:
            self.list.setGridSize(size)

    def _tell(self, summary: str, tip: str) -> None:
        self.summary.setText(summary)
        self.list.setAccessibleName(summary)
        set_tip(self.list, tip)

    def _show_count(self, count: int) -> None:
        """So many items; those that stay keep the keyboard and the place that is looked at."""
        while self.list.count() > count:
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < count:
            self.list.addItem(QListWidgetItem())

    def _show(
        self, item: QListWidgetItem, pixels: NDArray[np.float64], truth: int, shares: NDArray[np.floating]
    ) -> None:
        palette, names = self._session.theme.palette, class_labels(self._session.prepared.table)
        predicted = int(shares.argmax())
        misclassified = predicted != truth
        item.setIcon(self._icon(pixels, ringed=misclassified))
        item.setText(f"{names[truth]} → {names[predicted]}" if misclassified else names[truth])
        item.setForeground(QBrush(QColor(palette.alarm if misclassified else palette.quiet)))
        sentence = _sentence(names[truth], names[predicted], _percent(shares[predicted]), correct=not misclassified)
        likeliest = np.argsort(-shares, kind="stable")[:SPOKEN_CLASSES]
        lines = [tr("{name}: {share}", name=names[k], share=_percent(shares[k])) for k in likeliest]
        set_tip(item, "\n".join([sentence, *lines]))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, sentence)

    def _icon(self, pixels: NDArray[np.float64], *, ringed: bool) -> QIcon:
        prepared = self._session.prepared
        if prepared is not self._range_of:
            self._range_of, self._range = prepared, grey_range(prepared.table.inputs)
        assert prepared.table.picture is not None
        picture = digit_picture(
            grey(pixels, prepared.table.picture, self._range),
            self._session.theme.palette,
            PICTURE,
            self.devicePixelRatioF(),
            ringed=ringed,
        )
        icon = QIcon(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)  # else a picture that is selected would be tinted
        return icon

    def _on_changed(self, _news: object = None) -> None:
        self._fresh = False
        if self.isVisible():
            self._session.refresh()


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
