"""The import page, as a person corrects what was recognised."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLineEdit,
    QMainWindow,
    QMenu,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nnplay.gui.files.table_import import TableImport
from nnplay.gui.files.tables.page import ImportPage
from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import INSET
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import Experiment
from tests.gui.files.import_hands import (
    PASSENGERS,
    choose,
    click_name,
    column_of,
    import_clipboard,
    import_text,
    open_page,
    ring,
    roles,
    said,
    tick,
)

WindowMaker = Callable[[Experiment], MainWindow]
XOR = Experiment(seed=42)
SUGGESTED = {
    "Id": "left_out",
    "Survived": "target class",
    "Class": "input number",
    "Sex": "input categories",
    "Age": "input number",
    "Fare": "input number",
    "Port": "input categories",
}
SEMICOLONS = "length;width;kind\n1,5;2;a\n2,5;3;b\n3,25;4,5;a\n"


class Host(QMainWindow):
    """What the page belongs to: a window with its import and its message, and nothing else of it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.tables = TableImport(session, self)
        session.message.connect(self.statusBar().showMessage)


@pytest.fixture
def window(qtbot: QtBot, make_session: Callable[[Experiment], Session]) -> Host:
    host = Host(make_session(XOR))
    qtbot.addWidget(host)
    host.resize(1440, 900)
    host.show()
    return host


@pytest.fixture
def page(qtbot: QtBot, window: Host, tmp_path: Path) -> ImportPage:
    """The page on a table with an id, texts and missing cells."""
    return import_text(qtbot, window, tmp_path, PASSENGERS)


def heading(page: ImportPage, name: str, role: Qt.ItemDataRole = Qt.ItemDataRole.ToolTipRole) -> str:
    return str(page.view.table.headerData(column_of(page, name), Qt.Orientation.Horizontal, role))


def test_what_was_recognised_is_seen_with_its_reason(page: ImportPage):
    assert page.windowTitle() == "Import passengers.csv"
    assert roles(page) == SUGGESTED
    assert page.summary.text() == "8 rows of 7 columns. Tick the inputs, mark the target."
    assert page.view.table.rowCount() == 8
    assert heading(page, "Id") == "Id: left out (counts the rows)"
    assert heading(page, "Age") == "Age: input · number (2 missing)"
    assert heading(page, "Port") == "Port: input · categories (3 categories)"
    assert heading(page, "Survived", Qt.ItemDataRole.AccessibleTextRole).startswith("Survived: target · class")
    assert (page.layout_row.separator.value(), page.layout_row.encoding.value()) == (",", "utf-8")
    assert (page.layout_row.skip.value(), page.layout_row.header.value()) == (0, 1)
    assert not page.layout_row.sheet.isVisible()
    assert page.use_row.target.value() == column_of(page, "Survived")
    assert "2 rows left out" in said(page)
    assert "Id (counts the rows)" in said(page)
    assert page.settings.text().startswith("Starts with ")


def test_the_table_that_was_chosen_is_a_fresh_start(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path):
    window = make_window(XOR)
    page = import_text(qtbot, window, tmp_path, PASSENGERS)
    tick(qtbot, page, "Fare")
    qtbot.mouseClick(page.okay, Qt.MouseButton.LeftButton)
    table = window.session.prepared.table
    assert window.session.experiment.data.kind == "yours"
    assert table.input_names == ("Class", "Sex=male", "Age", "Port=C", "Port=Q", "Port=S")
    assert table.class_names == ("0", "1")
    assert len(table) == 6
    message = window.statusBar().currentMessage()
    assert message.startswith("Imported 6 rows of passengers.csv; 2 rows left out")
    assert window.session.undo_stack.undoText() == "Import passengers.csv"
    window.actions_.undo.trigger()
    assert window.session.experiment == XOR


def test_nothing_is_imported_where_a_person_thinks_better_of_it(qtbot: QtBot, window: Host, page: ImportPage):
    tick(qtbot, page, "Fare")
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert window.session.experiment == XOR
    assert window.session.undo_stack.count() == 0


def test_a_click_on_the_tick_leaves_a_column_out_and_brings_it_back(qtbot: QtBot, page: ImportPage):
    tick(qtbot, page, "Age")
    assert roles(page) == SUGGESTED | {"Age": "left_out"}
    assert not page.use_row.missing.isVisible()  # there are none any more
    assert "rows left out" not in said(page)
    tick(qtbot, page, "Age")
    assert roles(page) == SUGGESTED
    assert page.use_row.missing.isVisible()


