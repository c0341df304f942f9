"""A compiled run is one run, however many steps are made at once: stepped, rewound, edited, paused and resumed."""

import sys
import threading
from random import Random

import msgspec
import numpy as np
import pytest

from nnplay.data import drawing
from nnplay.errors import DivergedError, InputError
from nnplay.training.edits import with_value
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, ScheduleSpec, TrainingSpec
from nnplay.training.history import FIRST, TRAIN_LOSS
from nnplay.training.moment import Moment, trainer_at
from nnplay.training.place import Advance
from nnplay.training.record import ExperimentEdit, Recording
from nnplay.training.run_control import SWITCH_WHILE_DRAWING, WHILE_DRAWING, Goal, RunControl, RunState
from nnplay.training.shadow import ProbedRun
from nnplay.training.stretches import Stretches
from nnplay.training.trainer import NEVER, Trainer
from tests.nn.compiled.warm import needs_numba
from tests.training.record.random_runs import Played, random_edit
from tests.training.record.same_moment import assert_same_moment
from tests.training.same_run import assert_same

pytestmark = needs_numba
replace = msgspec.structs.replace
MOONS = Experiment(
    data=DataSpec(kind="moons", samples=47, noise=0.2, train_share=0.8),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=5, activation="tanh"), HiddenLayer(units=3)), dropout=0.1),
    training=TrainingSpec(
        optimizer="adam",
        learning_rate=0.02,
        batch_size=7,
        schedule=ScheduleSpec(kind="exponential", factor=0.999, warm_up=3),
        engine="compiled",
    ),
)
XOR = Experiment(training=TrainingSpec(engine="compiled"))
NO_EDIT = ExperimentEdit(values={})


def with_engine(experiment: Experiment, engine: str) -> Experiment:
    return replace(experiment, training=replace(experiment.training, engine=engine))


def advanced(trainer: Trainer, epochs: int) -> Trainer:
    while trainer.epoch < epochs:
        trainer.advance(NEVER, epochs - trainer.epoch)
    return trainer


@pytest.mark.parametrize("experiment", [MOONS, XOR], ids=["batches", "full batch"])
def test_many_steps_at_once_are_the_steps_that_are_made_one_by_one(experiment: Experiment) -> None:
    at_once, by_epoch, mixed = (Trainer(experiment) for _ in range(3))
    advanced(at_once, 1100)
    random = Random(1)
    while mixed.epoch < 1100:
        act = random.random()
        if act < 0.02:
            mixed.trace_step()
        elif act < 0.1:
            mixed.step()
        else:
            mixed.advance(random.randint(1, 40), 1100 - mixed.epoch)
    for _ in range(1100):
        by_epoch.run_epoch()
    for other in (mixed, by_epoch):
        assert_same(at_once, other)


def test_the_history_is_that_of_numpys_run() -> None:
    own, other = Trainer(with_engine(MOONS, "numpy")), Trainer(MOONS)
    for trainer in (own, other):
        advanced(trainer, 300)
    np.testing.assert_allclose(other.history.rows(), own.history.rows(), rtol=1e-6, atol=1e-9)
    assert other.optimizer.learning_rate == own.optimizer.learning_rate
    assert other.figures.train.loss == pytest.approx(own.figures.train.loss, rel=1e-6)


def test_a_long_full_batch_has_its_lowest_and_highest_loss() -> None:
    """Losses of epochs that are not measured come in by their steps, as with NumPy."""
    both = [advanced(Trainer(with_engine(XOR, engine)), 9000) for engine in ("numpy", "compiled")]
    own, other = (trainer.history.rows()[:, :, TRAIN_LOSS] for trainer in both)
    assert len(own) == len(other)
    np.testing.assert_allclose(other[:-1], own[:-1], rtol=1e-6, atol=1e-9)
    assert (other[:, FIRST] > 0.0).all()


@pytest.mark.parametrize("steps", [0, 3, 55])
def test_a_moment_is_gone_on_from_to_the_bit(steps: int) -> None:
    run = Trainer(MOONS)
    while steps > 0:
        steps -= run.advance(steps).steps
    resumed = trainer_at(MOONS, run.prepared, Moment.of(run))
    for trainer in (run, resumed):
        advanced(trainer, 40)
    np.testing.assert_array_equal(run.network.parameters, resumed.network.parameters)
    assert run.network.state().generator == resumed.network.state().generator


@pytest.mark.parametrize("seed", range(8))
def test_a_record_has_every_moment_as_it_was(seed: int) -> None:
    """With edits at random, also of the engine, and steps one by one and many at once."""
    played = Played.begin(seed, engine="compiled")
    for _ in range(12):
        played.play(5)
        played.advance(played.random.randint(1, 60))
        if played.random.random() < 0.3:
            engine = played.random.choice(["numpy", "compiled"])
            before = played.record.trainer.experiment
            edit = ExperimentEdit.between(before, with_value(before, "training.engine", engine))
            played.record.edit(edit, "another engine")
            played.look()
    for branch, step in list(played.moments):
        found = played.record.moment_at(step, played.record.branches[branch])
        assert_same_moment(found, played.moments[branch, step])


def test_it_diverges_at_numpys_step_and_what_came_before_is_counted() -> None:
    experiment = replace(
        MOONS,
        model=ModelSpec(hidden_layers=(HiddenLayer(units=5),), loss="mean_squared_error"),
        training=TrainingSpec(learning_rate=30.0, batch_size=7),
    )
    ends = []
    for engine in ("numpy", "compiled"):
        trainer = Trainer(with_engine(experiment, engine))
        seen = list[int]()
        trainer.diverged = lambda run, seen=seen: seen.append(run.epoch)
        with pytest.raises(DivergedError):
            advanced(trainer, 100)
        ends.append((trainer.place, seen, trainer.optimizer.steps))
    assert ends[0] == ends[1]


