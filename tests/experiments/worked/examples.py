"""Examples of every kind that can be worked by hand."""

import json
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from nnplay.experiments.worked.example import TEACHERS, Matrix, WorkedExample, step_of, usual_numbers
from nnplay.experiments.worked.sheet import sheet_of
from nnplay.nn import ACTIVATIONS, LOSSES, OPTIMIZERS

written_sheet = cache(sheet_of)
"""A sheet, of which nothing changes, is made once: many tests look at the same ones."""
ARTICLE = json.loads((Path(__file__).parents[2] / "reference" / "article_xor.json").read_text())


def matrix(values: list[list[float]]) -> Matrix:
    return tuple(map(tuple, values))


XOR = WorkedExample(
    activations=("relu",),
    loss="binary_cross_entropy",
    inputs=((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)),
    targets=((0.0,), (1.0,), (1.0,), (0.0,)),
    weights=tuple(map(matrix, ARTICLE["initial_weights"])),
    biases=((0.0,) * 4, (0.0,)),
    learning_rate=ARTICLE["learning_rate"],
)
"""The tutorial's first step."""


def drawn(seed: int, sizes: tuple[int, ...], samples: int = 1, **choices: object) -> WorkedExample:
    """An example with drawn numbers."""
    draw = np.random.default_rng(seed)
    loss = str(choices.pop("loss", "mean_squared_error"))
    targets = draw.normal(size=(samples, sizes[-1]))
    if loss == "binary_cross_entropy":
        targets = draw.integers(0, 2, (samples, sizes[-1])).astype(float)
    elif loss == "categorical_cross_entropy":
        targets = np.eye(sizes[-1])[draw.integers(0, sizes[-1], samples)]
    shapes = list(pairwise(sizes))
    hidden = sizes[1:-1]
    norms = bool(choices.pop("batch_norm", False))
    example = WorkedExample(
        activations=tuple(draw.choice(list(ACTIVATIONS), len(hidden)).tolist()),
        loss=loss,
        inputs=matrix(draw.normal(size=(samples, sizes[0])).tolist()),
        targets=matrix(targets.tolist()),
        weights=tuple(matrix(draw.normal(size=shape).tolist()) for shape in shapes),
        biases=matrix([draw.normal(size=shape[1]).tolist() for shape in shapes]),
        learning_rate=0.1,
        gammas=matrix([draw.normal(1.0, 0.2, units).tolist() for units in hidden]) if norms else (),
        betas=matrix([draw.normal(0.0, 0.2, units).tolist() for units in hidden]) if norms else (),
    )
    return replace(example, **choices)  # type: ignore[arg-type]


def after_a_step(example: WorkedExample) -> WorkedExample:
    """The same with the optimiser's memory of one step."""
    trace = step_of(example).trace
    memory = tuple((name, tuple(array.tolist())) for name, array in trace.optimizer_after.items())
    return replace(example, steps=1, memory=memory)


EXAMPLES = {
    "round numbers": TEACHERS,
    "xor": XOR,
    "no hidden layer": drawn(1, (3, 2), 2),
    "three hidden layers": drawn(2, (4, 6, 5, 3, 3), loss="categorical_cross_entropy"),
    "batch norm": drawn(3, (2, 3, 1), 4, batch_norm=True, loss="binary_cross_entropy"),
    "dropout": drawn(4, (2, 4, 2), 2, dropout=0.4, disabled=frozenset({(0, 1)})),
    "penalties": drawn(5, (2, 3, 1), 2, l1=0.01, l2=0.1),
    "clipped": drawn(6, (2, 3, 1), 2, clip_norm=0.05, l2=0.1),
    "weighted samples": drawn(7, (2, 3, 2), 3, sample_weights=(0.5, 1.0, 2.0), loss="binary_cross_entropy"),
    "32 bits": drawn(8, (2, 3, 1), 2, dtype="float32"),
    **{f"{name} at its start": drawn(9, (2, 2, 1), optimizer=name, numbers=usual_numbers(name)) for name in OPTIMIZERS},
    **{name: after_a_step(drawn(10, (2, 2, 1), 2, optimizer=name, numbers=usual_numbers(name))) for name in OPTIMIZERS},
    **{name: drawn(11, (2, 3, 3), 2, loss=name) for name in LOSSES},
    **{f"a {name}": drawn(12, (2, 2, 1), 2, activations=(name,)) for name in ACTIVATIONS},
}
