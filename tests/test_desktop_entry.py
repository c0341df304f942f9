"""The entry in a person's own applications menu: written, understood by the desktop's tools, and taken away again."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from nnplay import desktop_entry
from nnplay.desktop_entry import ENTRY, SHARED, add, can_be_added, entry_text, is_added, own_share, remove, started_by
from nnplay.errors import NnplayError
from tests.screen_needs import ENTRIES, TYPES

ROOT = Path(__file__).parents[1]
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has such a menu")


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder `share` of an account that has nothing yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "everyone"))
    return tmp_path / "share"


def command_in(share: Path) -> str:
    lines = (share / ENTRY).read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith("Exec=")).removeprefix("Exec=")


def test_it_is_added_and_taken_away_without_a_trace(share: Path) -> None:
    assert not is_added()
    add()
    assert is_added()
    assert all((share / place).is_file() for place in SHARED.values())
    assert shlex.split(command_in(share)) == [sys.executable, str(ROOT / "main.py"), "%f"]
    remove()
    assert not is_added()
    assert not share.exists() or list(share.iterdir()) == []


def test_what_others_have_there_stays(share: Path) -> None:
    others = [
        share / "applications/other.desktop",
        share / "icons/hicolor/16x16/apps/other.png",
        share / "mime/packages/other.xml",
    ]
    for path in others:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info"/>')
    add()
    remove()
    assert all(path.is_file() for path in others)
    assert not list(share.rglob("*nnplay*"))


def test_a_second_time_it_is_written_anew(share: Path) -> None:
    add(["/old/nnplay"])
    add(["/new/nnplay"])
    assert command_in(share) == "/new/nnplay %f"


@pytest.mark.parametrize(
    ("command", "quoted"),
    [
        (["/usr/bin/nnplay"], "/usr/bin/nnplay"),
        (["/my programs/python", "/a/main.py"], '"/my programs/python" /a/main.py'),
        (['/a "b" $c/nnplay'], r'"/a \\"b\\" \\$c/nnplay"'),
        (["/100%/nnplay"], '"/100%%/nnplay"'),
        (["/a\\b"], r'"/a\\\\b"'),
    ],
)
def test_the_command_is_quoted_by_the_rules_of_entries(command: list[str], quoted: str) -> None:
    text = entry_text("[Desktop Entry]\nExec=nnplay %f\nIcon=nnplay\n", command)
    assert text == f"[Desktop Entry]\nExec={quoted} %f\nIcon=nnplay\n"


@pytest.mark.system_tools(ENTRIES, TYPES)
def test_the_desktops_own_tools_take_it(share: Path) -> None:
    add(["/my programs/python", '/100% "quoted" $HOME/main.py'])
    subprocess.run(["desktop-file-validate", str(share / ENTRY)], check=True)
    assert "application/x-nnplay=nnplay.desktop;" in (share / "applications/mimeinfo.cache").read_text()
    assert "application/x-nnplay:*.nnplay" in (share / "mime/globs").read_text()


def test_a_bundle_is_started_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/home/me/.local/lib/nnplay/nnplay")
    assert started_by() == ["/home/me/.local/lib/nnplay/nnplay"]


def test_an_installed_one_is_started_by_its_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desktop_entry, "__file__", str(tmp_path / "lib/site-packages/nnplay/desktop_entry.py"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin/python"))
    assert started_by() == [str(tmp_path / "bin/python"), "-m", "nnplay"]
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/nnplay").touch()
    assert started_by() == [str(tmp_path / "bin/nnplay")]


@linux_only
def test_where_a_package_has_added_it_for_everyone_there_is_nothing_to_add(share: Path, tmp_path: Path) -> None:
    assert can_be_added()
    (tmp_path / "everyone/applications").mkdir(parents=True)
    (tmp_path / "everyone" / ENTRY).touch()
    assert not can_be_added()


def test_what_cannot_be_written_is_told_and_leaves_nothing(share: Path) -> None:
    share.mkdir()
    (share / "icons").write_text("no folder")
    with pytest.raises(NnplayError, match="can't be written to"):
        add()
    assert {path.name for path in share.iterdir()} == {"icons"}


def test_a_relative_folder_of_data_is_no_folder_of_data(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "here")
    assert own_share() == Path.home() / ".local" / "share"
