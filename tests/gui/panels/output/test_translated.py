"""What the output panel says goes through `tr`."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nnplay import texts
from nnplay.data.digits import digit_table
from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.gui.panels.output.tools.keyboard_pointer import KEYS
from nnplay.gui.window.main_window import MainWindow
from nnplay.texts import tr
from nnplay.training.edits import with_table
from nnplay.training.experiment import Experiment
from tests.gui.brackets import in_brackets, without_brackets
from tests.gui.panels.output.output_hands import (
    BUMPS,
    CIRCLES,
    LEFT,
    XOR,
    Opener,
    click,
    drag,
    press_undo,
    replace,
    session_of,
    take,
)
from tests.gui.panels.output.test_one_input import PRICES, THREE
from tests.gui.panels.output.test_slice import FLOWER


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    texts.install(in_brackets)
    yield
    texts.install(None)


def said_by(widgets: list[QWidget]) -> list[str]:
    return [text for each in widgets for text in (each.accessibleName(), each.accessibleDescription(), each.toolTip())]


def test_tools_boxes_and_swatches(open_panel: Opener):
    panel = open_panel(XOR)
    boxes = [panel.discrete, panel.test_points, panel.misclassified, panel.shapes]
    strip, options = panel.strip, panel.strip._options
    controls: list[QWidget] = [*boxes, *strip.buttons.values(), strip, panel.view, panel.readout, options]
    controls += [options.size_slider.slider, options.density.slider]
    said = said_by(controls) + [box.text() for box in boxes]
    said += [text for action in strip.actions() for text in (action.text(), action.toolTip(), action.statusTip())]
    assert without_brackets(said) == []
    assert strip.buttons["brush"].toolTip().startswith("[[[Press and draw")
    classes = said_by([panel.swatches.button(index) for index in range(6)])
    classes += [action.text() for action in (*panel.actions(), *panel.view.actions())]
    assert all(text.startswith("[") for text in classes if text)
    assert without_brackets([tr(text) for _, text in KEYS]) == []


def test_hints_of_each_tool_and_of_a_selection(qtbot: QtBot, open_panel: Opener):
    for experiment in (XOR, BUMPS):
        panel = open_panel(experiment)
        said = []
        for key in ("put", "brush", "erase", "rectangle", "lasso"):
            take(qtbot, panel, key)
            said.append(panel.readout.text())
        panel.board.select_all()
        said.append(panel.readout.text())
        assert without_brackets(said) == []
        assert len(set(said)) == len(said)


def test_every_edit_is_named_for_undo(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(XOR)
    stack = session_of(panel).undo_stack
    assert panel.strip.buttons["undo"].toolTip().startswith("[Undo (")
    click(qtbot, panel, 0.5, 0.5)
    take(qtbot, panel, "brush")
    click(qtbot, panel, 1.2, 1.2)
    take(qtbot, panel, "erase")
    click(qtbot, panel, 0.5, 0.5)
    take(qtbot, panel, "rectangle")
    drag(qtbot, panel, (-0.4, -0.4), (0.4, 1.4))
    drag(qtbot, panel, (0, 0), (0.2, 0))
    panel.board.choose(1)
    panel.board.delete()
    take(qtbot, panel, "jitter")
    take(qtbot, panel, "clear")
    named = [stack.text(index) for index in range(stack.count())]
    assert without_brackets(named) == []
    verbs = ["Add", "Brush", "Erase", "Move", "Change", "Delete", "Jitter", "Clear"]
    assert [text.strip("[]").split()[0] for text in named] == verbs
    assert panel.strip.buttons["undo"].toolTip().startswith("[Undo [Clear] (")
    press_undo(qtbot, panel)
    assert panel.strip.buttons["undo"].toolTip().startswith("[Undo [Jitter")


def test_what_stands_over_the_plane(open_panel: Opener):
    panel = open_panel(CIRCLES)
    assert panel.view.accessibleName() == "[Output over the plane]"
    session_of(panel).selection.pin(0, 1)
    assert panel.view.overlay.caption == "[Unit 2 of layer 1]"
    assert panel.view.accessibleName() == "[[Unit 2 of layer 1] over the plane]"


def test_why_nothing_can_be_drawn(open_panel: Opener):
    panel = open_panel(with_table(Experiment(), digit_table(20, 0.0, 0), (0, 1)))
    assert panel.board.why_not == "[No drawing here: each point has 784 inputs, not two]"


def test_what_is_said_of_a_slice_and_of_a_strip(open_panel: Opener):
    panel = open_panel(FLOWER)
    selection = session_of(panel).selection
    selection.set_slice((1.0, 2.0, 3.0, 4.0))
    assert panel.slice.sentence.text() == "[Slice at [petal length 3], [petal width 4]]"
    parts = panel.slice.findChildren(QWidget)
    names = FLOWER.data.table.input_names
    said = [text for part in parts for text in (part.toolTip(), part.accessibleDescription()) if text not in names]
    assert without_brackets([*said, panel.slice.own_answers.text(), panel.slice.back.text()]) == []
    assert without_brackets([axis.accessibleName() for axis in (panel.view.across, panel.view.up)]) == []
    session_of(panel).change("prices", PRICES)
    assert without_brackets([panel.readout.hint, panel.view.accessibleName()]) == []
    session_of(panel).change("doses", THREE)
    assert panel.view.up.text == "[probability]"


def test_digits(qtbot: QtBot, make_window: Callable[[Experiment], MainWindow]):
    window = make_window(Experiment())
    window.files.new("digits")
    panel = window.panel("output")
    assert isinstance(panel, OutputPanel)
    digits = panel.digits
    qtbot.waitUntil(digits.isVisible)
    qtbot.mousePress(digits.pad, LEFT, pos=QPoint(30, 40))
    qtbot.mouseMove(digits.pad, QPoint(60, 70))
    qtbot.mouseRelease(digits.pad, LEFT, pos=QPoint(60, 70))
    qtbot.waitUntil(lambda: digits.bars.accessibleDescription() != "")
    bar = digits.tabs.tabBar()
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(1).center())
    browser = digits.browser
    qtbot.waitUntil(lambda: browser.list.count() > 0)
    said = [digits.tabs.tabText(tab) for tab in (0, 1)] + [digits.tabs.tabToolTip(tab) for tab in (0, 1)]
    said += [label.text() for label in (*digits.findChildren(QLabel), *digits.findChildren(QPushButton))]
    said += said_by([digits.pad, digits.bars, digits.seen, digits.clear, browser.list])
    said += [browser.list.item(row).toolTip() for row in range(browser.list.count())]
    assert without_brackets(said) == []
    session = window.session
    data = replace(session.experiment.data, train_share=1.0)
    session.change("all of them train", replace(session.experiment, data=data))
    qtbot.waitUntil(lambda: browser.summary.text() == "[All digits train: there is none to test with]")
    QApplication.processEvents()
