"""Whether a file is on the disk as this window left it."""

import os
from pathlib import Path

from nnplay.gui.files.on_disk import OnDisk


def test_what_another_wrote_is_another_until_it_is_noted(tmp_path: Path) -> None:
    path, seen = tmp_path / "run.nnplay", OnDisk()
    path.write_text("one")
    assert not seen.is_another(path), "nobody has looked at it yet"
    seen.note(path)
    assert not seen.is_another(path)
    path.write_text("of another length")
    assert seen.is_another(path)
    seen.note(path)
    assert not seen.is_another(path)


def test_a_later_time_is_enough(tmp_path: Path) -> None:
    path, seen = tmp_path / "run.nnplay", OnDisk()
    path.write_text("one")
    seen.note(path)
    os.utime(path, (1, 1))
    assert seen.is_another(path)


def test_what_is_gone_or_no_file_can_be_nobodys_work(tmp_path: Path) -> None:
    path, seen = tmp_path / "run.nnplay", OnDisk()
    path.write_text("one")
    seen.note(path)
    path.unlink()
    assert not seen.is_another(path)
    path.mkdir()
    assert not seen.is_another(path)
