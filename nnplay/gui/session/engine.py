"""Who computes the steps of a run, told as it is; and whether it can train at all."""

import sys
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance, Slot

from nnplay.gui.session.notice import Notice, Suggestion
from nnplay.gui.session.notices import Notices
from nnplay.nn.engines import COMPILED, EXTRA, NUMPY, is_compiled_faster, is_installed
from nnplay.texts import tr
from nnplay.training.awaiting import coming_kernel
from nnplay.training.experiment import Experiment
from nnplay.training.options import OPTIONS
from nnplay.training.trainer import Trainer

if TYPE_CHECKING:
    from nnplay.training.compiling import Kernel

ENGINE = OPTIONS["training.engine"]
LOOK_MS = 50
"""Milliseconds between two looks at whether the compiled steps are there."""


class TrainedSession(Protocol):
    """What is used of a session."""

    notices: Notices
    experiment_changed: SignalInstance

    @property
    def experiment(self) -> Experiment: ...  # noqa: D102

    @property
    def trainer(self) -> Trainer: ...  # noqa: D102

    def change(self, text: str, experiment: Experiment) -> None: ...  # noqa: D102

    def toggle_training(self) -> None: ...  # noqa: D102


class Engine(QObject):
    """Who computes the steps of a session's run; compiled ones come as soon as they are chosen, and not before.

    Signals
    -------
    changed
        They have come, or something else is to be told.
    """

    changed = Signal()

    def __init__(self, session: TrainedSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._kernel: Kernel | None = None
        self._told = ""
        self._notice: Notice | None = None
        self._looks = QTimer(self, interval=LOOK_MS)
        self._looks.timeout.connect(self.look)
        self._looks.start()  # at the first turn of the event loop, when the window is there
        session.experiment_changed.connect(self.look)

    @property
    def is_chosen(self) -> bool:
        """Whether steps are to be compiled, and not so wide that NumPy computes them all the same."""
        experiment = self._session.experiment
        return experiment.training.engine == COMPILED and is_compiled_faster(experiment.layer_sizes)

    @property
    def problem(self) -> str:
        """Why steps that are to be compiled can't be; "" where they can, or aren't to be."""
        if not self.is_chosen:
            return ""
        if not is_installed():
            if getattr(sys, "frozen", False):
                return tr("Compiled steps need numba, which only an nnplay that pip installed can have")
            return tr("Compiled steps need numba, which isn't installed: pip install {extra} brings it", extra=EXTRA)
        if self._kernel is not None and self._kernel.problem:
            return tr("Steps can't be compiled here: {problem}", problem=self._kernel.problem)
        return ""

    @property
    def word(self) -> str:
        """Who computes, in a word or two for the status line; "" for NumPy where nothing else was asked for."""
        if not self.is_chosen:
            is_wide = self._session.experiment.training.engine == COMPILED
            return tr("NumPy, as layers are wide") if is_wide else ""
        if not is_installed():
            return tr("numba is missing")
        if self.problem:
            return tr("can't be compiled")
        if not self.is_awaited:
            return tr("compiled")
        return tr("compiling the steps, once …") if self._is_being_compiled else tr("loading the compiled steps …")

    @property
    def is_awaited(self) -> bool:
        """Whether a run that is on waits for its compiled steps."""
        return self.is_chosen and self._kernel is not None and self._kernel.is_coming

    @property
    def _is_being_compiled(self) -> bool:
        return self._kernel is not None and self._kernel.compiles

    @property
    def sentence(self) -> str:
        """The same in a sentence."""
        if not self.is_chosen:
            is_wide = self._session.experiment.training.engine == COMPILED
            wide = tr("NumPy computes these steps all the same: its products are faster for layers as wide as these")
            return wide if is_wide else ""
        if self._is_being_compiled and not self.problem:
            return tr("Being compiled for this processor, once, which takes some seconds; training waits for it")
        return self.problem or tr("Compiled for this processor, once; the same engine gives the same numbers again")

    def is_ready(self) -> bool:
        """Whether there is something to train on, and what trains; else that is said."""
        trainer = self._session.trainer
        if not trainer.can_train:
            self._session.notices.say_too_few(len(trainer.prepared.X_train))
            return False
        if self.problem:
            self.say_problem()
        return not self.problem

    def say_problem(self, way_out: Suggestion | None = None) -> None:
        """Say why steps can't be compiled, and what helps: NumPy, where it is nothing else."""
        tip = tr("Train with NumPy's steps, which are the same to the last digits")
        way_out = way_out or Suggestion(tr("Use NumPy"), tip, self._use_numpy)
        self._notice = Notice(self.problem, way_out)
        self._session.notices.found.emit(self._notice)

    @Slot()
    def look(self) -> None:
        """Have compiled steps come where they are to be, and tell what is new of them."""
        if self.is_chosen:
            self._kernel = coming_kernel(self._session.experiment.model.dtype)
        if self._notice is not None and not self.problem:
            self._session.notices.past.emit(self._notice)
            self._notice = None
        told = self.word
        if told != self._told:
            self._told = told
            self.changed.emit()
        if self.is_awaited:
            self._looks.start()
        else:
            self._looks.stop()

    def _use_numpy(self) -> None:
        self._session.change(tr("Train with NumPy"), ENGINE.put(self._session.experiment, NUMPY))
        self._session.toggle_training()
