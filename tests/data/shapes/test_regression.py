import numpy as np
import pytest

from nnplay.data.shapes import regression as surfaces


def test_the_plane_is_the_web_playgrounds() -> None:
    np.testing.assert_allclose(surfaces.plane(np.array([[6.0, 4.0], [-3.0, 1.0]])), [1.0, -0.2])


def test_bumps_have_height_one_and_take_turns() -> None:
    centres = np.array([[-4, 2.5], [0, 2.5], [4, 2.5], [-4, -2.5], [0, -2.5], [4, -2.5]])
    np.testing.assert_allclose(surfaces.gaussian_bumps(centres), [1, -1, 1, -1, 1, -1], atol=1e-3)
    assert abs(surfaces.gaussian_bumps(np.array([[6.0, 6.0]]))[0]) < 0.01


def test_the_sine_ridge_is_constant_along_one_diagonal() -> None:
    along = np.array([[k, np.pi - k] for k in range(-3, 4)])
    np.testing.assert_allclose(surfaces.sine_ridge(along), 1.0)


@pytest.mark.parametrize("surface", [surfaces.plane, surfaces.gaussian_bumps, surfaces.sine_ridge])
def test_noise_is_the_standard_deviation_of_what_is_added(surface: surfaces.Surface) -> None:
    points, values = surfaces.sampled(surface, np.random.default_rng(1), 20_000, 0.3)
    rest = values - surface(points)
    assert abs(rest.mean()) < 0.01
    assert abs(rest.std() - 0.3) < 0.01
    clean_points, clean = surfaces.sampled(surface, np.random.default_rng(1), 20_000, 0.0)
    np.testing.assert_array_equal(clean_points, points)
    np.testing.assert_array_equal(clean, surface(points))
