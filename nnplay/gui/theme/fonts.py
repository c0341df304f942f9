"""The system's font in the few sizes that the window uses, with figures that are all of one width."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from nnplay.gui.theme.scale import px

TITLE_SIZE = 11
LABEL_SIZE = 13
EPOCH_SIZE = 27


def tabular(font: QFont) -> QFont:
    """A copy of the font whose figures are all equally wide, so that a changing number stays in its place."""
    copy = QFont(font)
    copy.setFeature(QFont.Tag("tnum"), 1)
    return copy


def label_font(size: int = LABEL_SIZE, *, bold: bool = False) -> QFont:
    """The system's font at `size` pixels, times the factor in force."""
    font = QFont(QApplication.font())
    font.setPixelSize(px(size))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def figure_font(size: int = LABEL_SIZE, *, bold: bool = False) -> QFont:
    """The system's font at `size` pixels with tabular figures."""
    return tabular(label_font(size, bold=bold))


def title_font() -> QFont:
    """Small spaced capitals: titles of cards, labels above choices."""
    font = label_font(TITLE_SIZE, bold=True)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 106)
    return font
