"""The picture of the sample that is pointed at, on a card beside its point: a digit among the others is but a dot."""

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

SIDE, FREE = 84, 12
"""Pixels of the picture, and around the point."""


class PointCard:
    """A card that is there for pictures alone."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session = session
        self._ends: Kept[tuple[float, float]] = Kept()
        self.card = HoverCard(parent)

    def show_sample(self, row: int, place: QPoint) -> None:
        """Show a row of the table, where it is a picture."""
        table = self._session.prepared.table
        if table.picture is None:
            return
        ends = self._ends.of(id(table), lambda: grey_range(table.inputs))
        image = ink_image(grey(table.inputs[row], table.picture, ends), self._session.theme.palette)
        side = px(SIDE)
        modes = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation
        picture = QPixmap.fromImage(image.scaled(side, side, *modes))
        name = target_title(table, float(table.targets[row]))
        self.card.show_text(tr("sample {number}", number=count_text(row + 1)), name, picture=picture)
        self.card.show_beside(place, px(FREE))

    def hide(self) -> None:
        """Nothing is pointed at."""
        self.card.hide()
