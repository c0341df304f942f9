"""Every line is made again: exactly from its leaves, and from the digits that are shown."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplay.nn import StepTrace
from nnplay.nn.activations import ACTIVATIONS
from nnplay.nn.losses import LOSSES, OUTPUTS
from nnplay.nn.optimizers import OPTIMIZERS
from nnplay.training.arithmetic.captions import phase_lines
from nnplay.training.arithmetic.expression import Line, Part
from nnplay.training.arithmetic.latex import line_latex
from nnplay.training.arithmetic.lines import (
    backward_lines,
    folded,
    forward_lines,
    gradient_lines,
    loss_lines,
    update_lines,
)
from nnplay.training.arithmetic.mathml import line_mathml
from nnplay.training.arithmetic.text import line_text
from nnplay.training.phases import phases_of
from tests.training.arithmetic.recomputing import assert_exact, assert_readable
from tests.training.arithmetic.steps import traced

SINGLE, DOUBLE = 64 * 2.0**-23, 16 * 2.0**-52
"""Relative to its terms, what rounding in either precision may leave of a result."""


def all_lines(trace: StepTrace) -> Iterator[Line]:
    """Of every unit, sample and parameter, and of every phase."""
    for sample in (None, *range(len(trace.inputs))):
        yield from loss_lines(trace, sample)
        for layer, record in enumerate(trace.layers):
            for unit in range(record.z.shape[1]):
                yield from forward_lines(trace, layer, unit, sample)
                yield from backward_lines(trace, layer, unit, sample)
                yield from _of_parameters(trace, layer, unit, sample)


def lines_of_phases(trace: StepTrace) -> Iterator[Line]:
    """Of every phase, for a weight, a bias, a unit, and for nothing that is looked at."""
    for phase in phases_of(trace):
        for at in (None, Part("weight", 0, 0, 1), Part("bias", 1, 0), Part("a", 0, 1)):
            for sample in (None, 0):
                yield from phase_lines(trace, phase, at, sample)


def _of_parameters(trace: StepTrace, layer: int, unit: int, sample: int | None) -> Iterator[Line]:
    record = trace.layers[layer]
    for row in (None, *range(record.inputs.shape[1])):
        yield from gradient_lines(trace, layer, row, unit, sample)
        if sample is None:
            yield from update_lines(trace, layer, row, unit)
    if record.norm is not None:
        for quantity in ("gamma", "beta"):
            yield from gradient_lines(trace, layer, None, unit, sample, quantity)
            yield from update_lines(trace, layer, None, unit, quantity)


def assert_all(trace: StepTrace, lines: Iterator[Line] | None = None) -> int:
    """Of all lines, or of these; their number."""
    epsilon = SINGLE if trace.inputs.dtype == np.float32 else DOUBLE
    noise = epsilon * _largest_product(trace)
    count = 0
    for count, line in enumerate(all_lines(trace) if lines is None else lines, 1):
        assert_exact(line, epsilon, noise)
        assert_readable(folded(line, 2) if count % 2 else line, (2, 4, 10)[count % 3], epsilon, noise)
    return count


def _largest_product(trace: StepTrace) -> float:
    """What is zero but for rounding, such as a bias' gradient before batch norm, is so of products so large."""
    sizes = (np.abs(layer.inputs).max() * np.abs(layer.delta).max() for layer in trace.layers)
    return len(trace.inputs) * float(max(1.0, *sizes))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation(activation):
    assert assert_all(traced(1, activation=activation)) > 100


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer(optimizer):
    assert_all(traced(2, optimizer=optimizer, sizes=(2, 3), l2=0.1, samples=3, steps=3))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_first_step_of_every_optimizer(optimizer):
    assert_all(traced(2, optimizer=optimizer, sizes=(2, 3), steps=1))


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("weighted", [False, True])
def test_every_loss(loss, weighted):
    assert_all(traced(3, loss=loss, weighted=weighted))
    assert_all(traced(3, loss=loss, weighted=weighted, outputs=4, samples=5))


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("spread", [1.0, 400.0])
def test_squared_errors_of_squashed_outputs(output, spread):
    choices = {"loss": "mean_squared_error", "output": output, "spread": spread, "samples": 3}
    assert_all(traced(3, outputs=4, weighted=True, **choices))
    assert_all(traced(3, outputs=1 if output == "sigmoid" else 2, **choices))


@pytest.mark.parametrize(
    "choices",
    [
        {"batch_norm": True},
        {"dropout": 0.4},
        {"clip_norm": 0.01},
        {"clip_norm": 1e3},
        {"l1": 0.02},
        {"l2": 0.3},
        {"batch_norm": True, "dropout": 0.3, "l1": 0.01, "l2": 0.1, "clip_norm": 0.05, "optimizer": "adamw"},
        {"off": (0, 1)},
        {"off": (0, 1), "dropout": 0.4, "batch_norm": True},
        {"samples": 1},
        {"sizes": (3,)},
    ],
    ids=str,
)
def test_what_else_a_step_may_have(choices):
    assert_all(traced(4, **choices))


def test_the_lines_of_phases():
    trace = traced(7, batch_norm=True, dropout=0.3, l1=0.01, l2=0.1, clip_norm=0.05, optimizer="adam")
    assert assert_all(trace, lines_of_phases(trace)) > 100


@pytest.mark.parametrize("choices", [{}, {"batch_norm": True, "optimizer": "adam", "clip_norm": 0.1}], ids=str)
def test_single_precision(choices):
    assert_all(traced(5, dtype="float32", sizes=(2, 3), **choices))


@pytest.mark.parametrize("loss", LOSSES)
def test_far_outputs(loss):
    """Where a probability is 0 or 1 as far as a number can tell, its logarithm is still a number."""
    assert_all(traced(6, loss=loss, spread=400.0, activation="identity", steps=1))


@settings(deadline=None, max_examples=12)
@given(
    seed=st.integers(0, 10_000),
    activation=st.sampled_from(list(ACTIVATIONS)),
    loss=st.sampled_from(list(LOSSES)),
    optimizer=st.sampled_from(list(OPTIMIZERS)),
    batch_norm=st.booleans(),
    weighted=st.booleans(),
    dropout=st.sampled_from([0.0, 0.5]),
    l1=st.sampled_from([0.0, 0.01]),
    l2=st.sampled_from([0.0, 0.1]),
    clip_norm=st.sampled_from([None, 0.1]),
    samples=st.integers(2, 5),
    sizes=st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple),
)
def test_random_steps(**choices):
    assert_all(traced(**choices))


@pytest.mark.parametrize("choices", [{}, {"clip_norm": 1.0, "l2": 0.1}, {"batch_norm": True}], ids=str)
def test_what_is_beyond_all_numbers_can_be_written(choices):
    """The squares of such gradients are infinite, the step's weights aren't."""
    trace = traced(
        9, loss="mean_squared_error", spread=1e100, activation="identity", steps=1, optimizer="adam", **choices
    )
    assert choices or not np.isfinite(trace.gradient_norm)
    for line in all_lines(trace):
        assert line_text(folded(line, 2), 2)
        assert line_mathml(line, 2)
        assert line_latex(line, 2)
        assert line.expression.value is not None
