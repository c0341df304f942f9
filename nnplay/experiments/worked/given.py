"""What one begins with, as tables: samples, weights, the optimiser's numbers and what it keeps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nnplay.experiments.worked.example import WorkedExample
from nnplay.nn import ACTIVATIONS, OPTIMIZERS, StepTrace
from nnplay.nn.parameters import ParameterLayout, ParameterViews
from nnplay.texts import mark, tr
from nnplay.training.arithmetic.expression import Number, Symbol
from nnplay.training.arithmetic.quantities import Quantities

Cell: TypeAlias = str | Symbol | Number
"""A word, what a number is called, or a number."""

LETTERS = {
    "momentum": Symbol("μ"), "rho": Symbol("ρ"), "beta_1": Symbol("β", "1"), "beta_2": Symbol("β", "2"),
    "epsilon": Symbol("ε"), "weight_decay": Symbol("λ"),
}  # fmt: skip
"""What the numbers of optimisers are called in formulas."""
SOFTMAX = mark("softmax")
MEMORIES = {
    "velocity": mark("speed"),
    "squared_sum": mark("sum of squares"),
    "squared_average": mark("mean square"),
    "first_moment": mark("mean gradient"),
    "second_moment": mark("mean square"),
}


@dataclass(frozen=True)
class GivenTable:
    """A table with a title, a row of heads, and rows of cells."""

    title: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def given_tables(example: WorkedExample, trace: StepTrace) -> tuple[GivenTable, ...]:
    """Everything that the step depends on."""
    layout = ParameterLayout(example.sizes, example.batch_norm)
    return (
        _samples(example, trace),
        *_parameters(trace),
        _numbers(example),
        *(
            table
            for name, flat in trace.optimizer_before.items()
            for table in _memory(trace, tr(MEMORIES[name]) if name in MEMORIES else name, layout.views(flat))
        ),
        *_masks(trace),
    )


def _samples(example: WorkedExample, trace: StepTrace) -> GivenTable:
    of = Quantities(trace)
    inputs, outputs = range(example.sizes[0]), range(example.sizes[-1])
    symbols = [*(of.taken(0, i, 0).symbol for i in inputs), *(of.target(k, 0).symbol for k in outputs)]
    head = ["" if len(trace.inputs) == 1 else tr("sample"), *(symbol or "" for symbol in symbols)]
    rows: list[tuple[Cell, ...]] = [
        (
            "" if len(trace.inputs) == 1 else str(n + 1),
            *(of.taken(0, i, n) for i in inputs),
            *(of.target(k, n) for k in outputs),
        )
        for n in range(len(trace.inputs))
    ]
    if example.sample_weights is not None:
        head.append(Symbol("c"))
        rows = [(*row, _number(weight)) for row, weight in zip(rows, example.sample_weights, strict=True)]
    return GivenTable(tr("Samples"), tuple(head), tuple(rows))


def _parameters(trace: StepTrace) -> Iterator[GivenTable]:
    of = Quantities(trace)
    for layer, record in enumerate(trace.layers):
        units = range(record.z.shape[1])
        rows: list[tuple[Cell, ...]] = [
            (of.taken(layer, row, 0).symbol or "", *(of.weight(layer, row, unit) for unit in units))
            for row in range(record.inputs.shape[1])
        ]
        rows.append((Symbol("b"), *(of.bias(layer, unit) for unit in units)))
        if record.norm is not None:
            rows.append((Symbol("γ"), *(of.gamma(layer, unit) for unit in units)))
            rows.append((Symbol("β"), *(of.beta(layer, unit) for unit in units)))
        known = ACTIVATIONS.get(record.activation)
        label = tr(SOFTMAX) if known is None else tr(known.label)
        title = tr("Weights and biases of layer {layer} ({activation})", layer=layer + 1, activation=label)
        yield GivenTable(title, ("", *_to_units(units)), tuple(rows))


def _numbers(example: WorkedExample) -> GivenTable:
    facts = OPTIMIZERS[example.optimizer].numbers()
    rows: list[tuple[Cell, ...]] = [(tr("Learning rate"), Symbol("η"), _exact(example.learning_rate))]
    for name, value in example.numbers:
        rows.append((tr(facts[name].label), LETTERS.get(name, Symbol(name)), _exact(value)))
    if "adam" in example.optimizer:
        rows.append((tr("Number of the step"), Symbol("t"), _exact(example.steps + 1)))
    if example.l1:
        rows.append((tr("L1 penalty"), Symbol("λ", "1"), _exact(example.l1)))
    if example.l2:
        rows.append((tr("L2 penalty"), Symbol("λ", "2"), _exact(example.l2)))
    if example.clip_norm is not None:
        rows.append((tr("Longest gradient"), Symbol("g", "max"), _exact(example.clip_norm)))
    if example.dropout:
        rows.append((tr("Dropout"), Symbol("p"), _exact(example.dropout)))
    title = tr("Optimiser {name}", name=tr(OPTIMIZERS[example.optimizer].label))
    return GivenTable(title, ("", "", ""), tuple(rows))


def _memory(trace: StepTrace, what: str, views: ParameterViews) -> Iterator[GivenTable]:
    """What the optimiser keeps of the steps before, where it belongs."""
    of = Quantities(trace)
    for layer, (weights, biases) in enumerate(zip(views.weights, views.biases, strict=True)):
        units = range(len(biases))
        rows: list[tuple[Cell, ...]] = [
            (of.taken(layer, row, 0).symbol or "", *map(_number, values)) for row, values in enumerate(weights.tolist())
        ]
        rows.append((Symbol("b"), *map(_number, biases.tolist())))
        if trace.layers[layer].norm is not None:
            rows.append((Symbol("γ"), *map(_number, views.gammas[layer].tolist())))
            rows.append((Symbol("β"), *map(_number, views.betas[layer].tolist())))
        title = tr("The optimiser's memory of layer {layer}: {what}", layer=layer + 1, what=what)
        yield GivenTable(title, ("", *_to_units(units)), tuple(rows))


def _masks(trace: StepTrace) -> Iterator[GivenTable]:
    for layer, record in enumerate(trace.layers):
        if record.mask is not None:
            rows: list[tuple[Cell, ...]] = []
            for n, factors in enumerate(record.mask.tolist()):
                rows.append((tr("sample {n}", n=n + 1), *map(_number, factors)))
            title = tr("Dropout of layer {layer}: the factors of its activations", layer=layer + 1)
            yield GivenTable(title, ("", *_to_units(range(record.z.shape[1]))), tuple(rows))


def _to_units(units: Sequence[int]) -> list[str]:
    return [tr("to unit {unit}", unit=unit + 1) for unit in units]


def _exact(value: float) -> Number:
    return Number(value, exact=True)


def _number(value: float) -> Number:
    return Number(value, Symbol(""))
