"""A sheet is a real step, and every line of it can be worked out from what stands in it."""

import math
from dataclasses import replace

import numpy as np
import pytest

from nnplay.errors import DivergedError, InputError
from nnplay.experiments.worked.blanks import numbers_of
from nnplay.experiments.worked.example import TEACHERS, check_sizes, step_of
from nnplay.experiments.worked.sheet import WorkedSheet, sheet_of
from nnplay.training.arithmetic.expression import Line
from tests.experiments.worked.examples import ARTICLE, EXAMPLES, XOR, drawn, written_sheet
from tests.training.arithmetic.recomputing import assert_readable

SINGLE, DOUBLE = 64 * 2.0**-23, 64 * 2.0**-52


def lines(sheet: WorkedSheet, *sections: int) -> list[Line]:
    return [each.line for k in sections for group in sheet.sections[k].groups for each in group.lines]


def results(sheet: WorkedSheet, *sections: int) -> list[float]:
    return [line.result.number for line in lines(sheet, *sections)]


@pytest.mark.parametrize("digits", [2, 4, 10])
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_line_follows_from_the_digits_that_stand_in_it(name: str, digits: int) -> None:
    example = EXAMPLES[name]
    epsilon = SINGLE if example.dtype == "float32" else DOUBLE
    for each in written_sheet(example).lines:
        assert_readable(each.line, digits, epsilon, noise=epsilon * 100)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_step_is_the_one_that_training_makes(name: str) -> None:
    example = EXAMPLES[name]
    network, optimizer = example.network(), example.make_optimizer()
    X, Y = np.array(example.inputs, example.dtype), np.array(example.targets, example.dtype)
    weights = None if example.sample_weights is None else np.array(example.sample_weights)
    loss = network.train_step(X, Y, optimizer, weights)
    trace = written_sheet(example).step.trace
    assert trace.loss == loss
    np.testing.assert_array_equal(trace.parameters_after, network.parameters)


@pytest.mark.parametrize("name", EXAMPLES)
def test_all_of_the_step_is_on_the_sheet_once(name: str) -> None:
    sheet = written_sheet(EXAMPLES[name])
    trace = sheet.step.trace
    forward = [line.result for line in lines(sheet, 0)]
    for layer, record in enumerate(trace.layers):
        for sample, unit in np.ndindex(*record.z.shape):
            found = [r for r in forward if r.part and (r.part.quantity, r.part.layer) == ("z", layer)
                     and (r.part.sample, r.part.unit) == (sample, unit)]  # fmt: skip
            assert [r.number for r in found] == [record.z[sample, unit]]
    updated = [line.result.number for line in lines(sheet, 4) if line.result.part and line.assignment
               and line.result.part.quantity in ("weight", "bias", "gamma", "beta")]  # fmt: skip
    assert sorted(updated) == sorted(trace.parameters_after.tolist())
    assert [each.number for each in sheet.lines] == list(range(1, len(list(sheet.lines)) + 1))


