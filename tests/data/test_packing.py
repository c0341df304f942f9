import base64
import contextlib
import json
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplay.data.packing import MOST_LISTED, PackedRecords, pack, unpack
from nnplay.data.table import Table
from nnplay.errors import InputError


def test_small_arrays_stay_lists() -> None:
    assert pack(np.array([[1.0, 2.5]])) == [[1.0, 2.5]]


def test_large_floats_come_back_to_the_last_bit() -> None:
    array = np.random.default_rng(1).normal(size=(MOST_LISTED, 2))
    record = json.loads(json.dumps(pack(array)))
    assert record["type"] == "float64"
    np.testing.assert_array_equal(unpack("inputs", record), array)


def test_pixels_take_a_byte_each() -> None:
    array = np.random.default_rng(1).integers(0, 256, (100, 784)) / 255.0
    record = json.loads(json.dumps(pack(array)))
    assert record["type"] == "pixels"
    assert len(record["zlib"]) < array.size * 1.5
    np.testing.assert_array_equal(unpack("inputs", record), array)


def test_a_large_table_comes_back() -> None:
    generator = np.random.default_rng(2)
    table = Table(generator.normal(size=(MOST_LISTED, 3)), generator.integers(0, 3, MOST_LISTED).astype(float))
    record = {"inputs": pack(table.inputs), "targets": pack(table.targets)}
    assert Table.from_dict(json.loads(json.dumps(record))) == table


def packed(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content)).decode()


@pytest.mark.parametrize(
    "change",
    [
        {"shape": [3, 3]},
        {"shape": [2, -1]},
        {"shape": "2"},
        {"shape": [True, 2]},
        {"shape": [10**6, 10**6]},
        {"type": "int8"},
        {"zlib": "%%%"},
        {"zlib": None},
        {"zlib": base64.b64encode(b"no zlib").decode()},
        {"zlib": packed(bytes(3))},
        {"zlib": packed(bytes(10_000_000))},
        {"zlib": "é"},
        {"more": 1},
    ],
)
def test_refuses_damaged_records(change: dict[str, object]) -> None:
    record: dict[str, object] = {"shape": [2, 2], "type": "pixels", "zlib": packed(bytes(4))}
    assert unpack("inputs", record).shape == (2, 2)
    with pytest.raises(InputError, match="inputs"):
        unpack("inputs", record | change)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.integers(0, 5), max_size=3), st.sampled_from(["pixels", "float64"]), st.binary(max_size=60))
def test_random_bytes_raise_nothing_but_input_errors(shape: list[int], kind: str, content: bytes) -> None:
    record = {"shape": shape, "type": kind, "zlib": base64.b64encode(content).decode()}
    with contextlib.suppress(InputError):
        unpack("inputs", record)


def test_pixels_are_told_piece_by_piece() -> None:
    array = np.random.default_rng(1).integers(0, 256, (2000, 784)) / 255.0
    assert pack(array)["type"] == "pixels"  # type: ignore[index]
    array[-1, -1] = 0.3
    assert pack(array)["type"] == "float64"  # type: ignore[index]


def test_closed_arrays_are_packed_once_and_others_each_time() -> None:
    array = np.random.default_rng(1).integers(0, 256, (100, 784)) / 255.0
    packed = PackedRecords()
    before = packed.pack(array)
    array[0, 0] = 0.3
    assert packed.pack(array) != before
    table = Table(array, np.zeros(100))
    first = packed.pack(table.inputs)
    assert packed.pack(table.inputs) is first
    assert packed.pack(Table(array[::-1], np.zeros(100)).inputs) != first
    np.testing.assert_array_equal(unpack("inputs", first), array)  # type: ignore[arg-type]


def test_inputs_and_targets_of_a_large_table_are_both_remembered() -> None:
    samples = MOST_LISTED + 1
    table, packed = Table(np.zeros((samples, 1)), np.zeros(samples)), PackedRecords()
    records = [packed.pack(table.inputs), packed.pack(table.targets)]
    assert [id(packed.pack(array)) for array in (table.inputs, table.targets)] == [id(record) for record in records]


def test_the_records_of_the_points_before_are_forgotten() -> None:
    packed = PackedRecords()
    tables = [Table(np.full((MOST_LISTED + 1, 1), value), np.zeros(MOST_LISTED + 1)) for value in (1.0, 2.0, 3.0)]
    first = packed.pack(tables[0].inputs)
    for table in tables[1:]:
        for array in (table.inputs, table.targets):
            packed.pack(array)
    again = packed.pack(tables[0].inputs)
    assert again == first
    assert again is not first


def test_small_arrays_are_not_remembered() -> None:
    table, packed = Table(np.array([[1.0, 2.5]]), np.zeros(1)), PackedRecords()
    assert packed.pack(table.inputs) == [[1.0, 2.5]]
    assert packed.pack(table.inputs) is not packed.pack(table.inputs)


def test_what_follows_the_end_is_left_alone() -> None:
    content = zlib.compress(bytes(4)) + bytes(300_000)
    record = {"shape": [2, 2], "type": "pixels", "zlib": base64.b64encode(content).decode()}
    assert unpack("inputs", record).tolist() == [[0, 0], [0, 0]]


def test_an_unpacked_array_is_taken_as_it_is() -> None:
    table = Table.from_dict({"inputs": pack(np.ones((MOST_LISTED, 2))), "targets": pack(np.zeros(MOST_LISTED))})
    assert table.inputs.base is None


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf, 1.1e100, -1.1e100])
def test_numbers_that_are_none_or_too_large_are_found_before_there_is_an_array(wrong: float) -> None:
    array = np.ones(MOST_LISTED + 1)
    array[-2] = wrong
    with pytest.raises(InputError, match="a finite number of at most 1e100 in magnitude"):
        unpack("inputs", pack(array))  # type: ignore[arg-type]
