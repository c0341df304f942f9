"""One test for every transition of the run's states, and for what passes between the two sides."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.probes.maps import MapsProbe
from nnplay.training.probes.weights import WeightsProbe
from nnplay.training.run_control import Goal, Outcome, RunControl, RunState
from nnplay.training.trainer import Trainer

CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=100, train_share=0.5),
    training=TrainingSpec(learning_rate=0.1, batch_size=10),
)
PATIENCE = 30.0


class Run:
    """A control whose worker runs in a thread of the test's."""

    def __init__(self, experiment: Experiment = CIRCLES) -> None:
        self.control = RunControl(Trainer(experiment))
        self.outcome: Outcome | None = None
        self._thread: threading.Thread | None = None

    def start(self, goal: Goal = Goal.ENDLESS) -> None:
        self.control.begin()
        self._thread = threading.Thread(target=self._run, args=(goal,), daemon=True)
        self._thread.start()

    def _run(self, goal: Goal) -> None:
        self.outcome = self.control.run(goal)

    def join(self) -> Outcome:
        assert self._thread is not None
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        assert self.outcome is not None
        return self.outcome

    def until_boundary(self) -> None:
        """Wait until the worker has passed a step boundary."""
        passed = threading.Event()
        self.control.submit(lambda _: passed.set())
        assert passed.wait(PATIENCE)


def closes(control: RunControl) -> bool:
    """Whether closing the gate comes back by itself."""
    closing = threading.Thread(target=control.close_gate, daemon=True)
    closing.start()
    closing.join(PATIENCE)
    return not closing.is_alive()


@pytest.fixture
def run() -> Iterator[Run]:
    it = Run()
    yield it
    it.control.pause()


def test_it_rests_at_first(run: Run):
    assert run.control.state is RunState.PAUSED


def test_running_until_paused(run: Run):
    run.start()
    run.until_boundary()
    assert run.control.state is RunState.RUNNING
    run.control.pause()
    assert run.join().state is RunState.PAUSED
    assert run.control.state is RunState.PAUSED


@pytest.mark.parametrize(("goal", "epoch", "batch"), [(Goal.EPOCH, 1, 0), (Goal.BATCH, 0, 1)])
def test_a_goal_ends_the_run_by_itself(run: Run, goal: Goal, epoch: int, batch: int):
    run.start(goal)
    assert run.join() == Outcome(RunState.PAUSED)
    assert (run.control.trainer.epoch, run.control.trainer.batch) == (epoch, batch)


def test_a_run_that_rests_within_an_epoch_tells_the_loss_of_its_network(run: Run):
    run.start(Goal.BATCH)
    run.join()
    trainer = run.control.trainer
    loss, _ = trainer.network.evaluate(trainer.prepared.X_train, trainer.prepared.Y_train)
    assert trainer.figures.train.loss == loss
    assert trainer.figures.fraction == 10 / 50
    assert len(trainer.history) == 1, "the history is one of whole epochs"
    run.start(Goal.EPOCH)
    run.join()
    assert (trainer.figures.epoch, trainer.figures.fraction) == (1, 0.0)


def test_divergence_ends_the_run_and_it_can_go_on():
    layers = (HiddenLayer(units=8, activation="identity"),) * 3
    model = ModelSpec(hidden_layers=layers, loss="mean_squared_error")
    data = DataSpec(kind="plane", samples=50)
    run = Run(Experiment(data=data, model=model, training=TrainingSpec(learning_rate=10.0)))
    run.start()
    outcome = run.join()
    assert outcome.state is RunState.DIVERGED
    assert outcome.error is not None
    assert run.control.state is RunState.DIVERGED
    run.control.trainer.network.parameters[:] = 0.0
    run.start(Goal.BATCH)
    assert run.join().state is RunState.PAUSED


def test_an_error_of_ours_ends_the_run_as_failed(run: Run):
    run.start()

    def fail(_: Trainer) -> None:
        raise ZeroDivisionError("on purpose")

    run.control.submit(fail)
    outcome = run.join()
    assert outcome.state is RunState.FAILED
    assert isinstance(outcome.error, ZeroDivisionError)


