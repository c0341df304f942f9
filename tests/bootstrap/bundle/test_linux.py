"""The Debian package and the archive, made from a small program in place of the bundle, and looked into."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from nnplay import __version__
from nnplay.bootstrap.bundle import linux
from nnplay.bootstrap.bundle.places import full_name, package_name
from nnplay.bootstrap.fetching import StartError
from nnplay.desktop_entry import ENTRY, SHARED

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("objdump") is None, reason="objdump of binutils is missing"
)
needs_dpkg = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is missing")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A program like the bundle's: an executable that asks for the C library alone, and a file beside it."""
    made = tmp_path / "frozen" / "nnplay"
    made.mkdir(parents=True)
    shutil.copy("/bin/true", made / "nnplay")
    (made / "_internal").mkdir()
    (made / "_internal" / "data.txt").write_text("data")
    return made


def installed(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "HOME": str(home)} | {"PATH": os.environ["PATH"]}
    env.pop("XDG_DATA_HOME", None)
    return subprocess.run(list(arguments), env=env, capture_output=True, text=True)


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_the_packages_of_what_is_asked_for_are_found(folder: Path) -> None:
    first, *others = linux.system_packages(folder)
    assert first.startswith("libc6 (>= 2.")
    assert others == []


def test_a_library_of_no_known_package_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(linux.PACKAGES, "libc")
    with pytest.raises(StartError, match=r"nnplay needs libc\.so\.6, of which no package is known"):
        linux.system_packages(folder)


def test_a_library_that_is_in_the_bundle_asks_for_no_package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(linux.PACKAGES, "libc")
    (folder / "_internal" / "libc.so.6").touch()
    linux.system_packages(folder)


@needs_dpkg
def test_the_package_has_the_program_its_command_and_what_the_desktop_reads(folder: Path, tmp_path: Path) -> None:
    package = tmp_path / package_name(__version__)
    linux.make_deb(folder, tmp_path / "work", package)
    told = subprocess.run(["dpkg-deb", "-f", str(package)], capture_output=True, text=True, check=True).stdout
    assert f"Version: {__version__}\n" in told
    assert "Depends: libc6 (>= 2." in told
    out = tmp_path / "out"
    subprocess.run(["dpkg-deb", "-x", str(package), str(out)], check=True)
    assert (out / "usr/bin/nnplay").resolve() == (out / "usr/lib/nnplay/nnplay").resolve()
    assert os.access(out / "usr/lib/nnplay/nnplay", os.X_OK)
    assert {f"usr/share/{place}" for place in SHARED.values()} <= files(out)
    assert (out / "usr/share/doc/nnplay/copyright").is_file()
    listed = subprocess.run(["dpkg-deb", "-c", str(package)], capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in listed.splitlines()} == {"root/root"}
    members = subprocess.run(["ar", "t", str(package)], capture_output=True, text=True, check=True).stdout.split()
    assert members == ["debian-binary", "control.tar.zst", "data.tar.zst"]


@needs_dpkg
def test_the_same_program_gives_the_same_package(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("one", "two"):
        linux.make_deb(folder, tmp_path / "work", tmp_path / name)
        linux.make_archive(folder, tmp_path / "work", tmp_path / f"{name}.tar.xz")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.fixture
def unpacked(folder: Path, tmp_path: Path) -> Path:
    archive = tmp_path / f"{full_name(__version__)}.tar.xz"
    linux.make_archive(folder, tmp_path / "work", archive)
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path / "unpacked", filter="data")
    return tmp_path / "unpacked" / full_name(__version__)


@pytest.mark.parametrize("name", ["home", 'a home with $HOME & 100 % "in" it'])
def test_the_archive_is_installed_in_a_home_and_taken_away_again(unpacked: Path, tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    (home / ".local/share/applications").mkdir(parents=True)
    (home / ".local/share/applications/other.desktop").write_text("[Desktop Entry]\n")
    before = files(home)
    for _ in range(2):  # the second time it takes the place of the first
        done = installed(home, str(unpacked / "install"))
        assert (done.returncode, done.stderr) == (0, "")
    assert (home / ".local/bin/nnplay").resolve() == home / ".local/lib/nnplay/nnplay"
    assert {f".local/share/{place}" for place in SHARED.values()} <= files(home)
    entry = (home / ".local/share" / ENTRY).read_text(encoding="utf-8")
    line = next(line for line in entry.splitlines() if line.startswith("Exec="))
    assert line.endswith(" %f")
    assert command_of(line) == [str(home / ".local/lib/nnplay/nnplay"), "%f"]
    shutil.rmtree(unpacked)
    done = installed(home, str(home / ".local/lib/nnplay/install"), "--remove")
    assert (done.returncode, done.stderr) == (0, "")
    assert files(home) - {".local/share/applications/mimeinfo.cache"} == before


def command_of(line: str) -> list[str]:
    """What a desktop starts by a line Exec=, read by the rules of the specification."""
    text = line.removeprefix("Exec=").replace("\\\\", "\0").replace("\0", "\\")  # the escapes of a value
    words, word, quoted, at = [], "", False, 0
    while at < len(text):
        letter = text[at]
        if letter == '"':
            quoted = not quoted
        elif quoted and letter == "\\":
            at += 1
            word += text[at]
        elif letter == " " and not quoted:
            words.append(word)
            word = ""
        else:
            word += letter
        at += 1
    return [each.replace("%%", "%") for each in (*words, word)]


def test_what_nnplay_did_not_make_is_not_replaced(unpacked: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    own = home / ".local/lib/nnplay/mine"
    own.parent.mkdir(parents=True)
    own.touch()
    done = installed(home, str(unpacked / "install"))
    assert done.returncode == 1
    assert "is there already, and nnplay did not make it" in done.stderr
    assert files(home / ".local/lib/nnplay") == {"mine"}


def test_without_an_installation_there_is_nothing_to_remove(unpacked: Path, tmp_path: Path) -> None:
    done = installed(tmp_path, str(unpacked / "install"), "--remove")
    assert done.returncode == 1
    assert "is not installed" in done.stderr
