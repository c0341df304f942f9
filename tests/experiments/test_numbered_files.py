"""A folder of files is there with all of them, or not at all, and nothing is replaced."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nnplay.errors import NnplayError
from nnplay.experiments.chosen_files import check_writable
from nnplay.experiments.numbered_files import check_new_folder, write_numbered


def three() -> Iterator[tuple[str, bytes]]:
    return ((f"film-{number}.png", b"x" * number) for number in (1, 2, 3))


def test_all_of_them_are_there(tmp_path: Path) -> None:
    assert write_numbered(tmp_path / "film", three()) == 6
    assert [each.name for each in sorted((tmp_path / "film").iterdir())] == ["film-1.png", "film-2.png", "film-3.png"]
    assert [each.name for each in tmp_path.iterdir()] == ["film"]


def test_nothing_is_left_where_one_does_not_come(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[str, bytes]]:
        yield from three()
        raise KeyError

    with pytest.raises(KeyError):
        write_numbered(tmp_path / "film", broken())
    assert not list(tmp_path.iterdir())


def test_nothing_is_left_where_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(NnplayError, match=r"film: the file can't be written \(No space left on device\)"):
        write_numbered(tmp_path / "film", three())
    assert not list(tmp_path.iterdir())


def test_what_is_there_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "film").mkdir()
    for check in (check_new_folder, lambda path: write_numbered(path, three())):
        with pytest.raises(NnplayError, match="film: this is there already"):
            check(tmp_path / "film")
    with pytest.raises(NnplayError, match="there is no such folder"):
        check_new_folder(tmp_path / "nowhere" / "film")


def test_a_name_that_cannot_be_written_is_refused_before_the_work(tmp_path: Path) -> None:
    for name in ("n" * 300, "with\0nul"):
        with pytest.raises(NnplayError, match="can't be written"):
            check_writable(tmp_path / name)
    check_writable(tmp_path / "film.webp")
    assert not list(tmp_path.iterdir())
