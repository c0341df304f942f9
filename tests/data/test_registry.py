import numpy as np
import pytest

from nnplay.data import DATA_SETS, PLANE, make_table
from nnplay.data.plane import inside
from nnplay.errors import InputError

KEYS = list(DATA_SETS)
ON_THE_PLANE = [key for key in KEYS if key not in ("xor", "digits")]


def test_every_data_set_of_the_gallery_is_there() -> None:
    assert KEYS == [
        "xor", "quadrants", "circles", "spirals", "moons", "blobs", "checkerboard", "stripes", "formula",
        "plane", "gaussian_bumps", "sine_ridge", "formula_regression", "digits",
    ]  # fmt: skip
    assert all(key == data_set.key for key, data_set in DATA_SETS.items())


@pytest.mark.parametrize("key", KEYS)
def test_same_choices_same_points(key: str) -> None:
    first = make_table(key, noise=0.2, seed=5)
    assert make_table(key, noise=0.2, seed=5) == first
    if DATA_SETS[key].samples.adjustable:
        assert make_table(key, noise=0.2, seed=6) != first


@pytest.mark.parametrize("key", KEYS)
def test_defaults_and_the_ends_of_every_range(key: str) -> None:
    data_set = DATA_SETS[key]
    for samples in {data_set.samples.lowest, data_set.samples.highest}:
        for classes in {data_set.classes.lowest, data_set.classes.highest}:
            for noise in {data_set.noise.lowest, data_set.noise.highest}:
                table = make_table(key, samples=int(samples), noise=noise, classes=int(classes), seed=1)
                assert len(table) == samples
                assert table.task == data_set.task
                assert table.classes == (classes if table.task == "classification" else 0)


@pytest.mark.parametrize("key", ON_THE_PLANE)
@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_generated_points_lie_in_the_plane(key: str, noise: float) -> None:
    highest = int(DATA_SETS[key].classes.highest)
    table = make_table(key, samples=2000, noise=noise, classes=highest, seed=3)
    assert table.inputs.shape == (2000, 2)
    assert inside(table.inputs).all()
    assert DATA_SETS[key].plane == PLANE


@pytest.mark.parametrize("key", ["circles", "spirals", "moons", "blobs"])
def test_classes_are_equally_large_without_noise(key: str) -> None:
    classes = int(DATA_SETS[key].classes.highest)
    table = make_table(key, samples=103, noise=0.0, classes=classes)
    counts = np.bincount(table.labels, minlength=classes)
    assert counts.max() - counts.min() <= 1


@pytest.mark.parametrize("key", [key for key in ON_THE_PLANE if DATA_SETS[key].task == "classification"])
def test_no_class_comes_first(key: str) -> None:
    labels = make_table(key, samples=1000, classes=2, seed=2).labels
    assert abs(labels[:500].mean() - labels[500:].mean()) < 0.15


@pytest.mark.parametrize(
    ("field", "choices"),
    [
        ("samples", {"samples": 9}),
        ("samples", {"samples": 10**9}),
        ("samples", {"samples": 50.5}),
        ("noise", {"noise": 0.6}),
        ("noise", {"noise": float("nan")}),
        ("classes", {"classes": 6}),
        ("classes", {"classes": 1}),
        ("seed", {"seed": -1}),
        ("seed", {"seed": 1.5}),
        ("seed", {"seed": True}),
    ],
)
def test_refuses_choices_out_of_range(field: str, choices: dict[str, float]) -> None:
    with pytest.raises(InputError) as caught:
        make_table("spirals", **choices)  # type: ignore[arg-type]
    assert caught.value.field == field


def test_refuses_an_unknown_kind() -> None:
    with pytest.raises(InputError, match="kind is 'galaxies'"):
        make_table("galaxies")


def test_the_tutorials_xor_ignores_what_it_cannot_change() -> None:
    table = make_table("xor", samples=500, noise=0.5, classes=2, seed=9)
    assert table.inputs.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert table.targets.tolist() == [0, 1, 1, 0]


def test_formula_sets_start_with_a_formula_of_their_own() -> None:
    for key in ("formula", "formula_regression"):
        own = DATA_SETS[key].formula
        assert own
        assert make_table(key, seed=1) == make_table(key, seed=1, formula=own)
        assert make_table(key, seed=1, formula="") == make_table(key, seed=1, formula=own)


def test_every_data_set_says_what_it_is() -> None:
    for data_set in DATA_SETS.values():
        assert data_set.title
        assert data_set.description.endswith(".")
