"""What a file is about, read without the rest of it."""

from pathlib import Path

import pytest

from nnplay.experiments import Document, write_document
from nnplay.experiments.summary import Summary, read_summary
from nnplay.training.experiment import DataSpec, Experiment

DOCUMENT = Document(experiment=Experiment(data=DataSpec(kind="moons", samples=60)))


def test_a_summary_is_read_without_the_rest(tmp_path: Path):
    path = tmp_path / "mine.nnplay"
    write_document(DOCUMENT, path)
    assert read_summary(path) == Summary("moons", 0)
    path.write_text('{"experiment": {"data": {"kind": "yours"}}, "run": {"epoch": 7, "parameters": [1, 2]}}')
    assert read_summary(path) == Summary("yours", 7)


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 64, b"[]", b"{}", b'{"experiment": {"data": [1]}}', b"\xff", b"[" * 10**6]
)
def test_what_is_no_experiment_has_no_summary(tmp_path: Path, data: bytes):
    path = tmp_path / "mine.nnplay"
    path.write_bytes(data)
    assert read_summary(path) is None
    assert read_summary(tmp_path / "gone.nnplay") is None
    assert read_summary(tmp_path) is None
