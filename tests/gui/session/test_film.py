"""The film of a run: from its start to its end, until a person goes elsewhere or trains on."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from nnplay.gui.session import film
from nnplay.gui.session.pace import TrainingPace
from nnplay.gui.session.session import Session
from nnplay.training.experiment import Experiment


@pytest.fixture
def session(make_session: Callable[[Experiment], Session]) -> Session:
    """On a run of 300 epochs."""
    session = make_session(Experiment())
    session.ask(lambda trainer: [trainer.run_epoch() for _ in range(300)]).result()
    return session


def test_it_plays_to_the_end(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(film, "SECONDS", 0.3)
    seen: list[int] = []
    session.timeline.changed.connect(lambda: seen.append(session.timeline.step))
    with qtbot.waitSignals([session.film.changed, session.film.changed]):
        session.film.toggle()
    assert seen[0] == 0
    assert seen == sorted(seen)
    assert len(set(seen)) > 3
    assert seen[-1] == 300
    assert session.timeline.looked_at is None
    assert not session.film.playing


def test_it_goes_at_the_pace_that_is_set(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch):
    now = 100.0
    monkeypatch.setattr(film.time, "monotonic", lambda: now)
    session.set_pace(TrainingPace(20.0))
    session.film.toggle()
    now += 2.0
    session.film._on_frame()
    assert session.timeline.step == 40
    session.set_pace(TrainingPace(100.0))
    now += 0.5
    session.film._on_frame()
    assert session.timeline.step == 90
    session.film.toggle()
    assert session.timeline.step == 90, "it pauses where it is"


def test_who_goes_elsewhere_ends_it(session: Session):
    session.film.toggle()
    session.timeline.forth_epoch()
    assert not session.film.playing
    assert session.timeline.step == 1
    session.film.toggle()
    session.timeline.leave()
    assert not session.film.playing
    session.film.toggle()
    session.reset()
    session.film._on_frame()
    assert not session.film.playing, "another run"
    assert session.timeline.looked_at is None


def test_who_trains_goes_on_from_what_is_seen(qtbot: QtBot, session: Session):
    session.film.toggle()
    qtbot.waitUntil(lambda: session.timeline.step > 5)
    session.toggle_training()
    assert not session.film.playing
    session.pause()
    qtbot.waitUntil(lambda: not session.running)
    fork = session.timeline.record.current.fork
    assert fork is not None
    assert 5 < fork.step < 300


def test_there_is_nothing_to_play_before_the_first_step(make_session: Callable[[Experiment], Session]):
    session = make_session(Experiment())
    session.film.toggle()
    assert not session.film.playing
