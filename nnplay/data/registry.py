"""Every data set that can be generated, by its key."""

from collections.abc import Callable

import numpy as np

from nnplay.data import digits
from nnplay.data.data_set import DataSet, Request
from nnplay.data.formula import parse_formula
from nnplay.data.setting import Setting, fixed
from nnplay.data.shapes import classification, formulas, regression
from nnplay.data.table import Table, frozen
from nnplay.errors import InputError, one_of
from nnplay.texts import mark

_SAMPLES = Setting(10, 5000, 500)
_NOISE = Setting(0.0, 0.5, 0.0, whole=False)
_TWO = fixed(2)
_TwoClasses = Callable[[np.random.Generator, int, float], classification.Points]
_AnyClasses = Callable[[np.random.Generator, int, float, int], classification.Points]


def _two_classes(key: str, title: str, description: str, shape: _TwoClasses) -> DataSet:
    return _classes(
        key, title, description, lambda generator, samples, noise, _: shape(generator, samples, noise), _TWO
    )


def _classes(key: str, title: str, description: str, shape: _AnyClasses, classes: Setting) -> DataSet:
    def draw(request: Request) -> Table:
        generator = np.random.default_rng(request.seed)
        points, labels = shape(generator, request.samples, request.noise, request.classes)
        # in random order, so that no part of the shape comes first in batches and splits
        order = generator.permutation(len(labels))
        names = tuple(str(k) for k in range(request.classes))
        return Table(frozen(points[order]), frozen(labels[order]), "classification", (), names)

    return DataSet(key, title, description, "classification", _SAMPLES, _NOISE, classes, draw)


def _surface(key: str, title: str, description: str, surface: regression.Surface) -> DataSet:
    def draw(request: Request) -> Table:
        generator = np.random.default_rng(request.seed)
        points, values = regression.sampled(surface, generator, request.samples, request.noise)
        return Table(frozen(points), frozen(values), "regression")

    return DataSet(key, title, description, "regression", _SAMPLES, _NOISE, fixed(1), draw)


def _draw_xor(_: Request) -> Table:
    points, labels = classification.truth_table_xor()
    return Table(frozen(points), frozen(labels))


def _draw_formula(request: Request) -> Table:
    generator = np.random.default_rng(request.seed)
    formula = parse_formula(request.formula)
    points, labels = formulas.labelled_points(formula, generator, request.samples, request.noise)
    return Table(frozen(points), frozen(labels), "classification", (), ("0", "1"))


def _draw_formula_regression(request: Request) -> Table:
    generator = np.random.default_rng(request.seed)
    formula = parse_formula(request.formula)
    points, values = formulas.surface_points(formula, generator, request.samples, request.noise)
    return Table(frozen(points), frozen(values), "regression")


_XOR = DataSet(
    "xor",
    mark("XOR"),
    mark("The tutorial's truth table: four points that no straight line can part."),
    "classification",
    samples=fixed(4),
    noise=fixed(0),
    classes=_TWO,
    draw=_draw_xor,
    plane=(-0.5, 1.5, -0.5, 1.5),
)

_FORMULA = DataSet(
    "formula",
    mark("Formula"),
    mark("Your own border: class 1 where y - f(x) is positive."),
    "classification",
    _SAMPLES,
    _NOISE,
    _TWO,
    _draw_formula,
    formula="y - 3*sin(x)",
)

_FORMULA_REGRESSION = DataSet(
    "formula_regression",
    mark("Formula"),
    mark("Your own surface: the value of a formula of x and y."),
    "regression",
    _SAMPLES,
    _NOISE,
    fixed(1),
    _draw_formula_regression,
    formula="sin(x) * cos(y/2)",
)

_DIGITS = DataSet(
    "digits",
    mark("Digits"),
    mark("Handwritten digits of MNIST: 784 pixels, ten classes."),
    "classification",
    Setting(100, digits.COUNT, digits.COUNT),
    _NOISE,
    fixed(10),
    lambda request: digits.digit_table(request.samples, request.noise, request.seed),
    plane=None,
)

_ALL = (
    _XOR,
    _two_classes(
        "quadrants",
        mark("Quadrants"),
        mark("XOR as areas: opposite quadrants belong together."),
        classification.quadrants,
    ),
    _two_classes("circles", mark("Circles"), mark("A disc inside a ring."), classification.circles),
    _classes(
        "spirals",
        mark("Spirals"),
        mark("Arms wound around each other: the hard one."),
        classification.spirals,
        Setting(2, 5, 2),
    ),
    _two_classes("moons", mark("Moons"), mark("Two half circles that reach into each other."), classification.moons),
    _classes(
        "blobs",
        mark("Blobs"),
        mark("Normal clouds; two can be parted by a line."),
        classification.blobs,
        Setting(2, 6, 2),
    ),
    _two_classes("checkerboard", mark("Checks"), mark("Four by four squares in turns."), classification.checkerboard),
    _classes("stripes", mark("Stripes"), mark("Diagonal bands in turns."), classification.stripes, Setting(2, 6, 2)),
    _FORMULA,
    _surface("plane", mark("Plane"), mark("A tilted plane: a single unit can learn it."), regression.plane),
    _surface("gaussian_bumps", mark("Bumps"), mark("Six hills and hollows in turns."), regression.gaussian_bumps),
    _surface("sine_ridge", mark("Sine ridge"), mark("A wave that runs diagonally."), regression.sine_ridge),
    _FORMULA_REGRESSION,
    _DIGITS,
)

DATA_SETS: dict[str, DataSet] = {data_set.key: data_set for data_set in _ALL}
"""Every data set by its key, in the order of the gallery."""


def make_table(
    kind: str,
    *,
    samples: int | None = None,
    noise: float | None = None,
    classes: int | None = None,
    seed: int = 0,
    formula: str | None = None,
) -> Table:
    """Generate the data set `kind`; see `DataSet.generate`.

    Raises
    ------
    InputError
        A kind that doesn't exist, or a choice outside of the data set's range.
    """
    if kind not in DATA_SETS:
        raise InputError("kind", kind, one_of(DATA_SETS))
    return DATA_SETS[kind].generate(samples=samples, noise=noise, classes=classes, seed=seed, formula=formula)
