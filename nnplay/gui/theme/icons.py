"""Line icons in the palette's colours: the Phosphor family, from the font that QtAwesome brings along.

QtAwesome itself is not imported: it loads a compatibility layer over all of Qt, which is a fifth of the start.
"""

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPixmap

from nnplay.gui.theme.palette import Palette
from nnplay.resources import resource_path

ICONS = {
    "play": "play-fill",
    "pause": "pause-fill",
    "step": "skip-forward",
    "step_batch": "caret-double-right",
    "step_phase": "caret-right",
    "back": "skip-back",
    "back_batch": "caret-double-left",
    "back_phase": "caret-left",
    "to_end": "arrow-line-right",
    "reset": "arrow-counter-clockwise",
    "new_start": "shuffle",
    "undo": "arrow-u-up-left",
    "plus": "plus",
    "minus": "minus",
    "close": "x",
    "copy": "copy",
    "trash": "trash",
    "pencil": "pencil-simple",
    "brush": "paint-brush",
    "eraser": "eraser",
    "select": "selection",
    "lasso": "scribble-loop",
    "jitter": "vibrate",
    "dice": "dice-five",
    "more": "dots-three",
    "image": "image",
    "theme": "circle-half",
}
"""What a picture means → its name in the Phosphor family."""

PROGRAM_SIZES = (16, 24, 32, 48, 64, 128, 256)
"""Of nnplay's own icon, for the windows."""


def icon(name: str, palette: Palette, size: int, *, colour: str | None = None) -> QIcon:
    """An icon of `ICONS`, `size` pixels wide: in `colour` (the text's where None), greyed where disabled.

    Raises
    ------
    KeyError
        No icon of this name.
    """
    ratios = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    return _icon(ICONS[name], size, colour or palette.text, palette.disabled, frozenset(ratios))


def glyph(name: str, size: float, colour: str, *, ratio: float = 1.0) -> QPixmap:
    """One picture of an icon, `size` pixels wide on a display with `ratio` device pixels to one."""
    return _draw(ICONS[name], size, colour, ratio)


def program_icon() -> QIcon:
    """nnplay's own icon; pictures are read when one is asked for."""
    result = QIcon()
    for size in PROGRAM_SIZES:
        result.addFile(str(resource_path(f"desktop/icons/nnplay/{size}.png")), QSize(size, size))
    return result


@lru_cache(maxsize=256)
def _icon(phosphor: str, size: int, colour: str, disabled: str, ratios: frozenset[float]) -> QIcon:
    """With a picture for each ratio of device pixels to pixels that a screen has: Qt would blur another one's."""
    result = QIcon()
    for ratio in ratios:
        result.addPixmap(_draw(phosphor, size, colour, ratio), QIcon.Mode.Normal)
        result.addPixmap(_draw(phosphor, size, disabled, ratio), QIcon.Mode.Disabled)
    return result


def _draw(phosphor: str, size: float, colour: str, ratio: float) -> QPixmap:
    side = round(size * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    font = QFont(_family())
    font.setPixelSize(side)
    painter = QPainter(pixmap)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRect(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, chr(_charmap()[phosphor]))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=1)
def _family() -> str:
    identifier = QFontDatabase.addApplicationFont(str(_file("phosphor-*.ttf")))
    return QFontDatabase.applicationFontFamilies(identifier)[0]


@lru_cache(maxsize=1)
def _charmap() -> dict[str, int]:
    names = json.loads(_file("phosphor-charmap-*.json").read_text(encoding="utf-8"))
    return {name: int(code, 16) for name, code in names.items()}


def _file(pattern: str) -> Path:
    spec = find_spec("qtawesome")
    folders = list(spec.submodule_search_locations or ()) if spec is not None else []
    for folder in folders:
        for path in sorted(Path(folder, "fonts").glob(pattern)):
            return path
    raise FileNotFoundError(f"QtAwesome has no font {pattern} in {folders}")
