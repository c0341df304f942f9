"""The shelf: points of one's own are kept without a Save, and are there again whatever came in between."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.experiments import read_document
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_points
from nnplay.training.experiment import YOURS, DataSpec, Experiment
from tests.gui.window_hands import step

Start = Callable[..., MainWindow]
Press = Callable[[MainWindow, str], None]
PATIENCE = 20_000


def draw(qtbot: QtBot, window: MainWindow, *places: tuple[float, float]) -> None:
    for place in places:
        pixels = window.panel("output").to_widget(QPointF(*place))
        qtbot.mouseClick(window.panel("output").canvas, Qt.MouseButton.LeftButton, pos=pixels)


def choose(qtbot: QtBot, window: MainWindow, key: str) -> None:
    qtbot.mouseClick(window.panel("data").gallery.button(key), Qt.MouseButton.LeftButton)


def own(window: MainWindow) -> dict[str, str]:
    """The keys of one's own by their names, as the gallery shows them."""
    return {entry.data.name: entry.data.key for entry in window.session.shelf.entries()}


def tile(window: MainWindow, name: str) -> QToolButton:
    return window.panel("data").gallery.button(own(window)[name])


def at_rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.shelf_files.writing, timeout=PATIENCE)


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "kept" / "data-sets").glob("*.nnplay"))


def test_drawn_points_are_there_after_another_data_set_and_a_restart(qtbot: QtBot, start: Start, press: Press):
    window = start()
    draw(qtbot, window, (0.5, 0.2), (-0.3, 1.2))
    drawn = window.session.experiment.data
    assert drawn.name == "XOR 1"
    choose(qtbot, window, "circles")
    assert window.session.experiment.data.kind == "circles"
    press(window, "Ctrl+Q")
    again = start()
    assert again.session.experiment.data.kind == "circles"
    qtbot.mouseClick(tile(again, "XOR 1"), Qt.MouseButton.LeftButton)
    assert again.session.experiment.data == drawn
    assert tile(again, "XOR 1").isChecked()
    press(again, "Ctrl+Z")
    assert again.session.experiment.data.kind == "circles"
    press(again, "Ctrl+Shift+Z")
    assert again.session.experiment.data == drawn


def test_what_goes_on_being_drawn_is_kept_with_the_beat_and_at_the_end(
    qtbot: QtBot, start: Start, press: Press, tmp_path: Path
):
    window = start()
    qtbot.mouseClick(window.panel("data").draw, Qt.MouseButton.LeftButton)
    assert window.session.experiment.data.name == "Points 1"
    assert files(tmp_path) == [], "an empty plane is nobody's work yet"
    draw(qtbot, window, (0.5, 0.2))
    window.autosave.timer.timeout.emit()  # the half minute is over
    at_rest(qtbot, window)
    (path,) = files(tmp_path)
    assert len(read_document(path).experiment.data.table) == 1
    draw(qtbot, window, (0.1, 0.9))
    press(window, "Ctrl+Q")
    assert len(read_document(path).experiment.data.table) == 2
    assert read_document(path).experiment.data.name == "Points 1"


def test_drawing_starts_a_data_set_of_its_own_each_time(qtbot: QtBot, start: Start):
    window = start()
    for count in (1, 2):
        qtbot.mouseClick(window.panel("data").draw, Qt.MouseButton.LeftButton)
        draw(qtbot, window, (0.5, 0.2), (0.1 * count, 0.9))
    assert list(own(window)) == ["Points 2", "Points 1"], "the newest stands first"
    assert tile(window, "Points 1").text() == "Points 1", "it isn't cut"
    qtbot.mouseClick(tile(window, "Points 1"), Qt.MouseButton.LeftButton)
    draw(qtbot, window, (-0.5, 0.3))  # far from the others, which a click near them takes hold of
    assert list(own(window)) == ["Points 2", "Points 1"]
    qtbot.mouseClick(tile(window, "Points 2"), Qt.MouseButton.LeftButton)
    assert len(window.session.prepared.table) == 2
    qtbot.mouseClick(tile(window, "Points 1"), Qt.MouseButton.LeftButton)
    assert len(window.session.prepared.table) == 3


