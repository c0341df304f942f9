"""Pictures and figures out of the window, as a person gets them: keys, a dialog, a file."""

import csv
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QStandardPaths, Qt
from PySide6.QtGui import QAction, QCursor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nnplay.gui.files.export import ExportError, history_as_csv, picture_of, png_of, write_whole
from nnplay.gui.paint.figure import Figure, figure_of, titled
from nnplay.gui.theme.theme import Theme
from nnplay.gui.window.catalogue import PANELS
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import DataSpec, Experiment, ModelSpec
from nnplay.training.history import COLUMNS, Figures, History, Metrics

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
TypeName = Callable[..., list[str]]
ReadRefusal = Callable[[], list[str]]
XOR = Experiment(seed=42)
REGRESSION = Experiment(
    data=DataSpec(kind="plane", samples=40, train_share=0.5),
    model=ModelSpec(loss="mean_squared_error"),
)
PATIENCE = 20_000
KEYS = {"W": "window", "N": "network", "O": "output", "P": "plots", "H": "history"}


@pytest.fixture(autouse=True)
def test_folders(qtbot: QtBot):
    QStandardPaths.setTestModeEnabled(True)
    yield
    QStandardPaths.setTestModeEnabled(False)


def figure(window: MainWindow, name: str) -> Figure:
    """What is to stand in the picture of the panel of that name, or of the whole window."""
    if name == "window":
        return figure_of(window)
    panel = window.panel(name)
    return titled(panel.figure(), window.session.theme.palette)


def colours(image: QImage) -> int:
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})


def export(qtbot: QtBot, window: MainWindow, press: Press, key: str) -> None:
    """Press the keys of one export, and wait until it is said to be done."""
    with qtbot.waitSignal(
        window.session.message, check_params_cb=lambda said: said.startswith("Wrote "), timeout=PATIENCE
    ):
        press(window, f"Ctrl+Shift+E, {key}")


def test_a_view_is_written_as_png_at_twice_its_size(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press, type_name: TypeName
):
    window = make_window(XOR)
    for key in ("W", "N", "O", "P"):
        proposed = type_name(str(tmp_path / f"picture {key}"))
        export(qtbot, window, press, key)
        image = QImage(str(tmp_path / f"picture {key}.png"))
        assert image.size() == 2 * figure(window, KEYS[key]).size.toSize()
        assert colours(image) > 20
        assert proposed == [f"xor {KEYS[key]}.png"]
        assert f"Wrote picture {key}.png" in window.statusBar().currentMessage()


def test_a_view_is_written_as_svg_that_looks_like_it(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press, type_name: TypeName
):
    window = make_window(XOR)
    for key in ("W", "N", "O", "P"):
        type_name(str(tmp_path / f"drawing {key}"), kind="SVG")
        export(qtbot, window, press, key)
        assert_looks_like(window, tmp_path / f"drawing {key}.svg", figure(window, KEYS[key]))


def assert_looks_like(window: MainWindow, path: Path, shown: Figure) -> None:
    renderer = QSvgRenderer(str(path))
    assert renderer.isValid()
    assert renderer.viewBoxF().size() == shown.size
    drawn = QImage(shown.size.toSize(), QImage.Format.Format_RGB32)
    painter = QPainter(drawn)
    renderer.render(painter)
    painter.end()
    background = window.session.theme.palette.panel
    seen = picture_of(shown, background, 1.0)
    places = [(x, y) for x in range(0, drawn.width(), 5) for y in range(0, drawn.height(), 5)]
    near = [abs(drawn.pixelColor(x, y).lightness() - seen.pixelColor(x, y).lightness()) < 32 for x, y in places]
    assert sum(near) > 0.95 * len(near)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("experiment", [XOR, REGRESSION], ids=["classes", "numbers"])
