"""The files that windows keep their copies in: whose they are, which are left over, and what is tidied away."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from nnplay.gui.files.copies import ABANDONED_AFTER, MOST_KEPT, Copy, left_over, tidy

HOLDER = """
import sys
from pathlib import Path
from nnplay.gui.files.copies import Copy
copy = Copy.fresh(Path(sys.argv[1]))
copy.path.write_text("of another process")
copy.path.with_name(f".{copy.path.name}.0a1b2c3d.new").write_text("half wri")
print(copy.path, flush=True)
sys.stdin.read()
"""
NOBODY = 65534
"""The user without rights."""
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process that has a copy, and has half written the next one."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def kept(folder: Path, number: int) -> Path:
    """A copy that was written as the so manieth."""
    path = folder / f"autosave-{number}.nnplay"
    path.write_text(str(number))
    os.utime(path, (1_000_000 + number,) * 2)
    return path


def test_each_window_has_a_copy_of_its_own(tmp_path: Path):
    first, second = Copy.fresh(tmp_path), Copy.fresh(tmp_path)
    assert first.path != second.path
    for copy in (first, second):
        copy.path.write_text("mine")
    assert left_over(tmp_path) == []
    assert not Copy(first.path).hold()
    second.release()
    assert left_over(tmp_path) == [second.path]
    assert Copy.fresh(tmp_path).path not in (first.path, second.path)


def test_the_newest_comes_first_and_that_of_an_earlier_version_is_one_of_them(tmp_path: Path):
    older, newest, middle = kept(tmp_path, 2), kept(tmp_path, 9), tmp_path / "autosave.nnplay"
    middle.write_text("of an earlier version")
    os.utime(middle, (1_000_005,) * 2)
    (tmp_path / "autosave-3.unreadable").write_text("")
    assert left_over(tmp_path) == [newest, middle, older]


def test_a_running_process_is_left_alone(tmp_path: Path, holder: tuple[subprocess.Popen[str], Path]):
    _, path = holder
    tidy(tmp_path)
    assert left_over(tmp_path) == []
    assert not Copy(path).hold()
    assert Copy.fresh(tmp_path).path != path
    assert len(list(tmp_path.glob(".*.new"))) == 1


def test_a_killed_process_leaves_its_copy_over(tmp_path: Path, holder: tuple[subprocess.Popen[str], Path]):
    process, path = holder
    process.kill()
    process.wait()
    tidy(tmp_path)
    assert left_over(tmp_path) == [path]
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_text() == "of another process"


@pytest.mark.parametrize("content", [b"", b"\x00" * 64, b"no number\n"])
def test_a_lock_that_says_no_process_holds_for_a_minute(tmp_path: Path, content: bytes):
    path = kept(tmp_path, 1)
    lock = path.with_suffix(".lock")
    lock.write_bytes(content)
    tidy(tmp_path)
    assert left_over(tmp_path) == []  # it may be being written just now
    os.utime(lock, (time.time() - ABANDONED_AFTER - 1,) * 2)
    tidy(tmp_path)
    assert left_over(tmp_path) == [path]


@pytest.mark.skipif(sys.platform != "linux", reason="locks look otherwise there")
def test_a_lock_whose_process_id_another_process_has_by_now(tmp_path: Path):
    path = kept(tmp_path, 1)
    copy = Copy(path)
    assert copy.hold()
    lock = path.with_suffix(".lock")
    text = lock.read_text()
    copy.release()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        lock.write_text(text.replace(str(os.getpid()), str(process.pid)))
        os.utime(lock, (time.time() - ABANDONED_AFTER - 1,) * 2)
        tidy(tmp_path)
        assert left_over(tmp_path) == [path]
        process.kill()


def test_the_oldest_go_but_none_of_a_killed_window_that_was_not_offered(
    tmp_path: Path, holder: tuple[subprocess.Popen[str], Path]
):
    process, killed = holder
    os.utime(killed, (1,) * 2)
    process.kill()
    process.wait()
    paths = [kept(tmp_path, number) for number in range(2, 15)]
    tidy(tmp_path)
    newest = paths[: -MOST_KEPT - 1 : -1]
    assert left_over(tmp_path) == [*newest, killed]
    tidy(tmp_path)
    assert left_over(tmp_path) == newest


def test_what_a_person_has_saved_needs_no_copy_but_the_last_one(tmp_path: Path):
    folder = tmp_path / "kept"
    folder.mkdir()
    saved, other, unsaved, newest = (kept(folder, number) for number in (2, 3, 4, 5))
    files = [tmp_path / "gone.nnplay", tmp_path / "mine.nnplay", tmp_path / "newest.nnplay"]
    for file, path in ((files[1], saved), (files[2], newest)):
        file.write_bytes(path.read_bytes())
    tidy(folder, files)
    assert left_over(folder) == [newest, unsaved, other]


def test_of_copies_that_are_the_same_the_newest_is_enough(tmp_path: Path):
    first, second, third = (kept(tmp_path, number) for number in (2, 3, 4))
    third.write_bytes(first.read_bytes())
    tidy(tmp_path)
    assert left_over(tmp_path) == [third, second]


def test_what_is_set_aside_has_a_name_of_its_own(tmp_path: Path):
    kept_aside = []
    for content in ("first", "second", "third"):
        path = tmp_path / "autosave.nnplay"
        path.write_text(content)
        kept_aside.append(Copy(path).set_aside())
    assert len(set(kept_aside)) == 3
    assert [path.read_text() for path in kept_aside] == ["first", "second", "third"]
    assert left_over(tmp_path) == []


@posix
def test_nobody_else_can_read_them(tmp_path: Path):
    copy = Copy.fresh(tmp_path / "kept")
    assert (tmp_path / "kept").stat().st_mode & 0o777 == 0o700
    assert copy.path.with_suffix(".lock").stat().st_mode & 0o777 == 0o600


@pytest.fixture
def closed_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A folder with a copy that the test may read and not write; root may write everywhere, and so is nobody here."""
    if os.geteuid() != 0:
        kept(tmp_path, 1)
        tmp_path.chmod(0o500)
        monkeypatch.setattr(Path, "chmod", lambda *_: None)  # as it would be of somebody else
        yield tmp_path
        monkeypatch.undo()
        tmp_path.chmod(0o700)
        return
    with TemporaryDirectory(dir="/tmp") as name:  # pytest's own folder is root's alone
        kept(Path(name), 1)
        Path(name).chmod(0o755)
        os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            os.seteuid(0)  # who may tidy up


@posix
def test_a_folder_that_cant_be_written_to(closed_folder: Path):
    path = closed_folder / "autosave-1.nnplay"
    tidy(closed_folder)
    assert left_over(closed_folder) == [path]
    assert Copy.fresh(closed_folder).path.name == "autosave.nnplay"
    assert Copy(path).set_aside() == path
