"""What a person is told: what was done, what was refused and why, what was found and what helps."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from nnplay.errors import NnplayError
from nnplay.gui.session.notice import Notice, Suggestion
from nnplay.nn.engines import NoKernelError
from nnplay.texts import mark, tr
from nnplay.training.diagnosis import Finding, Fix
from nnplay.training.experiment import Experiment
from nnplay.training.learned import LEARNED_R2
from nnplay.training.run_control import Outcome

Asked = ParamSpec("Asked")
Teller = TypeVar("Teller", bound="Telling")


class Telling(Protocol):
    """Whoever tells a person what can't be done."""

    notices: "Notices"


def telling(action: Callable[Concatenate[Teller, Asked], None]) -> Callable[Concatenate[Teller, Asked], None]:
    """Let an error of a method be told in the banner, as what can't be done."""

    @wraps(action)
    def act(self: Teller, /, *args: Asked.args, **kwargs: Asked.kwargs) -> None:
        try:
            action(self, *args, **kwargs)
        except NnplayError as error:
            self.notices.refused.emit(why_not(error))

    return act


def why_not(error: NnplayError) -> str:
    """What a person is told of an error, who asked for something of a run."""
    if isinstance(error, NoKernelError):
        return tr("These steps of the run were compiled, and can't be computed again without numba")
    return str(error)


class Notices(QObject):
    """Signals for the status line, the banner and the error dialog; whoever does something says it here.

    Signals
    -------
    message
        One sentence: what was done.
    refused
        One sentence: why what was asked for was not done, and what can be.
    found
        The Notice of what was found; it holds until the experiment or its run is another one.
    past
        A Notice that holds no longer.
    failed
        The exception that ended a run although nothing a person did explains it.
    """

    message = Signal(str)
    refused = Signal(str)
    found = Signal(object)
    past = Signal(object)
    failed = Signal(object)

    def say_start(self, experiment: Experiment) -> None:
        """Say to which start a run went back."""
        if experiment.model.start is None:
            self.message.emit(tr("Back to the start that seed {seed} gives", seed=experiment.seed))
        else:
            self.message.emit(tr("Back to the starting weights that the experiment brings"))

    def say_too_few(self, points: int) -> None:
        """Say that so few points are too few to train on."""
        if points:
            self.refused.emit(tr("One point is too few for batch norm, which compares points: draw more of them"))
        else:
            self.refused.emit(tr("There is no point to train on yet: draw some, or choose a data set"))

    def say_learned(self, epoch: int, task: str) -> None:
        """Say at which epoch a run had learnt its training samples."""
        if task == "classification":
            text = mark(
                "Learned in {n} epoch: every training sample is right|"
                "Learned in {n} epochs: every training sample is right"
            )
        else:
            text = mark(
                "Learned in {n} epoch: R² of the training samples is {r2}|"
                "Learned in {n} epochs: R² of the training samples is {r2}"
            )
        self.message.emit(tr(text, "", epoch, r2=LEARNED_R2))

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
            fix = finding.fix
            way_out = None if fix is None else Suggestion(fix.label, fix.tip, partial(use, fix))
            self.found.emit(Notice(finding.sentence, way_out))
        elif isinstance(outcome.error, NnplayError):
            self.refused.emit(str(outcome.error))
        else:
            self.failed.emit(outcome.error)
