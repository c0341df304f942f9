"""The settings, which all windows of a person share: none takes back what another one has chosen meanwhile."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSettings

_NEVER = object()


class SharedSettings(QSettings):
    """Settings to which this window writes only what is another value than the one that it read or wrote last.

    What it writes is on the disk at once, where the next window finds it; Qt merges it there, key by key, with what
    others have written.
    """

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._known: dict[str, object] = {}
        self._noting = False

    def value(self, key: str, default: object = None, *kind: Any) -> object:
        """What is set, else the default; the window knows it from now on."""
        found = super().value(key, default, *kind)
        self._known[key] = found
        return found

    def setValue(self, key: str, value: object) -> None:
        """Write it, where it is another one than the window knows."""
        if self._known.get(key, _NEVER) == value:
            return
        self._known[key] = value
        if not self._noting:
            super().setValue(key, value)
            self.sync()

    def note(self, write: Callable[[], object]) -> None:
        """Know what `write` would write now, and don't write it: nobody chose it, it is so by itself."""
        self._noting = True
        try:
            write()
        finally:
            self._noting = False
