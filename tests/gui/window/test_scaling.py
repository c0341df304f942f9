"""The whole window larger and smaller: by keys, remembered, within the screen, with nothing cut."""

import ast
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import TypeGuard

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.theme.icons import icon
from nnplay.gui.theme.palette import LIGHT
from nnplay.gui.theme.scale import SCALES, scale, set_factor
from nnplay.gui.widgets import screen_fit
from nnplay.gui.widgets.short_label import ShortLabel
from nnplay.gui.window.dock_area import LEFT_WIDTH, RIGHT_WIDTH
from nnplay.gui.window.layout import DEFAULT_SIZE, SMALLEST_SIZE
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.scaling import scale_in
from nnplay.training.experiment import Experiment

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
Start = Callable[..., MainWindow]
GUI = Path(screen_fit.__file__).parents[1]


def size_title(window: MainWindow) -> str:
    return window._size_menu.title()


def test_keys_make_all_larger_and_smaller_and_as_it_was(make_window: WindowMaker, press: Press):
    window = make_window(Experiment())
    height = window.transport.height()
    seen = []
    for keys in ("Ctrl++", "Ctrl+=", "Ctrl+-", "Ctrl+-", "Ctrl+-", "Ctrl+0"):
        press(window, keys)
        seen.append(scale())
    assert seen == [1.1, 1.25, 1.1, 1.0, 0.9, 1.0]
    assert size_title(window) == "Size (100 %)"
    window.session.theme.set_scale(SCALES[-2])
    for _ in range(2):
        press(window, "Ctrl++")
        assert scale() == SCALES[-1]
    assert size_title(window) == "Size (200 %)"
    assert window.transport.height() > 1.6 * height
    window.session.theme.set_scale(SCALES[1])
    for _ in range(2):
        press(window, "Ctrl+-")
        assert scale() == SCALES[0]


def test_the_size_is_remembered_and_in_force_before_the_window_is_built(start: Start, press: Press):
    window = start()
    press(window, "Ctrl++")
    press(window, "Ctrl++")
    window.close()
    window.session.theme.set_scale(1.0)
    again = start()
    assert scale() == 1.25
    assert size_title(again) == "Size (125 %)"


def test_a_size_that_nobody_could_have_chosen_is_the_usual_one(start: Start):
    window = start()
    window.close()
    settings = window.scaling._settings
    for told in ("7", "0.1", "large", "nan"):
        settings.setValue("window/scale", told)
        assert scale_in(settings) == 1.0
    set_factor(1.25)
    start()
    assert scale() == 1.0


def test_the_columns_keep_their_proportion(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(Experiment())
    window.resize(2600, 1600)
    qtbot.waitUntil(lambda: window.place("output").width() == RIGHT_WIDTH)
    for factor in (1.5, 0.8, 1.0):
        window.session.theme.set_scale(factor)
        qtbot.waitUntil(lambda factor=factor: window.place("output").width() == RIGHT_WIDTH * factor)
        left = window.place("data")
        wanted = max(LEFT_WIDTH * factor, left.minimumSizeHint().width())
        qtbot.waitUntil(lambda left=left, wanted=wanted: abs(left.width() - wanted) <= 1)


def test_a_layout_of_one_size_is_restored_at_another(qtbot: QtBot, start: Start):
    window = start()
    window.resize(2600, 1600)
    output = window.place("output")
    window._dock_area.resizeDocks([output], [600], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: output.width() == 600)
    window._dock_area._given = None  # as after a drag
    window.close()
    window.scaling._settings.setValue("window/scale", 1.5)
    again = start()
    qtbot.waitUntil(lambda: again.place("output").width() == 900)


def test_window_and_dialogs_fit_the_screen(qtbot: QtBot, start: Start, press: Press, monkeypatch: pytest.MonkeyPatch):
    large = start()
    qtbot.waitUntil(lambda: large.size().toTuple() == DEFAULT_SIZE)
    large.resize(2400, 1500)
    large.close()
    room = QRect(0, 0, 1366, 728)
    monkeypatch.setattr(screen_fit, "available_room", lambda _: room)
    small = start()
    assert room.contains(small.frameGeometry())
    for factor in (1.0, 2.0):
        small.session.theme.set_scale(factor)
        qtbot.waitUntil(lambda: room.contains(small.frameGeometry()))
        press(small, "F1")
        dialog = small.findChild(QWidget, "shortcuts")
        assert room.size().expandedTo(dialog.size()) == room.size()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: small.findChild(QWidget, "shortcuts") is None)


def test_the_least_size_follows(make_window: WindowMaker):
    window = make_window(Experiment())
    for factor in (0.8, 1.5, 1.0):
        window.session.theme.set_scale(factor)
        assert window.minimumSize() == QSize(*(round(factor * length) for length in SMALLEST_SIZE))


