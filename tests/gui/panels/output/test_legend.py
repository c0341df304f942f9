"""The canvas says what its colours and points mean, and has what room there is."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QSettings, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.output.colour_key import ClassColours, Slope
from nnplay.gui.panels.output.drawing_area import DrawingArea
from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.gui.session.session import Session
from nnplay.gui.theme.class_colours import class_colour
from nnplay.gui.theme.theme import Theme
from nnplay.training.experiment import Experiment
from tests.gui.panels.output.output_hands import (
    BUMPS,
    CIRCLES,
    LEFT,
    SPIRALS,
    XOR,
    Opener,
    point_at,
    replace,
    session_of,
)
from tests.gui.panels.output.test_slice import FLOWER
from tests.gui.window_hands import PATIENCE


def key_of(panel: OutputPanel) -> Slope | ClassColours:
    key = panel.legend.bar.key
    assert key is not None
    return key


def picture_of(panel: OutputPanel) -> QImage:
    return panel.legend.bar.grab().toImage()


def test_the_key_tells_training_from_test_points(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    assert panel.legend.points.text == "class 0, class 1, training, test, colour: p(class 1)"
    assert panel.legend.points.toolTip()
    qtbot.mouseClick(panel.test_points, LEFT)
    assert panel.legend.points.text == "class 0, class 1, training, colour: p(class 1)"


def test_rings_say_what_they_mean_while_there_are_rings(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(SPIRALS)
    assert "misclassified" not in panel.legend.points.text
    qtbot.mouseClick(panel.misclassified, LEFT)
    assert "misclassified" in panel.legend.points.text
    session_of(panel).change("numbers", BUMPS)
    assert "misclassified" not in panel.legend.points.text


def test_the_bar_has_the_colours_of_the_canvas(open_panel: Opener):
    panel = open_panel(CIRCLES)
    bar = picture_of(panel)
    column = [QColor(bar.pixel(4, y)) for y in range(bar.height())]
    assert column[12].blue() > column[12].red()
    assert column[panel.legend.bar.height() - 48].red() > column[panel.legend.bar.height() - 48].blue()


def test_the_bar_is_not_painted_with_each_frame_of_the_canvas(
    qtbot: QtBot, open_panel: Opener, monkeypatch: pytest.MonkeyPatch
):
    panel, painted, frames = open_panel(XOR), [], []
    bar, shown = panel.legend.bar, panel.show_snapshot
    monkeypatch.setattr(bar, "paint", lambda *_: painted.append(True))
    monkeypatch.setattr(panel, "show_snapshot", lambda snapshot: (frames.append(snapshot), shown(snapshot)))
    panel._session.toggle_training()
    qtbot.waitUntil(lambda: len(frames) >= 10, timeout=PATIENCE)
    panel._session.pause()
    assert not painted


def test_each_class_has_its_colour_and_name_beside_the_canvas(open_panel: Opener):
    panel = open_panel(SPIRALS)
    assert key_of(panel) == ClassColours("class", ("class 0", "class 1", "class 2"))
    bar, palette = picture_of(panel), session_of(panel).theme.palette
    colours = {QColor(bar.pixel(4, y)).name().upper() for y in range(bar.height())}
    assert {class_colour(palette, index) for index in range(3)} <= colours


def test_the_key_follows_the_unit_that_is_looked_at_and_the_canvas_stays(open_panel: Opener):
    panel = open_panel(CIRCLES)
    canvas = panel.view.geometry()
    session_of(panel).selection.pin(0, 2)
    assert key_of(panel).title == "unit 3 of layer 1"
    assert panel.legend.points.text.endswith("colour: unit 3 of layer 1")
    assert panel.view.geometry() == canvas
    session_of(panel).selection.pin(-1, -1)
    assert key_of(panel).title == "p(class 1)"


def test_discrete_has_steps_in_the_key_too(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    qtbot.mouseClick(panel.discrete, LEFT)
    assert key_of(panel) == ClassColours("class", ("class 0", "class 1"))


@pytest.mark.parametrize("experiment", [CIRCLES, FLOWER], ids=["tools", "slice"])
def test_nothing_moves_when_the_pointer_comes_and_goes(qtbot: QtBot, open_panel: Opener, experiment: Experiment):
    panel = open_panel(experiment)
    places = [part.geometry() for part in (panel.view, panel.legend.bar, panel.checks)]
    left, right, low, high = panel.view.plane
    point_at(qtbot, panel, (left + right) / 2, (low + high) / 2)
    qtbot.waitUntil(panel.readout.isVisible)
    QApplication.processEvents()
    assert [part.geometry() for part in (panel.view, panel.legend.bar, panel.checks)] == places


@pytest.mark.parametrize("size", [(340, 320), (480, 540), (900, 500)])
def test_the_canvas_takes_the_room_that_there_is(open_panel: Opener, size: tuple[int, int]):
    panel = open_panel(CIRCLES)
    panel.resize(*size)
    QApplication.processEvents()
    area = panel.findChild(DrawingArea)
    assert area is not None
    across = panel.strip.geometry().right() + 1 - panel.view.x()
    assert panel.view.height() == area.height() or area.width() - across <= 1
    canvas = panel.view.canvas_rect()
    assert canvas.width() == pytest.approx(canvas.height(), abs=1)
    parts = [panel.view.geometry(), panel.legend.bar.geometry(), panel.strip.geometry()]
    assert not any(one.intersects(other) for one in parts for other in parts if one is not other)


@pytest.mark.parametrize("factor", [0.8, 1.0, 1.5, 2.0])
def test_everything_is_as_large_as_the_scale_says(open_panel: Opener, theme: Theme, factor: float):
    panel = open_panel(CIRCLES)
    panel.resize(960, 1080)
    theme.set_scale(factor)
    QApplication.processEvents()
    try:
        assert panel.strip.width() == round(34 * factor)
        assert panel.legend.points.height() == round(16 * factor)
        assert panel.readout.height() == round(20 * factor)
        assert panel.view.canvas_rect().left() >= 40 * factor - 1
        area = panel.strip.parentWidget()
        assert area.rect().contains(panel.strip.geometry())
    finally:
        theme.set_scale(1.0)


def test_what_cannot_be_used_on_many_inputs_leaves_its_room(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FLOWER)
    assert not panel.strip.isVisible()
    assert not panel.swatches.isVisible()
    with qtbot.waitSignal(session_of(panel).message) as said:
        qtbot.mouseClick(panel.canvas, LEFT, pos=panel.view.canvas_rect().center().toPoint())
    assert said.args == ["No drawing here: each point has 4 inputs, not two"]
    session_of(panel).change("plane", XOR)
    assert panel.strip.isVisible()


def test_before_a_class_there_is_the_canvas_alone(open_panel: Opener):
    panel = open_panel(FLOWER)
    panel.set_presented(True)
    QApplication.processEvents()
    assert not any(part.isVisible() for part in (panel.checks, panel.slice, panel.strip, panel.swatches))
    assert panel.legend.bar.isVisible()
    assert panel.minimumSizeHint().height() <= 200
    panel.set_presented(False)
    assert panel.checks.isVisible()
    assert panel.slice.isVisible()


def test_switches_are_as_they_were_left(qtbot: QtBot, tmp_path: Path, theme: Theme):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)

    def opened() -> OutputPanel:
        session = Session(replace(FLOWER, data=replace(FLOWER.data, train_share=0.8)), theme)
        session.remembered.keep_in(settings)
        panel = OutputPanel(session)
        qtbot.addWidget(panel)
        return panel

    def left(panel: OutputPanel) -> list[bool]:
        boxes = (panel.discrete, panel.test_points, panel.misclassified, panel.shapes, panel.slice.own_answers)
        return [box.isChecked() for box in boxes]

    first = opened()
    assert left(first) == [False, True, False, False, False]
    for box in (first.discrete, first.test_points, first.misclassified, first.shapes, first.slice.own_answers):
        box.click()
    session_of(first).close()
    second = opened()
    assert left(second) == [True, False, True, True, True]
    assert "misclassified" in second.legend.points.text
    session_of(second).close()


def test_the_figure_has_the_legend_and_no_tools(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FLOWER)
    panel.view.overlay.cross = panel.view.canvas_rect().center()
    figure = panel.figure()
    assert figure.title == "Output over the plane"
    image = QImage(figure.size.toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor(session_of(panel).theme.palette.panel))
    painter = QPainter(image)
    figure.paint(painter)
    painter.end()
    assert panel.view.overlay.cross is not None
    assert not panel.view.across.on_paper
    palette, dots = session_of(panel).theme.palette, panel.legend.bar.x() - panel.view.x() + 4
    column = {QColor(image.pixel(dots, y)).name().upper() for y in range(60)}
    assert class_colour(palette, 1) in column
    assert all(scatter.cacheMode() != scatter.CacheMode.NoCache for scatter in panel.view.points._scatters.values())
    below = range(panel.view.height(), image.height())
    assert len({image.pixel(x, y) for x in range(image.width()) for y in below}) > 10
    assert figure.size.height() < panel.height()
    assert isinstance(figure.size, QSizeF)


def test_escape_leaves_the_unit_that_is_looked_at(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    selection = session_of(panel).selection
    selection.pin(0, 1)
    selection.hover(0, 2)
    panel.view.setFocus(Qt.FocusReason.TabFocusReason)
    panel.board.select_all()
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert len(panel.board.selection) == 0
    assert selection.unit is not None
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert selection.unit is None
    assert panel.view.overlay.caption == ""


def test_an_escape_that_leaves_nothing_is_others(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    panel.view.setFocus()
    passed = []
    panel.keyPressEvent = lambda event: passed.append(event.type())  # type: ignore[method-assign]
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert passed == [QEvent.Type.KeyPress]


def test_clear_leaves_the_network(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    session = session_of(panel)
    session.step_epoch()
    qtbot.waitUntil(lambda: session.trainer.epoch == 1 and not session.running)
    weights = [one.copy() for one in session.trainer.network.weights]
    qtbot.mouseClick(panel.strip.buttons["clear"], LEFT)
    assert len(session.prepared.table) == 0
    assert session.trainer.epoch == 1
    assert all((one == other).all() for one, other in zip(session.trainer.network.weights, weights, strict=True))


def test_the_pointer_far_from_the_canvas_is_nothing(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(CIRCLES)
    qtbot.mouseMove(panel.canvas, QPoint(2, 2))
    assert session_of(panel).selection.sample is None
