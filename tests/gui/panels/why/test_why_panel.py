"""The Why panel: each finding with its numbers, marked where it is pointed at, shown, closed, quiet, and gone."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.why.card import FindingCard
from nnplay.gui.theme.palette import LIGHT
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.diagnosis.probe import EvidenceProbe, FloorProbe
from tests.gui.panels.why.why_hands import (
    LEFT,
    PATIENCE,
    XOR,
    Press,
    WindowMaker,
    found,
    panel_of,
    pause,
    told,
    train_until_told,
)
from tests.training.diagnosis.runs import HEALTHY, LARGE

MERGED = {(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)}


@pytest.fixture
def stuck(qtbot: QtBot, make_window: WindowMaker, press: Press) -> MainWindow:
    """XOR that is stuck, paused."""
    window = make_window(XOR)
    train_until_told(qtbot, press, window, "hidden_layers_at_fault")
    pause(qtbot, press, window)
    qtbot.waitUntil(lambda: "dead_units" in found(window))
    return window


def point_at(card: FindingCard | None, before: FindingCard | None = None) -> None:
    """The pointer comes, and leaves where it was before."""
    if before is not None:
        QApplication.sendEvent(before, QEvent(QEvent.Type.Leave))
    if card is not None:
        place = QPointF(card.rect().center())
        QApplication.sendEvent(card, QEnterEvent(place, place, QPointF(card.mapToGlobal(place))))


def alarmed(image: QImage) -> int:
    """Pixels in the colour of what is marked."""
    pixels = np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint32)
    return int(np.count_nonzero(pixels & 0xFFFFFF == QColor(LIGHT.alarm).rgb() & 0xFFFFFF))


def test_each_finding_has_its_sentence_its_numbers_and_its_marks(qtbot: QtBot, stuck: MainWindow):
    window, output, canvas = stuck, stuck.panel("output").view, stuck.panel("network").canvas
    panel = panel_of(window)
    qtbot.waitUntil(panel.isVisible)
    assert not panel.nothing.isVisible()
    assert list(panel.cards) == found(window)[: len(panel.cards)]
    cause, dead = panel.cards["hidden_layers_at_fault"], panel.cards["dead_units"]
    assert cause.gravity.text() == "Cause" and dead.gravity.text() == "Hint"
    assert cause.sentence.text().startswith(
        "3 points with different targets have the same outputs after hidden layer 1: no"
    )
    assert [name.text() for name, _ in cause._numbers] == [
        "floor, as a share of the loss",
        "floor (least loss of any output layer)",
    ]
    assert (cause.fix.property("role"), dead.fix.property("role")) == ("offer", "aside")
    for text in (text for card in (cause, dead) for text in (card.sentence, *(name for name, _ in card._numbers))):
        qtbot.waitUntil(lambda text=text: text.height() >= text.heightForWidth(text.width()))
    assert cause._numbers[0][1].text().endswith(" ≥ 0.95")
    groups, tied = output._lit
    assert tied and [set(group) for group in groups] == [MERGED], "what is told is marked"
    assert alarmed(output.grab().toImage()) > 30
    assert canvas.lit == frozenset()
    before = alarmed(canvas.grab().toImage())
    ringed = window.panel("output").figure().size.height()
    point_at(dead)
    assert output._lit == ((), False)
    assert window.panel("output").figure().size.height() < ringed, "on paper, too, it is told what is ringed"
    assert alarmed(output.grab().toImage()) == 0
    assert canvas.lit == {Unit(1, 2), Unit(1, 3)}
    assert alarmed(canvas.grab().toImage()) > before
    point_at(cause, before=dead)
    assert canvas.lit == frozenset() and output._lit[0]
    point_at(None, before=cause)
    dead.setFocus(Qt.FocusReason.TabFocusReason)
    assert canvas.lit == {Unit(1, 2), Unit(1, 3)}, "by keyboard"
    qtbot.keyClick(dead, Qt.Key.Key_Return)
    cause.setFocus(Qt.FocusReason.TabFocusReason)
    assert canvas.lit == frozenset()
    cause.clearFocus()
    assert canvas.lit == {Unit(1, 2), Unit(1, 3)}, "what is chosen stays marked"
    assert dead.property("role") == "finding_chosen"
    qtbot.mouseClick(dead.sentence, LEFT)
    assert canvas.lit == frozenset() and output._lit[0], "a second click lets it go"


def test_show_me_opens_what_shows_it_and_leaves_it_free(qtbot: QtBot, stuck: MainWindow):
    window, plots = stuck, stuck.panel("plots")
    banner = window.banner
    assert plots.tabs.tabText(plots.tabs.currentIndex()) == "Loss"
    assert not window.place("space").isVisible()
    qtbot.mouseClick(banner.show_button, LEFT)
    qtbot.waitUntil(window.panel("space").isVisible)
    window.place("space").hide()
    dead = panel_of(window).cards["dead_units"]
    qtbot.waitUntil(dead.isVisible)
    qtbot.mouseClick(dead.show_me, LEFT)
    assert plots.tabs.tabText(plots.tabs.currentIndex()) == "Activations"
    assert window.session.findings.lit.rule == "dead_units", "it stays marked"
    assert told(window) == "hidden_layers_at_fault"
    qtbot.mouseClick(banner.close_button, LEFT)
    assert window.session.findings.lit is None
    qtbot.mouseClick(dead.show_me, LEFT)
    assert window.session.findings.lit.rule == "dead_units"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.session.findings.lit is None


def test_what_is_closed_is_told_no_more_of_this_run(qtbot: QtBot, stuck: MainWindow, press: Press):
    banner = stuck.banner
    qtbot.mouseClick(banner.close_button, LEFT)
    assert not banner.isVisible()
    assert "hidden_layers_at_fault" in found(stuck), "it is still listed"
    assert stuck.panel("output").view._lit == ((), False)
    press(stuck, "Right")
    qtbot.waitUntil(lambda: not stuck.session.running)
    assert told(stuck) == ""
    qtbot.mouseClick(stuck.transport.reset, LEFT)
    qtbot.waitUntil(lambda: not found(stuck))
    train_until_told(qtbot, press, stuck, "hidden_layers_at_fault")


def test_it_is_of_the_moment_that_is_looked_at(qtbot: QtBot, stuck: MainWindow, press: Press):
    press(stuck, "Home")
    qtbot.waitUntil(lambda: not found(stuck) and not stuck.banner.isVisible())
    press(stuck, "End")
    qtbot.waitUntil(lambda: told(stuck) == "hidden_layers_at_fault", timeout=PATIENCE)


def test_quiet_is_a_switch_that_is_remembered(qtbot: QtBot, stuck: MainWindow, make_window: WindowMaker, press: Press):
    panel = panel_of(stuck)
    qtbot.waitUntil(panel.isVisible)
    qtbot.mouseClick(panel.quiet, LEFT, pos=QPoint(10, panel.quiet.height() // 2))
    assert not stuck.banner.isVisible()
    assert "hidden_layers_at_fault" in found(stuck)
    stuck.place("data").raise_()
    qtbot.waitUntil(lambda: not panel.isVisible())
    stuck.close()
    again = make_window(XOR)
    findings = again.session.findings
    assert again.panel("why").quiet.isChecked() and findings.quiet
    assert not again.panel("why").isVisible()
    assert not findings.isVisible(), "nothing is measured while nobody is told"
    press(again, "Space")
    qtbot.waitUntil(lambda: again.session.ask(lambda trainer: trainer.epoch).result() > 1500, timeout=PATIENCE)
    assert not found(again)
    panel_of(again)
    qtbot.waitUntil(lambda: "hidden_layers_at_fault" in found(again), timeout=PATIENCE)
    assert not again.banner.isVisible()


def test_the_floor_is_a_curve_of_its_own_by_a_switch(qtbot: QtBot, stuck: MainWindow, press: Press):
    panel, tab = panel_of(stuck), stuck.panel("plots").tab
    assert FloorProbe() not in tab.needs(running=False)
    panel.floor.click()
    (curve,) = tab.plot._ghosts.ghosts
    assert curve.key is None and curve.name == "floor"
    qtbot.waitUntil(lambda: len(tab.plot._ghosts.ghosts[0].epochs) == 1)
    assert tab.plot._ghosts.ghosts[0].lines[0][0] == pytest.approx(0.477, abs=0.001)
    press(stuck, "Space")
    qtbot.waitUntil(lambda: len(tab.plot._ghosts.ghosts[0].epochs) > 2, timeout=PATIENCE)
    pause(qtbot, press, stuck)
    curve = tab.plot._ghosts.ghosts[0]  # what is told of it is what was measured, and when
    for epoch, value in zip(curve.epochs.tolist(), curve.lines[0].tolist(), strict=True):
        assert curve.at(epoch + 0.1)[:2] == (epoch, value)
    middle = 0.45 * curve.epochs[0] + 0.55 * curve.epochs[1]
    assert curve.at(middle)[0] == curve.epochs[1]
    qtbot.mouseClick(stuck.transport.reset, LEFT)
    qtbot.waitUntil(lambda: tab.plot._ghosts.ghosts[0].epochs.tolist() == [0.0])
    panel.floor.click()
    assert not tab.plot._ghosts.ghosts
    assert FloorProbe() not in tab.needs(running=False)


def test_a_healthy_run_is_told_nothing(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(HEALTHY)
    panel = panel_of(window)
    qtbot.waitUntil(panel.nothing.isVisible)
    assert panel.nothing.text().startswith("It is too early")
    assert EvidenceProbe() in window.session.findings.needs
    press(window, "Space")
    qtbot.waitUntil(lambda: window.session.ask(lambda t: t.figures.train.loss).result() < 0.05, timeout=PATIENCE)
    assert told(window) == "" and not window.banner.isVisible()
    qtbot.waitUntil(lambda: panel.nothing.text().startswith("Nothing is found"), timeout=PATIENCE)


def test_the_weights_that_are_meant_are_marked(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(LARGE)
    press(window, "Space")
    qtbot.waitUntil(lambda: "bad_start" in found(window), timeout=PATIENCE)
    pause(qtbot, press, window)
    card = panel_of(window).cards["bad_start"]
    qtbot.waitUntil(card.isVisible)
    canvas = window.panel("network").canvas
    point_at(card)
    finding = window.session.findings.finding("bad_start")
    assert 0 < len(canvas.lit_edges) == len(finding.weights)
    assert canvas.lit == frozenset() and alarmed(canvas.grab().toImage()) > 100
