"""What the window says goes through `tr`: with every text in brackets nothing of it stands without them."""

from collections.abc import Callable, Iterator

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from nnplay import __version__, texts
from nnplay.gui.window.about import LIBRARIES, AboutDialog, versions
from nnplay.gui.window.catalogue import PANELS
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.shortcuts import ShortcutsDialog, collect
from nnplay.training.experiment import Experiment
from nnplay.training.run_control import RunState
from tests.gui.window_hands import step

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
replace = msgspec.structs.replace


def in_brackets(text: str, note: str, number: int | None) -> str:
    return f"[{texts.english(text, note, number)}]"


def translated(text: str) -> bool:
    return text.startswith("[") and text.endswith("]")


@pytest.fixture
def bracketed() -> Iterator[None]:
    texts.install(in_brackets)
    yield
    texts.install(None)


@pytest.fixture
def window(bracketed: None, make_window: WindowMaker) -> MainWindow:
    return make_window(Experiment())


def menus(menu: QMenu) -> list[QMenu]:
    """A menu and those in it."""
    inner = [action.menu() for action in menu.actions() if isinstance(action.menu(), QMenu)]
    return [menu, *(each for child in inner for each in menus(child))]


def test_menus_and_actions(window: MainWindow) -> None:
    found = [each for top in window.menuBar().actions() for each in menus(top.menu())]
    assert len(found) == 11
    actions = [action for menu in found for action in menu.actions() if not action.isSeparator()]
    for text in (*(menu.title() for menu in found), *(action.text() for action in actions)):
        assert translated(text), text
    for action in window.actions_.all():
        assert translated(action.toolTip()), action.toolTip()
        assert translated(action.statusTip()), action.statusTip()


def test_the_list_of_shortcuts_and_its_dialog(window: MainWindow) -> None:
    groups = collect(window)
    assert all(translated(title) for title in groups)
    assert all(translated(each.text) for each in groups["[File]"])
    assert "[[Export]: [Picture of [Output]…]]" in {each.text for each in groups["[File]"]}
    assert "[[Network], reached by keyboard]" in groups
    dialog = ShortcutsDialog(window)
    head = dialog.tree.headerItem()
    said = (dialog.windowTitle(), dialog.search.placeholderText(), dialog.tree.toolTip(), head.text(0), head.text(1))
    assert all(translated(text) for text in said), said


def test_docks_transport_and_status_line(qtbot: QtBot, window: MainWindow, press: Press) -> None:
    assert {dock.windowTitle() for dock in window.docks} == {
        f"[{row.title}]" for row in PANELS if row.key not in ("network", "timeline")
    }
    assert window.place("timeline").accessibleName() == "[Timeline]"
    for dock in window.docks:
        assert translated(dock.close_button.toolTip())
    bar = window.transport
    for pair in (bar.loss, bar.score):
        said = [pair.label.text(), pair.test_label.text(), pair.train.toolTip(), pair.test.toolTip()]
        assert all(translated(text) for text in said), said
    said = [bar.penalty.label.text(), bar.penalty_figure.toolTip(), bar.epoch_figure.toolTip()]
    assert all(translated(text) for text in said), said
    problem = window.panel("training").problem
    assert all(
        translated(text)
        for text in (problem.toolTip(), problem.itemText(0), problem.itemData(0, Qt.ItemDataRole.ToolTipRole))
    )
    assert (bar.train.text(), bar.pace.label.text(), bar.pace.figure.text()) == ("[Train]", "[Speed]", "[max]")
    status = window.statusBar()
    qtbot.waitUntil(lambda: status._state.text().startswith("[Paused]    ["))
    step(qtbot, window, press, 1)
    press(window, "R")
    assert status.currentMessage() == f"[Back to the start that seed {window.session.experiment.seed} gives]"
    assert window.actions_.undo.text() == "[Undo [Reset]]"
    press(window, "Ctrl+Z")
    assert status.currentMessage() == "[Undo: [Reset]]"
    assert (window.actions_.undo.text(), window.actions_.redo.text()) == ("[Undo]", "[Redo [Reset]]")


def test_what_stands_in_place_of_an_activation(window: MainWindow) -> None:
    session = window.session
    model = replace(session.experiment.model, hidden_layers=())
    session.change("No layer", replace(session.experiment, model=model))
    assert window.transport.activation.combo.currentText() == "[none]"


def test_a_divergence_and_its_suggestion(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    training = replace(session.experiment.training, learning_rate=1000.0, l2=1000.0)
    session.change("Too far", replace(session.experiment, training=training))
    session.toggle_training()
    qtbot.waitUntil(lambda: session.state is RunState.DIVERGED, timeout=30_000)
    qtbot.waitUntil(window.banner.isVisible)
    assert translated(window.banner.sentence.text())
    assert window.banner.button.accessibleName() == "[Go back and use rate 100]"
    assert translated(window.banner.button.toolTip())


def test_about(window: MainWindow) -> None:
    dialog = AboutDialog(window)
    known = {number for _, number, _ in versions()}
    said = {label.text() for label in dialog.findChildren(QLabel)} - known
    assert len(said) >= len(LIBRARIES) + 3
    assert translated(dialog.windowTitle())
    assert f"[nnplay {__version__}]" in said
    assert all(translated(text) or text == "PSF-2.0" for text in said), said


def test_a_translation_may_put_the_change_before_the_verb(make_window: WindowMaker) -> None:
    german = {"Undo {change}": "{change} rückgängig machen", "Reset": "Zurücksetzen"}
    texts.install(lambda text, note, number: german.get(text) or texts.english(text, note, number))
    try:
        window = make_window(Experiment())
        window.session.reset()
        assert window.actions_.undo.text() == "Zurücksetzen rückgängig machen"
    finally:
        texts.install(None)


def test_accessible_names(window: MainWindow) -> None:
    status = window.statusBar()
    bar = window.transport
    figures = [bar.epoch, bar.epoch_figure.batch, bar.loss.train, bar.loss.test, bar.score.train, bar.penalty_figure]
    named: list[QWidget] = [status, status.sentence, status._state, *figures, *window.docks]
    assert all(translated(widget.accessibleName()) for widget in named), [w.accessibleName() for w in named]
