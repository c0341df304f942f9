"""What tests of the import page do with their hands."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.files.table_import import TableImport
from nnplay.gui.files.tables.page import ImportPage
from nnplay.gui.widgets.choice_box import ChoiceBox
from nnplay.gui.window.main_window import MainWindow


class HasImport(Protocol):
    """The window, or what stands for it."""

    tables: TableImport


PASSENGERS = """Id,Survived,Class,Sex,Age,Fare,Port
1,1,3,male,16,19.98,C
2,1,1,male,64,65.96,C
3,0,3,male,,49.55,S
4,1,3,female,8,86.55,S
5,0,2,male,49,38.77,C
6,1,1,female,,41.66,Q
7,1,1,female,31,37.2,Q
8,0,2,male,22,7.5,S
"""


def open_page(qtbot: QtBot) -> ImportPage:
    """The import page, once it is open."""
    found: list[ImportPage] = []

    def is_open() -> bool:
        page = QApplication.activeModalWidget()
        if isinstance(page, ImportPage):
            found.append(page)
        return bool(found)

    qtbot.waitUntil(is_open)
    return found[0]


def import_text(qtbot: QtBot, window: HasImport, folder: Path, text: str, *, encoding: str = "utf-8") -> ImportPage:
    """The page on a file with this text."""
    path = folder / "passengers.csv"
    path.write_bytes(text.encode(encoding))
    window.tables.import_path(path)
    return open_page(qtbot)


def import_clipboard(qtbot: QtBot, window: MainWindow, text: str) -> ImportPage:
    """The page on a text of the clipboard."""
    QGuiApplication.clipboard().setText(text)
    window.actions_.import_clipboard.trigger()
    return open_page(qtbot)


def column_of(page: ImportPage, name: str) -> int:
    return [column.name for column in page.look.sheet.columns].index(name)


def tick(qtbot: QtBot, page: ImportPage, name: str) -> None:
    """Click on the tick above a column."""
    column = column_of(page, name)
    page.view.scrollTo(page.view.table.index(0, column))
    _click(qtbot, page, page.view.header.tick_of(column))


def ring(qtbot: QtBot, page: ImportPage, name: str) -> None:
    """Click on the ring above a column."""
    column = column_of(page, name)
    page.view.scrollTo(page.view.table.index(0, column))
    _click(qtbot, page, page.view.header.ring_of(column))


def click_name(qtbot: QtBot, page: ImportPage, name: str) -> None:
    """Click on what is said above a column."""
    tick_box = page.view.header.tick_of(column_of(page, name))
    _click(qtbot, page, tick_box.translated(10, 30))


def choose(box: ChoiceBox, value: object) -> None:
    """Choose an entry as a person does, which tells."""
    row = next(row for row in range(box.combo.count()) if box.combo.itemData(row) == value)
    box.combo.setCurrentIndex(row)
    box.combo.activated.emit(row)


def roles(page: ImportPage) -> dict[str, str]:
    """Each column's role and kind."""
    columns = zip(page.look.sheet.columns, page.look.choice.uses, strict=True)
    return {column.name: use.role if use.role == "left_out" else f"{use.role} {use.kind}" for column, use in columns}


def said(page: ImportPage) -> str:
    """What is said below the table."""
    return page.outlook.label.text()


def _click(qtbot: QtBot, page: ImportPage, place: QRect) -> None:
    centre: QPoint = place.center()
    qtbot.mouseClick(page.view.header.viewport(), Qt.MouseButton.LeftButton, pos=centre)
