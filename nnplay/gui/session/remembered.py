"""How a person last set the switches of the views: holds for the next start too, and is no part of the experiment."""

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton


class Remembered(QObject):
    """The switches that were set, by their keys; kept in the window's settings once it has told them.

    Signals
    -------
    kept
        The settings are there: what was remembered holds.
    """

    kept = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings: QSettings | None = None

    def keep_in(self, settings: QSettings) -> None:
        """Keep them there from now on; call it before a panel is made."""
        self._settings = settings
        self.kept.emit()

    def switch(self, key: str, control: QAbstractButton | QAction) -> None:
        """Set a switch as it was left, and remember it when a person sets it; connect what it does before.

        Parameters
        ----------
        key
            What the settings call it, such as ``"output/discrete"``.
        """
        control.setChecked(self.value(key, default=control.isChecked()))
        control.toggled.connect(lambda checked: self.set_value(key, checked))

    def value(self, key: str, *, default: bool) -> bool:
        """How it was left."""
        if self._settings is None:
            return default
        value = self._settings.value(f"views/{key}", default)
        return str(value).lower() == "true"  # a file of settings has texts

    def set_value(self, key: str, checked: bool) -> None:
        """Remember it."""
        if self._settings is not None:
            self._settings.setValue(f"views/{key}", checked)

    def number(self, key: str, *, default: int) -> int:
        """The whole number that was left there; the usual one where something else is."""
        value = None if self._settings is None else self._settings.value(f"views/{key}")
        try:
            return int(str(value))
        except ValueError:
            return default

    def set_number(self, key: str, number: int) -> None:
        """Remember it."""
        if self._settings is not None:
            self._settings.setValue(f"views/{key}", number)

    def text(self, key: str) -> str:
        """The text that was left there; "" where there is none."""
        return "" if self._settings is None else str(self._settings.value(f"views/{key}", ""))

    def set_text(self, key: str, text: str) -> None:
        """Remember it."""
        if self._settings is not None:
            self._settings.setValue(f"views/{key}", text)