def test_another_target_gives_the_old_one_back_its_role(qtbot: QtBot, page: ImportPage):
    ring(qtbot, page, "Fare")
    assert roles(page)["Fare"] == "target number"
    assert roles(page)["Survived"] == "input number"
    assert page.use_row.kind.value() == "number"
    ring(qtbot, page, "Port")
    assert roles(page)["Port"] == "target class"
    assert roles(page)["Fare"] == "input number"
    choose(page.use_row.target, column_of(page, "Survived"))
    assert roles(page) == SUGGESTED


def test_a_table_without_a_target_is_of_one_class_which_is_refused_or_not(qtbot: QtBot, page: ImportPage):
    ring(qtbot, page, "Survived")
    assert page.look.choice.target is None
    assert not page.use_row.kind.isVisible()
    choose(page.use_row.target, column_of(page, "Sex"))
    assert roles(page)["Sex"] == "target class"
    choose(page.use_row.target, -1)
    assert roles(page)["Sex"] == "input categories"


def test_whether_the_target_is_a_class_or_a_number(qtbot: QtBot, page: ImportPage):
    choose(page.use_row.kind, "number")
    assert roles(page)["Survived"] == "target number"
    choose(page.use_row.kind, "class")
    assert roles(page) == SUGGESTED
    choose(page.use_row.target, column_of(page, "Sex"))
    assert not page.use_row.kind.combo.model().item(1).isEnabled()  # a text is no number


def test_roles_are_changed_by_keys(qtbot: QtBot, page: ImportPage):
    page.view.setFocus()
    page.view.setCurrentIndex(page.view.table.index(0, column_of(page, "Class")))
    qtbot.keyClick(page.view, Qt.Key.Key_Right)
    qtbot.keyClick(page.view, Qt.Key.Key_Space)
    assert roles(page)["Sex"] == "left_out"
    qtbot.keyClick(page.view, Qt.Key.Key_T)
    assert roles(page)["Sex"] == "target class"


def menu_now(qtbot: QtBot) -> QMenu:
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_a_click_on_a_name_asks_for_all_that_a_column_can_be(qtbot: QtBot, page: ImportPage):
    click_name(qtbot, page, "Class")
    menu = menu_now(qtbot)
    ticked = [action.text() for action in menu.actions() if action.isChecked()]
    assert ticked == ["Input: a number"]
    categories = next(action for action in menu.actions() if "categories" in action.text())
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(categories).center())
    assert roles(page)["Class"] == "input categories"
    assert "Class" in said(page)


def test_the_menu_is_opened_by_its_key_and_a_text_is_no_number(qtbot: QtBot, page: ImportPage):
    page.view.setCurrentIndex(page.view.table.index(0, column_of(page, "Sex")))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), page.mapToGlobal(QPoint()))
    QApplication.sendEvent(page.view.viewport(), event)
    menu = menu_now(qtbot)
    enabled = {action.text(): action.isEnabled() for action in menu.actions()}
    assert enabled["Input: a number"] is False
    assert enabled["Target: a class"] is True
    qtbot.keyClick(menu, Qt.Key.Key_Up)  # from the first one to the last
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert roles(page)["Sex"] == "left_out"


def test_missing_values_are_filled_in_where_a_person_says_so(qtbot: QtBot, window: Host, page: ImportPage):
    choose(page.use_row.missing, "fill")
    assert "2 missing values filled in" in said(page)
    qtbot.mouseClick(page.okay, Qt.MouseButton.LeftButton)
    table = window.session.prepared.table
    assert len(table) == 8
    assert table.inputs[2, 2] == pytest.approx(np.mean([16, 64, 8, 49, 31, 22]))
    assert "2 missing values filled in" in window.statusBar().currentMessage()


def test_what_cannot_be_imported_is_said_in_place(qtbot: QtBot, page: ImportPage):
    for name in ("Class", "Sex", "Age", "Fare", "Port"):
        tick(qtbot, page, name)
    assert not page.okay.isEnabled()
    assert "no column is an input" in said(page)
    assert page.outlook.label.property("role") == "alarm"
    tick(qtbot, page, "Fare")
    assert page.okay.isEnabled()
    assert page.outlook.label.property("role") == "quiet"