def test_with_the_gate_closed_the_worker_is_between_two_steps(run: Run, monkeypatch: pytest.MonkeyPatch):
    for timeout in ("PARKING_TIMEOUT", "GATE_TIMEOUT"):
        monkeypatch.setattr(f"nnplay.training.run_control.{timeout}", PATIENCE)
    trainer, under_way = run.control.trainer, threading.Event()
    step = trainer.step

    def spy() -> bool:
        under_way.set()
        try:
            return step()
        finally:
            under_way.clear()

    monkeypatch.setattr(trainer, "step", spy)
    run.start()
    for _ in range(50):
        run.until_boundary()
        run.control.close_gate()
        assert not under_way.is_set()
        run.control.open_gate()
    run.control.pause()
    run.join()


def test_a_frame_does_not_wait_for_a_long_step(run: Run, monkeypatch: pytest.MonkeyPatch):
    begun, end = threading.Event(), threading.Event()

    def long_step() -> bool:
        begun.set()
        assert end.wait(PATIENCE)
        return False

    monkeypatch.setattr(run.control.trainer, "step", long_step)
    run.start()
    assert begun.wait(PATIENCE)
    assert closes(run.control)
    run.control.open_gate()
    run.control.pause()
    end.set()
    run.join()


def test_the_gate_of_a_run_that_rests_is_closed_at_once(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("nnplay.training.run_control.PARKING_TIMEOUT", 2 * PATIENCE)
    assert closes(run.control)


def test_a_run_that_waits_for_its_next_epoch_is_between_two_steps(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("nnplay.training.run_control.PARKING_TIMEOUT", 2 * PATIENCE)
    run.control.set_pace(0.001)
    run.start()
    while run.control.trainer.epoch == 0:
        run.until_boundary()
    assert closes(run.control)
    run.control.pause()
    run.join()


def test_a_change_is_made_at_once_while_it_rests(run: Run):
    seen: list[int] = []
    run.control.submit(lambda trainer: seen.append(trainer.epoch))
    assert seen == [0]


def test_no_change_is_lost_when_a_pause_comes_with_it(run: Run):
    made: list[int] = []
    run.start()
    for number in range(50):
        run.control.submit(lambda _, n=number: made.append(n))
    run.control.pause()
    run.join()
    assert made == list(range(50))


def test_the_mailbox_holds_the_newest_snapshot_once(run: Run):
    run.start()
    run.control.open_gate(frozenset())
    run.until_boundary()
    run.control.open_gate(frozenset())
    run.until_boundary()
    first = run.control.take_snapshot()
    assert first is not None
    assert run.control.take_snapshot() is None
    run.control.pause()
    run.join()


def test_the_gate_holds_the_worker(run: Run):
    run.start()
    run.until_boundary()
    run.control.close_gate()
    run.control.open_gate()
    before = run.control.trainer.epoch
    run.until_boundary()
    assert run.control.trainer.epoch >= before
    run.control.pause()
    run.join()


def test_a_snapshot_is_of_its_own(run: Run):
    snapshot = run.control.look(frozenset({MapsProbe(), WeightsProbe()}))
    maps, seen = snapshot.answer(MapsProbe()), snapshot.answer(WeightsProbe())
    assert maps is not None
    assert seen is not None
    assert maps.layers[-1].shape == (1, 100, 100)
    assert maps.inputs.shape == (2, 100, 100)
    copies = [w.copy() for w in seen.weights]
    run.start(Goal.EPOCH)
    run.join()
    for weights, copy in zip(seen.weights, copies, strict=True):
        np.testing.assert_array_equal(weights, copy)


def test_maps_are_what_the_network_answers_at_their_place(run: Run):
    maps = run.control.look(frozenset({MapsProbe()})).answer(MapsProbe())
    assert maps is not None
    row, column = 90, 12
    x1 = np.linspace(maps.plane[0], maps.plane[1], 100)[column]
    x2 = np.linspace(maps.plane[2], maps.plane[3], 100)[row]
    answer = run.control.trainer.network.forward(np.array([[x1, x2]]))
    assert maps.layers[-1][0, row, column] == pytest.approx(float(answer[0, 0]), rel=1e-6)


def test_a_pace_is_kept_and_can_be_left_while_it_waits(run: Run):
    run.control.set_pace(0.01)
    run.start()
    run.until_boundary()
    assert run.control.trainer.epoch <= 1
    run.control.set_pace(None)
    reached = threading.Event()
    while not reached.is_set():
        run.control.submit(lambda trainer: reached.set() if trainer.epoch > 5 else None)
        run.until_boundary()
    run.control.pause()
    run.join()
