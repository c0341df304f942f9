import numpy as np
import pytest

from nnplay.data import Standardizer
from nnplay.errors import InputError


def test_by_hand() -> None:
    standardizer = Standardizer.fit([[1.0, 10.0], [3.0, 30.0]])
    assert standardizer.mean.tolist() == [2.0, 20.0]
    assert standardizer.standard_deviation.tolist() == [1.0, 10.0]
    np.testing.assert_array_equal(standardizer.apply([[1.0, 10.0], [4.0, 20.0]]), [[-1, -1], [2, 0]])


def test_mean_zero_and_standard_deviation_one() -> None:
    inputs = np.random.default_rng(0).normal(7, 3, (500, 4))
    standardized = Standardizer.fit(inputs).apply(inputs)
    np.testing.assert_allclose(standardized.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(standardized.std(axis=0), 1)


def test_a_constant_column_becomes_zero() -> None:
    inputs = np.full((7, 2), 0.1)
    np.testing.assert_array_equal(Standardizer.fit(inputs).apply(inputs), 0.0)
    np.testing.assert_allclose(Standardizer.fit(inputs).apply([[1.1, 0.1]]), [[1.0, 0.0]])


def test_without_samples_nothing_changes() -> None:
    standardizer = Standardizer.fit(np.empty((0, 2)))
    np.testing.assert_array_equal(standardizer.apply([[3.0, 4.0]]), [[3.0, 4.0]])


def test_refuses_other_shapes() -> None:
    with pytest.raises(InputError, match="inputs"):
        Standardizer.fit([1.0, 2.0])


@pytest.mark.parametrize("size", [1e-320, 1e-300, 1e-170, 1e155, 1e200])
def test_columns_of_any_size_keep_their_pattern(size: float) -> None:
    inputs = np.array([[-1.0], [0.0], [2.0], [3.0]]) * size
    standardized = Standardizer.fit(inputs).apply(inputs)
    usual = np.array([[-1.0], [0.0], [2.0], [3.0]])
    np.testing.assert_allclose(standardized, Standardizer.fit(usual).apply(usual), rtol=1e-3)


def test_nothing_is_infinitely_far() -> None:
    standardizer = Standardizer.fit([[0.0], [5e-324]])
    assert standardizer.apply([[1e100]]).tolist() == [[1e100]]


@pytest.mark.parametrize("constant", [0.3, 1e6, -1e17, 1e-200])
def test_a_column_that_is_constant_up_to_rounding_becomes_zero(constant: float) -> None:
    column = constant * (1.0 + np.random.default_rng(0).integers(-2, 3, 60) * 2.3e-16)
    assert len(set(column.tolist())) > 1
    inputs = np.column_stack([column, np.arange(60.0)])
    standardizer = Standardizer.fit(inputs)
    standardised = standardizer.apply(inputs)
    assert (standardised[:, 0] == 0.0).all()
    assert standardised[:, 1].std() == pytest.approx(1.0)
    assert standardizer.apply([[2.0 * constant, 0.0]])[0, 0] == pytest.approx(constant)


def test_numbers_that_differ_by_more_than_rounding_are_a_pattern() -> None:
    moments = 1.7e9 + np.arange(50.0)[:, None]
    assert Standardizer.fit(moments).apply(moments).std() == pytest.approx(1.0)


def test_what_was_standardised_comes_back() -> None:
    inputs = np.random.default_rng(0).normal(5e5, 2e5, (40, 3))
    standardizer = Standardizer.fit(inputs)
    np.testing.assert_allclose(standardizer.invert(standardizer.apply(inputs)), inputs, rtol=1e-12)
    standardised = np.array([[1.0, 0.0, -1.0]])
    standardizer.invert(standardised)
    assert standardised.tolist() == [[1.0, 0.0, -1.0]]
