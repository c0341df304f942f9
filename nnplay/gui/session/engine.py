"""Who computes the steps of a run, told as it is; and whether it can train at all."""

from functools import partial
from typing import Protocol

from nnplay.gui.session.notice import Notice, Suggestion
from nnplay.gui.session.notices import Notices
from nnplay.nn.engines import COMPILED, EXTRA, NUMPY, is_compiled_faster, is_installed
from nnplay.texts import tr
from nnplay.training.experiment import Experiment
from nnplay.training.options import OPTIONS
from nnplay.training.trainer import Trainer

ENGINE = OPTIONS["training.engine"]


class TrainedSession(Protocol):
    """What is used of a session."""

    notices: Notices

    @property
    def experiment(self) -> Experiment: ...  # noqa: D102

    @property
    def trainer(self) -> Trainer: ...  # noqa: D102

    def change(self, text: str, experiment: Experiment) -> None: ...  # noqa: D102

    def toggle_training(self) -> None: ...  # noqa: D102


def is_ready(session: TrainedSession) -> bool:
    """Whether there is something to train on, and what trains; else that is said."""
    trainer = session.trainer
    if not trainer.can_train:
        session.notices.say_too_few(len(trainer.prepared.X_train))
        return False
    if not lacks_numba(session.experiment):
        return True
    tip = tr("Train with NumPy's steps, which are the same to the last digits")
    way_out = Suggestion(tr("Use NumPy"), tip, partial(_use_numpy, session))
    session.notices.found.emit(Notice(missing(), way_out))
    return False


def engine_word(experiment: Experiment, *, compiling: bool) -> str:
    """Who computes the steps, in a word or two for the status line; "" for NumPy where nothing else was asked for."""
    if experiment.training.engine != COMPILED:
        return ""
    if not is_compiled_faster(experiment.layer_sizes):
        return tr("NumPy, as layers are wide")
    if compiling:
        return tr("compiling the steps, once …")
    return tr("compiled") if is_installed() else tr("numba is missing")


def engine_sentence(experiment: Experiment) -> str:
    """The same in a sentence."""
    if experiment.training.engine != COMPILED:
        return ""
    if not is_compiled_faster(experiment.layer_sizes):
        return tr("NumPy computes these steps all the same: its products are faster for layers as wide as these")
    if not is_installed():
        return missing()
    return tr("Compiled for this processor, once; the same engine gives the same numbers again")


def lacks_numba(experiment: Experiment) -> bool:
    """Whether its steps are to be compiled and can't be."""
    chosen = experiment.training.engine == COMPILED
    return chosen and is_compiled_faster(experiment.layer_sizes) and not is_installed()


def wait() -> str:
    """What there is to say where a step is wanted before that is done."""
    return tr("The steps are being compiled, once: that takes some seconds; try again then")


def missing() -> str:
    """What there is to say then."""
    return tr("Compiled steps need numba, which isn't installed: pip install {extra} brings it", extra=EXTRA)


def _use_numpy(session: TrainedSession) -> None:
    session.change(tr("Train with NumPy"), ENGINE.put(session.experiment, NUMPY))
    session.toggle_training()