def test_an_accident_that_is_undone_leaves_nothing_behind(qtbot: QtBot, start: Start, press: Press, tmp_path: Path):
    window = start()
    draw(qtbot, window, (0.5, 0.2))
    assert list(own(window)) == ["XOR 1"]
    press(window, "Ctrl+Z")
    assert own(window) == {}
    press(window, "Ctrl+Shift+Z")
    assert list(own(window)) == ["XOR 1"]
    press(window, "Ctrl+Z")
    press(window, "Ctrl+Q")
    assert files(tmp_path) == []


def test_draw_and_clear_leave_the_network_as_trained_as_it_is(qtbot: QtBot, start: Start, press: Press):
    window = start()
    step(qtbot, window, press, 3)
    weights = window.session.trainer.network.parameters.copy()
    qtbot.mouseClick(window.panel("data").draw, Qt.MouseButton.LeftButton)
    assert len(window.session.prepared.table) == 0
    np.testing.assert_array_equal(window.session.trainer.network.parameters, weights)
    assert window.session.trainer.epoch == 3
    press(window, "Ctrl+Z")
    window.panel("output").board.clear()
    assert len(window.session.prepared.table) == 0
    np.testing.assert_array_equal(window.session.trainer.network.parameters, weights)
    assert window.session.trainer.epoch == 3


def test_a_name_by_keyboard_and_back(qtbot: QtBot, start: Start, press: Press, when_open, tmp_path: Path):
    window = start()
    draw(qtbot, window, (0.5, 0.2))
    choose(qtbot, window, "circles")
    at_rest(qtbot, window)

    def answer(name: str) -> None:
        def act(dialog: QInputDialog) -> None:
            dialog.setTextValue(name)
            dialog.accept()

        when_open(QInputDialog, act)

    answer("two moons & <b>a sun</b>")
    tile(window, "XOR 1").setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(tile(window, "XOR 1"), Qt.Key.Key_F2)
    assert list(own(window)) == ["two moons & <b>a sun</b>"]
    at_rest(qtbot, window)
    assert read_document(files(tmp_path)[0]).experiment.data.name == "two moons & <b>a sun</b>"
    press(window, "Ctrl+Z")
    assert list(own(window)) == ["XOR 1"]
    qtbot.mouseClick(tile(window, "XOR 1"), Qt.MouseButton.LeftButton)
    answer("open")
    tile(window, "XOR 1").setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(tile(window, "XOR 1"), Qt.Key.Key_F2)
    assert window.session.experiment.data.name == "open"
    assert window.windowTitle() == "open[*] — nnplay"
    press(window, "Ctrl+Q")
    assert read_document(files(tmp_path)[0]).experiment.data.name == "open"


def test_f2_renames_the_data_set_that_is_shown(qtbot: QtBot, start: Start, press: Press, when_open):
    window = start()
    press(window, "F2")
    draw(qtbot, window, (0.5, 0.2))
    qtbot.waitUntil(lambda: "XOR 1" in own(window))

    def answer(dialog: QInputDialog) -> None:
        dialog.setTextValue("mine")
        dialog.accept()

    when_open(QInputDialog, answer)
    press(window, "F2")
    assert window.session.experiment.data.name == "mine"


@pytest.mark.parametrize("while_open", [False, True])
def test_delete_by_keyboard_and_back(qtbot: QtBot, start: Start, press: Press, tmp_path: Path, while_open: bool):
    window = start()
    draw(qtbot, window, (0.5, 0.2))
    drawn = window.session.experiment.data
    choose(qtbot, window, "circles")
    at_rest(qtbot, window)
    if while_open:
        qtbot.mouseClick(tile(window, "XOR 1"), Qt.MouseButton.LeftButton)
    tile(window, "XOR 1").setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(tile(window, "XOR 1"), Qt.Key.Key_Delete)
    assert own(window) == {}
    assert files(tmp_path) == []
    assert window.session.experiment.data.kind == "circles"
    assert "Undo brings it back" in window.statusBar().currentMessage()
    press(window, "Ctrl+Z")
    assert list(own(window)) == ["XOR 1"]
    if while_open:
        assert window.session.experiment.data == drawn
    else:
        qtbot.mouseClick(tile(window, "XOR 1"), Qt.MouseButton.LeftButton)
        assert window.session.experiment.data == drawn
    press(window, "Ctrl+Q")
    assert read_document(files(tmp_path)[0]).experiment.data.table == drawn.table


