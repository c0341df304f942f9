"""Light or dark, the person's choice or the system's, told to everyone who paints."""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from nnplay.gui.theme.palette import DARK, LIGHT, Palette
from nnplay.gui.theme.scale import scale, set_factor
from nnplay.gui.theme.style import apply_palette, apply_sheet

Mode = Literal["light", "dark", "system"]
MODES: tuple[Mode, ...] = ("system", "light", "dark")


class Theme(QObject):
    """The palette in force; one for the whole program.

    Parameters
    ----------
    mode
        ``"system"`` follows the desktop, ``"light"`` and ``"dark"`` don't.
    styled
        False leaves the style sheet to `apply_style_sheet`: a window is built in half the time without one, since Qt
        matches it against every control each time that it gets another parent.

    Signals
    -------
    changed
        Another palette or another scale is in force; the widgets' style already is the new one. What is painted reads
        `palette`, and its lengths and fonts, then.
    mode_changed(mode)
        The person chose another mode, which may have the same palette.
    """

    changed = Signal()
    mode_changed = Signal(str)

    def __init__(self, mode: Mode = "system", parent: QObject | None = None, *, styled: bool = True) -> None:
        super().__init__(parent)
        self._mode: Mode = mode
        self.palette: Palette = self._wanted()
        apply_palette(_application(), self.palette)
        if styled:
            self.apply_style_sheet()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def mode(self) -> Mode:
        """What was chosen: ``"light"``, ``"dark"`` or ``"system"``."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Choose; `changed` follows where the palette becomes another one.

        Raises
        ------
        ValueError
            A mode that there is not.
        """
        if mode not in MODES:
            raise ValueError(f"mode is {mode!r}; allowed is one of {', '.join(MODES)}")
        another, self._mode = mode != self._mode, mode
        if another:
            self.mode_changed.emit(mode)
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(mode, Qt.ColorScheme.Unknown)
        QGuiApplication.styleHints().setColorScheme(scheme)  # the window's own frame follows where the system draws it
        self._apply()

    def toggle(self) -> None:
        """From light to dark, or back."""
        self.set_mode("light" if self.palette.is_dark else "dark")

    @property
    def scale(self) -> float:
        """How large everything is: 1 as it is drawn, see `nnplay.gui.theme.scale`."""
        return scale()

    def set_scale(self, factor: float) -> None:
        """Make everything larger or smaller; `changed` follows where it becomes another size.

        Raises
        ------
        InputError
            A factor outside of 0.8 to 2.
        """
        if factor != scale():
            set_factor(factor)
            apply_palette(_application(), self.palette)
            self.apply_style_sheet()
            self.changed.emit()

    def apply_style_sheet(self) -> None:
        """Give every control the style sheet."""
        apply_sheet(_application(), self.palette)

    def _wanted(self) -> Palette:
        if self._mode == "system":
            return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._mode == "dark" else LIGHT

    def _apply(self) -> None:
        palette = self._wanted()
        if palette is not self.palette:
            self.palette = palette
            apply_palette(_application(), palette)
            self.apply_style_sheet()
            self.changed.emit()

    @Slot(Qt.ColorScheme)
    def _on_system_changed(self, _scheme: Qt.ColorScheme) -> None:
        self._apply()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
