"""The digits of the test set as small pictures, the misclassified ones first."""

import time

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QColor, QIcon
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from nnplay.data.digit_pad import grey_range
from nnplay.data.digits import SIDE
from nnplay.gui.paint.marks import class_labels
from nnplay.nn.metrics import class_shares
from nnplay.gui.panels.output.digits.picture import digit_picture
from nnplay.gui.session.session import Session
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.number_format import count_text, percent_text
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.texts import tr
from nnplay.training.prepared import PreparedData

SHOWN = 80
PICTURE = 54
SPOKEN_CLASSES = 3
INTERVAL = 1.0
"""Seconds between two looks at the test set while training goes on."""


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
        self.list.setAccessibleName(tr("Test digits, the misclassified ones first"))
        set_tip(
            self.list,
            tr(
                "Digits that never trained; under each what it is, and, where it is ringed, "
                "what the network classifies it as"
            ),
        )
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(PICTURE, PICTURE))
        self.list.setGridSize(QSize(PICTURE + 18, PICTURE + 28))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 4)
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
        shares = class_shares(outputs, prepared.table.classes)
        truth = prepared.table.labels[prepared.test]
        misclassified = truth != shares.argmax(axis=1)
        self.summary.setText(_summary(int(misclassified.sum()), len(misclassified)))
        order = np.argsort(~misclassified, kind="stable")[:SHOWN]
        self._show_count(len(order))
        for row, index in enumerate(order):
            pixels = prepared.table.inputs[prepared.test[index]]
            self._show(self.list.item(row), pixels, int(truth[index]), shares[index])

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
        paper, ink = self._range
        picture = digit_picture(
            (pixels.reshape(SIDE, SIDE) - paper) / (ink - paper),
            self._session.theme.palette,
            PICTURE,
            self.devicePixelRatioF(),
            ringed=ringed,
        )
        icon = QIcon(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)  # else a digit that is selected would be tinted
        return icon

    def _on_changed(self, _news: object = None) -> None:
        self._fresh = False
        if self.isVisible():
            self._session.refresh()


def _summary(misclassified: int, total: int) -> str:
    if not total:
        return tr("All digits train: there is none to test with")
    return tr(
        "{n} of {total} test digits is misclassified|{n} of {total} test digits are misclassified",
        "",
        misclassified,
        total=count_text(total),
    )


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
