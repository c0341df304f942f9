"""A walk by phase is the step that training makes, to the last bit."""

import numpy as np
import pytest

from nnplay.training.phases import PhaseKind, phases_of
from nnplay.training.step_walk import StepWalk
from nnplay.training.trainer import Trainer
from tests.training.same_run import assert_same, looked_at
from tests.training.test_moment import EXPERIMENTS, begun


@pytest.mark.parametrize("name", EXPERIMENTS)
@pytest.mark.parametrize("steps", [0, 2])
def test_a_walk_through_a_step_is_that_step(name, steps):
    walked, stepped = (begun(EXPERIMENTS[name], steps) for _ in range(2))
    for _ in range(8):
        walk = StepWalk(walked)
        for cursor in range(len(walk.phases)):
            walk.go_to(cursor)
            assert walk.through == (cursor == len(walk.phases) - 1)
        walk.end()
        stepped.step()
        stepped.finish()
        assert_same(walked, stepped)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_until_the_update_the_run_is_as_it_was(name):
    walked, other = (begun(EXPERIMENTS[name], 1) for _ in range(2))
    walk = StepWalk(walked)
    walk.go_to(len(walk.phases) - 1)
    walk.go_to(3)
    assert walk.phase == walk.phases[3]
    for run in (walked, other):
        run.finish()
    assert_same(walked, other)


@pytest.mark.parametrize("name", EXPERIMENTS)
@pytest.mark.parametrize("steps", [0, 1])
def test_to_record_the_coming_step_leaves_the_run_as_it_is(name, steps):
    looked_at, other = (begun(EXPERIMENTS[name], steps) for _ in range(2))
    trace = looked_at.coming_step()
    assert_same(looked_at, other)
    made = looked_at.trace_step()
    np.testing.assert_array_equal(trace.parameters_after, made.parameters_after)
    np.testing.assert_array_equal(trace.inputs, made.inputs)


def test_phases_go_forward_to_the_loss_and_back_to_the_update():
    trace = Trainer(EXPERIMENTS["adam, batch norm, dropout"]).coming_step()
    kinds = [(phase.kind, phase.layer) for phase in phases_of(trace)]
    layer = [PhaseKind.PRE_ACTIVATION, PhaseKind.BATCH_NORM, PhaseKind.ACTIVATION, PhaseKind.DROPOUT]
    assert kinds == [
        (PhaseKind.INPUTS, None),
        *((kind, 0) for kind in layer),
        *((kind, 1) for kind in layer),
        (PhaseKind.PRE_ACTIVATION, 2),
        (PhaseKind.ACTIVATION, 2),
        (PhaseKind.LOSS, None),
        *((kind, i) for i in (2, 1, 0) for kind in (PhaseKind.DELTA, PhaseKind.GRADIENT)),
        (PhaseKind.PENALTY, None),
        (PhaseKind.UPDATE, None),
    ]


@pytest.mark.parametrize("name", EXPERIMENTS)
@pytest.mark.parametrize("steps", [0, 2])
def test_a_walk_comes_back_into_the_step_that_was_made(name, steps):
    walked, stepped = (begun(EXPERIMENTS[name], steps) for _ in range(2))
    first = StepWalk(walked)
    first.go_to(len(first.phases) - 1)
    again = StepWalk.again(walked, first.before)
    stepped.step()
    stepped.finish()
    assert again.through
    assert_same(looked_at(walked), stepped)
    np.testing.assert_array_equal(again.trace.parameters_after, first.trace.parameters_after)
    again.go_to(0)
    again.go_to(len(again.phases) - 1)
    assert_same(looked_at(walked), stepped)


def test_the_moment_before_a_walk_is_that_before_the_step():
    trainer = Trainer(EXPERIMENTS["full batch"])
    walk = StepWalk(trainer)
    walk.go_to(len(walk.phases) - 1)
    assert (walk.before.epoch, trainer.epoch) == (0, 1)
