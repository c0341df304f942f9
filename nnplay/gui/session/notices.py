"""What a person is told: what was done, what was refused and why, and what is suggested."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from nnplay.errors import NnplayError
from nnplay.gui.session.suggestion import Suggestion
from nnplay.training.diagnosis import Finding, Fix
from nnplay.training.run_control import Outcome


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

    def say_why(self, outcome: Outcome, finding: Finding | None, use: Callable[[Fix], None]) -> None:
        """Say why a run ended by an error.

        Parameters
        ----------
        finding
            What the diagnosis says of it, where it says anything.
        use
            Does what the finding's fix is.
        """
        if finding is not None:
            self.message.emit(finding.sentence)
            if finding.fix is not None:
                self.suggested.emit(Suggestion(finding.fix.label, finding.fix.tip, partial(use, finding.fix)))
        elif isinstance(outcome.error, NnplayError):
            self.refused.emit(str(outcome.error))
        else:
            self.failed.emit(outcome.error)
