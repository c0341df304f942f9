"""Help ▸ Worked Example…: a person reads the sheet, fills in blanks, types an example, and takes the sheet away."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMenu, QWidget
from pytestqt.qtbot import QtBot

from nnplay.experiments.worked.blanks import Blanks, answer_of
from nnplay.experiments.worked.example import TEACHERS
from nnplay.experiments.worked.export import KINDS
from nnplay.gui.files.worked.answers import Verdict
from nnplay.gui.files.worked.blank_field import BlankField
from nnplay.gui.files.worked.files import WorkedExamples
from nnplay.gui.files.worked.pages import AT_ONCE, GivenPage, SectionPage
from nnplay.gui.files.worked.window import WorkedWindow
from nnplay.gui.session.session import Session
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_units
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from tests.gui.conftest import Press, WindowMaker
from tests.gui.test_accessibility import controls, sentence_of, told
from tests.gui.window_hands import step

LEFT = Qt.MouseButton.LeftButton
TypeName = Callable[..., list[str]]


def open_sheet(qtbot: QtBot, window: MainWindow) -> WorkedWindow:
    window.actions_.worked_example.trigger()
    sheet = window.findChild(WorkedWindow)
    assert sheet is not None
    qtbot.waitUntil(sheet.isVisible)
    sheet.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is sheet)  # a window's dialog is "active" when the window is
    return sheet


@pytest.fixture
def window(make_window: WindowMaker) -> MainWindow:
    return make_window(Experiment())


@pytest.fixture
def session(make_session: Callable[[Experiment], Session]) -> Session:
    return make_session(Experiment())


@pytest.fixture
def sheet(session: Session, qtbot: QtBot) -> WorkedWindow:
    """The sheet of round numbers, at its first section, without the window around it."""
    host = QMainWindow()
    qtbot.addWidget(host)
    host.show()
    WorkedExamples(session, host).open_page()
    found = host.findChild(WorkedWindow)
    assert found is not None
    qtbot.waitUntil(lambda: QApplication.activeWindow() is found)
    at_first_section(found, qtbot)
    return found


def at_first_section(sheet: WorkedWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(sheet.round_button, LEFT)
    sheet.tabs.setCurrentIndex(1)


def choose(combo: QWidget, value: object, qtbot: QtBot) -> None:
    """Go to an entry with the keys."""
    combo.setFocus()
    rows = [combo.itemData(row) for row in range(combo.count())]  # type: ignore[attr-defined]
    way = rows.index(value) - combo.currentIndex()  # type: ignore[attr-defined]
    for _ in range(abs(way)):
        qtbot.keyClick(combo, Qt.Key.Key_Down if way > 0 else Qt.Key.Key_Up)
    assert combo.currentData() == value  # type: ignore[attr-defined]


def leave_out(sheet: WorkedWindow, blanks: Blanks, qtbot: QtBot) -> None:
    choose(sheet.blanks.combo, blanks, qtbot)
    qtbot.waitUntil(lambda: all(field.isVisible() for field in sheet.fields))


def fill(field: BlankField, text: str, qtbot: QtBot) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def type_cell(sheet: WorkedWindow, grid: int, row: int, column: int, text: str, qtbot: QtBot) -> None:
    """Into a cell, as a person does: go there, type, Enter."""
    view = sheet.form.grids[grid]
    view.setFocus()
    view.setCurrentCell(row, column)
    qtbot.keyClick(view, text[0])  # which opens the cell's editor
    editor = view.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, text[1:])
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.state() == view.State.NoState)


def test_it_is_in_the_help_menu_and_panels_can_ask_for_it(window: MainWindow, qtbot: QtBot) -> None:
    menus = {menu.title(): menu for menu in window.menuBar().findChildren(QMenu)}
    assert window.actions_.worked_example in menus["&Help"].actions()
    window.session.requests.action.emit("worked_example")
    qtbot.waitUntil(lambda: window.findChild(WorkedWindow) is not None)


def test_it_is_the_present_networks_coming_step(window: MainWindow, press: Press, qtbot: QtBot) -> None:
    step(qtbot, window, press, 1)
    sheet = open_sheet(qtbot, window)
    trace, coming = sheet.sheet.step.trace, window.session.trainer.coming_step()
    np.testing.assert_array_equal(trace.parameters_after, coming.parameters_after)
    assert not sheet.isModal()
    step(qtbot, window, press, 1)  # the window goes on behind it
    assert window.session.trainer.epoch == 2


def test_the_chosen_sample_is_worked(window: MainWindow, qtbot: QtBot) -> None:
    window.session.selection.choose_sample((1.0, 0.0))
    assert open_sheet(qtbot, window).sheet.example.inputs == ((1.0, 0.0),)


def test_every_section_has_its_lines(sheet: WorkedWindow, qtbot: QtBot) -> None:
    shown = 0
    counts = [sum(len(group.lines) for group in section.groups) for section in sheet.sheet.sections]
    for place, count in enumerate([0, *counts]):
        sheet.tabs.setCurrentIndex(place)
        page = sheet.tabs.currentWidget()
        if isinstance(page, SectionPage):
            qtbot.waitUntil(lambda page=page, count=count: len(page.lines) == count)
            shown += len(page.lines)
            assert all(line.accessibleName() and line.height() > 20 for line in page.lines)
            page.grab()
        else:
            assert isinstance(page, GivenPage)
            assert not page.drawing.grab().toImage().isNull()
    assert shown == len(list(sheet.sheet.lines))
    assert "z₁⁽¹⁾ = w₁₁⁽¹⁾ · x₁" in sheet._pages[1].lines[0].accessibleName()


def test_a_right_answer_is_taken_and_a_wrong_one_is_not(sheet: WorkedWindow, qtbot: QtBot) -> None:
    leave_out(sheet, Blanks.RESULTS, qtbot)
    first, second, third, *_ = sheet.fields
    fill(first, "0.3", qtbot)
    assert first.verdict is Verdict.RIGHT
    assert second.hasFocus()
    fill(second, "0.5", qtbot)
    assert second.verdict is Verdict.WRONG
    assert third.hasFocus()
    assert (first.accessibleDescription(), second.accessibleDescription()) == ("Right", "Not right in the digits shown")
    assert sheet.progress.text() == f"1 of {len(sheet.sheet.blanks)} right"
    fill(second, answer_of(second.blank, 4), qtbot)
    assert sheet.progress.text() == f"2 of {len(sheet.sheet.blanks)} right"


def test_the_mark_is_no_colour_alone(sheet: WorkedWindow, qtbot: QtBot) -> None:
    """Without any colour, right and wrong still look different."""
    leave_out(sheet, Blanks.RESULTS, qtbot)
    first, second, *_ = sheet.fields
    images = []
    for field, text in ((first, "0.3000"), (second, "0.3000")):
        fill(field, text, qtbot)
        field.clearFocus()
        field.setProperty("role", "")
        images.append(field.grab().toImage().convertToFormat(field.grab().toImage().Format.Format_Grayscale8))
    assert (first.verdict, second.verdict) == (Verdict.RIGHT, Verdict.WRONG)
    width = 24
    ends = [image.copy(image.width() - width, 4, width - 4, image.height() - 8) for image in images]
    assert ends[0] != ends[1]


def test_leaving_a_blank_checks_it(sheet: WorkedWindow, qtbot: QtBot) -> None:
    leave_out(sheet, Blanks.RESULTS, qtbot)
    first, second, *_ = sheet.fields
    first.setFocus()
    qtbot.keyClicks(first, "0,3")
    assert first.verdict is Verdict.EMPTY  # nothing is said of what is being typed
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert first.verdict is Verdict.RIGHT


def test_an_answer_can_be_shown_and_does_not_count(sheet: WorkedWindow, qtbot: QtBot) -> None:
    leave_out(sheet, Blanks.NUMBERS, qtbot)
    field = sheet.fields[3]
    field.setFocus()
    qtbot.mouseClick(sheet.show_button, LEFT)
    assert field.text() == answer_of(field.blank, 4)
    assert field.verdict is Verdict.SHOWN
    assert sheet.progress.text().startswith("0 of ")
    qtbot.mouseClick(sheet.empty_button, LEFT)
    assert field.text() == ""


def test_digits_follow_the_one_switch_for_all(sheet: WorkedWindow, session: Session, qtbot: QtBot) -> None:
    leave_out(sheet, Blanks.RESULTS, qtbot)
    second = sheet.fields[1]
    fill(second, "0.57", qtbot)
    assert second.verdict is Verdict.WRONG
    session.digits.set_count(2)
    assert second.verdict is Verdict.RIGHT
    assert "0.10 · 1.00" in sheet._pages[1].lines[0].accessibleName()
    choose(sheet.digits.combo, 6, qtbot)
    assert session.digits.count == 6
    assert second.verdict is Verdict.WRONG


def test_progress_survives_closing_the_sheet_and_the_kinds_of_blanks(
    window: MainWindow, press: Press, qtbot: QtBot
) -> None:
    sheet = open_sheet(qtbot, window)
    at_first_section(sheet, qtbot)
    leave_out(sheet, Blanks.RESULTS, qtbot)
    fill(sheet.fields[0], "0.3", qtbot)
    leave_out(sheet, Blanks.NUMBERS, qtbot)
    assert sheet.fields[0].verdict is Verdict.RIGHT
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    step(qtbot, window, press, 1)
    again = open_sheet(qtbot, window)
    assert again.sheet.example == TEACHERS
    assert again.fields[0].verdict is Verdict.RIGHT
    qtbot.mouseClick(again.present_button, LEFT)
    assert len(again.sheet.example.inputs) == 4
    qtbot.mouseClick(again.round_button, LEFT)
    assert again.fields[0].text() == "0.3"


def test_a_network_that_is_too_large_is_told_and_round_numbers_stand_there(
    make_window: WindowMaker, qtbot: QtBot
) -> None:
    window = make_window(with_units(Experiment(), 0, 9))
    sheet = open_sheet(qtbot, window)
    assert sheet.problem.isVisible()
    assert sheet.problem.text() == "the number of units of hidden layer 1 is 9; allowed is a whole number from 1 to 6"
    assert sheet.sheet.example == TEACHERS


def test_numbers_are_typed_and_the_sheet_follows(sheet: WorkedWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(sheet.form_switch, LEFT)
    assert sheet.form.isVisible()
    type_cell(sheet, 0, 0, 1, "2.5", qtbot)
    assert sheet.sheet.example.inputs == ((1.0, 2.5),)
    type_cell(sheet, 1, 0, 1, "-0.25", qtbot)
    assert sheet.sheet.example.weights[0][0] == (0.1, -0.25)
    type_cell(sheet, 2, 2, 0, "1", qtbot)
    assert sheet.sheet.example.biases[1] == (1.0,)
    type_cell(sheet, 0, 0, 2, "0", qtbot)
    assert sheet.sheet.example.targets == ((0.0,),)
    assert "2.5000" in sheet._pages[1].lines[0].accessibleName()
    rate = sheet.form.boxes["learning_rate"]
    rate.setFocus()
    rate.selectAll()
    qtbot.keyClicks(rate, "0.25")
    qtbot.keyClick(rate, Qt.Key.Key_Return)
    assert sheet.sheet.example.learning_rate == 0.25


def test_what_is_no_number_is_said_with_its_place_and_changes_nothing(sheet: WorkedWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(sheet.form_switch, LEFT)
    before = sheet.sheet.example
    type_cell(sheet, 1, 1, 0, "abc", qtbot)
    said = (
        "Weights and biases of layer 1: x₂, unit 1 is 'abc'; allowed is a finite number of at most 1e100 in magnitude"
    )
    assert sheet.problem.text() == said
    assert sheet.form.grids[1].item(1, 0).text() == "0.2"
    type_cell(sheet, 0, 0, 2, "7", qtbot)
    assert "targets from 0 to 1" in sheet.problem.text()
    assert sheet.form.grids[0].item(0, 2).text() == "1"
    assert sheet.sheet.example == before
    type_cell(sheet, 0, 0, 0, "3", qtbot)
    assert not sheet.problem.isVisible()


def test_sizes_loss_and_optimiser_are_chosen(sheet: WorkedWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(sheet.form_switch, LEFT)
    form = sheet.form
    choose(form.hidden, 2, qtbot)
    choose(form.units[1], 3, qtbot)
    choose(form.activations[1], "tanh", qtbot)
    choose(form.inputs, 4, qtbot)
    choose(form.samples, 2, qtbot)
    choose(form.loss, "categorical_cross_entropy", qtbot)
    choose(form.optimizer, "adam", qtbot)
    example = sheet.sheet.example
    assert example.sizes == (4, 2, 3, 2)
    assert example.activations == ("sigmoid", "tanh")
    assert len(example.inputs) == 2
    assert dict(example.numbers)["beta_1"] == 0.9
    assert [grid.rowCount() for grid in form.grids] == [2, 5, 3, 4]
    assert form.boxes["beta_1"].isVisible()
    assert not form.boxes["rho"].isVisible()


def test_cells_of_a_spreadsheet_are_pasted(sheet: WorkedWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(sheet.form_switch, LEFT)
    QGuiApplication.clipboard().setText("0.5\t0.6\n0.7\t0.8\n-0.1\t-0.2")
    grid = sheet.form.grids[1]
    grid.setFocus()
    grid.setCurrentCell(0, 0)
    qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert sheet.sheet.example.weights[0] == ((0.5, 0.6), (0.7, 0.8))
    assert sheet.sheet.example.biases[0] == (-0.1, -0.2)


def test_the_optimisers_memory_can_be_left_out_and_taken_back(
    make_window: WindowMaker, press: Press, qtbot: QtBot
) -> None:
    window = make_window(Experiment(training=TrainingSpec(optimizer="momentum", learning_rate=0.1)))
    step(qtbot, window, press, 1)
    sheet = open_sheet(qtbot, window)
    qtbot.mouseClick(sheet.form_switch, LEFT)
    remembered = sheet.sheet.example
    assert remembered.memory
    for expected in (remembered.without_memory(), remembered):
        sheet.form.memory.setFocus()
        qtbot.keyClick(sheet.form.memory, Qt.Key.Key_Space)
        assert sheet.sheet.example == expected


@pytest.mark.parametrize("suffix", KINDS)
def test_the_sheet_is_written_as_it_stands(
    sheet: WorkedWindow, tmp_path: Path, type_name: TypeName, qtbot: QtBot, suffix: str
) -> None:
    leave_out(sheet, Blanks.RESULTS, qtbot)
    path = tmp_path / f"mine{suffix}"
    proposed = type_name(str(path))
    actions = {action.data(): action for action in sheet.export.menu().actions() if isinstance(action, QAction)}
    sheet.with_answers.trigger()
    actions[suffix].trigger()
    qtbot.waitUntil(path.exists)
    assert proposed[0].startswith("Worked example")
    text = path.read_text(encoding="utf-8")
    assert "One training step of a 2-2-1 network" in text
    assert "Answers" in text
    assert path.with_suffix(".svg").exists() == (suffix == ".md")


def test_a_drawing_that_lies_there_is_not_replaced_unasked(
    sheet: WorkedWindow, session: Session, tmp_path: Path, type_name: TypeName, qtbot: QtBot
) -> None:
    mine, path = tmp_path / "mine.svg", tmp_path / "mine.md"
    mine.write_text("mine")
    type_name(str(path))
    with qtbot.waitSignal(session.refused) as told:
        next(action for action in sheet.export.menu().actions() if action.data() == ".md").trigger()
    assert told.args == ["mine.svg would be replaced by what belongs to mine.md: choose another name"]
    assert mine.read_text() == "mine"
    assert not path.exists()


def test_what_cannot_be_written_is_said(
    sheet: WorkedWindow, tmp_path: Path, type_name: TypeName, read_refusal: Callable[[], list[str]], qtbot: QtBot
) -> None:
    type_name(str(tmp_path / "nowhere" / "mine.html"))
    said = read_refusal()
    next(action for action in sheet.export.menu().actions() if action.data() == ".html").trigger()
    qtbot.waitUntil(lambda: bool(said))


def test_every_control_has_a_name_and_a_sentence(sheet: WorkedWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(sheet.form_switch, LEFT)
    leave_out(sheet, Blanks.RESULTS, qtbot)
    found = [each for each in controls(sheet) if each.isEnabled()]  # type: ignore[arg-type]
    assert len(found) > 20
    assert [each for each in found if not told(each, QAccessible.Text.Name)] == []
    spoken = [each for each in found if not isinstance(each, SectionPage | GivenPage)]
    assert [told(each, QAccessible.Text.Name) for each in spoken if not sentence_of(each)] == []


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_light_dark_and_scale_are_followed(sheet: WorkedWindow, session: Session, qtbot: QtBot, scale: float) -> None:
    leave_out(sheet, Blanks.RESULTS, qtbot)
    page = sheet._pages[1]
    assert isinstance(page, SectionPage)
    before, light = page.lines[0].height(), page.grab().toImage()
    session.theme.toggle()
    session.theme.set_scale(scale)
    assert page.grab().toImage() != light
    assert (page.lines[0].height() > before) == (scale > 1)
    field = page.lines[0].fields[0]
    assert page.lines[0].rect().contains(field.geometry())


def test_the_largest_sheet_is_laid_out_within_the_window(make_window: WindowMaker, qtbot: QtBot) -> None:
    layers = ModelSpec(hidden_layers=(HiddenLayer(6, "tanh"),) * 3)
    sheet = open_sheet(qtbot, make_window(Experiment(data=DataSpec(kind="circles", samples=100), model=layers)))
    sheet.tabs.setCurrentIndex(1)
    page = sheet._pages[1]
    assert isinstance(page, SectionPage)
    qtbot.waitUntil(lambda: len(page.lines) == sum(len(group.lines) for group in sheet.sheet.sections[0].groups))
    assert len(page.lines) > AT_ONCE
    assert max(line.minimumWidth() for line in page.lines) <= page.viewport().width()