def test_a_correction_that_cannot_be_is_said_and_all_stays(qtbot: QtBot, window: Host, tmp_path: Path):
    rows = "".join(f"text {row},{row * 7 % 11},{'ab'[row % 2]}\n" for row in range(300))
    page = import_text(qtbot, window, tmp_path, f"name,size,kind\n{rows}")
    before = roles(page)
    assert before["name"] == "left_out"
    tick(qtbot, page, "name")
    assert roles(page) == before
    assert "name" in said(page)
    assert page.okay.isEnabled()
    tick(qtbot, page, "size")
    assert roles(page)["size"] == "left_out"


def test_another_separator_and_decimal_mark_are_read_at_once(qtbot: QtBot, window: Host, tmp_path: Path):
    page = import_text(qtbot, window, tmp_path, SEMICOLONS)
    assert (page.layout_row.separator.value(), page.layout_row.decimal.value()) == (";", ",")
    assert roles(page) == {"length": "input number", "width": "input number", "kind": "target class"}
    choose(page.layout_row.decimal, ".")
    assert page.look.sheet.columns[0].kind == "text"
    choose(page.layout_row.decimal, ",")
    assert page.look.sheet.columns[0].kind == "number"
    choose(page.layout_row.separator, "\t")
    assert len(page.look.sheet.columns) == 1
    choose(page.layout_row.separator, ";")
    assert len(page.look.sheet.columns) == 3


def test_a_separator_is_typed(qtbot: QtBot, window: Host, tmp_path: Path):
    page = import_text(qtbot, window, tmp_path, "a~b~kind\n1~2~x\n3~4~y\n5~7~x\n")
    assert not page.layout_row.typed.isVisible()
    choose(page.layout_row.separator, "")
    assert page.layout_row.typed.isVisible()
    qtbot.keyClicks(page.layout_row.typed, "~")
    assert [column.name for column in page.look.sheet.columns] == ["a", "b", "kind"]
    assert page.layout_row.typed.text() == "~"


def test_lines_are_skipped_and_the_header_is_elsewhere(qtbot: QtBot, window: Host, tmp_path: Path):
    page = import_text(qtbot, window, tmp_path, "1,2,3\n4,5,6\n7,8,9\n1,5,9\n2,4,6\n")
    page.layout_row.skip.setValue(1)
    assert page.look.sheet.layout.skip == 1
    page.layout_row.header.setValue(1)
    assert [column.name for column in page.look.sheet.columns] == ["4", "5", "6"]
    page.layout_row.header.setValue(0)
    assert page.layout_row.header.text() == "none"
    assert page.look.sheet.rows == 4


def test_corrections_outlive_another_reading(qtbot: QtBot, page: ImportPage):
    tick(qtbot, page, "Fare")
    ring(qtbot, page, "Port")
    choose(page.use_row.missing, "fill")
    before = roles(page)
    choose(page.layout_row.encoding, "cp1252")
    assert page.look.sheet.layout.encoding == "cp1252"
    assert roles(page) == before
    assert page.look.choice.missing == "fill"


def test_a_layout_that_cannot_be_read_keeps_the_page(qtbot: QtBot, window: Host, tmp_path: Path):
    page = import_text(qtbot, window, tmp_path, PASSENGERS.replace("male", "mâle"), encoding="cp1252")
    choose(page.layout_row.encoding, "utf-8")
    assert not page.okay.isEnabled()
    assert page.isVisible()
    assert page.outlook.label.property("role") == "alarm"
    assert said(page).startswith("passengers.csv")
    assert page.layout_row.encoding.value() == "utf-8"
    assert not page.view.isEnabled()
    choose(page.layout_row.encoding, "cp1252")
    assert page.okay.isEnabled()
    assert page.view.isEnabled()
    assert roles(page) == SUGGESTED


