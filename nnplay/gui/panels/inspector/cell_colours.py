"""The colours of a matrix's cells: one scale for all of it, and on each colour an ink that is read on it."""

from functools import lru_cache

from PySide6.QtGui import QColor

from nnplay.gui.panels.inspector.matrices import Matrix
from nnplay.gui.theme.colormaps import diverging_lut
from nnplay.gui.theme.palette import Palette, contrast, ink_on
from nnplay.gui.theme.theme import Theme

READABLE = 5.0
"""Contrast from which the usual ink is taken."""
VEIL = 60
"""Opacity of 255 of what lies over selected cells."""


class CellColours:
    """Tells background and ink of each cell of one matrix."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._matrix: Matrix | None = None

    def show(self, matrix: Matrix) -> None:
        """Tell those of this one."""
        self._matrix = matrix

    def of(self, row: int, column: int) -> tuple[QColor, QColor]:
        """Background and ink of a cell."""
        matrix = self._matrix
        assert matrix is not None
        value = float(matrix.values[row, column])
        share = value / matrix.largest if matrix.largest else 0.0
        place = int(128.0 + 127.5 * max(min(share, 1.0), -1.0)) if share == share else 128  # not a number: the middle
        return colours(self._theme.palette, back=matrix.kind.back)[min(place, 255)]

    @property
    def veil(self) -> QColor:
        """What lies over selected cells."""
        veil = QColor(self._theme.palette.text)
        veil.setAlpha(VEIL)
        return veil


@lru_cache(maxsize=8)
def colours(palette: Palette, *, back: bool = False) -> tuple[tuple[QColor, QColor], ...]:
    """(background, ink) for −1 … 0 … 1 at the indices of `diverging_lut`; of the way back in its own pair of hues."""
    pairs = []
    for red, green, blue, _ in diverging_lut(palette, back=back).tolist():
        background = QColor(red, green, blue)
        ink = palette.text if contrast(palette.text, background.name()) >= READABLE else ink_on(background.name())
        pairs.append((background, QColor(ink)))
    return tuple(pairs)
