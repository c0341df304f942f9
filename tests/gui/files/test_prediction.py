"""Predict…: a person opens or pastes rows without a target, looks at what is predicted, saves and copies it."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from nnplay.data.tables.making import make_import
from nnplay.data.tables.reading import read_text
from nnplay.data.tables.sheet import Sheet
from nnplay.data.tables.suggestion import suggested_choice
from nnplay.gui.files import work
from nnplay.gui.files.tables.predict_page import PredictPage
from nnplay.gui.window.main_window import MainWindow
from nnplay.nn.metrics import class_shares
from nnplay.training.edits import with_import
from nnplay.training.experiment import Experiment
from tests.gui.conftest import Press, WindowMaker
from tests.gui.files.import_hands import PASSENGERS, choose
from tests.gui.shown_texts import shown_texts
from tests.gui.window_hands import PATIENCE, step

LEFT = Qt.MouseButton.LeftButton
TypeName = Callable[..., list[str]]
NEW = "Class,Sex,Age,Fare,Port,Note\n3,male,30,8.05,S,one\n1,female,,71.3,C,two\n2,male,41,13,X,three\n"


def imported(text: str, name: str = "passengers.csv") -> Experiment:
    sheet = read_text(text, name=name)
    return with_import(Experiment(seed=1), make_import(sheet, suggested_choice(sheet)))


def open_page(qtbot: QtBot, window: MainWindow, press: Press) -> PredictPage:
    press(window, "Ctrl+P")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PredictPage))
    page = QApplication.activeModalWidget()
    assert isinstance(page, PredictPage)
    return page


def paste(qtbot: QtBot, page: PredictPage, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    click(qtbot, page, page.paste)


def click(qtbot: QtBot, page: PredictPage, button: QPushButton) -> None:
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: page.bar._work is None)


def cells(page: PredictPage, row: int) -> dict[str, str]:
    table = page.table
    names = [table.headerData(k, Qt.Orientation.Horizontal) for k in range(table.columnCount())]
    return {str(name): str(table.data(table.index(row, k))) for k, name in enumerate(names)}


@pytest.fixture
def passengers(qtbot: QtBot, make_window: WindowMaker, press: Press) -> MainWindow:
    """A window on passengers with known ages and fares, an epoch on."""
    window = make_window(imported(PASSENGERS))
    step(qtbot, window, press, 1)
    return window


def test_enter_on_a_page_without_rows_asks_for_a_file_and_tab_for_what_it_leads_to(
    qtbot: QtBot, passengers: MainWindow, press: Press, type_name: TypeName, tmp_path: Path
):
    (tmp_path / "new.csv").write_text(NEW)
    page = open_page(qtbot, passengers, press)
    type_name(str(tmp_path / "new.csv"))
    qtbot.keyClick(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.predictions is not None)
    assert page.isVisible()
    page.copy.setFocus()
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(page.copy, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text().startswith("Class")
    page.reject()


def test_rows_of_a_file_get_their_predictions(
    qtbot: QtBot, passengers: MainWindow, press: Press, type_name: TypeName, tmp_path: Path
):
    (tmp_path / "new.csv").write_text(NEW)
    page = open_page(qtbot, passengers, press)
    assert "Class" in page.summary.text()
    assert not page.save.isEnabled()
    type_name(str(tmp_path / "new.csv"))
    click(qtbot, page, page.open_file)
    assert page.summary.text().startswith("new.csv: 1 of 3 rows predicted")
    first, second, third = (cells(page, row) for row in range(3))
    assert [row["Note"] for row in (first, second, third)] == ["one", "two", "three"]
    assert first["predicted Survived"] in {"0", "1"}
    assert first[f"probability of {first['predicted Survived']}"].endswith(" %")
    assert "Age" in second["predicted Survived"]
    assert "X" in third["predicted Survived"]
    assert "Port" in third["predicted Survived"]
    notes = page.outlook.label.text()
    assert "Age" in notes
    assert "Port" in notes


def test_what_is_predicted_is_saved_and_copied(
    qtbot: QtBot, passengers: MainWindow, press: Press, type_name: TypeName, tmp_path: Path
):
    page = open_page(qtbot, passengers, press)
    paste(qtbot, page, NEW)
    type_name(str(tmp_path / "out"))
    qtbot.mouseClick(page.save, LEFT)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Note"] for row in rows] == ["one", "two", "three"]
    assert rows[0]["predicted Survived"] == cells(page, 0)["predicted Survived"]
    assert rows[0]["problem"] == ""
    assert "Age" in rows[1]["problem"]
    assert passengers.statusBar().currentMessage() == "3 rows written to out.csv"
    qtbot.mouseClick(page.copy, LEFT)
    assert QGuiApplication.clipboard().text().splitlines()[0].split("\t")[:2] == ["Class", "Sex"]


def test_the_network_of_now_predicts_while_training_goes_on(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(Experiment(seed=1))
    page = open_page(qtbot, window, press)
    window.session.toggle_training()
    paste(qtbot, page, "x1,x2\n1,1\n1,-1\n")
    assert page.predictions is not None
    before = page.predictions.values.copy()
    qtbot.waitUntil(lambda: window.session.look(frozenset()) is None, timeout=PATIENCE)  # it trains
    epoch = window.session.ask(lambda trainer: trainer.epoch).result()
    qtbot.waitUntil(lambda: window.session.ask(lambda trainer: trainer.epoch).result() > epoch + 5, timeout=PATIENCE)
    click(qtbot, page, page.again)
    assert not np.array_equal(page.predictions.values, before)
    window.session.pause()
    qtbot.waitUntil(lambda: not window.session.running)
    click(qtbot, page, page.again)
    prepared, network = window.session.prepared, window.session.trainer.network
    expected = network.forward(prepared.as_seen(np.array([[1.0, 1.0], [1.0, -1.0]])))[:, 0]
    np.testing.assert_array_equal(page.predictions.values[:, 1], expected)


def test_a_missing_column_is_named_and_another_table_can_be_taken(qtbot: QtBot, passengers: MainWindow, press: Press):
    page = open_page(qtbot, passengers, press)
    paste(qtbot, page, NEW)
    paste(qtbot, page, "Class,Sex\n1,male\n2,female\n")
    for name in ("Age", "Fare", "Port"):
        assert name in page.summary.text()
    assert not page.save.isEnabled()
    assert not page.view.isEnabled()
    paste(qtbot, page, NEW)
    assert page.save.isEnabled()
    assert page.view.isEnabled()


def test_a_layout_that_was_misread_is_corrected(qtbot: QtBot, make_window: WindowMaker, press: Press):
    page = open_page(qtbot, make_window(Experiment(seed=1)), press)
    paste(qtbot, page, "x1;x2\n1,5;2,5\n3,5;4,5\n")
    choose(page.layout_row.decimal, ",")
    qtbot.waitUntil(lambda: page.bar._work is None)
    choose(page.layout_row.separator, ",")
    qtbot.waitUntil(lambda: page.bar._work is None)
    assert not page.save.isEnabled()  # no such columns now
    choose(page.layout_row.separator, ";")
    qtbot.waitUntil(lambda: page.bar._work is None)
    assert page.predictions is not None
    assert page.save.isEnabled()
    assert [cells(page, row)["x1"] for row in range(2)] == ["1,5", "3,5"]


def test_a_regression_shows_values_in_the_targets_own_unit(qtbot: QtBot, make_window: WindowMaker, press: Press):
    rows = "\n".join(f"{k * 7 % 80 / 10},{k % 5},{250_000 + 1_000 * (k * 7 % 80)}" for k in range(80))
    window = make_window(imported(f"rooms,floor,price\n{rows}\n"))
    step(qtbot, window, press, 2)
    page = open_page(qtbot, window, press)
    paste(qtbot, page, "rooms,floor\n1,0\n7,3\n")
    assert page.predictions is not None
    value = page.predictions.values[0, 0]
    assert cells(page, 0) == {"rooms": "1", "floor": "0", "predicted price": f"{value:,.0f}"}
    assert 150_000 < value < 450_000


def test_closing_the_window_ends_what_is_still_read(
    qtbot: QtBot, make_window: WindowMaker, press: Press, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(work, "AT_ONCE_MS", 0)
    window = make_window(Experiment(seed=1))
    page = open_page(qtbot, window, press)
    page._begin(_endless, page.layout_row.wanted())
    assert page.bar._work is not None
    window.close()
    assert not window.isVisible()


def _endless(progress: Callable[[int, int], None]) -> Sheet:
    while True:
        progress(1, 2)


def test_names_are_shown_as_they_are(qtbot: QtBot, make_window: WindowMaker, press: Press):
    marked = "<img src=p.png><b>a & b[*]{0}"
    rows = [f'{k * 5 % 11},{k * k % 7},"{marked.format("yes" if k % 2 else "no")}"' for k in range(40)]
    text = "\n".join([f'"{marked.format("x")}","{marked.format("y")}","{marked.format("kind")}"', *rows])
    page = open_page(qtbot, make_window(imported(text, marked)), press)
    paste(qtbot, page, f'"{marked.format("x")}","{marked.format("y")}",note\n1,2,"{marked.format("n")}"\n1,?,3\n')
    shown = shown_texts()
    assert [one for one in shown if one.fault] == []
    assert marked.format("n") in cells(page, 0).values()
    assert cells(page, 0)[f"predicted {marked.format('kind')}"].startswith(marked.format(""))
    paste(qtbot, page, "a,b\n1,2\n3,4\n")
    assert marked.format("x") in page.summary.text()
    assert [one for one in shown_texts() if one.fault] == []


def test_a_row_that_is_clicked_is_the_sample_that_the_network_shows(qtbot: QtBot, passengers: MainWindow, press: Press):
    page, session = open_page(qtbot, passengers, press), passengers.session
    paste(qtbot, page, NEW)
    predictions = page.predictions
    assert predictions is not None
    for row in (0, 1):  # the second can't be predicted: the first stays
        place = page.view.visualRect(page.table.index(row, 0)).center()
        qtbot.mouseClick(page.view.viewport(), LEFT, pos=place)
        chosen = session.selection.chosen_sample
        assert chosen == predictions.sample(0)
    assert chosen is not None
    outputs = session.trainer.network.forward(session.prepared.as_seen(np.array([chosen])))
    np.testing.assert_allclose(predictions.values[0], class_shares(outputs, 2)[0])
    page.reject()
    assert session.selection.sample == chosen
    qtbot.waitUntil(lambda: "chosen inputs" in passengers.panel("output").readout.text(), timeout=PATIENCE)
