import contextlib
import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplay.data.packing import pack
from nnplay.data.table import MAX_CLASSES, Table, frozen
from nnplay.errors import InputError


def small() -> Table:
    return Table(np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.array([0.0, 2.0, 1.0]))


def test_names_left_out_are_numbered() -> None:
    table = small()
    assert table.input_names == ("x1", "x2")
    assert table.class_names == ("0", "1", "2")
    assert table.classes == 3
    assert table.labels.tolist() == [0, 2, 1]
    assert len(table) == 3


def test_arrays_are_copies_closed_for_writing() -> None:
    mine = np.array([[1.0, 2.0]])
    table = Table(mine, np.array([0.0]))
    mine[0, 0] = 99.0
    assert table.inputs[0, 0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        table.inputs[0, 0] = 5.0
    with pytest.raises(ValueError, match="read-only"):
        table.targets[0] = 5.0


def test_a_closed_view_of_an_open_array_is_copied_too() -> None:
    mine = np.array([[1.0, 2.0]])
    view = mine[:]
    view.setflags(write=False)
    table = Table(view, np.array([0.0]))
    mine[0, 0] = 99.0
    assert table.inputs[0, 0] == 1.0


def test_a_fresh_closed_array_is_not_copied() -> None:
    array = frozen(np.ones((4, 2)))
    assert Table(array, np.zeros(4)).inputs is array


def test_numbers_of_other_kinds_become_float64() -> None:
    table = Table(np.array([[1, 2]], dtype=np.int8), np.array([1], dtype=np.uint8))
    assert table.inputs.dtype == np.float64
    assert table.targets.dtype == np.float64


@pytest.mark.parametrize(
    ("inputs", "targets", "field"),
    [
        ([1.0, 2.0], [0.0, 1.0], "inputs"),
        (np.empty((2, 0)), [0.0, 1.0], "inputs"),
        ([[1.0, 2.0]], [0.0, 1.0], "targets"),
        ([[1.0, 2.0]], [[0.0]], "targets"),
        ([[1.0, math.nan]], [0.0], "inputs[0][1]"),
        ([[1.0, math.inf]], [0.0], "inputs[0][1]"),
        ([[1.0, 2.0]], [math.nan], "targets[0]"),
        ([[1.0, 2.0]], [-1.0], "targets[0]"),
        ([[1.0, 2.0]], [0.5], "targets[0]"),
        ([[1.0, 2.0]], [1e300], "targets[0]"),
        ([["a", "b"]], [0.0], "inputs"),
        ([[1.0], [1.0, 2.0]], [0.0, 1.0], "inputs"),
    ],
)
def test_refuses_what_is_no_table(inputs: object, targets: object, field: str) -> None:
    with pytest.raises(InputError) as caught:
        Table(inputs, targets)  # type: ignore[arg-type]
    assert caught.value.field == field


def test_refuses_names_that_do_not_fit() -> None:
    inputs, targets = np.zeros((2, 2)), np.array([0.0, 1.0])
    with pytest.raises(InputError, match="input_names"):
        Table(inputs, targets, input_names=("a",))
    with pytest.raises(InputError, match=r"targets\[1\]"):
        Table(inputs, targets, class_names=("a",))
    with pytest.raises(InputError, match="class_names"):
        Table(inputs, targets, class_names=tuple(map(str, range(MAX_CLASSES + 1))))
    with pytest.raises(InputError, match="class_names"):
        Table(inputs, targets, "regression", class_names=("a",))
    with pytest.raises(InputError, match="task"):
        Table(inputs, targets, "clustering")  # type: ignore[arg-type]


def test_regression_takes_any_finite_target() -> None:
    table = Table(np.zeros((2, 3)), np.array([-1.5, 1e9]), "regression")
    assert table.class_names == ()
    assert table.classes == 0


def test_equal_tables_are_equal_and_hash_alike() -> None:
    assert small() == small()
    assert hash(small()) == hash(small())
    assert small() != small().select([0, 1])
    assert small() != Table(small().inputs, small().targets, class_names=("a", "b", "c"))
    assert small() != "a table"


def test_select_keeps_the_names() -> None:
    table = Table(np.zeros((3, 2)), np.array([0.0, 1.0, 2.0]), class_names=("red", "green", "blue")).select([1])
    assert table.class_names == ("red", "green", "blue")
    assert table.targets.tolist() == [1.0]


def test_select_takes_a_mask() -> None:
    assert small().select(np.array([True, False, True])).targets.tolist() == [0.0, 1.0]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(*[st.floats(-1e100, 1e100)] * 3, st.integers(0, 3)), max_size=20),
    st.sampled_from(["classification", "regression"]),
)
def test_a_table_comes_back_from_json_to_the_last_bit(rows: list[tuple[float, float, float, int]], task: str) -> None:
    numbers = np.array([row[:3] for row in rows], dtype=np.float64).reshape(-1, 3)
    targets = np.array([row[3] for row in rows], dtype=np.float64)
    names = ("a", "b", "c", "d") if task == "classification" else ()
    table = Table(numbers, targets, task, ("p", "q", "r"), names)  # type: ignore[arg-type]
    record = {
        "inputs": pack(table.inputs),
        "targets": pack(table.targets),
        "task": table.task,
        "input_names": table.input_names,
        "class_names": table.class_names,
    }
    assert Table.from_dict(json.loads(json.dumps(record))) == table


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ([1, 2], "table"),
        ({}, "table.inputs"),
        ({"inputs": [[1, 2]]}, "table.targets"),
        ({"inputs": [[1, 2]], "targets": [0], "colour": 3}, "table.colour"),
        ({"inputs": [[1, "x"]], "targets": [0]}, "table.inputs"),
        ({"inputs": [[1, None]], "targets": [0]}, "table.inputs"),
        ({"inputs": [[1, 10**400]], "targets": [0]}, "table.inputs"),
        ({"inputs": "abc", "targets": [0]}, "table.inputs"),
        ({"inputs": [[1, 2]], "targets": [0], "input_names": "ab"}, "table.input_names"),
        ({"inputs": [[1, 2]], "targets": [0], "class_names": [1]}, "table.class_names"),
        ({"inputs": [[1, 2]], "targets": [0], "task": ["x"]}, "table.task"),
        ({"inputs": {"shape": [1, 2]}, "targets": [0]}, "table.inputs"),
    ],
)
def test_from_dict_names_the_wrong_field(record: object, field: str) -> None:
    with pytest.raises(InputError) as caught:
        Table.from_dict(record)
    assert caught.value.field == field


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None, max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(["task", "inputs", "targets", "input_names", "class_names"]), json_values, min_size=2
    )
)
def test_from_dict_raises_nothing_but_input_errors(record: dict[str, object]) -> None:
    with contextlib.suppress(InputError):
        Table.from_dict(record)
