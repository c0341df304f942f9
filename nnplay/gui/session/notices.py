"""What a person is told: what was done, what was refused and why, and what is suggested."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from nnplay.errors import NnplayError
from nnplay.gui.session.suggestion import lower_rate
from nnplay.texts import tr
from nnplay.training.run_control import Outcome, RunState


class Notices(QObject):
    """Signals for the status line and the error dialog; whoever does something says it here.

    Signals
    -------
    message
        One sentence: what was done.
    refused
        One sentence: why what was asked for was not done, and what can be.
    suggested
        The Suggestion that goes with the sentence said just before; it holds until anything else happens.
    failed
        The exception that ended a run although nothing a person did explains it.
    """

    message = Signal(str)
    refused = Signal(str)
    suggested = Signal(object)
    failed = Signal(object)

    def say_why(self, outcome: Outcome, epoch: int, learning_rate: float, retry: Callable[[float], None]) -> None:
        """Say why a run ended by an error.

        Parameters
        ----------
        epoch, learning_rate
            Where it ended, and with which rate.
        retry
            Goes back to the start with another learning rate.
        """
        if outcome.state is RunState.DIVERGED:
            sentence = tr(
                "Diverged at epoch {epoch}: the learning rate {rate} is too large for this network",
                epoch=f"{epoch:,}",
                rate=f"{learning_rate:g}",
            )
            self.message.emit(sentence)
            self.suggested.emit(lower_rate(learning_rate, retry))
        elif isinstance(outcome.error, NnplayError):
            self.refused.emit(str(outcome.error))
        else:
            self.failed.emit(outcome.error)
