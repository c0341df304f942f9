"""Steps of a run phase by phase, by hand or by the run's clock."""

from collections.abc import Callable

from PySide6.QtCore import QObject, SignalInstance, Slot

from nnplay.errors import DivergedError, NnplayError
from nnplay.gui.session.phase_walk import PhaseWalk
from nnplay.gui.session.run import Run
from nnplay.nn.engines import KernelAwaitedError
from nnplay.training.awaiting import awaits_kernel
from nnplay.training.run_control import Goal


class PhaseSteps(QObject):
    """Walks on and back, and says what keeps a step from being made.

    Parameters
    ----------
    ready
        Whether there is something to train on, which it says where there isn't; the run goes on from what is seen.
    refused
        Says why a step can't be walked through.
    """

    def __init__(
        self, run: Run, walk: PhaseWalk, ready: Callable[[], bool], refused: SignalInstance, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._run, self._walk, self._ready, self._refused = run, walk, ready, refused
        run.phase_due.connect(self.forward)

    @Slot()
    def forward(self) -> None:
        """Come to the next phase."""
        if not self._ready():
            self._run.pause()
        elif awaits_kernel(self._run.trainer):
            self._refused.emit(str(KernelAwaitedError()))
        else:
            self._go(self._walk.forward)
            self._run.look_on()

    def back(self) -> None:
        """Come to the phase before."""
        self._go(self._walk.back)

    def _go(self, move: Callable[[], None]) -> None:
        try:
            move()
            if self._walk.walk is not None:
                self._run.recover()
        except DivergedError:
            self._run.halt()
            self._run.begin(Goal.BATCH)  # it diverges as well, and says so
        except NnplayError as error:
            self._run.halt()
            self._refused.emit(str(error))
