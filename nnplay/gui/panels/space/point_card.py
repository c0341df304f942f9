"""What is under the pointer, on a card beside it: a sample with its picture or its target, or whose line it is."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from nnplay.data.digit_pad import grey_range
from nnplay.gui.paint.kept import Kept
from nnplay.gui.paint.marks import target_title
from nnplay.gui.paint.pixels import grey, ink_image
from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import px
from nnplay.gui.widgets.hover_card import HoverCard
from nnplay.gui.widgets.number_format import count_text
from nnplay.texts import tr

SIDE, LEAST, FREE = 84, 28, 12
"""Pixels of the picture, at most and at least, and around the point."""
TEXTS = 66
"""Pixels that the card needs for its texts and its border."""


class PointCard:
    """A card beside points and lines."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session, self._view = session, parent
        self._ends: Kept[tuple[float, float]] = Kept()
        self.card = HoverCard(parent)

    def show_sample(self, row: int, place: QPoint, count: int) -> None:
        """Show a row of the table, where it lies and `count` samples with it."""
        table = self._session.prepared.table
        picture = None if table.picture is None else self._picture(row)
        name = target_title(table, float(table.targets[row]))
        together = tr("{n} sample lies here|{n} samples lie here", "", count) if count > 1 else ""
        self.card.show_text(tr("sample {number}", number=count_text(row + 1)), name, together, picture)
        self.card.show_beside(place, px(FREE))

    def show_line(self, unit: str, place: QPoint) -> None:
        """Show whose line there is."""
        self.card.show_text(unit, "", tr("along this line its sum is 0"))
        self.card.show_beside(place, px(FREE))

    def hide(self) -> None:
        """Nothing is pointed at."""
        self.card.hide()

    def _picture(self, row: int) -> QPixmap:
        table, side = self._session.prepared.table, max(min(px(SIDE), self._view.height() - px(TEXTS)), px(LEAST))
        assert table.picture is not None
        ends = self._ends.of(id(table), lambda: grey_range(table.inputs))
        image = ink_image(grey(table.inputs[row], table.picture, ends), self._session.theme.palette)
        modes = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation
        return QPixmap.fromImage(image.scaled(side, side, *modes))
