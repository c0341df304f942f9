"""The compiled step is NumPy's: the same numbers after fifty steps, whatever is chosen.

All that there is to choose at once is `python -m tests.soak.compiled`, which takes minutes.
"""

import pytest

from nnplay import nn
from tests.nn.compiled.pairs import LOSS_KINDS, SWITCHES, TOLERANCE, Case, differences, some_cases
from tests.nn.compiled.warm import needs_numba

CASES = some_cases()


def test_the_cases_have_every_activation_with_every_loss_and_optimiser_and_each_switch_in_both_precisions() -> None:
    kinds = {(case.activation, case.loss, case.output, case.optimizer) for case in CASES}
    assert len(kinds) == len(nn.ACTIVATIONS) * len(LOSS_KINDS) * len(nn.OPTIMIZERS)
    settings = {(case.dtype, name, on) for case in CASES for name, on in case.switches.items()}
    assert len(settings) == len(TOLERANCE) * len(SWITCHES) * 2


def test_the_kernel_knows_all_that_there_is() -> None:
    """A new activation, loss or optimiser trains by NumPy until the kernel has it, too: see CONTRIBUTING."""
    lacking = [str(case) for case in CASES if not case.network("compiled").is_compiled(case.optimizer_of_its_own())]
    assert not lacking


@needs_numba
@pytest.mark.parametrize("activation", nn.ACTIVATIONS)
def test_it_trains_as_numpy_does(activation: str) -> None:
    found = {str(case): differences(case) for case in CASES if case.activation == activation}
    assert not {name: what for name, what in found.items() if what}


@needs_numba
@pytest.mark.parametrize("optimizer", nn.OPTIMIZERS)
@pytest.mark.parametrize("dtype", TOLERANCE)
def test_with_all_that_there_is_at_once(optimizer: str, dtype: str) -> None:
    case = Case("tanh", "binary_cross_entropy", "own", optimizer, dtype, dict.fromkeys(SWITCHES, True))
    assert differences(case) == []
