"""Long work with files and texts: a bar with Cancel, a window that lives on, and nothing half done."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.experiments import Document, write_document
from nnplay.gui.files import digits, file_dialogs, points, waiting, work
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.tables import source
from nnplay.gui.files.waiting import WaitingDialog
from nnplay.gui.files.work import Work
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_table
from nnplay.training.experiment import Experiment
from tests.gui.files.gate import Gate
from tests.gui.files.idx_files import IMAGES, LABELS, write
from tests.gui.files.import_hands import open_page

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
TypeName = Callable[..., list[str]]
XOR = Experiment(seed=42)
ROWS = "x,y,kind\n" + "1.5,2.5,a\n3,4,b\n" * 6
MANY = 30_000


def held(gate: Gate, work: Callable[..., object]) -> Callable[..., object]:
    """The same work, held."""

    def hold(*args: object, progress: Progress, **names: object) -> object:
        return work(*args, progress=gate.hold(progress, begun=True), **names)

    return hold


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """All long work is held, and the bar comes at once."""
    gate = Gate()
    monkeypatch.setattr(waiting, "PATIENCE_MS", 5)
    monkeypatch.setattr(work, "AT_ONCE_MS", 0)
    for module, name in ((source, "read_file"), (source, "read_text"), (digits, "read_images")):
        monkeypatch.setattr(module, name, held(gate, getattr(module, name)))
    read = file_dialogs.read_run
    monkeypatch.setattr(file_dialogs, "read_run", lambda path, progress: read(path, gate.hold(progress)))
    for name in ("write_csv", "table_to_text"):
        write = getattr(points, name)
        monkeypatch.setattr(points, name, lambda *args, write=write: write(*args[:-1], gate.hold(args[-1])))
    yield gate
    gate.open.set()


def bar(qtbot: QtBot) -> WaitingDialog:
    """The dialog with the bar, once it is there and the work is held."""
    qtbot.waitUntil(lambda: bool(bars()))
    return bars()[0]


def bars() -> list[WaitingDialog]:
    """The bars on the screen."""
    return [
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, WaitingDialog) and widget.isVisible()
    ]


def click_cancel(qtbot: QtBot, dialog: WaitingDialog) -> None:
    qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)


def press_escape(qtbot: QtBot, dialog: WaitingDialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def ended(window: MainWindow) -> bool:
    """Whether no thread is at work any more; each is a child of its `Work`."""
    return not window.findChildren(Work)


def many_points(window: MainWindow) -> Table:
    generator = np.random.default_rng(0)
    table = Table(generator.uniform(-5, 5, (MANY, 2)), (np.arange(MANY) % 2).astype(float))
    window.session.change("many", with_table(window.session.experiment, table, (0, 1)))
    return table


@pytest.mark.parametrize("cancel", [click_cancel, press_escape])
def test_reading_a_table_is_cancelled(
    qtbot: QtBot,
    make_window: WindowMaker,
    tmp_path: Path,
    gate: Gate,
    press: Press,
    type_name: TypeName,
    cancel: Callable[[QtBot, WaitingDialog], None],
):
    window = make_window(XOR)
    path = tmp_path / "large.csv"
    path.write_text(ROWS)
    type_name(str(path))
    press(window, "Ctrl+I")
    dialog = bar(qtbot)
    assert dialog.label.text() == "Reading large.csv"
    assert gate.reached.wait(5)
    qtbot.waitUntil(lambda: dialog.bar.value() > 0)
    cancel(qtbot, dialog)
    qtbot.waitUntil(lambda: ended(window))
    assert not bars()
    assert window.session.experiment == XOR
    assert window.session.undo_stack.count() == 0
    press(window, "Right")  # and the window is there again
    qtbot.waitUntil(lambda: window.session.trainer.epoch == 1)


def test_the_window_trains_on_while_a_file_is_read(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, gate: Gate):
    window = make_window(XOR)
    path = tmp_path / "large.csv"
    path.write_text(ROWS)
    window.session.toggle_training()
    window.tables.import_path(path)
    bar(qtbot)
    epoch = window.transport.epoch.text()
    qtbot.waitUntil(lambda: window.transport.epoch.text() != epoch)
    window.session.pause()
    qtbot.waitUntil(lambda: not window.session.running)
    gate.open.set()
    open_page(qtbot).accept()
    qtbot.waitUntil(lambda: len(window.session.prepared.table) == 12)
    qtbot.waitUntil(lambda: ended(window))


def test_reading_pictures_is_cancelled(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, gate: Gate):
    window = make_window(XOR)
    write(tmp_path / "train-labels-idx1-ubyte", LABELS)
    window.digits.import_path(write(tmp_path / "train-images-idx3-ubyte", IMAGES))
    click_cancel(qtbot, bar(qtbot))
    qtbot.waitUntil(lambda: ended(window))
    assert window.session.experiment == XOR


@pytest.mark.parametrize("before", [None, b"what was there"])
def test_a_cancelled_export_leaves_the_folder_as_it_was(
    qtbot: QtBot,
    make_window: WindowMaker,
    tmp_path: Path,
    gate: Gate,
    monkeypatch: pytest.MonkeyPatch,
    before: bytes | None,
):
    window, folder = make_window(XOR), tmp_path / "there"
    folder.mkdir()
    path = folder / "points.csv"
    if before is not None:
        path.write_bytes(before)
    many_points(window)
    monkeypatch.setattr(points, "ask_where", lambda *_: path)
    window.actions_.export_points.trigger()
    dialog = bar(qtbot)
    assert gate.reached.wait(5)
    assert len(list(folder.iterdir())) == (1 if before is None else 2)  # half of it, under another name
    press_escape(qtbot, dialog)
    qtbot.waitUntil(lambda: ended(window))
    assert [file.read_bytes() for file in folder.iterdir()] == ([] if before is None else [before])


def test_a_long_export_comes_whole(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press, type_name: TypeName
):
    window, path = make_window(XOR), tmp_path / "points.csv"
    many_points(window)
    type_name(str(path))
    press(window, "Ctrl+E")
    qtbot.waitUntil(lambda: "30,000 points written to points.csv" in window.statusBar().currentMessage())
    assert len(path.read_text().splitlines()) == MANY + 1
    qtbot.waitUntil(lambda: ended(window))


def test_a_long_paste_is_cancelled(qtbot: QtBot, make_window: WindowMaker, gate: Gate, press: Press):
    window = make_window(XOR)
    QGuiApplication.clipboard().setText(ROWS + "5,6,b\n" * MANY * 2)
    press(window, "Ctrl+V")
    click_cancel(qtbot, bar(qtbot))
    qtbot.waitUntil(lambda: ended(window))
    assert window.session.experiment == XOR


def test_a_long_copy_comes_back_by_a_long_paste(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(XOR)
    table = many_points(window)
    QGuiApplication.clipboard().clear()
    press(window, "Ctrl+C")
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    press(window, "Ctrl+Z")
    assert window.session.experiment == XOR
    press(window, "Ctrl+V")
    qtbot.waitUntil(lambda: len(window.session.prepared.table) == MANY)
    np.testing.assert_array_equal(window.session.prepared.table.inputs, table.inputs)


def test_a_cancelled_copy_leaves_the_clipboard(qtbot: QtBot, make_window: WindowMaker, gate: Gate, press: Press):
    window = make_window(XOR)
    many_points(window)
    QGuiApplication.clipboard().setText("what was there")
    press(window, "Ctrl+C")
    press_escape(qtbot, bar(qtbot))
    qtbot.waitUntil(lambda: ended(window))
    assert QGuiApplication.clipboard().text() == "what was there"


def test_a_text_that_is_no_table_is_refused_after_the_wait(
    qtbot: QtBot, make_window: WindowMaker, press: Press, read_refusal: Callable[[], list[str]]
):
    window, said = make_window(XOR), read_refusal()
    QGuiApplication.clipboard().setText("word\n" * MANY * 2)
    press(window, "Ctrl+V")
    qtbot.waitUntil(lambda: bool(said))
    assert "no column is an input" in said[0]
    assert window.session.experiment == XOR


def test_closing_the_window_ends_what_is_under_way(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, gate: Gate):
    window = make_window(XOR)
    path = tmp_path / "large.csv"
    path.write_text(ROWS)
    window.tables.import_path(path)
    assert gate.reached.wait(5)
    window.close()
    qtbot.waitUntil(lambda: ended(window))
    assert window.session.experiment == XOR


def test_the_window_is_closed_by_its_key_also_where_the_bar_has_the_keyboard(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, gate: Gate, press: Press
):
    window = make_window(XOR)
    path = tmp_path / "large.csv"
    path.write_text(ROWS)
    window.tables.import_path(path)
    dialog = bar(qtbot)
    assert dialog.windowModality() == Qt.WindowModality.NonModal  # Qt lets nobody close a window below a modal one
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: window.session.trainer.epoch == 1 and not window.session.running)
    qtbot.keyClick(dialog, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: ended(window))
    assert not window.isVisible()
    assert not bars()


def saved(path: Path) -> Path:
    """A file of another experiment."""
    write_document(Document(experiment=Experiment(seed=7)), path)
    return path


def test_opening_an_experiment_is_cancelled(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, gate: Gate):
    window = make_window(XOR)
    window.file_dialogs.open_path(saved(tmp_path / "large.nnplay"))
    dialog = bar(qtbot)
    assert dialog.label.text() == "Opening large.nnplay"
    click_cancel(qtbot, dialog)
    qtbot.waitUntil(lambda: ended(window))
    assert window.session.experiment == XOR
    assert window.files.recent == []


def test_a_long_experiment_is_open_after_the_wait(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, gate: Gate, press: Press
):
    window = make_window(XOR)
    path = saved(tmp_path / "large.nnplay")
    window.file_dialogs.open_path(path)
    bar(qtbot)
    gate.open.set()
    qtbot.waitUntil(lambda: ended(window))
    assert window.session.experiment.seed == 7
    assert window.files.path == path.resolve()
    press(window, "Ctrl+Z")
    assert window.session.experiment == XOR
    assert window.files.path is None


def test_a_long_file_that_is_no_experiment_is_refused_after_the_wait(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, gate: Gate, read_refusal: Callable[[], list[str]]
):
    window, said = make_window(XOR), read_refusal()
    path = tmp_path / "large.nnplay"
    path.write_text("{")
    window.file_dialogs.open_path(path)
    bar(qtbot)
    gate.open.set()
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith(f"{path}: this is not JSON")
    assert window.session.experiment == XOR


def test_what_was_asked_for_last_is_what_comes(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, gate: Gate, press: Press
):
    window = make_window(XOR)
    window.file_dialogs.open_path(saved(tmp_path / "first.nnplay"))
    bar(qtbot)
    window.file_dialogs.open_path(saved(tmp_path / "second.nnplay"))
    qtbot.waitUntil(lambda: [dialog.label.text() for dialog in bars()] == ["Opening second.nnplay"])
    gate.open.set()
    qtbot.waitUntil(lambda: ended(window))
    assert [path.name for path in window.files.recent] == ["second.nnplay"]
    gate.open.clear()
    window.file_dialogs.open_path(tmp_path / "first.nnplay")
    bar(qtbot)
    press(window, "Ctrl+N")
    gate.open.set()
    qtbot.waitUntil(lambda: ended(window))
    assert window.session.experiment.seed != 7
    assert window.session.undo_stack.count() == 2
