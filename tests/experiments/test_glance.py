"""A data set at a glance: whole where the file is short, its first rows where it is long."""

from pathlib import Path

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.experiments import Document, glance, write_document
from nnplay.experiments.explain import DocumentError
from nnplay.experiments.glance import SOME_ROWS, cut, read_glance
from nnplay.training.edits import with_own
from nnplay.training.experiment import YOURS, DataSpec, Experiment


def written(path: Path, data: DataSpec) -> Path:
    write_document(Document(experiment=with_own(Experiment(), data)), path)
    return path


def points(rows: int, columns: int) -> DataSpec:
    inputs = np.random.default_rng(0).normal(size=(rows, columns))
    return DataSpec(kind=YOURS, table=Table(inputs, np.arange(rows) % 3, "classification"), name="Mine", key="0a")


def test_a_short_file_is_read_whole(tmp_path: Path) -> None:
    data = points(7, 2)
    assert read_glance(written(tmp_path / "a.nnplay", data)) == (data, True)


@pytest.mark.parametrize(("rows", "columns"), [(70, 2), (300, 4000)], ids=["as a list", "packed"])
def test_a_long_file_gives_its_first_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, columns: int
) -> None:
    monkeypatch.setattr(glance, "WHOLE_BYTES", 0)
    monkeypatch.setattr(glance, "SOME_VALUES", 1000)
    data = points(rows, columns)
    found, whole = read_glance(written(tmp_path / "a.nnplay", data))
    assert not whole
    assert (found.name, found.key) == ("Mine", "0a")
    kept = cut(data).table
    assert len(kept) == (SOME_ROWS if columns > 2 else rows)
    assert found.table == kept


def test_one_without_points_of_one_s_own_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.nnplay"
    write_document(Document(experiment=Experiment()), path)
    with pytest.raises(DocumentError, match="no points of one's own"):
        read_glance(path)


DOCUMENT = '{"experiment": {"data": {"kind": "yours", "table": {"inputs": [[1.0, 2.0]], "targets": [0.0]}}}}'
PACKED = '{"shape": [2, 2], "type": "float64", "zlib": "eJw="}'


@pytest.mark.parametrize("whole_bytes", [0, 10**9])
@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[]", b"{}", b"[" * 10**5, DOCUMENT.encode(), DOCUMENT.replace("2.0", '"x"').encode(),
     DOCUMENT.replace("[[1.0, 2.0]]", PACKED).encode()],
)  # fmt: skip
def test_what_is_damaged_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, whole_bytes: int
) -> None:
    monkeypatch.setattr(glance, "WHOLE_BYTES", whole_bytes)
    path = tmp_path / "a.nnplay"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=r"a\.nnplay: "):
        read_glance(path)
    with pytest.raises(DocumentError, match=r"gone\.nnplay: "):
        read_glance(tmp_path / "gone.nnplay")
