import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplay.data import Table, make_table, split_indices
from nnplay.errors import InputError

labels = st.lists(st.integers(0, 3), max_size=60)
shares = st.floats(0.05, 0.99)
seeds = st.integers(0, 2**32)


def labelled(targets: list[int]) -> Table:
    return Table(np.zeros((len(targets), 2)), np.array(targets, dtype=float), class_names=("a", "b", "c", "d"))


@settings(deadline=None, max_examples=200)
@given(labels, shares, seeds)
def test_every_class_is_split_alike(targets: list[int], share: float, seed: int) -> None:
    table = labelled(targets)
    train, test = split_indices(table, share, seed)
    assert sorted([*train, *test]) == list(range(len(targets)))
    assert (np.diff(train) > 0).all()
    assert (np.diff(test) > 0).all()
    for label in set(targets):
        count = targets.count(label)
        assert abs((table.labels[train] == label).sum() - share * count) < 1
        assert (table.labels[train] == label).any()


@settings(deadline=None, max_examples=200)
@given(labels, labels, shares, seeds)
def test_samples_keep_their_place_when_others_are_appended(
    targets: list[int], more: list[int], share: float, seed: int
) -> None:
    before, _ = split_indices(labelled(targets), share, seed)
    after, _ = split_indices(labelled(targets + more), share, seed)
    assert set(before) == {index for index in after if index < len(targets)}


def test_whole_shares_are_exact() -> None:
    table = make_table("spirals", samples=500)
    for tenths in range(1, 10):
        train, test = split_indices(table, tenths / 10, 3)
        assert len(train) == 50 * tenths
        assert len(test) == 500 - 50 * tenths


def test_the_seed_decides() -> None:
    table = make_table("moons", samples=300)
    first, _ = split_indices(table, 0.5, 1)
    np.testing.assert_array_equal(split_indices(table, 0.5, 1)[0], first)
    assert split_indices(table, 0.5, 2)[0].tolist() != first.tolist()


def test_each_sample_is_as_likely_to_train_as_the_share_says() -> None:
    table = labelled([0] * 12)
    counts = np.zeros(12)
    for seed in range(600):
        counts[split_indices(table, 0.5, seed)[0]] += 1
    assert counts[0] == 600
    assert np.abs(counts[2:] / 600 - 0.5).max() < 0.12


def test_all_of_it_trains_with_share_one() -> None:
    train, test = split_indices(labelled([0, 1, 2]), 1.0, 0)
    assert train.tolist() == [0, 1, 2]
    assert test.tolist() == []


def test_regression_is_one_class() -> None:
    train, test = split_indices(make_table("plane", samples=200), 0.7, 0)
    assert (len(train), len(test)) == (140, 60)


def test_xor_can_be_split() -> None:
    train, test = split_indices(make_table("xor"), 0.5, 0)
    assert (len(train), len(test)) == (2, 2)


@pytest.mark.parametrize("share", [0.0, -0.1, 1.1, math.nan, "half"])
def test_refuses_a_share_out_of_range(share: float) -> None:
    with pytest.raises(InputError, match="train_share"):
        split_indices(labelled([0, 1]), share, 0)


@pytest.mark.parametrize("seed", [-1, 0.5, True])
def test_refuses_a_seed_out_of_range(seed: int) -> None:
    with pytest.raises(InputError, match="seed"):
        split_indices(labelled([0, 1]), 0.5, seed)
