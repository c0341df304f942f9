"""Warnings of NumPy and Qt, and errors, are in a file that stays small; where it can't be written, nothing stops."""

import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import qWarning

from nnplay.gui.window.log import MOST_BYTES, Log


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    monkeypatch.setattr(warnings, "showwarning", lambda *_: None)
    log = Log(tmp_path / "settings")
    yield log
    log.close()


def read(tmp_path: Path) -> str:
    return (tmp_path / "settings" / "nnplay.log").read_text(encoding="utf-8")


@pytest.mark.qt_log_ignore("a painter was left")
def test_what_is_warned_of_is_in_the_file(log: Log, tmp_path: Path, qtlog):
    assert not (tmp_path / "settings").exists()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = log._on_warning  # catch_warnings puts its own in place
        np.array([1e308]) * np.array([10.0])
    qWarning("a painter was left open")
    try:
        [][0]
    except IndexError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    written = read(tmp_path)
    assert "RuntimeWarning: overflow encountered in multiply" in written
    assert "WARNING nnplay: Qt: a painter was left open" in written
    assert "IndexError: list index out of range" in written
    assert "test_log.py" in written


@pytest.mark.qt_log_ignore("again")
def test_it_stays_small_and_is_for_one_person_alone(log: Log, tmp_path: Path, qtlog):
    for number in range(3000):
        qWarning(f"again {number} {'x' * 200}")
    files = sorted((tmp_path / "settings").iterdir())
    assert [file.name for file in files] == ["nnplay.log", "nnplay.log.1"]
    assert sum(file.stat().st_size for file in files) <= 2 * MOST_BYTES
    assert "again 2999 " in read(tmp_path)
    if sys.platform != "win32":
        assert (tmp_path / "settings").stat().st_mode & 0o777 == 0o700
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


@pytest.mark.qt_log_ignore("nowhere")
def test_where_it_cant_be_written_nothing_stops(tmp_path: Path, qtlog, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "settings").write_text("a file where the folder would be")
    log = Log(tmp_path / "settings")
    qWarning("goes nowhere")
    log.close()
    assert "Logging error" not in capsys.readouterr().err


def test_what_listened_before_listens_again(tmp_path: Path):
    before = (sys.excepthook, warnings.showwarning)
    Log(tmp_path).close()
    assert (sys.excepthook, warnings.showwarning) == before