def test_no_control_is_in_a_figure(
    make_window: WindowMaker, theme: Theme, qapp: QApplication, mode: str, experiment: Experiment
):
    theme.set_mode(mode)
    window = make_window(experiment)
    for panel in [window.panel(row.key) for row in PANELS if row.picture]:
        for part in [panel, *panel.findChildren(QWidget)]:
            if isinstance(part, QAbstractButton | QAbstractSlider | QComboBox | QAbstractSpinBox | QTabBar | QLineEdit):
                part.setStyleSheet("background: #ff00ff; color: #ff00ff")
        qapp.processEvents()
        picture = picture_of(titled(panel.figure(), theme.palette), theme.palette.panel, 1.0)
        assert colours(picture) > 10
        assert picture.pixelColor(1, 1).name().upper() == theme.palette.panel
        pixels = np.frombuffer(picture.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint32)
        assert pixels.size == picture.width() * picture.height()
        assert not (pixels & 0xFFFFFF == 0xFF00FF).any()


def test_the_network_in_a_drawing_is_made_of_curves(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press, type_name: TypeName
):
    window = make_window(XOR)
    type_name(str(tmp_path / "network.svg"))
    export(qtbot, window, press, "N")
    drawing = (tmp_path / "network.svg").read_text()
    assert (
        drawing.count("<path") + drawing.count("<polyline") >= 12
    )  # an edge each, curved or straight: 2 × 4 and 4 × 1


def test_the_history_is_written_as_csv(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press, type_name: TypeName
):
    window = make_window(REGRESSION)
    for epoch in (1, 2):
        press(window, "Right")
        qtbot.waitUntil(lambda e=epoch: window.session.trainer.epoch == e and not window.session.running)
    type_name(str(tmp_path / "run"))
    export(qtbot, window, press, "H")
    with (tmp_path / "run.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["epoch"] for row in rows] == ["0", "1", "2"]
    figures = window.session.trainer.figures
    assert float(rows[-1]["train_loss"]) == figures.train.loss
    assert figures.test is not None
    assert float(rows[-1]["test_loss"]) == figures.test.loss
    assert rows[-1]["train_accuracy"] == rows[-1]["test_accuracy"] == ""


def test_the_last_moment_is_in_a_history_that_was_thinned():
    history = History(capacity=4)
    for epoch in range(8):
        history.append(Figures(epoch, Metrics(1.0 / (epoch + 1), None), None, 0.0))
    assert history_as_csv(history.rows(), Figures(7, Metrics(0.1, None), None, 0.0, 0.5)).count(b"\r\n") == (
        1 + len(history)
    ), "a row is a whole epoch"
    now = Figures(7, Metrics(0.125, 0.5), None, 0.25)
    lines = history_as_csv(history.rows(), now).decode().splitlines()
    assert lines[0].split(",")[6:9] == ["last_epoch", "train_loss_lowest", "train_loss_highest"]
    assert lines[-1] == "7,0.125,,0.25,0.5,,7,0.125,0.125,,,0.25,0.25,0.5,0.5,,"
    first = lines[1].split(",")
    assert first[6:9] == [str(history.interval - 1), repr(1 / history.interval), "1.0"]
    assert lines[1].startswith("0,1.0,")
    assert len(lines) == 2 + len(history)


def test_a_name_with_a_point_still_gets_its_suffix(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press, type_name: TypeName
):
    window = make_window(XOR)
    type_name(str(tmp_path / "rate 0.5"))
    export(qtbot, window, press, "N")
    assert [path.name for path in tmp_path.glob("rate*")] == ["rate 0.5.png"]


def test_what_cant_be_written_is_said_and_leaves_the_old_file_whole(
    qtbot: QtBot,
    make_window: WindowMaker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    press: Press,
    read_refusal: ReadRefusal,
):
    window = make_window(XOR)
    monkeypatch.setattr("nnplay.gui.files.pictures.ask_where", lambda *_: tmp_path / "no folder" / "picture.png")
    said = read_refusal()
    press(window, "Ctrl+Shift+E, N")
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE)
    assert "picture.png: the file can't be written" in said[0]
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(ExportError):
        write_whole(tmp_path / "folder.png", b"x")


