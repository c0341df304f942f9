"""A phase in its sentence and its lines."""

import pytest

from nnplay.nn.optimizers import OPTIMIZERS
from nnplay.training.arithmetic.captions import phase_lines, phase_sentence
from nnplay.training.arithmetic.expression import Part
from nnplay.training.arithmetic.text import line_text
from nnplay.training.phases import Phase, PhaseKind, phases_of
from tests.training.arithmetic.steps import traced


def texts(trace, kind, layer=None, at=None, sample=0):
    return [line_text(line, 2) for line in phase_lines(trace, Phase(kind, layer), at, sample)]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_phase_has_a_sentence_and_lines(optimizer):
    choices = {"batch_norm": True, "dropout": 0.3, "l1": 0.01, "l2": 0.1, "clip_norm": 0.05}
    trace = traced(1, optimizer=optimizer, **choices)
    sentences = [phase_sentence(trace, phase) for phase in phases_of(trace)]
    assert len(set(sentences)) == len(sentences)
    for phase in phases_of(trace):
        for sample in (0, None):
            assert phase_lines(trace, phase, None, sample), phase


def test_the_unit_that_is_looked_at_is_written_out_in_its_layer():
    trace = traced(1)
    at = Part("a", 0, 2)
    assert texts(trace, PhaseKind.PRE_ACTIVATION, 0, at)[0].startswith("z₃⁽¹⁾ = w₁₃⁽¹⁾ · x₁ + w₂₃⁽¹⁾ · x₂ + b₃⁽¹⁾ = ")
    assert texts(trace, PhaseKind.PRE_ACTIVATION, 1, at)[0].startswith("z₁⁽²⁾ = ")


def test_the_weight_or_bias_that_is_looked_at_is_updated():
    trace = traced(1)
    assert texts(trace, PhaseKind.UPDATE, at=Part("weight", 0, 2, 1))[-1].startswith("w₂₃⁽¹⁾ ← w₂₃⁽¹⁾ − η · g₂₃⁽¹⁾")
    assert texts(trace, PhaseKind.UPDATE, at=Part("bias", 0, 2))[-1].startswith("b₃⁽¹⁾ ← ")
    assert texts(trace, PhaseKind.GRADIENT, 0, Part("bias", 0, 2))[0].startswith("∂ℓ/∂b₃⁽¹⁾ = δ₃⁽¹⁾")


def test_without_one_the_weight_with_the_largest_gradient_is_shown():
    trace = traced(1)
    gradients = abs(trace.layers[0].weight_gradient[:, 0])
    row = int(gradients.argmax()) + 1
    assert texts(trace, PhaseKind.GRADIENT, 0)[0].startswith(f"∂ℓ/∂w{'₀₁₂'[row]}₁⁽¹⁾ = ")


def test_a_weight_from_the_unit_that_is_looked_at_is_shown_in_the_next_layer():
    trace = traced(1)
    for unit in range(trace.layers[1].weights_before.shape[0]):
        line = texts(trace, PhaseKind.GRADIENT, 1, Part("a", 0, unit))[0]
        assert line.startswith(f"∂ℓ/∂w{'₁₂₃₄'[unit]}₁⁽²⁾ = a{'₁₂₃₄'[unit]}⁽¹⁾ · δ₁⁽²⁾")


def test_the_penalty_and_the_clipping_have_lines_of_their_own():
    trace = traced(1, l2=0.1, clip_norm=0.01)
    at = Part("weight", 0, 0, 0)
    gradient, penalty, clipping = (
        texts(trace, kind, layer, at)
        for kind, layer in ((PhaseKind.GRADIENT, 0), (PhaseKind.PENALTY, None), (PhaseKind.CLIPPING, None))
    )
    assert [text.partition(" = ")[0] for text in gradient] == ["∂ℓ/∂w₁₁⁽¹⁾", "∂L/∂w₁₁⁽¹⁾"]
    assert [text.partition(" = ")[0] for text in penalty] == ["R", "∂(L+R)/∂w₁₁⁽¹⁾"]
    assert [text.partition(" = ")[0] for text in clipping] == ["g₁₁⁽¹⁾"]


def test_a_gradient_that_is_short_enough_is_not_clipped():
    trace = traced(1, clip_norm=1e3)
    assert phase_sentence(trace, Phase(PhaseKind.CLIPPING)).endswith("stays as it is")
    assert texts(trace, PhaseKind.UPDATE)[-1].count("g") == 1


def test_the_inputs_are_shown_where_they_are_few():
    assert [text.partition(" = ")[0] for text in texts(traced(1), PhaseKind.INPUTS)] == ["x₁", "x₂", "y"]
    assert [text.partition(" = ")[0] for text in texts(traced(1), PhaseKind.INPUTS, sample=None)] == ["x̄₁", "x̄₂"]
    assert [text.partition(" = ")[0] for text in texts(traced(1, sizes=(5, 3)), PhaseKind.INPUTS)] == ["y"]


def test_indices_above_nine_have_a_comma():
    assert "w₁,₁₁⁽¹⁾" in texts(traced(1, sizes=(2, 12)), PhaseKind.PRE_ACTIVATION, 0, Part("a", 0, 10))[0]


def test_given_numbers_with_few_figures_are_written_as_they_are():
    targets = texts(traced(1, loss="mean_squared_error"), PhaseKind.INPUTS)[2:]
    assert all(len(text.partition(" = ")[2].lstrip("−")) == 4 for text in targets), targets
    assert texts(traced(1), PhaseKind.INPUTS)[2] in {"y = 0", "y = 1"}
    assert " − 0.1 · " in texts(traced(1), PhaseKind.UPDATE)[-1]


def test_the_weights_of_samples_stand_in_the_mean_of_the_loss():
    assert texts(traced(1, weighted=True), PhaseKind.LOSS)[1].startswith("L = 1/N Σₙ cₙ · ℓₙ = (")
    assert texts(traced(1), PhaseKind.LOSS)[1].startswith("L = 1/N Σₙ ℓₙ = (")


def test_the_mean_of_an_activation_is_taken_over_the_samples():
    trace = traced(1, activation="tanh", samples=2)
    (text,) = texts(trace, PhaseKind.ACTIVATION, 0, sample=None)
    assert text.startswith("ā₁⁽¹⁾ = 1/N Σₙ a₁ₙ⁽¹⁾ = (")
    assert float(trace.layers[0].a[:, 0].mean()) == pytest.approx(phase_lines(
        trace, Phase(PhaseKind.ACTIVATION, 0), None, None)[0].expression.value)  # fmt: skip
