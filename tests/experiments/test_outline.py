"""Files that would fill the memory when they are parsed are refused by a look at their bytes."""

import base64
import json
import tracemalloc
import zlib
from collections.abc import Callable

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.errors import NnplayError, TooLargeError
from nnplay.experiments import Document, DocumentError, format_document, outline, parse_document
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec

START = b'{"schema_version": 1, "experiment": '


def test_what_an_experiment_holds_is_let_through() -> None:
    names = tuple("[" * 20 + '\\"{' for _ in range(3))  # brackets in a name are none
    table = Table(np.zeros((2, 3)), np.zeros(2), "classification", names)
    document = Document(experiment=Experiment(data=DataSpec(kind="yours", table=table)))
    assert parse_document(format_document(document), "x") == document


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (START + b"0,1," * 4_000_000 + b"0]}", "too many values: allowed are up to 6,000,000"),
        (START + b"[" * 600_000, "too many lists and objects: allowed are up to 500,000"),
        (START + b'{"a":1' + b',"b":2' * 950_000 + b"}}", "too many texts: allowed are up to 900,000"),
        (START + b"[" * 33 + b"]" * 33 + b"}", "nested too deeply"),
        (START + b'{"a":' * 33 + b"1" + b"}" * 34, "nested too deeply"),
        (b"[" * 400_000, "nested too deeply"),
        (b" " * 3_000_000 + b"\xff", r"not a text file in UTF-8 \(byte 3000000\)"),
        ("é".encode()[:1] + b"{}", r"not a text file in UTF-8 \(byte 0\)"),
        (b" " * (outline._PIECE - 1) + "é".encode()[:1] + b"x", rf"UTF-8 \(byte {outline._PIECE - 1}\)"),
        (b'{"a": "' + b"\xe9", r"not a text file in UTF-8 \(byte 7\)"),
    ],
)
def test_what_none_holds_is_refused_before_it_is_parsed(content: bytes, sentence: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(DocumentError, match=f"^x: .*{sentence}"):
            parse_document(content, "x")
        assert tracemalloc.get_traced_memory()[1] < 22_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("content", [b'"[', b'"' * 99, b'[\\"' * 99, b'"\\', b'"' + b"[" * 99, b'"' + b"[" * 99 + b'"'])
def test_texts_that_never_end_are_refused(content: bytes) -> None:
    with pytest.raises(DocumentError):
        parse_document(content, "x")


def packed(shape: list[int], content: bytes, kind: str = "pixels") -> dict[str, object]:
    return {"shape": shape, "type": kind, "zlib": base64.b64encode(zlib.compress(content)).decode()}


def file_of(inputs: object, targets: object, **more: object) -> bytes:
    data = {"kind": "yours", "table": {"inputs": inputs, "targets": targets}}
    return json.dumps({"schema_version": 1, "experiment": {"data": data, **more}}).encode()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: file_of(packed([1, 99_000_000], b""), [0]), "99,000,000 inputs.* 1 to 100,000 inputs"),
        (lambda: file_of(packed([1, 2_000_000], b""), [0]), "2,000,000 inputs"),
        (lambda: file_of([[1] * 100_001], [0]), "100,001 inputs"),
        (
            lambda: file_of(packed([9_000_000, 10], b""), [0]),
            "the experiment needs .* GB of memory; allowed is up to 1 GB: fewer",
        ),
        (
            lambda: file_of(packed([1, 90_000], b""), [0], model={"hidden_layers": [{"units": 512}]}),
            "the experiment needs",
        ),
        (lambda: file_of(packed([10**9, 10**9], b""), [0]), "at most 134,217,728 values"),
        (lambda: file_of(packed([1] * 99, b""), [0]), "a list of whole numbers"),
        (lambda: file_of(packed([100, 784], bytes(60_000_000)), [0] * 100), "zlib-packed base64 text of 78,400 bytes"),
        (
            lambda: file_of(packed([1000, 5000], bytes(40_000_000 - 1), "float64"), [0] * 1000),
            "text of 40,000,000 bytes",
        ),
        (
            lambda: file_of(packed([1000, 5000], bytes(39_999_992) + b"\xff" * 8, "float64"), [0] * 1000),
            "finite number",
        ),
        (lambda: file_of(packed([40_000, 1000], bytes(40_000_000)), [0] * 3), r"targets is \[3\]; .* \(40000,\)"),
    ],
)
def test_small_files_of_much_memory_are_refused_without_taking_it(make: Callable[[], bytes], sentence: str) -> None:
    content = make()
    tracemalloc.start()
    try:
        with pytest.raises(NnplayError, match=sentence):
            parse_document(content, "x")
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_an_experiment_on_generated_points_can_be_too_large_too() -> None:
    layers = (HiddenLayer(units=512),) * 10
    experiment = Experiment(
        data=DataSpec(kind="digits", samples=5000, classes=10), model=ModelSpec(hidden_layers=layers)
    )
    with pytest.raises(TooLargeError):
        parse_document(format_document(Document(experiment=experiment)), "x")
