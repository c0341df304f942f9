"""The axis of epochs: which of them are seen, on a linear or a logarithmic axis, and where round ones stand."""

import math

import numpy as np
from numpy.typing import NDArray

from nnplay.gui.paint.axis_ranges import STEPS
from nnplay.gui.widgets.number_format import whole_tick_texts
from nnplay.training.ranges import round_up

FIRST_EPOCHS = 10.0
"""Where the axis ends at the start."""
FEWEST = 4.0
"""Epochs that are seen at least."""

Floats = NDArray[np.float64]


class EpochAxis:
    """From which to which epoch is seen: all of them until a person zooms.

    A logarithmic axis has the logarithm of 1 + epoch, so that the start of a run, which is epoch 0, is on it too.

    Attributes
    ----------
    logarithmic
        Whether each step of the axis is ten times as many epochs.
    held
        Whether it stays as it is wherever the run stands.
    """

    def __init__(self) -> None:
        self.logarithmic = self.held = False
        self._last = 0.0
        self._zoom: tuple[float, float] | None = None

    @property
    def zoomed(self) -> bool:
        """Whether a part of the epochs is seen, which stays as it is while the run goes on."""
        return self._zoom is not None

    @property
    def seen(self) -> tuple[float, float]:
        """The first and the last epoch that are seen."""
        return (0.0, self._whole) if self._zoom is None else self._zoom

    @property
    def ends(self) -> tuple[float, float]:
        """Where the axis begins and ends, in its own measure."""
        low, high = self.places(np.array(self.seen)).tolist()
        return low, high

    @property
    def _whole(self) -> float:
        return round_up(max(self._last, FIRST_EPOCHS), STEPS)

    def reach(self, last: float) -> None:
        """The run is at epoch `last`; one that is behind where it was began anew, and is seen as a whole."""
        if self.held:
            return
        if last < self._last:
            self.fit()
        self._last = last

    def places(self, epochs: Floats) -> Floats:
        """Where epochs stand, in the axis' own measure."""
        return np.log10(1.0 + epochs) if self.logarithmic else epochs

    def epoch_at(self, place: float) -> float:
        """The epoch that stands at a place."""
        return 10.0**place - 1.0 if self.logarithmic else place

    def fit(self) -> None:
        """See all epochs."""
        self._zoom = None

    def see_as(self, other: "EpochAxis") -> None:
        """See the same part of the same epochs."""
        self._last, self._zoom = other._last, other._zoom

    def select(self, low: float, high: float) -> None:
        """See the epochs from `low` to `high`, a few at least; all of them where these are."""
        low, high = max(min(low, high), 0.0), min(max(low, high), self._whole)
        if high - low < FEWEST:
            low = min(max((low + high - FEWEST) / 2, 0.0), self._whole - FEWEST)
            high = low + FEWEST
        self._zoom = None if low <= 0.0 and high >= self._whole else (low, high)

    def zoom(self, factor: float, about: float) -> None:
        """See `factor` times as much of the axis, the epoch `about` where it is."""
        (low, high), middle = self.ends, float(self.places(np.array([about]))[0])
        self._select_places(middle + factor * (low - middle), middle + factor * (high - middle))

    def pan(self, share: float) -> None:
        """Move along by a share of what is seen, up to the ends; where all is seen nothing moves."""
        if self._zoom is None:
            return
        low, high = self.ends
        least, most = self.places(np.array([0.0, self._whole])).tolist()
        step = min(max(share * (high - low), least - low), most - high)
        self._select_places(low + step, high + step)

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """At most about `most` whole round epochs: where they stand, and how they are written."""
        low, high = self.seen
        epochs = _decades(low, high, most) if self.logarithmic else []
        if len(epochs) < 2:
            epochs = whole_ticks(low, high, most)
        return list(zip(self.places(np.array(epochs)).tolist(), whole_tick_texts(epochs), strict=True))

    def _select_places(self, low: float, high: float) -> None:
        least, most = self.places(np.array([0.0, self._whole])).tolist()
        self.select(self.epoch_at(max(low, least)), self.epoch_at(min(high, most)))


def whole_ticks(low: float, high: float, most: int) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten from `low` to `high`, all of them whole; two where that can be."""
    least = max((high - low) / max(most - 1, 1), 1.0)
    decade = 10 ** math.floor(math.log10(least))
    steps = [step * decade for step in (1, 2, 5, 10)]
    index = next(index for index, step in enumerate(steps) if step >= least * (1 - 1e-9))
    for step in steps[index::-1]:  # a wide one may have one multiple only
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last > first:
            break
    return [float(k * step) for k in range(first, last + 1)]


def _decades(low: float, high: float, most: int) -> list[float]:
    """The start, and powers of ten, evenly thinned."""
    powers = range(math.ceil(math.log10(max(low, 1.0))), math.floor(math.log10(max(high, 1.0))) + 1)
    every = max(-(-len(powers) // max(most - 1, 1)), 1)
    return [*([0.0] if low <= 0.0 else []), *(10.0**k for k in list(powers)[::-1][::every][::-1] if k or every == 1)]
