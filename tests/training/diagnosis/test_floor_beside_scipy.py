"""The floor against scipy's optimiser, where that is there: each loss, weights, scales, and classes that are parted."""

from tests.heavy import needs


@needs("scipy")
def test_scipy_finds_the_same_least_losses() -> None:
    from tests.benchmarks.floor_beside_scipy import by_scipy, cases, floor_of, is_right

    for case in cases():
        floor, other = floor_of(case), by_scipy(case)
        assert is_right(case, floor, other), (case.name, floor, other)
