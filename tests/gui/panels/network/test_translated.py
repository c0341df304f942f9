"""What the network panel says goes through `tr`, and is understood again in another language."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplay import texts
from nnplay.gui.panels.network.keys import KEYS
from nnplay.gui.panels.network.layout import Unit
from nnplay.texts import tr
from tests.gui.brackets import in_brackets, without_brackets
from tests.gui.panels.network.network_hands import (
    DIGITS,
    LEFT,
    PanelMaker,
    bias_place,
    edge_place,
    hidden,
    menu,
    place,
)


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    texts.install(in_brackets)
    yield
    texts.install(None)


def test_controls_and_the_drawing(make_panel: PanelMaker) -> None:
    panel = make_panel()
    assert panel.header.label.text() == "[2 hidden layers]"
    assert [end.text() for end in panel.under.ends] == ["[2 [features]]", "[1 [output]]"]
    chips = panel.under.chips
    header = [panel.header.fewer, panel.header.more, panel.header.weights]
    controls: list[QWidget] = [panel.canvas, *header, chips.list_button, *chips.chips.values()]
    for footer in panel.under.footers:
        inner = footer.controls
        controls += [footer.button, inner.units, inner.fewer, inner.more, inner.activation]
        assert inner.units.text().startswith("[")
    said = [text for control in controls for text in (control.accessibleName(), control.toolTip())]
    assert without_brackets(said) == []
    assert len(list(filter(None, said))) >= 2 * len(controls) - 2, "the canvas has no tooltip, the switch its text"


def test_the_card_at_units_biases_weights_and_inputs(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    said = []
    qtbot.waitUntil(lambda: panel.actions_.weights is not None)
    units = [place(panel, Unit(*unit)) for unit in ((0, 0), (1, 1), (3, 0))]
    for at in (*units, bias_place(panel, Unit(2, 1)), edge_place(panel, 0, 0, 1)):
        qtbot.mouseMove(panel.canvas, QPoint(2, 2))
        qtbot.mouseMove(panel.canvas, at)
        card = panel.card
        assert card.isVisible()
        said += [card.title.text(), card.value.text(), card.hint.text(), panel.canvas.accessibleDescription()]
    assert without_brackets(said) == []
    assert "[Weight from x₁ to [unit 2 of layer 1]]" in said
    assert "[Bias of [unit 2 of layer 2]]" in said


def test_menus(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    for unit in (Unit(0, 0), Unit(1, 0)):
        qtbot.mouseMove(panel.canvas, place(panel, unit))
        opened = menu(panel, unit)
        actions = [action for action in opened.actions() if not action.isSeparator()]
        weights = [each for action in actions if action.menu() is not None for each in action.menu().actions()]
        assert without_brackets([action.text() for action in (*actions, *weights)]) == []
        opened.close()


def test_what_is_changed_and_refused(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel()
    actions, session = panel.actions_, panel.session
    said: list[str] = []
    session.refused.connect(said.append)
    actions.change_layers(1)
    actions.change_layers(-1)
    actions.set_units(0, 5)
    actions.change_activation(0, "relu")
    for feature in ("x1^2", "x1^2", "x1", "x2"):
        actions.toggle_feature(feature)
    stack = session.undo_stack
    said += [stack.text(index) for index in range(stack.count())]
    assert without_brackets(said) == []
    assert "[Layer 1: 5 units]" in said
    assert "[Feature x₁² off]" in said
    assert said[0].startswith("[x₂ is the last feature")


def test_digits(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(DIGITS)
    assert panel.under.ends[0].text() == "[784 [pixels]]"
    qtbot.mouseMove(panel.canvas, place(panel, Unit(3, 7)))
    assert panel.card.title.text() == "[Output “7”]"


def test_the_keys_in_the_list_of_shortcuts() -> None:
    assert without_brackets([tr(text) for _, text in KEYS]) == []


def test_a_number_of_units_is_read_again_in_any_language(make_panel: PanelMaker, qtbot: QtBot) -> None:
    texts.install(lambda text, note, number: {"{n} unit|{n} units": "Einheiten: {n}"}.get(text, text))
    panel = make_panel()
    controls = panel.under.footers[0].controls
    assert controls.units.text() == "Einheiten: 4"
    qtbot.mouseClick(controls.more, LEFT)
    assert hidden(panel)[0][0] == 5
    controls.units.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(controls.units, "7")
    qtbot.keyClick(controls.units, Qt.Key.Key_Return)
    assert hidden(panel)[0][0] == 7
