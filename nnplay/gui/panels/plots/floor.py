"""The floor beside the loss: the least loss of any output layer on the hidden outputs, as it was measured."""

import numpy as np

from nnplay.gui.paint.ghosts import Ghost
from nnplay.texts import tr
from nnplay.training.diagnosis.probe import FloorAt
from nnplay.training.record import Branch, Recording

MOST = 2000
"""Values that are kept; then every second one goes."""


class FloorCurve:
    """Its values over the epochs of the branch that the run is on; those of the moments at which it was measured."""

    def __init__(self) -> None:
        self._record: Recording | None = None
        self._branch: Branch | None = None
        self._values: dict[float, float] = {}

    def follow(self, record: Recording) -> bool:
        """Another run, or another branch of it, has no value of this one behind where they part; whether any went."""
        same, branch = self._record is record, self._branch
        self._record, self._branch = record, record.current
        if same and branch is record.current:
            return False
        parted = -1.0
        if same and branch is not None:
            parted = record.current.epochs_at(record.current.parts_from(branch))
        count = len(self._values)
        self._values = {epochs: floor for epochs, floor in self._values.items() if epochs <= parted}
        return len(self._values) < count

    def add(self, at: FloorAt) -> bool:
        """Add a value; whether it is a new one."""
        if self._values.get(at.epochs) == at.facts.floor:
            return False
        self._values[at.epochs] = at.facts.floor
        if len(self._values) > MOST:
            self._values = dict(sorted(self._values.items())[::2])
        return True

    def ghost(self) -> Ghost:
        """The curve."""
        epochs = np.array(sorted(self._values), np.float64)
        floors = np.array([self._values[each] for each in epochs.tolist()], np.float64)
        return Ghost(None, tr("floor"), epochs, (floors, np.full(len(floors), np.nan)))
