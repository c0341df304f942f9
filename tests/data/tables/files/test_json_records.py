import json
from collections.abc import Callable
from pathlib import Path

import pytest

from nnplay.data.file_error import FileError
from nnplay.data.tables.reading import read_file, read_text

Write = Callable[..., Path]
RECORDS = [{"x": 0.5, "n": 7, "class": "a"}, {"x": -1, "n": None, "class": "b"}, {"x": 2e3, "class": "a", "n": 9}]
COLUMNS = {"x": [0.5, -1, 2e3], "n": [7, None, 9], "class": ["a", "b", "a"]}


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(RECORDS),
        json.dumps(RECORDS, indent=2),
        "\n".join(map(json.dumps, RECORDS)),
        json.dumps(COLUMNS),
        json.dumps({key: {str(k): value for k, value in enumerate(values)} for key, values in COLUMNS.items()}),
        json.dumps({"columns": list(COLUMNS), "data": [[r["x"], r["n"], r["class"]] for r in RECORDS]}),
        json.dumps({"schema": {}, "data": RECORDS}),
        json.dumps({"made": "by us", "points": RECORDS, "tags": ["a"]}),
        json.dumps([list(COLUMNS), *([r["x"], r["n"], r["class"]] for r in RECORDS)]),
    ],
    ids=["records", "indented", "lines", "columns", "objects", "split", "table", "named", "lists"],
)
def test_the_shapes_of_json(content: str, file_of: Write) -> None:
    for sheet in (read_file(file_of(content, "points.json")), read_text(content)):
        assert [column.name for column in sheet.columns] == ["x", "n", "class"]
        assert sheet.columns[0].numbers.tolist() == [0.5, -1, 2000]
        assert sheet.columns[1].missing.tolist() == [False, True, False]
        assert (sheet.layout.separator, sheet.layout.encoding) == (None, None)


def test_objects_in_records_are_columns(file_of: Write) -> None:
    records = [{"at": {"x": 1.5, "deep": {"z": 2}}, "k": "a"}, {"at": {"x": 2.5}, "k": "b"}]
    sheet = read_file(file_of(json.dumps(records), "points.json"))
    assert [column.name for column in sheet.columns] == ["at.x", "at.deep.z", "k"]
    assert (sheet.columns[0].numbers.tolist(), sheet.columns[1].missing.tolist()) == ([1.5, 2.5], [False, True])


def test_numbers_stay_as_they_are_written() -> None:
    sheet = read_text('[{"id": 12345678901234567890123}, {"id": 12345678901234567890124}, {"id": 7.0}]')
    labels = sheet.labels(0, 5)
    assert labels is not None
    assert labels.names == ("7.0", "12345678901234567890123", "12345678901234567890124")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[{"x": 1},\n {"x" 2}]', "row 2: is no JSON"),
        ("[1, {}]", "is JSON without a table"),
        ("3", "is JSON without a table"),
        ('{"a": [1], "b": [1, 2]}', "is JSON without a table"),
        ('{"schema_version": 1, "experiment": {}}', "is an experiment of nnplay"),
        ("[" * 100_000, "too deeply nested"),
        ('[{"a": 1}]'.replace("1", "[" * 5 + "]" * 5), "only a header|no column|is empty"),
    ],
)
def test_json_that_is_no_table(content: str, message: str, file_of: Write) -> None:
    with pytest.raises(FileError, match=message):
        read_file(file_of(content, "points.json"))


def test_more_names_than_columns_that_are_read(file_of: Write) -> None:
    content = json.dumps([{f"k{k}": 1} for k in range(5000)])
    with pytest.raises(FileError, match="has 5,000 columns; up to 4,096 can be read"):
        read_file(file_of(content, "points.json"))
