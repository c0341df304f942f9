import math

import numpy as np
import pytest

from nnplay.data.setting import Setting, fixed
from nnplay.errors import InputError

SAMPLES = Setting(10, 500, 250)
NOISE = Setting(0.0, 0.5, 0.1, whole=False)


def test_the_range_includes_its_ends() -> None:
    assert SAMPLES.checked("samples", 10) == 10
    assert SAMPLES.checked("samples", 500) == 500
    assert NOISE.checked("noise", 0) == 0
    assert SAMPLES.checked("samples", np.int64(20)) == 20


def test_none_is_the_default() -> None:
    assert SAMPLES.checked("samples", None) == 250


@pytest.mark.parametrize("value", [9, 501, 20.0, 20.5, True, "20", math.nan])
def test_refuses_what_is_outside_or_not_whole(value: object) -> None:
    with pytest.raises(InputError) as caught:
        SAMPLES.checked("samples", value)  # type: ignore[arg-type]
    assert caught.value.field == "samples"
    assert caught.value.allowed == "a whole number from 10 to 500"


@pytest.mark.parametrize("value", [-0.01, 0.51, math.nan, math.inf, "0.1", False])
def test_refuses_what_is_no_number_of_the_range(value: object) -> None:
    with pytest.raises(InputError, match="noise"):
        NOISE.checked("noise", value)  # type: ignore[arg-type]


def test_where_there_is_nothing_to_choose_any_value_is_ignored() -> None:
    assert fixed(4).checked("samples", 9999) == 4
    assert not fixed(4).adjustable
    assert SAMPLES.adjustable
