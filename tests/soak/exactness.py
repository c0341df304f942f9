"""Whether undo and redo bring back all that there was, to the last bit."""

import hashlib
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton

from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import encode_extra

MOST_STEPS = 150
SETTLED_MS = 3000


def state_of(window: MainWindow) -> dict[str, str]:
    """A digest of each part of what is open; the run must be paused."""
    session = window.session
    trainer, moment = session.trainer, session.moment()
    parts: dict[str, object] = {
        "experiment": session.experiment,
        "the trainer's experiment": trainer.experiment,
        "epoch": moment.epoch,
        "place": moment.under_way.position,
        "order": None if moment.under_way.order is None else moment.under_way.order.tobytes(),
        "parameters": moment.network.parameters.tobytes(),
        "running statistics": [a.tobytes() for a in (*moment.network.running_means, *moment.network.running_variances)],
        "random state": moment.network.generator,
        "optimiser's steps": moment.optimizer.steps,
        "optimiser's memory": {name: array.tobytes() for name, array in moment.optimizer.arrays.items()},
        "units off": sorted(moment.disabled_units),
        "history": (moment.history_interval, moment.history.tobytes()),
        "file": str(window.files.path),
        "title": (window.windowTitle(), window.isWindowModified()),
    }
    return {name: _digest(part) for name, part in parts.items()}


def settle(window: MainWindow) -> None:
    """Pause, let go of every button, and let whatever is pending be committed: boxes and sliders that settle."""
    window.session.pause()
    for button in window.findChildren(QAbstractButton):
        button.setDown(False)
    _wait(lambda: not window.session.running and not _pending(window))


def undo_and_redo(window: MainWindow, skip: Callable[[], None]) -> list[str]:
    """Undo all the way and redo all the way; what is not as it was, in sentences.

    Parameters
    ----------
    skip
        Called after what is the soak's own work.
    """
    settle(window)
    stack = window.session.undo_stack
    top = stack.index()
    states, wrong = {top: state_of(window)}, []
    while stack.canUndo() and top - stack.index() < MOST_STEPS:
        skip()
        stack.undo()
        _breathe()
        states[stack.index()] = state_of(window)
    while stack.index() < top and stack.canRedo():
        skip()
        stack.redo()
        _breathe()
        now, place = state_of(window), stack.index()
        others = differences(states.get(place, now), now)
        if others:
            wrong.append(f"after redo of “{stack.undoText()}”: {', '.join(others)}")
    if stack.index() != top:
        wrong.append("the stack has become shorter")
    return wrong


def differences(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The parts that are others."""
    return [name for name, digest in before.items() if after[name] != digest]


def _pending(window: MainWindow) -> bool:
    """Whether something is about to be done; how long a message stands is no work."""
    timers = window.findChildren(QTimer)
    return any(each.isActive() and each.isSingleShot() and each.interval() < SETTLED_MS for each in timers)


def _wait(until: Callable[[], bool]) -> None:
    loop, end = QEventLoop(), QTimer(singleShot=True, interval=SETTLED_MS)
    look = QTimer(interval=5)
    look.timeout.connect(lambda: loop.quit() if until() else None)
    end.timeout.connect(loop.quit)
    look.start()
    end.start()
    if not until():
        loop.exec()


def _breathe() -> None:
    QEventLoop().processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def _digest(part: object) -> str:
    encoded = msgspec.json.encode(part, enc_hook=encode_extra)
    return hashlib.sha256(encoded).hexdigest()[:16]
