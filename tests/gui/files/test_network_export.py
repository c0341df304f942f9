"""The run leaves in a format that was chosen, and weights come back, by the menu and by a drop."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from nnplay.experiments.export import FORMATS, onnx
from nnplay.gui.files.network_export_page import NetworkExportPage
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_units
from nnplay.training.experiment import Experiment

WhenOpen = Callable[[type[QDialog], Callable[[QDialog], object]], list[QDialog]]
TypeName = Callable[..., list[str]]


@pytest.fixture
def window(make_window: Callable[[Experiment], MainWindow], qtbot: QtBot) -> MainWindow:
    """One with three epochs of training behind it."""
    window = make_window(Experiment())
    for _ in range(3):
        window.session.step_epoch()
        qtbot.waitUntil(lambda: not window.session.running)
    return window


def choose(row: int, qtbot: QtBot) -> Callable[[QDialog], object]:
    """Go down to a row with the keys, and take it."""

    def act(page: QDialog) -> None:
        assert isinstance(page, NetworkExportPage)
        for _ in range(row):
            qtbot.keyClick(page.list, Qt.Key.Key_Down)
        qtbot.mouseClick(page.export, Qt.MouseButton.LeftButton)

    return act


@pytest.mark.parametrize("key", FORMATS)
def test_each_format_is_written_by_the_page(
    window: MainWindow, tmp_path: Path, when_open: WhenOpen, type_name: TypeName, qtbot: QtBot, key: str
) -> None:
    path = tmp_path / f"mine{FORMATS[key].suffix}"

    def act(page: QDialog) -> None:
        proposed.append(type_name(str(path)))
        choose(list(FORMATS).index(key), qtbot)(page)

    proposed: list[list[str]] = []
    when_open(NetworkExportPage, act)
    window.actions_.export_network.trigger()
    qtbot.waitUntil(path.exists)
    assert path.stat().st_size > 100
    assert proposed[0][0].startswith("XOR")
    assert all(path.with_suffix(suffix).exists() for suffix in FORMATS[key].beside)


def test_a_format_that_cannot_hold_the_run_says_why(
    window: MainWindow, when_open: WhenOpen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx, "ACTIVATIONS_IN_ONNX", {})
    said: dict[str, tuple[bool, str]] = {}

    def act(page: QDialog) -> None:
        assert isinstance(page, NetworkExportPage)
        for row in range(page.list.count()):
            item = page.list.item(row)
            usable = bool(item.flags() & Qt.ItemFlag.ItemIsEnabled)
            said[item.data(Qt.ItemDataRole.UserRole)] = usable, item.toolTip()
        page.reject()

    when_open(NetworkExportPage, act)
    window.actions_.export_network.trigger()
    assert [key for key, (usable, _) in said.items() if not usable] == ["onnx"]
    assert "relu" in said["onnx"][1]


def test_weights_come_back_and_can_be_undone(
    window: MainWindow, tmp_path: Path, when_open: WhenOpen, type_name: TypeName, qtbot: QtBot
) -> None:
    path = tmp_path / "kept.safetensors"
    when_open(NetworkExportPage, lambda page: (type_name(str(path)), choose(5, qtbot)(page)))
    window.actions_.export_network.trigger()
    qtbot.waitUntil(path.exists)
    trained = [weights.copy() for weights in window.session.trainer.network.weights]
    window.session.reset()
    window.open_file(path)
    qtbot.waitUntil(lambda: np.array_equal(window.session.trainer.network.weights[0], trained[0]))
    assert window.session.trainer.epoch == 0
    window.actions_.undo.trigger()
    assert not np.array_equal(window.session.trainer.network.weights[0], trained[0])


def test_weights_of_another_network_are_refused(
    window: MainWindow, tmp_path: Path, when_open: WhenOpen, type_name: TypeName, qtbot: QtBot,
    read_refusal: Callable[[], list[str]],
) -> None:  # fmt: skip
    path = tmp_path / "kept.safetensors"
    when_open(NetworkExportPage, lambda page: (type_name(str(path)), choose(5, qtbot)(page)))
    window.actions_.export_network.trigger()
    qtbot.waitUntil(path.exists)
    wider = with_units(window.session.experiment, 0, 7)
    assert wider is not None
    window.session.change("Units", wider)
    before = [weights.copy() for weights in window.session.trainer.network.weights]
    said = read_refusal()
    window.open_file(path)
    qtbot.waitUntil(lambda: bool(said))
    assert "(2, 4)" in said[0]
    now = window.session.trainer.network.weights
    assert all(np.array_equal(old, new) for old, new in zip(before, now, strict=True))


def test_what_lies_beside_a_program_is_not_replaced_unasked(
    window: MainWindow, tmp_path: Path, when_open: WhenOpen, type_name: TypeName, qtbot: QtBot
) -> None:
    mine = tmp_path / "mine.npz"
    mine.write_text("mine")
    path = tmp_path / "mine.py"
    when_open(NetworkExportPage, lambda page: (type_name(str(path)), choose(0, qtbot)(page)))
    with qtbot.waitSignal(window.session.refused) as told:
        window.actions_.export_network.trigger()
    assert told.args == ["mine.npz would be replaced by what belongs to mine.py: choose another name"]
    assert mine.read_text() == "mine"
    assert not path.exists()


def test_a_program_is_not_named_as_what_it_imports(
    window: MainWindow, tmp_path: Path, when_open: WhenOpen, type_name: TypeName, qtbot: QtBot,
    read_refusal: Callable[[], list[str]],
) -> None:  # fmt: skip
    said = read_refusal()
    path = tmp_path / "numpy.py"
    when_open(NetworkExportPage, lambda page: (type_name(str(path)), choose(0, qtbot)(page)))
    window.actions_.export_network.trigger()
    qtbot.waitUntil(lambda: bool(said))
    assert "in place of the module numpy" in said[0]
    assert not path.exists()
