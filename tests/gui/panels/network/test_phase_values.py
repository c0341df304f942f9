"""The numbers that the drawing shows of a step are those of calculations made apart from the program."""

import numpy as np
import pytest

from nnplay.gui.panels.network.phase_values import OnEdge, OnUnit, StepNumbers, state_at
from nnplay.nn import StepTrace
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.phases import Phase, PhaseKind, phases_of
from nnplay.training.prepared import prepare
from nnplay.training.trainer import Trainer

FULL = Experiment(
    data=DataSpec(kind="circles", samples=40),
    model=ModelSpec(
        hidden_layers=(HiddenLayer(units=4, activation="tanh"), HiddenLayer(units=3, activation="relu")),
        batch_norm=True,
        dropout=0.4,
    ),
    training=TrainingSpec(batch_size=8, l1=0.02, l2=0.05, clip_norm=0.1, optimizer="adam", learning_rate=0.01),
)
PLAIN = Experiment(
    data=DataSpec(kind="xor"),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=4, activation="relu"),)),
    training=TrainingSpec(learning_rate=0.5),
)


def trace_of(experiment: Experiment) -> StepTrace:
    return Trainer(experiment, prepare(experiment)).coming_step()


def states(trace: StepTrace) -> dict[Phase, object]:
    phases = phases_of(trace)
    return {phase: state_at(phases, cursor, len(trace.layers)) for cursor, phase in enumerate(phases)}


@pytest.mark.parametrize("row", [None, 0, 5])
def test_what_flows_along_the_edges_adds_up_to_z(row: int | None) -> None:
    numbers = StepNumbers(trace_of(FULL), row)
    for layer, (flow, bias) in enumerate(
        zip(numbers.on_edges(OnEdge.FLOW), numbers.on_biases(OnEdge.FLOW), strict=True)
    ):
        z = flow.sum(axis=0) + bias
        np.testing.assert_allclose(z, numbers.on_units(OnUnit.Z, layer + 1), atol=1e-12)


@pytest.mark.parametrize("row", [None, 2])
def test_what_flows_back_adds_up_to_the_delta(row: int | None) -> None:
    trace = trace_of(PLAIN)
    numbers = StepNumbers(trace, row)
    slopes = trace.layers[0].z > 0
    deltas = (trace.outputs - trace.targets) @ trace.layers[1].weights_before.T * slopes
    wanted = deltas.mean(axis=0) if row is None else deltas[row]
    np.testing.assert_allclose(numbers.on_units(OnUnit.DELTA, 1), wanted, atol=1e-12)
    if row is not None:
        back = numbers.on_edges(OnEdge.BACK)[1].sum(axis=1) * slopes[row]
        np.testing.assert_allclose(back, wanted, atol=1e-12)


def test_the_gradient_is_the_mean_of_a_times_delta_then_penalised_then_clipped() -> None:
    trace = trace_of(FULL)
    numbers = StepNumbers(trace, None)
    rows = [StepNumbers(trace, row) for row in range(len(trace.inputs))]
    flat = []
    for layer, record in enumerate(trace.layers):
        of_samples = [record.inputs[i][:, None] * one.on_units(OnUnit.DELTA, layer + 1) for i, one in enumerate(rows)]
        gradient = np.mean(of_samples, axis=0)
        np.testing.assert_allclose(numbers.on_edges(OnEdge.GRADIENT)[layer], gradient, atol=1e-12)
        gradient = gradient + 0.05 * record.weights_before + 0.02 * np.sign(record.weights_before)
        np.testing.assert_allclose(numbers.on_edges(OnEdge.PENALIZED)[layer], gradient, atol=1e-12)
        flat.append(gradient)
    factor = 0.1 / max(float(trace.gradient_norm), 0.1)
    assert factor < 1
    for layer, gradient in enumerate(flat):
        np.testing.assert_allclose(numbers.on_edges(OnEdge.CLIPPED)[layer], gradient * factor, atol=1e-12)


def test_the_change_leads_from_the_old_weights_to_the_new_ones() -> None:
    trainer = Trainer(FULL, prepare(FULL))
    trace = trainer.coming_step()
    before = [w.copy() for w in trainer.network.weights]
    trainer.step()
    numbers = StepNumbers(trace, 0)
    for old, change, new in zip(before, numbers.on_edges(OnEdge.CHANGE), trainer.network.weights, strict=True):
        np.testing.assert_allclose(old + change, new, atol=1e-15)


def test_dropout_silences_those_that_give_out_nothing_to_the_sample() -> None:
    trace = trace_of(FULL)
    for row in range(len(trace.inputs)):
        numbers = StepNumbers(trace, row)
        silent = numbers.silenced(0)
        np.testing.assert_array_equal(silent, trace.layers[0].mask[row] == 0)
        np.testing.assert_array_equal(numbers.on_units(OnUnit.DROPPED, 1)[silent], 0.0)
    assert not StepNumbers(trace, None).silenced(2).any()


def test_values_stay_forward_and_deltas_take_their_places_backward() -> None:
    trace = trace_of(FULL)
    shown = states(trace)
    assert shown[Phase(PhaseKind.INPUTS)].units == (OnUnit.INPUT, None, None, None)
    assert shown[Phase(PhaseKind.PRE_ACTIVATION, 1)].units == (OnUnit.INPUT, OnUnit.DROPPED, OnUnit.Z, None)
    loss = (OnUnit.INPUT, OnUnit.DROPPED, OnUnit.DROPPED, OnUnit.A)
    assert shown[Phase(PhaseKind.LOSS)].units == loss
    assert shown[Phase(PhaseKind.DELTA, 1)].units == (*loss[:2], OnUnit.DELTA, OnUnit.DELTA)
    assert shown[Phase(PhaseKind.UPDATE)].units == (OnUnit.INPUT, OnUnit.DELTA, OnUnit.DELTA, OnUnit.DELTA)


def test_only_what_is_at_work_is_lit() -> None:
    shown = states(trace_of(FULL))
    lit = {phase: (state.lit_columns, state.lit_edges, state.lit_biases) for phase, state in shown.items()}
    assert lit[Phase(PhaseKind.INPUTS)] == ({0}, set(), set())
    assert lit[Phase(PhaseKind.PRE_ACTIVATION, 1)] == ({1, 2}, {1}, {1})
    assert lit[Phase(PhaseKind.BATCH_NORM, 1)] == ({2}, set(), set())
    assert lit[Phase(PhaseKind.LOSS)] == ({3}, set(), set())
    assert lit[Phase(PhaseKind.DELTA, 2)] == ({3}, set(), set())
    assert lit[Phase(PhaseKind.DELTA, 0)] == ({1, 2}, {1}, set())
    assert lit[Phase(PhaseKind.GRADIENT, 0)] == ({0, 1}, {0}, {0})
    assert lit[Phase(PhaseKind.PENALTY)] == (set(), {0, 1, 2}, set())
    assert lit[Phase(PhaseKind.UPDATE)] == (set(), {0, 1, 2}, {0, 1, 2})


def test_one_scale_holds_for_a_kind_of_number_all_through_the_step() -> None:
    numbers = StepNumbers(trace_of(FULL), 1)
    gradients = {numbers.full(kind) for kind in (OnEdge.GRADIENT, OnEdge.PENALIZED, OnEdge.CLIPPED)}
    assert len(gradients) == 1
    deltas = [numbers.on_units(OnUnit.DELTA, column) for column in (1, 2, 3)]
    assert numbers.full(OnEdge.BACK) >= max(np.abs(delta).max() for delta in deltas)