def test_a_picture_is_compressed_and_written_while_the_window_goes_on(
    qtbot: QtBot,
    make_window: WindowMaker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    press: Press,
    type_name: TypeName,
):
    window, may_end = make_window(XOR), threading.Event()

    def compress_slowly(image: QImage) -> bytes:
        assert may_end.wait(PATIENCE / 1000)
        return png_of(image)

    monkeypatch.setattr("nnplay.gui.files.pictures.png_of", compress_slowly)
    type_name(str(tmp_path / "picture.png"))
    press(window, "Ctrl+Shift+E, N")
    size, seen = figure(window, "network").size.toSize(), window.session.theme.palette
    press(window, "Ctrl+D")
    assert window.session.theme.palette != seen
    assert not (tmp_path / "picture.png").exists()
    with qtbot.waitSignal(window.session.message, timeout=PATIENCE):
        may_end.set()
    assert QImage(str(tmp_path / "picture.png")).size() == 2 * size


def test_a_window_that_is_closed_at_once_still_leaves_the_picture(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press, type_name: TypeName
):
    window = make_window(XOR)
    type_name(str(tmp_path / "picture.png"))
    press(window, "Ctrl+Shift+E, W")
    window.close()
    assert QImage(str(tmp_path / "picture.png")).size() == 2 * window.size()


def test_copy_takes_the_view_under_the_pointer(
    qtbot: QtBot, make_window: WindowMaker, monkeypatch: pytest.MonkeyPatch, press: Press
):
    window = make_window(XOR)
    for name in ("network", "output", "plots"):
        panel = window.panel(name)
        place = panel.mapToGlobal(panel.rect().center())
        monkeypatch.setattr(QCursor, "pos", lambda place=place: QPoint(place))
        press(window, "Ctrl+Shift+C")
        assert QGuiApplication.clipboard().image().size() == 2 * figure(window, name).size.toSize()
    monkeypatch.setattr(QCursor, "pos", lambda: QPoint(-5, -5))
    window.centralWidget().setFocus()
    press(window, "Ctrl+Shift+C")
    assert QGuiApplication.clipboard().image().size() == 2 * window.size()
    window.panel("network").canvas.setFocus()
    press(window, "Ctrl+Shift+C")
    assert QGuiApplication.clipboard().image().size() == 2 * figure(window, "network").size.toSize()


def test_copy_from_the_menu_takes_the_view_with_the_keyboard(
    qtbot: QtBot, make_window: WindowMaker, monkeypatch: pytest.MonkeyPatch
):
    window = make_window(XOR)
    place = window.panel("network").mapToGlobal(QPoint(20, 20))  # where the menu hangs over the drawing
    monkeypatch.setattr(QCursor, "pos", lambda: QPoint(place))
    window.panel("output").view.setFocus()
    menu = next(menu for menu in window.menuBar().findChildren(QMenu) if menu.title() == "&Edit")
    menu.popup(window.mapToGlobal(QPoint(60, 20)))
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(window.actions_.copy_picture).center())
    assert QGuiApplication.clipboard().image().size() == 2 * figure(window, "output").size.toSize()


def test_a_right_click_on_the_plots_has_their_picture(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(XOR)
    panel = window.panel("plots")
    copy = next(action for action in panel.actions() if action.text() == "Copy Picture")
    assert isinstance(copy, QAction)
    assert panel.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu
    copy.trigger()
    assert QGuiApplication.clipboard().image().size() == 2 * figure(window, "plots").size.toSize()


def test_a_closed_view_has_no_picture(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(XOR)
    qtbot.mouseClick(window.place("plots").close_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.session.refused) as refused:
        press(window, "Ctrl+Shift+E, P")
    assert refused.args == ["Plots is closed: the View menu brings it back"]
