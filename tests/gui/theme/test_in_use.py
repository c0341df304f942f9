"""Every icon, role and rule of the style sheet is used by some control of the program, and none is missing."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.data.tables.layout import Layout
from nnplay.errors import NnplayError
from nnplay.experiments.worked.blanks import Blanks
from nnplay.experiments.worked.example import TEACHERS
from nnplay.gui.files.tables.look import first_look
from nnplay.gui.files.tables.page import ImportPage
from nnplay.gui.files.tables.source import TableSource
from nnplay.gui.files.waiting import WaitingDialog
from nnplay.gui.files.worked.answers import Answers
from nnplay.gui.files.worked.window import WorkedWindow
from nnplay.gui.panels.data import pictures
from nnplay.gui.panels.why.card import FindingCard
from nnplay.gui.session.notice import Notice, Suggestion
from nnplay.gui.theme import icons
from nnplay.gui.theme.palette import LIGHT
from nnplay.gui.theme.sheets import style_sheet
from nnplay.gui.theme.style import ROLE, artwork
from nnplay.gui.widgets import error_dialog
from nnplay.gui.window.about import AboutDialog
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.shortcuts import ShortcutsDialog
from nnplay.training.diagnosis import Finding
from nnplay.training.experiment import YOURS, DataSpec, Experiment
from tests.gui.all_panels import with_all_panels

Selector = tuple[str, str]
"""A class of controls, and the role that they have; "" for any."""
NO_CONTROLS = {"QToolTip"}
"""Qt makes them itself, under another name."""
SHEET = style_sheet(LIGHT, "art")
PART = re.compile(r"(\w+)(?:\[role=\"(\w+)\"\])?")


def selectors() -> list[list[Selector]]:
    """Each selector of the sheet from the outermost control to the one that is meant, without parts and states."""
    rules = re.findall(r"([^{}]+)\{[^{}]*\}", SHEET)
    found: list[list[Selector]] = []
    for text in (one for rule in rules for one in rule.split(",")):
        parts = [PART.match(part) for part in text.split()]
        chain = [(part[1], part[2] or "") for part in parts if part is not None]
        assert len(chain) == len(parts), text
        if chain not in found:
            found.append(chain)
    return found


def fits(widget: QWidget | None, chain: list[Selector]) -> bool:
    """Whether a control is meant by a selector."""
    *outer, (kind, role) = chain
    if widget is None or not widget.inherits(kind) or (role and widget.property(ROLE) != role):
        return False
    parent = widget.parentWidget()
    while outer and parent is not None:
        if fits(parent, outer):
            return True
        parent = parent.parentWidget()
    return not outer


def worked_example(window: MainWindow) -> WorkedWindow:
    """The sheet with a blank that is right, one that is wrong, and empty ones."""
    answers = Answers(window)
    sheet = WorkedWindow(window.session, answers, lambda: TEACHERS, window)
    sheet.blanks.chosen.emit(Blanks.RESULTS)
    sheet.tabs.setCurrentIndex(1)
    for field, text in zip(sheet.fields, ("0.3", "9"), strict=False):
        answers.type_in(TEACHERS, field.blank.key, text)
    return sheet


@pytest.fixture
def controls(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[[Experiment], MainWindow]
) -> Callable[[], Iterator[QWidget]]:
    """Goes through all controls of the window and of its dialogs, at both of the window's sizes."""
    window = with_all_panels(make_window(Experiment()))
    sheet = tmp_path / "points.csv"
    sheet.write_text("a,b,kind\n" + "1,2,x\n3,4,y\n" * 9)
    source = TableSource.of_file(sheet)
    files = QFileDialog(window)
    files.setOption(QFileDialog.Option.DontUseNativeDialog)
    page = ImportPage(source, first_look(source, Layout(), Experiment(), (), lambda *_: None), window.session, window)
    dialogs: list[QDialog] = [
        AboutDialog(window),
        ShortcutsDialog(window),
        page,
        WaitingDialog("Reading", window),
        error_dialog._dialog(RuntimeError()),
        files,
        worked_example(window),
    ]
    for dialog in dialogs:
        dialog.setParent(window, dialog.windowFlags())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        dialog.show()

    def each() -> Iterator[QWidget]:
        for size in ((1440, 900), (1100, 700)):
            window.resize(*size)
            QApplication.processEvents()
            yield from (window, *window.findChildren(QWidget))
        page.outlook.show_sentences("It can't be", ())
        yield page.outlook.label
        window.session.refused.emit("No")
        yield from window.banner.findChildren(QWidget)
        window.session.found.emit(Notice("It diverged", Suggestion("Go back", "Bring it back", window.close)))
        yield from (window.banner, *window.banner.findChildren(QWidget))
        findings = window.session.findings
        card = FindingCard(findings, "no_rule", window)
        card.show_finding(Finding("no_rule", "It can't learn"))
        card.show()
        yield from (card, *card.findChildren(QWidget))
        findings.choose("no_rule")
        card.show_chosen()
        yield card

    return each


def test_every_rule_is_for_a_control_that_there_is(controls: Callable[[], Iterator[QWidget]]) -> None:
    unused = [chain for chain in selectors() if chain[-1][0] not in NO_CONTROLS]
    for widget in controls():
        unused = [chain for chain in unused if not fits(widget, chain)]
    assert unused == []


def test_the_sheet_knows_every_role_and_every_role_is_set(controls: Callable[[], Iterator[QWidget]]) -> None:
    known = {role for chain in selectors() for _, role in chain}
    assert {str(widget.property(ROLE) or "") for widget in controls()} == known


def test_a_rule_for_no_control_would_be_found(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    assert fits(button, [("QPushButton", "")])
    assert not fits(button, [("QPushButton", "primary")])
    assert not fits(button, [("QRadioButton", "")])
    assert not fits(button, [("QComboBox", ""), ("QPushButton", "")])


def test_every_drawing_of_the_sheet_is_there_and_used() -> None:
    wanted = set(re.findall(r"url\(art/(\w+)\.svg\)", SHEET))
    assert wanted == {path.stem for path in Path(artwork(LIGHT)).glob("*.svg")}


def test_every_icon_is_used(
    qtbot: QtBot, make_window: Callable[[Experiment], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[str] = set()

    class Asked(dict[str, str]):
        def __getitem__(self, name: str) -> str:
            asked.add(name)
            return super().__getitem__(name)  # fails for one that isn't there

    monkeypatch.setattr(icons, "ICONS", Asked(icons.ICONS))
    window = make_window(Experiment())
    window.session.toggle_training()
    qtbot.waitUntil(lambda: "pause" in asked)
    window.session.pause()
    qtbot.waitUntil(lambda: not window.session.running)
    window.actions_.step_batch.trigger()
    qtbot.waitUntil(lambda: not window.session.running)
    window.actions_.step_phase.trigger()  # the caption is made by then, and the inspector's pages when they are shown
    window.session.requests.panel.emit("inspector")
    window.panel("inspector").header.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "copy" in asked)

    def missing() -> None:
        raise NnplayError("no file")

    monkeypatch.setattr(pictures, "_digit", missing)
    pictures.picture_of("digits", LIGHT, 1.0)
    wide = Table([[0.0] * 65], [0.0])
    pictures.picture_of_yours(DataSpec(kind=YOURS, table=wide), LIGHT, 1.0)
    assert asked == set(icons.ICONS)
