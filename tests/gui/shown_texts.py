"""Reads every text that widgets and actions show, as a person sees it, and tells what is rendered or unreadable."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel
from PySide6.QtGui import QAction, Qt, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QMenu,
    QMessageBox,
    QTabBar,
    QWidget,
)

ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class Shown(NamedTuple):
    """A text as it is seen, where, and what is wrong with it."""

    where: str
    text: str
    fault: str = ""


def shown_texts() -> list[Shown]:
    """Those of all widgets that there are, with their actions and menus."""
    found: list[Shown] = []
    for widget in QApplication.allWidgets():
        found += _of_widget(widget)
        for action in [*widget.actions(), *widget.findChildren(QAction)]:
            where = f"action of {type(widget).__name__}"
            found += [_mnemonic(where, action.text()), _plain(f"status tip, {where}", action.statusTip())]
            if isinstance(widget, QMenu) and widget.toolTipsVisible():
                found.append(_tip(where, action.toolTip()))
    return [one if one.fault else one._replace(fault=_unreadable(one.text)) for one in found if one.text]


def _of_widget(widget: QWidget) -> Iterator[Shown]:
    kind = type(widget).__name__
    yield _tip(kind, widget.toolTip())
    yield _title(kind, widget.windowTitle())
    yield _plain(f"name of {kind}", widget.accessibleName())
    yield _plain(f"description of {kind}", widget.accessibleDescription())
    if isinstance(widget, QLabel | QMessageBox):
        yield _label(kind, widget.text(), widget.textFormat())
    elif isinstance(widget, QAbstractButton):
        yield _mnemonic(kind, widget.text())
    elif isinstance(widget, QMenu):
        yield _mnemonic(kind, widget.title())
    elif isinstance(widget, QTabBar):
        for index in range(widget.count()):
            yield _mnemonic(kind, widget.tabText(index))
            yield _tip(kind, widget.tabToolTip(index))
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _of_items(kind, widget)


def _of_items(kind: str, view: QAbstractItemView) -> Iterator[Shown]:
    model = view.model()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for column in range(columns):
        heading = model.headerData(column, Qt.Orientation.Horizontal)
        yield _plain(f"heading of {kind}", str(heading or ""))
        for row in range(model.rowCount()):
            index = model.index(row, column)
            for role in ROLES:
                yield _plain(f"item of {kind}", str(model.data(index, role) or ""))
            yield _tip(f"item of {kind}", str(model.data(index, Qt.ItemDataRole.ToolTipRole) or ""))


def _plain(where: str, text: str) -> Shown:
    return Shown(where, text)


def _label(where: str, text: str, form: Qt.TextFormat) -> Shown:
    rich = form == Qt.TextFormat.RichText or (form != Qt.TextFormat.PlainText and Qt.mightBeRichText(text))
    return Shown(f"label {where}", text, "rendered" if rich else "")


def _tip(where: str, text: str) -> Shown:
    if not Qt.mightBeRichText(text):
        return Shown(f"tooltip of {where}", text)
    document = QTextDocument()
    document.setHtml(text)
    rendered = any(one.isImageFormat() or one.toCharFormat().fontWeight() > 400 for one in document.allFormats())
    return Shown(f"tooltip of {where}", document.toPlainText(), "rendered" if rendered else "")


def _mnemonic(where: str, text: str) -> Shown:
    return Shown(f"text of {where}", re.sub("&(.?)", r"\1", text))


def _title(where: str, text: str) -> Shown:
    rest = text.replace("[*][*]", "")
    own = where == "MainWindow" and rest.endswith("[*] — nnplay")  # the mark of the window itself
    mark = "a mark for changes" if rest.count("[*]") > own else ""
    return Shown(f"title of {where}", text.replace("[*][*]", "[*]"), mark)


def _unreadable(text: str) -> str:
    strange = {unicodedata.name(one, hex(ord(one))) for one in text if one != "\n" and not _can_be_read(one)}
    return f"holds {', '.join(sorted(strange))}" if strange else ""


def _can_be_read(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
