"""How everything looks: colours by role, fonts, icons and the style sheet, in one place."""

from nnplay.gui.theme.fonts import figure_font, label_font, tabular, title_font
from nnplay.gui.theme.icons import glyph, icon
from nnplay.gui.theme.palette import DARK, LIGHT, Palette
from nnplay.gui.theme.style import set_role
from nnplay.gui.theme.theme import Theme

__all__ = [
    "DARK",
    "LIGHT",
    "Palette",
    "Theme",
    "figure_font",
    "glyph",
    "icon",
    "label_font",
    "set_role",
    "tabular",
    "title_font",
]
