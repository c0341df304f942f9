"""The thread that trains: one QThread for one stretch of training."""

from PySide6.QtCore import QObject, QThread

from nnplay.training.run_control import Goal, Outcome, RunControl


class TrainingThread(QThread):
    """Runs a RunControl to its outcome; steps and figures never travel by signal.

    `outcome` is there once Qt's `finished` is emitted.
    """

    def __init__(self, control: RunControl, goal: Goal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self._goal = goal
        self.outcome: Outcome | None = None

    def run(self) -> None:
        """Called by Qt in the new thread."""
        self.outcome = self._control.run(self._goal)
