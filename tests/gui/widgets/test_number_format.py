"""Written numbers read back to the same."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnplay.errors import InputError
from nnplay.gui.widgets.number_format import exact_text, number_text, parameter_in
from nnplay.training.reading import number_in


def test_32_bits_refuse_what_they_can_not_hold():
    assert parameter_in("0.1", "Bias", "float32") == float(np.float32(0.1))
    assert parameter_in("1e300", "Bias", "float64") == 1e300
    with pytest.raises(InputError) as refused:
        parameter_in("1e39", "Bias", "float32")
    assert str(refused.value) == "Bias is '1e39'; allowed is a number from −3.4e38 to 3.4e38"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_an_exact_text_reads_back_to_the_same_number(number: float):
    assert number_in(exact_text(number)) == number


@example(float(np.finfo(np.float32).max))
@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_so_does_one_of_32_bits_in_their_few_figures(number: float):
    text = exact_text(number, np.float32)
    assert parameter_in(text, "Weight", np.float32) == number
    assert sum(map(str.isdigit, text.partition("e")[0].strip("−0."))) <= 16


@pytest.mark.parametrize(
    ("number", "text"),
    [(-0.1, "−0.1"), (2.0, "2"), (1e-8, "1e−8"), (1e22, "1e22"), (0.1234567890123, "0.1234567890123")],
)
def test_a_text_is_short_and_has_a_true_minus(number: float, text: str):
    assert exact_text(number) == text


def test_few_figures():
    assert number_text(-999.0) == "−999"
    assert number_text(0.123456, 4) == "0.1235"
    assert exact_text(np.float32(0.1), np.float32) == "0.1"
