"""Qt's own palette and one style sheet for every control, made from a `Palette`: no default grey anywhere.

What a widget is for is said by dynamic properties (`set_role`), never by colours of its own:
``popup``, ``sheet``, ``transport``, ``banner``, ``finding`` and ``finding_chosen`` for frames, ``dot`` and
``alarm_dot`` for a banner's mark, ``title``, ``quiet`` and ``alarm`` for labels, ``primary``, ``quiet``, ``round``,
``small``, ``offer``, ``aside``, ``chip``, ``step`` and ``thumbnail`` for buttons, ``flat`` for combo boxes and boxes of
numbers, ``snug`` for combo boxes, ``blank``, ``blank_right`` and ``blank_wrong`` for what a learner fills in,
``plots``, ``narrow_plots`` and ``docks`` for tabs.
"" is what a control looks like without one.
"""

import atexit
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QDir, Qt, QTemporaryDir
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget
from shiboken6 import isValid

from nnplay.gui.theme.fonts import label_font
from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.sheets import style_sheet

ROLE = "role"


def apply_palette(application: QApplication, palette: Palette) -> None:
    """Give the whole program the palette and the font."""
    if application.property("nnplay_styled") is None:
        application.setStyle("Fusion")
        application.setProperty("nnplay_styled", True)
    application.setFont(label_font())
    application.setPalette(qt_palette(palette))


def apply_sheet(application: QApplication, palette: Palette) -> None:
    """Give the whole program the style sheet; Qt matches even the same one against every control again.

    A sheet in place of another one is matched against a control once for each widget that it lies in, ten times as a
    rule; where there was none, once. Taking the old one away first lasts a quarter of the time.
    """
    sheet = style_sheet(palette, artwork(palette))
    if application.styleSheet() != sheet:
        bars = [bar for window in application.topLevelWidgets() for bar in window.findChildren(QScrollBar)]
        places = [(bar, bar.value()) for bar in bars if isValid(bar)]
        application.setStyleSheet("")
        application.setStyleSheet(sheet)
        for bar, place in places:  # between the two, what scrolls had another height, perhaps a lower one
            if isValid(bar):  # a list that opens makes a new one
                bar.setValue(place)


def set_role(widget: QWidget, role: str) -> None:
    """Say what a widget is for, so that the style sheet gives it its look."""
    if widget.property(ROLE) == role:
        return
    widget.setProperty(ROLE, role)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it gets its look when it is shown
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def qt_palette(palette: Palette) -> QPalette:
    """Qt's colour roles for what no style sheet reaches: text selections, views, plots' menus."""
    result = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: palette.window,
        role.WindowText: palette.text,
        role.Base: palette.panel,
        role.AlternateBase: palette.field,
        role.Text: palette.text,
        role.PlaceholderText: palette.quiet,
        role.Button: palette.field,
        role.ButtonText: palette.text,
        role.BrightText: palette.alarm,
        role.ToolTipBase: palette.panel,
        role.ToolTipText: palette.text,
        role.Highlight: palette.accent,
        role.HighlightedText: palette.on_accent,
        role.Accent: palette.accent,
        role.Link: palette.text,
        role.LinkVisited: palette.quiet,
        role.Light: palette.panel,
        role.Midlight: palette.line,
        role.Mid: palette.line,
        role.Dark: palette.quiet,
        role.Shadow: palette.line,
    }
    for name, colour in colours.items():
        result.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, name, QColor(palette.disabled))
    result.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(palette.line))
    result.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, QColor(palette.disabled))
    return result


_STROKE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">'
    '<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" '
    'stroke-linejoin="round"/></svg>'
)
_DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><circle cx="8" cy="8" r="3.2" fill="{}"/></svg>'
_PATHS = {
    "down": "M4 6.3 L8 10.3 L12 6.3",
    "up": "M4 9.7 L8 5.7 L12 9.7",
    "right": "M6.3 4 L10.3 8 L6.3 12",
}
_TICK = "M4 8.3 L6.9 11.2 L12 5.4"


@lru_cache(maxsize=1)
def _folder() -> QTemporaryDir:
    folder = QTemporaryDir(QDir.tempPath() + "/nnplay-style-XXXXXX")
    atexit.register(folder.remove)  # its own end may come after Qt's
    return folder


@lru_cache(maxsize=4)
def artwork(palette: Palette) -> str:
    """A folder, gone at exit, with the arrows and ticks that a style sheet can only take from files.

    Returns
    -------
    str
        The folder with forward slashes, as ``url(…)`` wants it.
    """
    folder = Path(_folder().path()) / palette.name
    folder.mkdir(exist_ok=True)
    for name, drawing in _drawings(palette).items():
        (folder / f"{name}.svg").write_text(drawing, encoding="utf-8")
    return folder.as_posix()


def _drawings(palette: Palette) -> dict[str, str]:
    return {
        **{name: _STROKE.format(path=path, colour=palette.quiet, width=1.5) for name, path in _PATHS.items()},
        "down_disabled": _STROKE.format(path=_PATHS["down"], colour=palette.line, width=1.5),
        "check": _STROKE.format(path=_TICK, colour=palette.on_accent, width=1.9),
        "check_menu": _STROKE.format(path=_TICK, colour=palette.text, width=1.9),
        "dot_menu": _DOT.format(palette.text),
    }
