from pathlib import Path

import numpy as np
import pytest

from nnplay.data import digits, make_table
from nnplay.data.digits import digit_table, shipped_digits, stratified
from nnplay.errors import NnplayError


def test_all_of_them() -> None:
    table = make_table("digits")
    assert table.inputs.shape == (5000, 784)
    assert table.inputs.min() == 0.0
    assert table.inputs.max() == 1.0
    assert table.class_names == tuple("0123456789")
    assert table.input_names[:2] == ("pixel 0,0", "pixel 0,1")
    assert table.input_names[-1] == "pixel 27,27"
    np.testing.assert_array_equal(np.bincount(table.labels), 500)


def test_a_few_have_every_digit_equally_often() -> None:
    table = digit_table(1000, 0.0, 3)
    np.testing.assert_array_equal(np.bincount(table.labels), 100)
    assert len(np.unique(table.inputs, axis=0)) == 1000
    counts = np.bincount(digit_table(105, 0.0, 3).labels, minlength=10)
    assert set(counts.tolist()) == {10, 11}


def test_fewer_of_one_seed_are_a_part_of_more() -> None:
    np.testing.assert_array_equal(digit_table(300, 0.0, 5).inputs, digit_table(1000, 0.0, 5).inputs[:300])


def test_digits_come_in_random_order_from_the_seed() -> None:
    first = digit_table(100, 0.0, 1)
    assert first == digit_table(100, 0.0, 1)
    assert first != digit_table(100, 0.0, 2)
    assert (np.diff(first.labels) != 1).any()


def test_each_image_keeps_its_label() -> None:
    pixels, labels = shipped_digits()
    known = {image.tobytes(): label for image, label in zip(pixels, labels, strict=True)}
    table = digit_table(200, 0.0, 4)
    for image, label in zip(table.inputs, table.labels, strict=True):
        assert known[np.rint(image * 255).astype(np.uint8).tobytes()] == label


def test_noise_shakes_pixels_within_their_range() -> None:
    clean, noisy = digit_table(100, 0.0, 1), digit_table(100, 0.3, 1)
    np.testing.assert_array_equal(clean.targets, noisy.targets)
    assert noisy.inputs.min() == 0.0
    assert noisy.inputs.max() == 1.0
    middle = (clean.inputs > 0.4) & (clean.inputs < 0.6)
    assert abs((noisy.inputs - clean.inputs)[middle].std() - 0.3) < 0.1


def test_they_are_kept_as_bytes_and_read_once() -> None:
    pixels, labels = shipped_digits()
    assert pixels.dtype == labels.dtype == np.uint8
    assert shipped_digits()[0] is pixels
    assert not pixels.flags.writeable


def test_stratified_takes_what_there_is() -> None:
    labels = np.array([0, 0, 0, 0, 1], dtype=np.uint8)
    chosen = stratified(labels, 2, np.random.default_rng(0))
    assert sorted(labels[chosen].tolist()) == [0, 1]
    assert sorted(stratified(labels, 99, np.random.default_rng(0)).tolist()) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("damage", ["text", "cut", "other", "shape", "pickle"])
def test_a_damaged_file_is_named(damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "digits.npz"
    if damage == "text":
        file.write_text("no archive", "utf-8")
    elif damage == "cut":
        np.savez(file, X=np.zeros((5000, 784), np.uint8), y=np.zeros(5000, np.uint8))
        file.write_bytes(file.read_bytes()[:1000])
    elif damage == "other":
        np.savez(file, a=np.zeros(3))
    elif damage == "shape":
        np.savez(file, X=np.zeros((3, 784), np.uint8), y=np.zeros(3, np.uint8))
    else:
        np.savez(file, X=np.array([{}], dtype=object), y=np.zeros(3, np.uint8))
    monkeypatch.setattr(digits, "resource_path", lambda name: file)
    shipped_digits.cache_clear()
    try:
        with pytest.raises(NnplayError, match=r"digits\.npz"):
            shipped_digits()
    finally:
        shipped_digits.cache_clear()
