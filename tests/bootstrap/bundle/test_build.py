"""`main.py --bundle`, with a small program in place of what PyInstaller makes, which takes minutes."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nnplay import __version__
from nnplay.bootstrap import bundle
from nnplay.bootstrap.bundle import freezing, places
from nnplay.bootstrap.bundle.freezing import SPECIFICATION, freeze, version_resource
from nnplay.bootstrap.fetching import StartError

NAME = places.full_name(__version__)


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that ends well, as the bundle."""

    def make(work: Path) -> Path:
        folder = work / "frozen" / "nnplay"
        folder.mkdir(parents=True)
        shutil.copy(shutil.which("true") or sys.executable, folder / "nnplay")
        return folder

    monkeypatch.setattr(bundle, "freeze", make)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what is made is another on each system")
@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is missing")
def test_the_folder_and_what_is_handed_on_are_in_dist_and_their_sizes_are_said(frozen: None, tmp_path: Path) -> None:
    said: list[str] = []
    assert bundle.build(tmp_path, [], said.append) == 0
    made = [f"{NAME}/nnplay", f"{NAME}.tar.xz", places.package_name(__version__)]
    assert all((tmp_path / "dist" / name).exists() for name in made)
    assert [line.split(": ")[0] for line in said[1:]] == [str(tmp_path / "dist" / name) for name in made]
    assert all(line.endswith(" MB") for line in said[1:])
    subprocess.run([str(tmp_path / "dist" / NAME / "nnplay" / "nnplay")], check=True)


def test_what_went_wrong_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(work: Path) -> Path:
        raise StartError("PyInstaller failed: no reason")

    monkeypatch.setattr(bundle, "freeze", fail)
    said: list[str] = []
    assert bundle.build(tmp_path, [], said.append) == 1
    assert said[-1] == "PyInstaller failed: no reason"


def test_a_folder_that_cannot_be_written_to_is_said(frozen: None, tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("no folder")
    said: list[str] = []
    assert bundle.build(tmp_path, [], said.append) == 1
    assert said[-1].startswith("the bundle can't be built (")


def test_it_takes_no_arguments(tmp_path: Path) -> None:
    said: list[str] = []
    assert bundle.build(tmp_path, ["--fast"], said.append) == 2
    assert said == ["--bundle takes no arguments; it got --fast"]
    assert list(tmp_path.iterdir()) == []


def test_pyinstallers_last_line_and_all_of_them_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run = subprocess.run
    failing = [sys.executable, "-c", "print('all is well'); print('ImportError: no such thing'); raise SystemExit(1)"]
    monkeypatch.setattr(freezing.subprocess, "run", lambda _, **options: run(failing, **options))
    log = tmp_path / "work" / "pyinstaller.log"
    with pytest.raises(StartError) as caught:
        freeze(tmp_path / "work")
    problem = "PyInstaller failed: ImportError: no such thing"
    assert str(caught.value) == f"{problem} (all that it said is in {log})"
    assert "all is well" in log.read_text()


def test_icons_are_there_before_pyinstaller_asks_for_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    freezing._make_resources(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"nnplay.ico", "nnplay.icns", "version.txt"}
    monkeypatch.setattr(sys, "platform", "win32")
    assert Path(str(places.icon_file(tmp_path))).is_file()
    assert Path(str(places.version_file(tmp_path))).is_file()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert Path(str(places.icon_file(tmp_path))).is_file()
    assert places.version_file(tmp_path) is None
    monkeypatch.setattr(sys, "platform", "linux")
    assert places.icon_file(tmp_path) is None


def test_the_version_resource_is_what_pyinstaller_reads() -> None:
    text = version_resource("1.20.3")
    called = {getattr(node.func, "id", "") for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)}
    assert {"VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "VarFileInfo"} <= called
    assert "filevers=(1, 20, 3, 0)" in text
    assert "StringStruct('ProductVersion', '1.20.3')" in text


def test_the_specification_is_python() -> None:
    compile(SPECIFICATION.read_text(encoding="utf-8"), str(SPECIFICATION), "exec")


@pytest.mark.parametrize(
    ("system", "processor", "name"),
    [
        ("linux", "x86_64", "nnplay-0.1.0-linux-x86_64"),
        ("win32", "AMD64", "nnplay-0.1.0-windows-x86_64"),
        ("darwin", "arm64", "nnplay-0.1.0-macos-arm64"),
        ("linux", "aarch64", "nnplay-0.1.0-linux-arm64"),
    ],
)
def test_names_have_version_system_and_processor(
    monkeypatch: pytest.MonkeyPatch, system: str, processor: str, name: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(places.platform, "machine", lambda: processor)
    assert places.full_name("0.1.0") == name


def test_macos_is_told_the_type_of_the_files() -> None:
    told = places.document_types()
    (document,) = told["CFBundleDocumentTypes"]  # type: ignore[misc]
    (declared,) = told["UTExportedTypeDeclarations"]  # type: ignore[misc]
    assert document["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == ["nnplay"]
