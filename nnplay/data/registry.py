"""Every data set that can be generated, by its key, with what a person can choose of it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnplay.data.plane import PLANE
from nnplay.data.setting import Setting, fixed
from nnplay.data.shapes import classification, regression
from nnplay.data.table import Table, Task, frozen
from nnplay.errors import InputError


@dataclass(frozen=True)
class Request:
    """The choices for one data set, checked against its settings."""

    samples: int
    noise: float
    classes: int
    seed: int
    formula: str


@dataclass(frozen=True)
class DataSet:
    """A data set that can be generated.

    Attributes
    ----------
    key, title, description
        What experiments call it, what the window calls it, and one sentence about it.
    task
        ``"classification"`` or ``"regression"``.
    samples, noise, classes
        What can be chosen, with ranges and defaults; a `Setting` that is not adjustable ignores what it is given.
        Noise is 0 to 0.5 everywhere; classes are fixed at 1 for regression.
    draw
        From a checked request to a table.
    plane
        The part of the plane to show, (x₁ from, x₁ to, x₂ from, x₂ to); None where inputs are not points of a plane.
    formula
        The formula it starts with; None where it needs none.
    """

    key: str
    title: str
    description: str
    task: Task
    samples: Setting
    noise: Setting
    classes: Setting
    draw: Callable[[Request], Table]
    plane: tuple[float, float, float, float] | None = PLANE
    formula: str | None = None

    def generate(
        self,
        *,
        samples: int | None = None,
        noise: float | None = None,
        classes: int | None = None,
        seed: int = 0,
        formula: str | None = None,
    ) -> Table:
        """The table of these choices; None takes the default. Same choices, same points.

        Raises
        ------
        InputError
            A choice outside of its range, or a formula that can't be read.
        """
        if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
            raise InputError("seed", seed, "a whole number from 0")
        request = Request(
            samples=int(self.samples.checked("samples", samples)),
            noise=float(self.noise.checked("noise", noise)),
            classes=int(self.classes.checked("classes", classes)),
            seed=int(seed),
            formula=formula or self.formula or "",
        )
        return self.draw(request)


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


_XOR = DataSet(
    "xor",
    "XOR",
    "The tutorial's truth table: four points that no straight line can part.",
    "classification",
    samples=fixed(4),
    noise=fixed(0),
    classes=_TWO,
    draw=_draw_xor,
    plane=(-0.5, 1.5, -0.5, 1.5),
)

_ALL = (
    _XOR,
    _two_classes(
        "quadrants",
        "Quadrants",
        "XOR as areas: opposite quadrants belong together.",
        classification.quadrants,
    ),
    _two_classes("circles", "Circles", "A disc inside a ring.", classification.circles),
    _classes(
        "spirals",
        "Spirals",
        "Arms wound around each other: the hard one.",
        classification.spirals,
        Setting(2, 5, 2),
    ),
    _two_classes("moons", "Moons", "Two half circles that reach into each other.", classification.moons),
    _classes("blobs", "Blobs", "Normal clouds; two can be parted by a line.", classification.blobs, Setting(2, 6, 2)),
    _two_classes("checkerboard", "Checkerboard", "Four by four squares in turns.", classification.checkerboard),
    _classes("stripes", "Stripes", "Diagonal bands in turns.", classification.stripes, Setting(2, 6, 2)),
    _surface("plane", "Plane", "A tilted plane: a single unit can learn it.", regression.plane),
    _surface("gaussian_bumps", "Gaussian bumps", "Six hills and hollows in turns.", regression.gaussian_bumps),
    _surface("sine_ridge", "Sine ridge", "A wave that runs diagonally.", regression.sine_ridge),
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
        raise InputError("kind", kind, "one of " + ", ".join(DATA_SETS))
    return DATA_SETS[kind].generate(samples=samples, noise=noise, classes=classes, seed=seed, formula=formula)
