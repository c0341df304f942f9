"""A moment that takes a while is come to while the window goes on; what is wanted newest counts."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from nnplay.gui.session import timeline
from nnplay.gui.session.session import Session
from nnplay.training.edits import with_value
from nnplay.training.experiment import DataSpec, Experiment
from nnplay.training.record import Recording
from nnplay.training.trainer import Trainer

STEPS = 300
MOONS = Experiment(data=DataSpec(kind="moons", samples=60))


@pytest.fixture
def session(qtbot: QtBot, theme: object, monkeypatch: pytest.MonkeyPatch) -> Session:
    """On a run that has two kept moments, each of whose others takes a turn of the event loop for every step."""
    record = Recording(Trainer(MOONS), interval=100_000)
    for step in range(STEPS):
        record.trainer.step()
        if step == STEPS // 2:
            record.keep_now()
            record.current.moments.add(record.current.moments.newest)
    monkeypatch.setattr(timeline, "AT_ONCE", 0.0)
    monkeypatch.setattr(timeline, "BITE", 0.0)
    return Session(MOONS, theme, record=record)


def parameters(step: int) -> list[float]:
    trainer = Trainer(MOONS)
    for _ in range(step):
        trainer.step()
    return trainer.network.parameters.tolist()


def comes(session: Session) -> Callable[[], bool]:
    return lambda: session.timeline.coming is None


def test_what_is_seen_is_always_a_moment_of_the_run(qtbot: QtBot, session: Session):
    time, wanted = session.timeline, STEPS // 2 + 40
    seen: list[tuple[int, float]] = []
    time.comes.connect(lambda: seen.append((time.step, time.share)))
    time.look_at(wanted)
    assert time.coming == wanted == time.wanted
    assert time.step == STEPS // 2 + 1, "the one before it that is kept"
    assert session.trainer.network.parameters.tolist() == parameters(STEPS // 2 + 1)
    qtbot.waitUntil(comes(session))
    assert (time.step, time.looked_at) == (wanted, wanted)
    assert session.trainer.network.parameters.tolist() == parameters(wanted)
    shares = [share for _, share in seen]
    assert len(shares) > 30
    assert shares == sorted(shares)


def test_the_newest_wish_counts(qtbot: QtBot, session: Session):
    time = session.timeline
    time.look_at(STEPS - 20)
    time.look_at(40)
    assert time.coming == 40
    qtbot.waitUntil(comes(session))
    assert session.trainer.network.parameters.tolist() == parameters(40)


def test_keys_count_from_where_it_goes(qtbot: QtBot, session: Session):
    time = session.timeline
    time.look_at(STEPS - 20)
    time.back_batch()
    time.back_batch()
    assert time.wanted == STEPS - 22
    qtbot.waitUntil(comes(session))
    assert time.step == STEPS - 22


@pytest.mark.parametrize("what", ["train", "edit"])
def test_whatever_goes_on_goes_on_from_there(qtbot: QtBot, session: Session, what: str):
    time = session.timeline
    time.look_at(STEPS - 20)
    if what == "train":
        session.toggle_training()
        session.pause()
        qtbot.waitUntil(lambda: not session.running)
    else:
        session.change("rate", with_value(session.settle(), "training.learning_rate", 0.01))
    fork = time.record.current.fork
    assert fork is not None
    assert fork.step == STEPS - 20
    assert time.coming is None


def test_the_end_is_there_at_once(session: Session):
    time = session.timeline
    time.look_at(STEPS - 20)
    time.leave()
    assert time.coming is None
    assert session.trainer is time.trainer
    time.look_at(STEPS - 20)
    session.undo_stack.undo()
    assert time.coming is None
