"""Where a small card stands so that it doesn't cover what it speaks of."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize


def beside(size: QSize, room: QRect, about: Sequence[QRect], gap: int) -> QPoint:
    """The upper left corner of a card: below what it speaks of, else above, at the right or left, or in a corner.

    Parameters
    ----------
    size
        Of the card.
    room
        In which it stays; where it is too small for the card the left and the top are seen.
    about
        What it doesn't cover, wherever there is room; it stands beside the first of these.
    gap
        Between the card and the first of them.
    """
    first, wide, high = about[0], size.width(), size.height()
    across, along = first.center().x() - wide // 2, first.center().y() - high // 2
    below, above = first.bottom() + 1 + gap, first.top() - gap - high
    right, left = first.right() + 1 + gap, first.left() - gap - wide
    places = [(across, below), (across, above), (right, along), (left, along)]
    places += [(x, y) for y in (below, above) for x in (right, left)]
    ends = room.right() + 1 - wide, room.bottom() + 1 - high
    places += [(x, y) for y in (room.top(), ends[1]) for x in (room.left(), ends[0])]

    def kept(x: int, y: int) -> QPoint:
        return QPoint(max(min(x, ends[0]), room.left()), max(min(y, ends[1]), room.top()))

    def covered(at: QPoint) -> int:
        parts = (QRect(at, size).intersected(other) for other in about)
        return sum(part.width() * part.height() for part in parts if not part.isEmpty())

    return min((kept(*place) for place in places), key=covered)
