"""An optimiser and an activation that the arithmetic has no words for are written out as what they are."""

import numpy as np
import pytest

from nnplay.nn import ACTIVATIONS, OPTIMIZERS
from nnplay.nn.activations import Activation
from nnplay.nn.optimizers import SGD
from nnplay.training.arithmetic.captions import phase_lines
from nnplay.training.arithmetic.lines import update_lines
from nnplay.training.arithmetic.numpy_lines import numpy_line
from nnplay.training.arithmetic.text import line_text
from nnplay.training.phases import PhaseKind, phases_of
from tests.training.arithmetic.steps import traced
from tests.training.arithmetic.test_lines import assert_all


class Halved(SGD):
    name = "halved"
    label = "half of SGD"

    def _compute(self, w, g, update):
        np.multiply(g, 0.5 * self.learning_rate, update)


class Square(Activation):
    name = "square"
    label = "square"

    def apply(self, z, out):
        np.multiply(z, z, out)

    def derivative(self, z, a, out):
        np.multiply(z, 2.0, out)


@pytest.fixture
def trace(monkeypatch):
    monkeypatch.setitem(OPTIMIZERS, "halved", Halved)
    monkeypatch.setitem(ACTIVATIONS, "square", Square)
    return traced(1, activation="square", optimizer="halved")


def test_every_line_holds(trace):
    assert_all(trace)


def test_the_update_is_named(trace):
    assert line_text(update_lines(trace, 0, 1, 0)[-1], 2).startswith("w₂₁⁽¹⁾ ← w₂₁⁽¹⁾ − Δ₂₁⁽¹⁾ = ")


def test_every_phase_is_told(trace):
    told = {phase: numpy_line(trace, phase) for phase in phases_of(trace)}
    assert all(phase_lines(trace, phase, None, 0) for phase in told)
    assert next(line for phase, line in told.items() if phase.kind is PhaseKind.UPDATE) == "parameters -= update"
    assert "a = activation(z)" in told.values()