def test_two_windows_dont_spoil_each_others_points(qtbot: QtBot, start: Start, press: Press, tmp_path: Path):
    one = start()
    draw(qtbot, one, (0.5, 0.2))
    one.autosave.timer.timeout.emit()
    at_rest(qtbot, one)
    other = start()
    qtbot.mouseClick(tile(other, "XOR 1"), Qt.MouseButton.LeftButton)
    assert other.session.experiment.data.name == "XOR 1 2"
    assert "open in another window" in other.statusBar().currentMessage()
    draw(qtbot, other, (0.1, 0.9), (0.2, 0.9))
    draw(qtbot, one, (0.8, 0.1))
    tile(other, "XOR 1").setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(tile(other, "XOR 1"), Qt.Key.Key_Delete)
    assert "open in another window" in other.banner.sentence.text()
    press(other, "Ctrl+Q")
    press(one, "Ctrl+Q")
    kept = {path: read_document(path).experiment.data for path in files(tmp_path)}
    assert {data.name: len(data.table) for data in kept.values()} == {"XOR 1": 6, "XOR 1 2": 7}


def test_what_another_window_draws_comes_into_the_gallery(qtbot: QtBot, start: Start):
    one = start()
    draw(qtbot, one, (0.5, 0.2))
    one.autosave.timer.timeout.emit()
    at_rest(qtbot, one)
    other = start()
    choose(qtbot, one, "circles")
    qtbot.mouseClick(one.panel("data").draw, Qt.MouseButton.LeftButton)
    draw(qtbot, one, (0.5, 0.2))
    choose(qtbot, one, "circles")
    qtbot.waitUntil(lambda: list(own(other)) == ["Points 1", "XOR 1"], timeout=PATIENCE)


def test_a_broken_file_is_told_and_set_aside(qtbot: QtBot, start: Start, tmp_path: Path):
    folder = tmp_path / "kept" / "data-sets"
    folder.mkdir(parents=True)
    (folder / "0123.nnplay").write_text("{ half a file")
    window = start()
    qtbot.waitUntil(lambda: "can't be read" in window.banner.sentence.text(), timeout=PATIENCE)
    assert own(window) == {}
    assert (folder / "0123.unreadable").read_text() == "{ half a file"


def test_an_experiment_file_with_an_older_state_doesnt_take_the_place_of_the_newer(
    qtbot: QtBot, start: Start, press: Press, tmp_path: Path, type_name
):
    window = start()
    draw(qtbot, window, (0.5, 0.2))
    type_name(str(tmp_path / "lesson"))
    press(window, "Ctrl+S")
    draw(qtbot, window, (0.8, 0.1))
    press(window, "Ctrl+Q")
    again = start(tmp_path / "lesson.nnplay")
    qtbot.waitUntil(lambda: again.session.experiment.data.name == "XOR 1 2", timeout=PATIENCE)
    assert len(again.session.prepared.table) == 5
    press(again, "Ctrl+Q")
    assert sorted(len(read_document(path).experiment.data.table) for path in files(tmp_path)) == [5, 6]


def test_an_import_is_an_entry_named_after_its_file_with_its_preparation(
    qtbot: QtBot, start: Start, press: Press, tmp_path: Path
):
    window = start()
    path = tmp_path / "flowers & co.csv"
    rows = [f"{k % 7},{k % 5},{'ab'[k % 2]}" for k in range(40)]
    path.write_text("length,width,kind\n" + "\n".join(rows))
    window.tables.import_path(path)
    page = window.findChild(QToolButton)  # any widget: the page is a dialog of the window
    assert page is not None
    from nnplay.gui.files.tables.page import ImportPage

    qtbot.waitUntil(lambda: window.findChild(ImportPage) is not None and window.findChild(ImportPage).isVisible())
    window.findChild(ImportPage).accept()
    qtbot.waitUntil(lambda: list(own(window)) == ["flowers & co"], timeout=PATIENCE)
    imported = window.session.experiment
    assert imported.data.preparation is not None
    choose(qtbot, window, "circles")
    press(window, "Ctrl+Q")
    again = start()
    qtbot.mouseClick(tile(again, "flowers & co"), Qt.MouseButton.LeftButton)
    assert again.session.experiment.data == imported.data
    assert again.session.experiment.data.table.class_names == ("a", "b")


