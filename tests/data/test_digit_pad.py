import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nnplay.data.digit_pad import MNIST_BOX, grey_range, normalize_digit, resample, usual_box
from nnplay.data.digits import shipped_digits
from nnplay.errors import InputError

Floats = NDArray[np.float64]


def centre_of_mass(image: Floats) -> Floats:
    return np.array([image.sum(axis=1) @ np.arange(28), image.sum(axis=0) @ np.arange(28)]) / image.sum()


def box(image: Floats) -> tuple[int, int]:
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    return int(rows[-1] - rows[0] + 1), int(columns[-1] - columns[0] + 1)


def test_a_digit_of_mnist_stays_itself() -> None:
    pixels, _ = shipped_digits()
    images = pixels[::10].reshape(-1, 28, 28) / 255.0
    off = np.array([np.abs(normalize_digit(image) - image / image.max()).mean() for image in images])
    assert (off < 1e-9).mean() > 0.99


@pytest.mark.parametrize("scale", [2, 5, 10])
@pytest.mark.parametrize("shift", [(0, 0), (30, 5)])
def test_a_digit_drawn_larger_and_elsewhere_comes_back(scale: int, shift: tuple[int, int]) -> None:
    pixels, _ = shipped_digits()
    for image in pixels[250::500].reshape(-1, 28, 28) / 255.0:
        large = np.pad(np.kron(image, np.ones((scale, scale))), ((shift[0], 3), (shift[1], 9)))
        assert np.abs(normalize_digit(large) - image / image.max()).mean() < 1e-9


def test_an_empty_drawing_is_all_paper() -> None:
    for empty in (np.zeros((280, 280)), np.zeros((0, 5)), np.full((9, 9), -1.0)):
        np.testing.assert_array_equal(normalize_digit(empty), np.zeros((28, 28)))


def test_a_square_fills_twenty_by_twenty_in_the_middle() -> None:
    picture = np.zeros((200, 300))
    picture[20:80, 100:160] = 0.4
    image = normalize_digit(picture)
    assert image.shape == (28, 28)
    assert box(image) == (20, 20)
    np.testing.assert_allclose(image[4:24, 4:24], 1.0)


@pytest.mark.parametrize(("height", "width", "expected"), [(100, 10, (20, 2)), (10, 100, (2, 20)), (50, 1, (20, 1))])
def test_proportions_are_kept(height: int, width: int, expected: tuple[int, int]) -> None:
    picture = np.zeros((200, 200))
    picture[5 : 5 + height, 7 : 7 + width] = 1.0
    assert box(normalize_digit(picture)) == expected


def test_a_single_pixel_becomes_a_square() -> None:
    picture = np.zeros((50, 50), dtype=np.uint8)
    picture[3, 4] = 255
    assert box(normalize_digit(picture)) == (20, 20)


def test_the_centre_of_mass_is_in_the_middle() -> None:
    picture = np.zeros((120, 120))
    picture[10:110, 20:30] = 1.0
    picture[100:110, 20:80] = 1.0  # an L: its mass is below and left of its middle
    image = normalize_digit(picture)
    assert np.abs(centre_of_mass(image) - 14).max() <= 0.5


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 1000))
def test_any_drawing_fits(rows: int, columns: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    picture = generator.random((rows, columns)) * (generator.random((rows, columns)) < 0.2)
    image = normalize_digit(picture)
    assert image.shape == (28, 28)
    assert image.min() >= 0.0
    if picture.any():
        assert image.max() == 1.0
        assert max(box(image)) <= 20


def test_levels_of_any_size() -> None:
    picture = np.random.default_rng(0).random((40, 40))
    expected = normalize_digit(picture)
    np.testing.assert_allclose(normalize_digit(picture * 1e300), expected)
    np.testing.assert_allclose(normalize_digit(picture * 1e-300), expected)


@pytest.mark.parametrize(
    "picture", [np.zeros(5), np.zeros((2, 2, 2)), np.array([["a"]]), np.array([[math.nan]]), np.array([[math.inf]])]
)
def test_refuses_what_is_no_picture(picture: object) -> None:
    with pytest.raises(InputError, match="picture"):
        normalize_digit(picture)  # type: ignore[arg-type]


def test_area_averaging_by_hand() -> None:
    np.testing.assert_allclose(resample(np.array([[0.0, 3.0, 6.0]]), 1, 2), [[1.0, 5.0]])
    np.testing.assert_allclose(resample(np.array([[1.0, 3.0]]), 2, 4), [[1, 1, 3, 3]] * 2)


@settings(deadline=None, max_examples=50)
@given(*[st.integers(1, 60)] * 4)
def test_area_averaging_keeps_the_mean(old_rows: int, old_columns: int, rows: int, columns: int) -> None:
    picture = np.random.default_rng(0).random((old_rows, old_columns))
    result = resample(picture, rows, columns)
    assert result.shape == (rows, columns)
    assert math.isclose(result.mean(), picture.mean(), rel_tol=1e-9)
    assert picture.min() - 1e-12 <= result.min()
    assert result.max() <= picture.max() + 1e-12


@pytest.mark.parametrize(
    ("pixels", "expected"),
    [
        (np.linspace(0, 255, 50).reshape(2, 25), (0.0, 255.0)),
        (np.linspace(-1, 1, 50).reshape(2, 25), (-1.0, 1.0)),
        (np.zeros((3, 4)), (0.0, 1.0)),
        (np.full((3, 4), 7.0), (0.0, 1.0)),
        (np.empty((0, 784)), (0.0, 1.0)),
    ],
)
def test_the_range_of_grey_is_told_from_the_pixels(pixels: np.ndarray, expected: tuple[float, float]) -> None:
    assert grey_range(pixels) == expected


def test_the_range_of_grey_is_told_from_a_part_of_many_pictures() -> None:
    pixels = np.tile([0.0, 0.25, 200.0], (50_001, 1))
    assert grey_range(pixels) == (0.0, 200.0)


def test_other_sizes_are_filled_as_far_as_their_pictures_usually_are() -> None:
    pictures = np.zeros((5, 20, 15))
    pictures[:, 4:14, 5:8] = 200.0  # half of the height
    pixels = pictures.reshape(5, -1)
    assert usual_box(pixels, (20, 15)) == (10.0, 7.5)
    drawing = np.zeros((280, 210))
    drawing[20:260, 30:60] = 1.0
    image = normalize_digit(drawing, (20, 15), usual_box(pixels, (20, 15)))
    assert image.shape == (20, 15)
    rows, columns = np.nonzero(image)
    assert (np.ptp(rows) + 1, np.ptp(columns) + 1) == (10, 1)
    assert abs(rows.mean() - 10.0) <= 0.5
    assert abs(columns.mean() - 7.5) <= 0.5


def test_of_mnist_s_size_the_box_is_mnist_s_and_of_nothing_it_is_all() -> None:
    assert usual_box(np.ones((3, 784)), (28, 28)) == MNIST_BOX
    assert usual_box(np.zeros((3, 64)), (8, 8)) == (8.0, 8.0)
    assert usual_box(np.empty((0, 64)), (8, 8)) == (8.0, 8.0)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 12), st.integers(1, 12), st.integers(1, 30), st.integers(1, 30), st.integers(0, 100))
def test_any_drawing_fits_any_size(rows: int, columns: int, height: int, width: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    pixels = generator.random((4, rows * columns)) * (generator.random((4, rows * columns)) < 0.3)
    drawing = generator.random((height, width))
    image = normalize_digit(drawing, (rows, columns), usual_box(pixels, (rows, columns)))
    assert image.shape == (rows, columns)
    assert image.max() == 1.0