def labels(window: MainWindow) -> Iterator[QLabel | QAbstractButton]:
    for widget in window.findChildren(QWidget):
        told = isinstance(widget, (QLabel, QPushButton)) and not isinstance(widget, ShortLabel) and widget.text()
        if told and widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield widget


def test_no_text_is_cut(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(Experiment())

    def cut() -> list[str]:
        found = []
        for label in labels(window):
            room = label.contentsRect()
            wrapped = Qt.TextFlag.TextWordWrap if isinstance(label, QLabel) and label.wordWrap() else 0
            needed = label.fontMetrics().boundingRect(QRect(0, 0, room.width(), 10_000), int(wrapped), label.text())
            if needed.width() > room.width() + 1 or needed.height() > room.height() + 1:
                found.append(f"{label.text()}: {needed.size().toTuple()} in {room.size().toTuple()}")
        return found

    for factor, panel in product((0.8, 1.0, 1.5, 2.0), ("data", "training")):
        window.session.theme.set_scale(factor)
        window.resize(*(round(factor * length) for length in DEFAULT_SIZE))
        window.place(panel).raise_()
        qtbot.waitUntil(window.panel(panel).isVisible)
        qtbot.waitUntil(lambda factor=factor: window.place("output").width() == RIGHT_WIDTH * factor)
        qtbot.waitUntil(lambda: not cut(), timeout=10_000)


CALLS = {
    "setContentsMargins", "setSpacing", "setHorizontalSpacing", "setVerticalSpacing", "setPixelSize", "setFixedWidth",
    "setFixedHeight", "setFixedSize", "setMinimumWidth", "setMinimumHeight", "setMinimumSize", "setMaximumWidth",
    "setMaximumHeight", "setMaximumSize", "setIconSize", "setIndentation", "setDefaultSectionSize",
    "setMinimumSectionSize", "addSpacing",
}  # fmt: skip


def literal_lengths(source: Path) -> Iterator[str]:
    """The calls that set a length to a number of pixels, which would be the same at each scale; 0 is 0 everywhere."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
            for argument in node.args:
                numbers = argument.args if is_size(argument) else [argument]
                if any(isinstance(each, ast.Constant) and each.value not in (0, None) for each in numbers):
                    yield f"{source.name}:{node.lineno} {node.func.attr}"
                if isinstance(argument, ast.Name) and argument.id.isupper():
                    yield f"{source.name}:{node.lineno} {node.func.attr}({argument.id})"


def is_size(argument: ast.expr) -> TypeGuard[ast.Call]:
    return isinstance(argument, ast.Call) and getattr(argument.func, "id", "") == "QSize"


def test_no_length_is_set_past_the_scale():
    sources = [source for source in GUI.rglob("*.py") if source.parent.name != "theme"]
    assert [found for source in sources for found in literal_lengths(source)] == []


def test_a_length_past_the_scale_is_found(tmp_path: Path):
    source = tmp_path / "x.py"
    source.write_text("a.setFixedWidth(12)\nb.setSpacing(0)\nc.setFixedHeight(px(9))\nd.setIconSize(QSize(9, 9))\n")
    assert [found.split()[0] for found in literal_lengths(source)] == ["x.py:1", "x.py:4"]


def test_icons_are_drawn_for_the_screen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    screen = type("Screen", (), {"devicePixelRatio": lambda _: 1.5})
    monkeypatch.setattr(QGuiApplication, "screens", staticmethod(lambda: [screen()]))
    picture = icon("play", LIGHT, 20).pixmap(QSize(20, 20), 1.5)
    assert picture.devicePixelRatio() == 1.5
    assert picture.size() == QSize(30, 30)


def test_a_pixel_is_as_large_as_the_screen_has_it(qtbot: QtBot):
    assert QGuiApplication.highDpiScaleFactorRoundingPolicy() is Qt.HighDpiScaleFactorRoundingPolicy.PassThrough


@pytest.mark.parametrize("factor", [0.8, 1.5])
def test_the_canvas_is_square_from_the_start_and_after_each_change(qtbot: QtBot, start: Start, factor: float):
    window = start()
    while scale() != factor:
        (window.scaling.enlarge if scale() < factor else window.scaling.shrink)()
    window.close()
    again = start()
    view = again.panel("output").view

    def is_square() -> bool:
        canvas = view.canvas_rect()
        return canvas.width() > 100 and abs(canvas.width() - canvas.height()) <= 1

    assert scale() == factor
    qtbot.waitUntil(is_square)
    view.set_plane((-200_000.0, 200_000.0, -200_000.0, 200_000.0))  # long figures
    qtbot.waitUntil(is_square)
    for _ in range(2):
        again.actions_.theme.trigger()
        qtbot.waitUntil(is_square)
    again.session.theme.set_scale(1.25)
    qtbot.waitUntil(is_square)