def test_a_large_table_is_kept_and_opened_behind_the_window(qtbot: QtBot, start: Start, press: Press, tmp_path: Path):
    pixels = np.random.default_rng(0).integers(0, 256, (3000, 784)) / 255.0
    table = Table(pixels, np.arange(3000.0) % 10, "classification", (), tuple("0123456789"), (28, 28))
    window = start()
    data = DataSpec(kind=YOURS, table=table, train_share=0.8, name="letters")
    window.session.change("Letters", with_points(window.session.experiment, data))
    data = window.session.experiment.data
    choose(qtbot, window, "circles")
    at_rest(qtbot, window)
    entry = window.session.shelf.entry(data.key)
    assert entry is not None
    assert not entry.whole, "its points stay in the file alone"
    press(window, "Ctrl+Q")
    again = start()
    qtbot.waitUntil(lambda: list(own(again)) == ["letters"], timeout=PATIENCE)
    assert not again.session.shelf.entries()[0].whole
    qtbot.mouseClick(tile(again, "letters"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: again.session.experiment.data == data, timeout=PATIENCE)


def test_more_than_there_is_room_for_are_in_a_list(qtbot: QtBot, start: Start):
    window = start()
    for number in range(9):
        points = Table(np.full((3, 2), number / 9), np.zeros(3))
        data = DataSpec(kind=YOURS, table=points, name=f"set {number}")
        window.session.change("Points", with_points(window.session.experiment, data))
    gallery = window.panel("data").gallery
    listed = [action.text() for action in gallery.more_menu.actions()]
    assert gallery.more.isVisible()
    assert listed
    assert len(listed) + sum(key in own(window).values() for key in gallery.names()) == 9
    wanted = gallery.more_menu.actions()[-1]
    name = wanted.text()
    wanted.trigger()
    assert window.session.experiment.data.name == name
    assert tile(window, name).isChecked()


def test_the_menu_of_a_tile(qtbot: QtBot, start: Start):
    window = start()
    draw(qtbot, window, (0.5, 0.2))
    seen: list[str] = []

    def delete() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            timer.stop()
            seen.extend(action.text() for action in menu.actions())
            qtbot.keyClick(menu, Qt.Key.Key_Down)
            qtbot.keyClick(menu, Qt.Key.Key_Down)
            qtbot.keyClick(menu, Qt.Key.Key_Return)

    timer = QTimer(interval=5)
    timer.timeout.connect(delete)
    timer.start()
    tile(window, "XOR 1").customContextMenuRequested.emit(QPoint(5, 5))
    assert seen == ["Rename…", "Delete"]
    assert own(window) == {}


def test_a_disk_that_cant_take_it_stops_nobody(qtbot: QtBot, start: Start, press: Press, tmp_path: Path):
    (tmp_path / "kept").write_text("a file where the folder should be")
    window = start()
    draw(qtbot, window, (0.5, 0.2))
    choose(qtbot, window, "circles")
    qtbot.waitUntil(lambda: "could not be kept" in window.banner.sentence.text(), timeout=PATIENCE)
    qtbot.mouseClick(tile(window, "XOR 1"), Qt.MouseButton.LeftButton)
    assert len(window.session.prepared.table) == 5
    press(window, "Ctrl+Q")
    assert not window.isVisible()


def test_points_without_a_name_get_one(qtbot: QtBot, make_window):
    data = DataSpec(kind=YOURS, table=Table(np.zeros((3, 2)), np.zeros(3)))
    window = make_window(msgspec.structs.replace(Experiment(), data=data))
    qtbot.waitUntil(lambda: window.session.experiment.data.name == "Points 1")
    assert list(own(window)) == ["Points 1"]
    assert not window.files.modified