def test_the_tutorials_first_step_is_as_it_was_calculated_apart_from_the_program() -> None:
    """By loops over plain numbers, from the formulas of the tutorial."""
    (W1, W2), rate = ARTICLE["initial_weights"], ARTICLE["learning_rate"]
    X, Y = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]
    units, n = range(4), len(X)
    b1, b2 = [0.0] * 4, 0.0

    def forward() -> tuple[list[list[float]], list[list[float]], list[float]]:
        z1 = [[x[0] * W1[0][j] + x[1] * W1[1][j] + b1[j] for j in units] for x in X]
        a1 = [[max(z, 0.0) for z in row] for row in z1]
        outputs = [1 / (1 + math.exp(-(sum(row[j] * W2[j][0] for j in units) + b2))) for row in a1]
        return z1, a1, outputs

    def loss(outputs: list[float]) -> float:
        return -sum(y * math.log(p) + (1 - y) * math.log(1 - p) for y, p in zip(Y, outputs, strict=True)) / n

    z1, a1, outputs = forward()
    sheet = sheet_of(XOR)
    assert results(sheet, 1)[-1] == pytest.approx(loss(outputs))
    assert loss(outputs) == pytest.approx(ARTICLE["loss_at_epoch"]["0"], rel=1e-6)
    d2 = [p - y for p, y in zip(outputs, Y, strict=True)]
    d1 = [[W2[j][0] * d2[s] * (z1[s][j] > 0) for j in units] for s in range(n)]
    deltas = [r for r in (line.result for line in lines(sheet, 2)) if r.part and r.part.quantity == "delta"]
    assert [r.number for r in deltas] == pytest.approx([*d2, *(d for row in d1 for d in row)])
    g2 = [sum(a1[s][j] * d2[s] for s in range(n)) / n for j in units]
    g1 = [[sum(X[s][i] * d1[s][j] for s in range(n)) / n for i in range(2)] for j in units]
    gb1 = [sum(d1[s][j] for s in range(n)) / n for j in units]
    by_unit = [g for j in units for g in (*g1[j], gb1[j])]
    assert results(sheet, 3) == pytest.approx([*g2, sum(d2) / n, *by_unit])
    W1 = [[W1[i][j] - rate * g1[j][i] for j in units] for i in range(2)]
    W2 = [[W2[j][0] - rate * g2[j]] for j in units]
    b1, b2 = [-rate * g for g in gb1], -rate * sum(d2) / n
    new = [w for j in units for w in (W1[0][j], W1[1][j], b1[j])]
    assert results(sheet, 4) == pytest.approx([*new, *(w[0] for w in W2), b2])
    after = loss(forward()[2])
    assert results(sheet, 5)[-1] == pytest.approx(after)
    assert after == pytest.approx(ARTICLE["loss_at_epoch"]["1"], rel=1e-6)
    assert sheet.conclusion == "The loss fell from 0.8147 to 0.7253."


def test_a_step_that_is_too_long_is_told() -> None:
    assert "rose" in sheet_of(replace(drawn(2, (2, 3, 1)), learning_rate=50.0, activations=("tanh",))).conclusion
    assert "changed nothing" in sheet_of(replace(TEACHERS, learning_rate=0.0)).conclusion


def test_the_optimiser_goes_on_from_its_memory() -> None:
    fresh, remembered = EXAMPLES["adam"].without_memory(), EXAMPLES["adam"]
    assert results(sheet_of(fresh), 4) != results(sheet_of(remembered), 4)
    titles = [table.title for table in sheet_of(remembered).given]
    assert "The optimiser's memory of layer 1: mean gradient" in titles
    assert not [title for title in (table.title for table in sheet_of(fresh).given) if "memory" in title]


@pytest.mark.parametrize(
    ("sizes", "samples", "told"),
    [
        ((784, 32, 10), 1, "the number of inputs is 784; allowed is a whole number from 1 to 4"),
        ((2, 2, 2, 2, 2, 1), 1, "the number of hidden layers is 4; allowed is a whole number from 0 to 3"),
        ((2, 4, 7, 1), 1, "the number of units of hidden layer 2 is 7; allowed is a whole number from 1 to 6"),
        ((2, 4, 10), 1, "the number of outputs is 10; allowed is a whole number from 1 to 3"),
        ((2, 4, 1), 5, "the number of samples is 5; allowed is a whole number from 1 to 4"),
    ],
)
def test_what_is_too_large_is_told(sizes: tuple[int, ...], samples: int, told: str) -> None:
    with pytest.raises(InputError) as refused:
        check_sizes(sizes, samples)
    assert str(refused.value) == told


def test_numbers_that_cannot_be_worked_with_are_told() -> None:
    with pytest.raises(InputError, match="an input is nan"):
        step_of(replace(TEACHERS, inputs=((math.nan, 0.0),)))
    with pytest.raises(InputError, match="a weight is 1e\\+200"):
        step_of(replace(TEACHERS, weights=(((1e200, 0.0), (0.0, 0.0)), TEACHERS.weights[1])))
    with pytest.raises(DivergedError):
        step_of(replace(drawn(1, (2, 2, 1)), learning_rate=1e300))


def test_with_batch_norm_nothing_is_used_before_it_is_worked_out() -> None:
    """Mean and variance, forward and back, are those of all samples."""
    sheet = sheet_of(EXAMPLES["batch norm"])
    known: set[tuple[str, int, int, int | None]] = set()
    for each in sheet.lines:
        for number in numbers_of(each.line.expression):
            part = number.part
            if part is not None and part.quantity in ("z", "normalized", "norm_output", "a", "delta", "norm_delta"):
                assert (part.quantity, part.layer, part.unit, part.sample) in known, each
        result = each.line.result.part
        if result is not None:
            known.add((result.quantity, result.layer, result.unit, result.sample))
