"""How large a person wants the window: larger, smaller, as it was drawn; remembered for the next start."""

from PySide6.QtCore import QObject, QSettings, Signal

from nnplay.gui.theme.scale import SCALES
from nnplay.gui.theme.theme import Theme

KEY = "window/scale"
USUAL = 1.0


def scale_in(settings: QSettings, key: str = KEY) -> float:
    """The factor that settings have; the usual one where they have none that could have been chosen."""
    try:
        factor = float(str(settings.value(key, USUAL)))
    except ValueError:
        return USUAL
    return factor if SCALES[0] <= factor <= SCALES[-1] else USUAL


class Scaling(QObject):
    """The person's own factor, and one that holds for a while in its place.

    Signals
    -------
    changed
        Another factor is in force, or other steps are possible.
    """

    changed = Signal()

    def __init__(self, theme: Theme, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._settings = settings
        self._own: float | None = None
        self._times = 1.0

    @property
    def factor(self) -> float:
        """The factor in force."""
        return self._theme.scale

    @property
    def larger_factor(self) -> float | None:
        """One step up; None at the end."""
        return next((factor for factor in SCALES if factor > self.factor), None)

    @property
    def smaller_factor(self) -> float | None:
        """One step down; None at the end."""
        return next((factor for factor in reversed(SCALES) if factor < self.factor), None)

    def enlarge(self) -> None:
        """Make all one step larger."""
        self._choose(self.larger_factor)

    def shrink(self) -> None:
        """Make all one step smaller."""
        self._choose(self.smaller_factor)

    def restore(self) -> None:
        """Back to the size in which all was drawn, or for a while to that with which the while began."""
        self._choose(USUAL if self._own is None else self._raised(self._own))

    def begin(self, times: float) -> None:
        """For a while all is so many times as large as the person has it, as far as that goes; not remembered."""
        self._times, self._own = times, self.factor
        self._set(self._raised(self._own))

    def end(self) -> None:
        """The while is over: the person's own factor holds again."""
        if self._own is not None:
            own, self._own = self._own, None
            self._set(own)

    def _raised(self, factor: float) -> float:
        return min(self._times * factor, SCALES[-1])

    def _choose(self, factor: float | None) -> None:
        if factor is None:
            return
        self._set(factor)
        if self._own is None:
            self._settings.setValue(KEY, factor)

    def _set(self, factor: float) -> None:
        self._theme.set_scale(factor)
        self.changed.emit()
