"""Names of classes, inputs and files, and all that is said about them, are shown as they are: never as markup."""

import ast
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.data.tables.layout import Layout
from nnplay.data.tables.reading import read_text
from nnplay.errors import InputError
from nnplay.gui.files.labels_dialog import LabelsDialog
from nnplay.gui.files.tables.look import first_look
from nnplay.gui.files.tables.page import ImportPage
from nnplay.gui.files.tables.source import TableSource
from nnplay.gui.files.waiting import WaitingDialog
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.widgets.error_dialog import show_refusal
from nnplay.texts import one_line, tr
from nnplay.training.edits import with_data_set, with_table
from nnplay.training.experiment import Experiment
from tests.gui.all_panels import with_all_panels
from tests.gui.conftest import Press, WindowMaker
from tests.gui.shown_texts import Shown, shown_texts
from tests.gui.window_hands import step

ROOT = Path(__file__).parents[2]
WhenOpen = Callable[..., list[QDialog]]
MARKUP = "<img src=p.png><b>a & b[*]●\r\n\u202e\x07"
"""What Qt would show as a picture and bold letters, an underlined letter, a mark, another line, from right to left."""


def name(end: str) -> str:
    return f"{MARKUP}{end}"


def table(inputs: int, classes: int) -> Table:
    rows = np.random.default_rng(1).normal(size=(60, inputs))
    columns, names = (tuple(name(f"{kind}{k}") for k in range(n)) for kind, n in (("input", inputs), ("", classes)))
    return Table(rows, np.arange(60.0) % classes, "classification", columns, names)


def check(*wanted: str) -> list[Shown]:
    """Nothing is rendered or unreadable, and the names can be read in the places that are wanted."""
    shown = shown_texts()
    assert [one for one in shown if one.fault] == []
    named = [one for one in shown if "<img" in one.text]
    readable = (one_line(MARKUP), repr(MARKUP)[1:-1], "…")
    cut = [one for one in named if not any(text in one.text for text in readable)]
    assert cut == []
    missing = [place for place in wanted if not any(place in one.where for one in named)]
    assert missing == []
    return named


@pytest.mark.parametrize(("inputs", "classes"), [(2, 2), (2, 3), (3, 2), (5, 4), (784, 3)])
def test_names_of_data_are_shown_as_they_are(
    qtbot: QtBot, make_window: WindowMaker, press: Press, inputs: int, classes: int
):
    window = with_all_panels(make_window(with_table(Experiment(seed=1), table(inputs, classes), (0, 1))))
    step(qtbot, window, press, 1)
    output, network = window.panel("output"), window.panel("network")
    if inputs == 2:
        output.view.moved.emit((0.1, 0.2))
    last = len(network.actions_.shape.sizes) - 1
    menus = [network.actions_.menu_of(Unit(column, 0)) for column in (1, last)]
    network.actions_.edit_weight(last - 1, 0, 0)
    for key in ("network", "output", "plots"):
        window.panel(key).grab()
    check("text of action") if inputs < 784 else check()
    del menus


def test_names_of_files_are_shown_as_they_are(
    qtbot: QtBot, make_window: WindowMaker, press: Press, tmp_path: Path, when_open: WhenOpen
):
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.save(str(tmp_path / "p.png"))
    window = with_all_panels(make_window(Experiment(seed=1)))
    window.files.save(tmp_path / name("1"))
    window.files.save(tmp_path / name("2"))
    window.file_dialogs.open_path(tmp_path / f"{name('1')}.nnplay")
    check("title of MainWindow", "text of action of QMenu", "tooltip of ShortLabel")
    recent = next(menu for menu in window.findChildren(QMenu) if menu.title() == "Open Recent")
    assert recent.actions()[0].text().startswith("<img src=p.png><b>a && b[*]")
    assert "Undo Open <img src=p.png><b>a && b[*]" in window.actions_.undo.text()
    press(window, "Ctrl+Z")
    check("tooltip of ShortLabel", "title of MainWindow")
    (tmp_path / name("broken.nnplay")).write_text("{")
    seen = when_open(QMessageBox, lambda box: (check("label QLabel", "label QMessageBox"), box.accept()))
    window.file_dialogs.open_path(tmp_path / name("broken.nnplay"))
    assert len(seen) == 1


def test_what_is_said_of_a_name_with_halves_of_characters(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path):
    window = with_all_panels(make_window(Experiment(seed=1)))
    window.files.save(tmp_path / "a\udcffb")
    assert window.windowTitle() == "a\ufffdb.nnplay[*] — nnplay"
    check()


def test_dialogs_show_names_as_they_are(qtbot: QtBot, make_window: WindowMaker, when_open: WhenOpen, tmp_path: Path):
    header = ",".join(f'"{name(end)}"' for end in "xyz")
    text = f'{header}\n1,2,"{name("red")}"\n2,3,"{name("blue")}"\n5,3,"{name("red")}"\n'
    file = name("data.csv")
    source = TableSource(file, name("data"), lambda layout, _: read_text(text, layout, name=file))
    look = first_look(source, Layout(), Experiment(), (), lambda *_: None)
    window = make_window(Experiment())
    page = ImportPage(source, look, window.session, window)
    dialogs: list[QDialog] = [page, LabelsDialog(tmp_path / name("images"), (3, 28, 28))]
    dialogs.append(WaitingDialog(tr("Reading {file}", file=name("file")), dialogs[0]))
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.show()
    menu = page.view.menu_of(0)
    check("title of ImportPage", "item of SheetView", "heading of SheetView", "label PlainLabel")
    del menu
    seen = when_open(QMessageBox, lambda box: (check("label QMessageBox"), box.accept()))
    show_refusal(None, InputError(name("field"), name("value"), name("allowed")))
    assert len(seen) == 1


def test_a_formula_that_cant_be_read_is_shown_as_it_is(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(with_data_set(Experiment(seed=1), "formula"))
    field = window.panel("data").formula.edit
    field.setText(MARKUP)
    field.textEdited.emit(MARKUP)
    check()
    assert "<" in window.panel("data").formula.sentence.text()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    check()


def test_texts_of_labels_messages_and_tooltips_go_through_one_place():
    found = []
    for path in (ROOT / "nnplay" / "gui").rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if path.name != "plain_text.py" else ()
        for node in nodes:
            if isinstance(node, ast.ClassDef):
                found += [(path.name, node.name)] if QTS & {ast.unparse(base) for base in node.bases} else []
            elif isinstance(node, ast.Call) and goes_past(ast.unparse(node.func), ast.unparse(node)):
                found.append((path.name, ast.unparse(node)))
    assert found == []


QTS = {"QLabel", "QMessageBox"}


def goes_past(called: str, call: str) -> bool:
    """Whether a call makes a label or a message, or sets a tooltip, by itself."""
    if called.endswith((".setToolTip", "QToolTip.showText")):
        return "tip_text(" not in call
    return called in QTS or called.startswith("QMessageBox.")