def test_the_engine_changes_while_it_goes_on() -> None:
    run, plain = Trainer(with_engine(MOONS, "numpy")), Trainer(with_engine(MOONS, "numpy"))
    for epochs, engine in ((10, "compiled"), (20, "numpy"), (30, "compiled")):
        advanced(run, epochs)
        run.apply(with_engine(MOONS, engine), run.prepared)
        assert run.is_compiled is (engine == "compiled")
    advanced(run, 40)
    advanced(plain, 40)
    np.testing.assert_allclose(run.network.parameters, plain.network.parameters, rtol=1e-7, atol=1e-9)


def test_a_thread_trains_until_it_is_paused_and_goes_on_as_if_it_never_was() -> None:
    control = RunControl(Trainer(MOONS))
    control.set_pace(None)
    for _ in range(5):
        control.begin()
        thread = threading.Thread(target=control.run, args=(Goal.ENDLESS,))
        thread.start()
        before = control.ask(lambda trainer: trainer.epoch).result(30)
        while control.ask(lambda trainer: trainer.epoch).result(30) < before + 20:
            control.close_gate()
            control.open_gate(frozenset())
        control.pause()
        thread.join(30)
        assert control.state is RunState.PAUSED
    place = control.trainer.place
    plain = Trainer(MOONS)
    while plain.place != place:
        plain.step()
    np.testing.assert_array_equal(plain.network.parameters, control.trainer.network.parameters)


def test_edits_in_the_middle_of_a_run_are_made_between_two_of_its_steps() -> None:
    """The run is the one that is trained step by step, with each edit where the log has it, to the bit."""
    record, random = Recording(Trainer(MOONS)), Random(3)
    control = RunControl(record.trainer)
    control.set_pace(None)
    control.begin()
    thread = threading.Thread(target=control.run, args=(Goal.ENDLESS,))
    thread.start()
    for _ in range(40):
        control.ask(lambda trainer: record.edit(random_edit(random, trainer) or NO_EDIT, "")).result(30)
    control.pause()
    thread.join(30)
    assert control.state is RunState.PAUSED
    plain, steps = Trainer(MOONS), 0
    for entry in record.current.log:
        for _ in range(entry.step - steps):
            plain.step()
        steps = entry.step
        entry.edit.apply(plain)
    for _ in range(record.step - steps):
        plain.step()
    assert 0 < steps <= record.step
    assert_same_moment(Moment.of(plain), Moment.of(record.trainer))


def test_a_look_at_the_coming_step_compiles_nothing_and_leaves_the_run_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trainer, plain = advanced(Trainer(MOONS), 3), advanced(Trainer(MOONS), 3)
    with monkeypatch.context() as patch:
        patch.setattr(trainer.network, "compiled", lambda: pytest.fail("compiled"))
        trace = trainer.coming_step()
        ProbedRun(trainer).network.trace_step(trace.inputs, trace.targets, trainer.optimizer)
    assert trainer.is_compiled
    assert trace.loss == pytest.approx(plain.trace_step().loss, rel=1e-9)


@pytest.mark.parametrize("goal", [Goal.EPOCH, Goal.BATCH])
def test_it_ends_where_it_is_to(goal: Goal) -> None:
    control = RunControl(Trainer(MOONS))
    control.begin()
    control.run(goal)
    assert control.trainer.place.epoch == (goal is Goal.EPOCH)
    assert control.trainer.place.updates == (control.trainer.batches if goal is Goal.EPOCH else 1)


def test_no_samples_are_refused_as_by_numpy() -> None:
    trainer = Trainer(replace(MOONS, data=DataSpec(kind="yours", table=drawing.empty_drawing())))
    with pytest.raises(InputError, match="no training samples"):
        trainer.advance(5)


def test_while_a_frame_is_drawn_more_steps_are_made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    control, advance = RunControl(Trainer(XOR)), Stretches.advance
    seen: list[int] = []

    def spy(stretches: Stretches, trainer: Trainer, epochs: int = NEVER, *, times: int = 1) -> Advance:
        seen.append(times)
        if len(seen) == 9:
            control.pause()
        elif len(seen) > 4:
            control.open_gate()
        else:
            control.close_gate()
        return advance(stretches, trainer, epochs, times=times)

    monkeypatch.setattr(Stretches, "advance", spy)
    control.set_pace(None)
    control.begin()
    control.run()
    assert seen == [1, *[WHILE_DRAWING] * 4, *[1] * 4]


def test_the_lock_changes_hands_sooner_only_while_a_frame_is_drawn_beside_a_compiled_run() -> None:
    usual = sys.getswitchinterval()
    control, other = RunControl(Trainer(XOR)), RunControl(Trainer(with_engine(XOR, "numpy")))
    other.begin()
    other.close_gate()
    control.close_gate()
    assert sys.getswitchinterval() == usual, "the one has no compiled steps, the other does not train"
    control.begin()
    control.close_gate()
    assert sys.getswitchinterval() == pytest.approx(SWITCH_WHILE_DRAWING)
    control.open_gate()
    assert sys.getswitchinterval() == usual
    control.close_gate()
    control.run(Goal.EPOCH)
    assert sys.getswitchinterval() == usual, "its window need not open the gate of a run that has ended"
