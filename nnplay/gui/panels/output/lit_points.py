"""The points that a finding means: each ringed on the plane, and tied to the others that are one to the network."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from nnplay.gui.session.session import Session
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import scaled

MOST_LIT = 400
"""Points that are ringed: more of them would hide the plane."""
MOST_TIED = 24
"""Points of a group that has threads: more of them would be a star that hides the plane."""
RING = 3.0
"""Pixels from the edge of a marker to its ring."""
WIDTH, THREAD = 1.6, 1.2
MANY, OF_ELLIPSE = 40, 13
"""Rings that are thin, without a rim, so that the plane is seen between them, and the elements of a path of each."""

Place = tuple[float, float]
Groups = tuple[tuple[Place, ...], ...]


def lit_places(session: Session) -> tuple[Groups, bool]:
    """The places of the points that the finding that is lit means, group by group, and whether a group is tied."""
    finding, points = session.findings.lit, session.prepared.plane_points
    if finding is None or points is None:
        return (), False
    groups, left = [], MOST_LIT
    for group in finding.points:
        rows = [row for row in group[:left] if row < len(points)]
        left -= len(rows)
        groups.append(tuple((float(x), float(y)) for x, y in points[rows].tolist()))
    return tuple(group for group in groups if group), finding.tied


def marks_path(groups: Sequence[Sequence[QPointF]], size: float) -> QPainterPath:
    """Rings around markers of a `size`."""
    path, radius = QPainterPath(), size / 2 + scaled(RING)
    for group in groups:
        for place in group:
            path.addEllipse(place, radius, radius)
    return path


def threads_path(groups: Sequence[Sequence[QPointF]], size: float) -> QPainterPath:
    """From the ring of each point of a group to their middle; of a large group nothing."""
    path, radius = QPainterPath(), size / 2 + scaled(RING)
    for group in groups:
        if not 2 <= len(group) <= MOST_TIED:
            continue
        middle = QPointF(sum(p.x() for p in group) / len(group), sum(p.y() for p in group) / len(group))
        for place in group:
            line = QLineF(middle, place)
            line.setLength(max(line.length() - radius, 0.0))
            path.moveTo(line.p1())
            path.lineTo(line.p2())
    return path


def paint_lit(painter: QPainter, rings: QPainterPath, threads: QPainterPath, palette: Palette) -> None:
    """Seen on any background, and in no colour of the data."""
    halo, many = QColor(palette.panel), rings.elementCount() > MANY * OF_ELLIPSE
    halo.setAlpha(200)
    for path, width in ((threads, THREAD), (rings, 0.5 * WIDTH if many else WIDTH)):
        if not many:
            painter.strokePath(path, QPen(halo, scaled(width + 2.2)))
        painter.strokePath(path, QPen(QColor(palette.alarm), scaled(width)))
