"""Experiment files on the disk: who may read them, and what killed processes had half written."""

import os
import sys
import time
from pathlib import Path

import pytest

from nnplay.experiments import Document, read_document, write_document
from nnplay.experiments.whole_files import HALF_WRITTEN_AFTER
from nnplay.training.experiment import DataSpec, Experiment

DOCUMENT = Document(experiment=Experiment(data=DataSpec(kind="moons", samples=60)))
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")


@posix
@pytest.mark.parametrize(("private", "before", "after"), [(True, 0o644, 0o600), (False, 0o640, 0o640)])
def test_a_file_that_was_there(tmp_path: Path, private: bool, before: int, after: int):
    path = tmp_path / "mine.nnplay"
    path.touch()
    path.chmod(before)
    write_document(DOCUMENT, path, private=private)
    assert path.stat().st_mode & 0o777 == after


@posix
@pytest.mark.parametrize(("private", "mode"), [(True, 0o600), (False, 0o644)])
def test_a_new_file(tmp_path: Path, private: bool, mode: int):
    path = tmp_path / "mine.nnplay"
    usual = os.umask(0o022)
    try:
        write_document(DOCUMENT, path, private=private)
    finally:
        os.umask(usual)
    assert path.stat().st_mode & 0o777 == mode


def test_what_was_half_written_goes_at_the_next_save(tmp_path: Path):
    path = tmp_path / "run [1].nnplay"
    old, fresh, other = (
        tmp_path / name
        for name in (".run [1].nnplay.0a1b2c3d.new", ".run [1].nnplay.4e5f6a7b.new", ".other.nnplay.0a1b2c3d.new")
    )
    for half in (old, fresh, other):
        half.write_text("half wri")
        os.utime(half, (time.time() - HALF_WRITTEN_AFTER - 1,) * 2)
    os.utime(fresh)  # somebody may be writing it just now
    write_document(DOCUMENT, path)
    assert sorted(tmp_path.iterdir()) == sorted([path, fresh, other])
    assert read_document(path) == DOCUMENT