def test_rows_that_are_pictures(qtbot: QtBot, window: Host, tmp_path: Path):
    generator = np.random.default_rng(3)
    names = ",".join([*(f"p{k}" for k in range(64)), "digit"])
    rows = [",".join(map(str, [*generator.integers(0, 17, 64), k % 5])) for k in range(40)]
    page = import_text(qtbot, window, tmp_path, "\n".join([names, *rows]) + "\n")
    assert page.look.choice.picture == (8, 8)
    assert page.use_row.picture.value() == (8, 8)
    choose(page.use_row.picture, None)
    assert page.look.choice.picture is None
    choose(page.use_row.picture, (4, 16))
    qtbot.mouseClick(page.okay, Qt.MouseButton.LeftButton)
    assert window.session.prepared.table.picture == (4, 16)


def test_measurements_are_asked_for_no_picture(page: ImportPage):
    assert not page.use_row.picture.isVisible()


def test_thousands_of_columns(qtbot: QtBot, window: Host, tmp_path: Path):
    names = ",".join([*(f"gene {k}" for k in range(3000)), "kind"])
    row = ",".join(["0.25,1.5"] * 1500)
    page = import_text(qtbot, window, tmp_path, f"{names}\n{row},a\n{row[::-1]},b\n{row},a\n")
    assert page.view.table.columnCount() == 3001
    ring(qtbot, page, "gene 2999")
    assert page.look.choice.target == 2999


def test_cells_and_names_that_are_cut_are_whole_in_their_tooltips(qtbot: QtBot, window: Host, tmp_path: Path):
    long = "a very long name of a column " * 5
    page = import_text(qtbot, window, tmp_path, f"{long},x,kind\n{'word ' * 60},1,a\nshort,2,b\nshort,3,a\n")
    assert long.strip() in heading(page, long.strip()).replace("\n", " ")
    tip = str(page.view.table.data(page.view.table.index(0, 0), Qt.ItemDataRole.ToolTipRole))
    assert ("word " * 60).strip() in tip.replace("\n", " ")


def controls(page: ImportPage) -> list[QWidget]:
    kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit)
    parts = (QAbstractSpinBox, QComboBox)
    boxes = (QDialogButtonBox, QTableView)
    every = [each for each in page.findChildren(QWidget) if isinstance(each, kinds)]
    return [each for each in every if not isinstance(each.parent(), (*parts, *boxes))]


def test_every_control_has_a_name_and_a_sentence(page: ImportPage):
    found = controls(page)
    assert len(found) > 8
    for each in (*found, page.view, page.view.header):
        assert each.accessibleName(), each
        assert each.toolTip() or each.accessibleDescription(), each


def test_the_clipboard_is_looked_at_in_the_same_way(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(XOR)
    page = import_clipboard(qtbot, window, "x\ty\tkind\n1\t2\ta\n3\t4\tb\n5\t5\ta\n")
    assert page.windowTitle() == "Import clipboard"
    assert not page.layout_row.encoding.isVisible()
    ring(qtbot, page, "x")
    qtbot.mouseClick(page.okay, Qt.MouseButton.LeftButton)
    table = window.session.prepared.table
    assert (table.task, table.input_names) == ("regression", ("y", "kind=b"))


def test_another_sheet_of_a_spreadsheet_is_chosen(qtbot: QtBot, window: Host, tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.title = "Flowers & more"
    for row in (["length", "width", "kind"], [1.5, 2, "a"], [None, 3, "b"], [3.5, 4, "a"], [2.5, 1, "b"]):
        book.active.append(row)
    other = book.create_sheet("<b>Houses")
    for row in (["size", "price"], [100, 250_000], [80, 199_000], [120, 310_000.5], [75, 180_250]):
        other.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    window.tables.import_path(path)
    page = open_page(qtbot)
    assert page.layout_row.sheet.isVisible()
    assert page.layout_row.sheet.value() == "Flowers & more"
    assert not page.layout_row.separator.isVisible()
    assert not page.layout_row.encoding.isVisible()
    assert roles(page) == {"length": "input number", "width": "input number", "kind": "target class"}
    choose(page.layout_row.sheet, "<b>Houses")
    assert roles(page) == {"size": "input number", "price": "target number"}
    qtbot.mouseClick(page.okay, Qt.MouseButton.LeftButton)
    assert window.session.prepared.table.targets.max() == 310_000.5


def test_numbers_stand_off_the_frame_of_their_box(page: ImportPage):
    for box in page.findChildren(QAbstractSpinBox):
        edit = box.findChild(QLineEdit)
        assert edit is not None
        assert edit.textMargins().left() == px(INSET)
