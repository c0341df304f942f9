"""The folder of the shelf, with what else may be in it."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.experiments import Document, glance, read_document, write_document
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_own
from nnplay.training.experiment import MOST_NAME, YOURS, DataSpec, Experiment

Start = Callable[..., MainWindow]
Press = Callable[[MainWindow, str], None]
ODD_NAMES = (
    "<b>bold</b> & <img src=/etc/hostname>", "two\nlines\tand a tab", "漢字🙂 עברית ‮abc", "x" * MOST_NAME, "&File", " ",
    "%s {name} {0}", "C:\\con", "|", "Yours", "XOR",
)  # fmt: skip


def put(folder: Path, stem: str, name: str, points: int = 4) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    table = Table(np.full((points, 2), 0.5), np.arange(points) % 2)
    data = DataSpec(kind=YOURS, table=table, name=name, key="0a")
    write_document(Document(experiment=with_own(Experiment(), data)), folder / f"{stem}.nnplay")
    return folder / f"{stem}.nnplay"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "data-sets"


@pytest.mark.parametrize("stem", ["My points", "0A", "x" * 33, "0b copy", "ä"])
def test_a_file_that_no_window_put_there_is_left_alone(start: Start, press: Press, folder: Path, stem: str):
    path = put(folder, stem, "Mine")
    before = path.read_bytes()
    window = start()
    assert window.session.shelf.entries() == []
    press(window, "Ctrl+Q")
    assert path.read_bytes() == before


def test_what_was_half_written_is_taken_away(start: Start, folder: Path):
    whole = put(folder, "0a", "Mine")
    half = folder / ".0a.nnplay.7f3a.new"
    half.write_bytes(whole.read_bytes()[:200])
    start()
    assert not half.exists()
    assert whole.exists()


def test_many_with_odd_names(qtbot: QtBot, start: Start, press: Press, folder: Path):
    for number in range(60):
        put(folder, f"0{number:02}", ODD_NAMES[number % len(ODD_NAMES)], 4 + number)
    window = start()
    gallery = window.panel("data").gallery
    qtbot.waitUntil(lambda: len(window.session.shelf.entries()) == 60)
    hidden = [action for action in gallery.more_menu.actions() if action.isEnabled()]
    assert len(hidden) + len(gallery.names()) > 60
    hidden[-1].trigger()  # the oldest
    qtbot.waitUntil(lambda: window.session.experiment.data.key == "000")
    assert len(window.session.prepared.table) == 4
    assert gallery.button("000").isChecked()
    for key in [name for name in gallery.names() if name.startswith("0")]:
        qtbot.mouseClick(gallery.button(key), Qt.MouseButton.LeftButton)
        assert "\n" not in window.windowTitle()
        assert window.session.experiment.data.key == key
    press(window, "Ctrl+Q")
    names = {read_document(path).experiment.data.name for path in folder.glob("*.nnplay")}
    assert names == set(ODD_NAMES)


def test_one_that_turns_out_to_be_broken_when_it_is_chosen_is_told_and_gone(
    qtbot: QtBot, start: Start, folder: Path, monkeypatch: pytest.MonkeyPatch, read_refusal
):
    monkeypatch.setattr(glance, "WHOLE_BYTES", 0)  # as if it were so long that only its first rows are looked at
    path = put(folder, "0a", "Mine")
    tree = json.loads(path.read_text())
    tree["experiment"]["model"]["loss"] = "nonsense"
    path.write_text(json.dumps(tree))
    window = start()
    gallery, before = window.panel("data").gallery, window.session.experiment
    said = read_refusal()
    qtbot.mouseClick(gallery.button("0a"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert "nonsense" in said[0]
    assert window.session.experiment is before
    qtbot.waitUntil(lambda: "0a" not in gallery.names(), timeout=20_000)
    assert (folder / "0a.unreadable").exists()
