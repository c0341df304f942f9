"""The caption of a phase: its sentence, its formula with its numbers, its NumPy, at one height for all of a walk."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network.caption import PhaseCaption
from nnplay.gui.panels.network.panel import NetworkPanel
from nnplay.gui.session.pace import TrainingPace
from nnplay.gui.session.selection import UnitAddress, WeightAddress
from nnplay.training.arithmetic.captions import phase_lines, phase_sentence
from nnplay.training.arithmetic.expression import Number, Part, Rest
from nnplay.training.arithmetic.fold import folded
from nnplay.training.arithmetic.numpy_lines import numpy_line
from nnplay.training.arithmetic.text import line_text
from nnplay.training.edits import with_units
from nnplay.training.experiment import Experiment, HiddenLayer, ModelSpec, TrainingSpec
from tests.gui.panels.network.network_hands import DIGITS, PanelMaker

LEFT = Qt.MouseButton.LeftButton
FULL = Experiment(
    model=ModelSpec(hidden_layers=(HiddenLayer(units=3), HiddenLayer(units=2)), batch_norm=True, dropout=0.2),
    training=TrainingSpec(optimizer="adamw", learning_rate=0.01, l2=0.001, clip_norm=1.0),
)


def walked(panel: NetworkPanel, phases: int = 1) -> PhaseCaption:
    for _ in range(phases):
        panel.session.step_phase()
    QApplication.processEvents()
    return panel.caption


def told(caption: PhaseCaption) -> list[str]:
    """The formulas as a screen reader has them."""
    return caption.lines.accessibleDescription().split("\n")


def move(caption: PhaseCaption, place: QPointF) -> None:
    view = caption.lines.viewport()
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, view.mapToGlobal(place), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view, event)


def test_it_is_there_only_during_a_walk(make_panel: PanelMaker) -> None:
    panel = make_panel(Experiment())
    assert not panel.caption.isVisible()
    assert walked(panel).isVisible()
    panel.session.settle()
    assert not panel.caption.isVisible()


def test_it_stays_between_two_steps_of_a_play(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(Experiment())
    panel.session.set_pace(TrainingPace(0.001, by_phase=True))
    panel.session.toggle_training()
    qtbot.waitUntil(lambda: panel.session.walk.walk is not None)
    panel.session.settle()
    assert panel.session.walk.walk is None
    assert panel.caption.isVisible()
    assert not panel.caption.forward.isEnabled()
    panel.session.pause()
    assert not panel.caption.isVisible()


@pytest.mark.parametrize("numpy", [False, True])
@pytest.mark.parametrize("width", [400, 600])
def test_no_phase_is_higher_than_another_and_nothing_moves(make_panel: PanelMaker, numpy: bool, width: int) -> None:
    panel = make_panel(FULL)
    panel.resize(width, 700)
    panel.caption.numpy.setChecked(numpy)
    caption = walked(panel)
    places = set()
    for _ in panel.session.walk.walk.phases:
        QApplication.processEvents()
        parts = (caption, caption.sentence, caption.lines, caption.back, caption.forward, caption.numpy, panel.canvas)
        places.add(tuple(part.mapTo(panel, QPoint()).toTuple() + part.size().toTuple() for part in parts))
        metrics = caption.sentence.fontMetrics()
        room = metrics.boundingRect(caption.sentence.rect(), Qt.TextFlag.TextWordWrap, caption.sentence.text())
        assert room.height() <= caption.sentence.height()
        for row in caption.code.text().splitlines() if numpy else ():
            assert caption.code.fontMetrics().horizontalAdvance(row) <= caption.width()
        panel.session.step_phase()
    assert len(places) == 1


def test_there_is_more_of_the_formulas_in_a_high_panel(make_panel: PanelMaker) -> None:
    panel = make_panel(Experiment())
    heights = []
    for height in (310, 410, 760):
        panel.resize(620, height)
        caption = walked(panel)
        QApplication.processEvents()
        heights.append(caption.lines.height())
        assert caption.numpy.isVisible() == (height > 310)
    assert heights == sorted(set(heights))


def test_what_a_small_network_computes_is_read_with_its_result_and_without_scrolling(make_panel: PanelMaker) -> None:
    panel = make_panel(Experiment(), width=630)
    for _ in range(11):
        caption = walked(panel)
        assert caption.lines.verticalScrollBar().maximum() == 0, caption.sentence.text()
        assert caption.lines.horizontalScrollBar().maximum() == 0, caption.sentence.text()


def test_it_tells_each_phase_by_what_the_arithmetic_says(make_panel: PanelMaker) -> None:
    panel = make_panel(FULL)
    panel.caption.numpy.setChecked(True)
    caption = walked(panel)
    walk = panel.session.walk.walk
    for number, phase in enumerate(walk.phases, 1):
        assert caption.place.text() == f"{number} of {len(walk.phases)}"
        assert caption.sentence.text() == caption.accessibleDescription() == phase_sentence(walk.trace, phase)
        assert caption.code.text().replace("\n", " ") == numpy_line(walk.trace, phase)
        lines = phase_lines(walk.trace, phase, None, None)
        assert told(caption) == ([line_text(folded(line), 4) for line in lines] or [""])
        panel.session.step_phase()


def test_it_is_about_what_is_selected_and_the_sample_chosen(make_panel: PanelMaker) -> None:
    panel = make_panel(Experiment())
    caption, selection = walked(panel, 2), panel.session.selection
    trace, phase = panel.session.walk.walk.trace, panel.session.walk.walk.phase
    selection.pin(0, 2)
    of_all = [line_text(each, 4) for each in phase_lines(trace, phase, Part("a", 0, 2), None)]
    assert told(caption) == of_all
    selection.choose_sample(tuple(panel.session.prepared.table.inputs[1]))
    assert told(caption) == [line_text(each, 4) for each in phase_lines(trace, phase, Part("a", 0, 2), 1)]
    selection.choose_sample((0.3, 0.3))
    assert told(caption) == of_all, "it is in no batch"
    walked(panel, 9)
    selection.inspect(WeightAddress(0, 1, 2))
    walk = panel.session.walk.walk
    assert walk.through
    assert told(caption)[-1] == line_text(phase_lines(walk.trace, walk.phase, Part("weight", 0, 2, 1), None)[-1], 4)


def test_digits_follow_the_one_switch(make_panel: PanelMaker) -> None:
    panel = make_panel(Experiment())
    caption = walked(panel, 2)
    before = told(caption)
    panel.session.digits.set_count(7)
    assert told(caption) != before
    assert len(told(caption)[0]) > len(before[0])


def test_a_number_and_its_place_in_the_network_light_each_other_up(make_panel: PanelMaker) -> None:
    panel = make_panel(Experiment())
    caption, selection = walked(panel, 2), panel.session.selection

    def is_weight(of: object) -> bool:
        return isinstance(of, Number) and of.part is not None and of.part.quantity == "weight"

    place = caption.lines.place_of(is_weight)
    assert place is not None
    move(caption, place)
    assert selection.pointed == WeightAddress(0, 0, 0)
    move(caption, QPointF(caption.lines.viewport().width() - 1, 1))
    assert selection.pointed is None
    QApplication.processEvents()
    before = caption.lines.viewport().grab().toImage()
    selection.point_at(WeightAddress(0, 0, 0))
    marked = caption.lines.viewport().grab().toImage()
    assert marked != before
    selection.point_at(UnitAddress(0, 3))
    assert caption.lines.viewport().grab().toImage() == before


def test_a_long_sum_is_folded_until_it_is_clicked(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(DIGITS)
    caption = walked(panel, 2)
    lines = caption.lines
    assert lines.horizontalScrollBar().maximum() == 0, "nothing is wider than the panel"
    place = lines.place_of(lambda of: isinstance(of, Rest))
    assert place is not None
    assert "more" in told(caption)[0]
    before = lines.verticalScrollBar().maximum()
    lines.verticalScrollBar().setValue(round(max(0, place.y() - 20)))
    place = lines.place_of(lambda of: isinstance(of, Rest))
    qtbot.mouseClick(lines.viewport(), LEFT, pos=place.toPoint())
    assert lines.verticalScrollBar().maximum() > before + 200
    assert lines.place_of(lambda of: isinstance(of, Rest)) is None
    assert lines.horizontalScrollBar().maximum() == 0


def test_its_buttons_go_by_phase(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(Experiment())
    caption = walked(panel)
    qtbot.mouseClick(caption.forward, LEFT)
    assert caption.place.text().startswith("2 of")
    qtbot.mouseClick(caption.back, LEFT)
    qtbot.mouseClick(caption.back, LEFT)
    assert panel.session.walk.walk is None


def test_a_screen_reader_is_told_each_phase(make_panel: PanelMaker) -> None:
    panel = make_panel(Experiment())
    caption = walked(panel)
    for part in (caption, caption.lines, caption.sentence, caption.code, caption.numpy, caption.back, caption.forward):
        interface = QAccessible.queryAccessibleInterface(part)
        assert interface.text(QAccessible.Text.Name)


def test_a_walk_may_begin_before_the_first_frame_of_a_network(make_panel: PanelMaker) -> None:
    panel = make_panel(Experiment())
    panel.session.change("Two units", with_units(panel.session.settle(), 0, 2))
    for _ in range(3):
        panel.session.step_phase()
    assert panel.caption.place.text().startswith("3 of")
    panel.grab()
