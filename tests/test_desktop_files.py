"""What the desktop reads of nnplay passes the desktop's own tools, and the icons are those of their drawings."""

import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QColor, QImage

from nnplay import __version__
from nnplay.experiments import Document, write_document
from nnplay.training.experiment import Experiment
from tests.icons import drawn, pictures
from tests.screen_needs import DESCRIPTIONS, ENTRIES, TYPES

ROOT = Path(__file__).parents[1]
DESKTOP = ROOT / "resources" / "desktop"
MOST_APART = 8
"""Of 255 a colour may be another on another version of Qt."""


@pytest.mark.system_tools(ENTRIES)
def test_the_entry_is_valid() -> None:
    done = subprocess.run(["desktop-file-validate", str(DESKTOP / "nnplay.desktop")], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.system_tools(DESCRIPTIONS)
def test_the_description_for_software_centres_is_valid() -> None:
    command = ["appstreamcli", "validate", "--no-net", str(DESKTOP / "nnplay.metainfo.xml")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_description_knows_this_version_and_its_pictures() -> None:
    tree = ElementTree.parse(DESKTOP / "nnplay.metainfo.xml")
    releases = tree.iterfind("./releases/release")
    assert __version__ in {release.get("version") for release in releases}
    for image in tree.iterfind(".//screenshot/image"):
        assert image.text is not None
        shown = QImage(str(ROOT / "resources" / "screenshots" / image.text.rsplit("/", 1)[1]))
        assert (str(shown.width()), str(shown.height())) == (image.get("width"), image.get("height"))


@pytest.mark.system_tools(TYPES)
def test_the_type_is_known_by_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "mime/packages").mkdir(parents=True)
    shutil.copy(DESKTOP / "nnplay-mime.xml", tmp_path / "mime/packages")
    done = subprocess.run(["update-mime-database", str(tmp_path / "mime")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "application/x-nnplay:*.nnplay" in (tmp_path / "mime/globs").read_text()
    assert b"application/x-nnplay" in (tmp_path / "mime/magic").read_bytes()


@pytest.mark.system_tools(TYPES)
@pytest.mark.skipif(shutil.which("gio") is None, reason="gio of libglib2.0-bin is missing")
def test_the_type_is_known_by_what_is_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "mime/packages").mkdir(parents=True)
    shutil.copy(DESKTOP / "nnplay-mime.xml", tmp_path / "mime/packages")
    subprocess.run(["update-mime-database", str(tmp_path / "mime")], check=True, capture_output=True)
    write_document(Document(experiment=Experiment()), tmp_path / "an experiment")
    env = os.environ | {"XDG_DATA_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    command = ["gio", "info", "-a", "standard::content-type", str(tmp_path / "an experiment")]
    assert "application/x-nnplay" in subprocess.run(command, env=env, capture_output=True, text=True).stdout


@pytest.mark.parametrize(
    ("name", "size", "path"), [pytest.param(*each, id=f"{each[0]} {each[1]}") for each in pictures()]
)
def test_the_pictures_are_those_of_the_drawing(qapp: object, name: str, size: int, path: Path) -> None:
    shown, fresh = QImage(str(path)), drawn(name, size)
    assert (shown.width(), shown.height()) == (size, size)
    apart = max(
        abs(one - other)
        for x in range(0, size, max(1, size // 16))
        for y in range(0, size, max(1, size // 16))
        for one, other in zip(shown.pixelColor(x, y).getRgb(), fresh.pixelColor(x, y).getRgb(), strict=True)
    )
    assert apart <= MOST_APART, "made anew by python -m tests.icons"


@pytest.mark.parametrize("background", ["#F3F4F7", "#14171C"])
def test_the_icon_is_legible_at_16_pixels_on_light_and_dark(qapp: object, background: str) -> None:
    icon = drawn("nnplay", 16)
    orange, blue, white = (icon.pixelColor(x, y) for x, y in ((10, 2), (8, 8), (4, 4)))
    assert orange.red() > 200 > orange.green() > orange.blue(), "the upper corner is orange"
    assert blue.blue() > 120 > blue.red(), "the middle is blue"
    assert white.lightness() > 200, "a point of the first class"
    assert icon.pixelColor(0, 0).alpha() < 128, "the corners are round"
    ground = QColor(background)
    for colour in (orange, blue):
        distance = sum(abs(a - b) for a, b in zip(colour.getRgb()[:3], ground.getRgb()[:3], strict=True))
        assert distance > 150, "it stands out"
