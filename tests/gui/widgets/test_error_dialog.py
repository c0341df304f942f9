"""What nobody caught is shown with its details, and the window goes on."""

import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QTextEdit
from pytestqt.qtbot import QtBot

from nnplay.errors import InputError
from nnplay.gui.session.session import Session
from nnplay.gui.widgets import error_dialog
from nnplay.gui.widgets.error_dialog import ErrorNet, show_refusal
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import Experiment

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
WhenOpen = Callable[..., list[QDialog]]
PATIENCE = 30_000


@pytest.fixture
def net(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[ErrorNet]:
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    net = ErrorNet()
    net.install()
    yield net
    net.remove()


def answer(seen: list[QMessageBox], button: str) -> None:
    """Press a button of the dialog that opens next, then close it."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(5, press)
            return
        seen.append(box)
        next(b for b in box.buttons() if b.text().replace("&", "") == button).click()
        box.accept()

    QTimer.singleShot(0, press)


def fail(text: str) -> None:
    """What nobody catches."""
    try:
        raise ZeroDivisionError(text)
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_an_error_of_ours_is_shown_with_details_to_copy(qtbot: QtBot, net: ErrorNet):
    seen: list[QMessageBox] = []
    answer(seen, "Copy Details")
    fail("on purpose")
    assert not seen  # whatever failed comes to its end first
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert "Something went wrong" in seen[0].text()
    assert "ZeroDivisionError: on purpose" in seen[0].detailedText()
    assert "ZeroDivisionError: on purpose" in QGuiApplication.clipboard().text()


def test_a_fault_within_an_act_is_shown_and_the_window_goes_on(
    qtbot: QtBot,
    net: ErrorNet,
    make_window: WindowMaker,
    press: Press,
    when_open: WhenOpen,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(Session, "new_start", fails)
    window = make_window(Experiment(seed=42))

    def read(box: QDialog) -> None:
        assert isinstance(box, QMessageBox)
        buttons = {button.text().replace("&", ""): button for button in box.buttons()}
        qtbot.mouseClick(buttons["Show Details..."], Qt.MouseButton.LeftButton)
        field = box.findChild(QTextEdit)
        assert field.isVisible()
        assert field.font().family() == QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        qtbot.mouseClick(buttons["Copy Details"], Qt.MouseButton.LeftButton)
        qtbot.mouseClick(buttons["OK"], Qt.MouseButton.LeftButton)

    seen = when_open(QMessageBox, read)
    press(window, "Shift+R")
    qtbot.waitUntil(lambda: len(seen) == 1)
    copied = QGuiApplication.clipboard().text()
    assert "ZeroDivisionError: within an act" in copied
    assert "in fails" in copied
    press(window, "Space")
    qtbot.waitUntil(lambda: window.session.trainer.epoch > 3, timeout=PATIENCE)
    press(window, "Space")
    qtbot.waitUntil(lambda: not window.session.running, timeout=PATIENCE)


def fails(_session: Session) -> None:
    raise ZeroDivisionError("within an act")


def test_what_keeps_coming_is_shown_once_whatever_else_comes(
    qtbot: QtBot, net: ErrorNet, when_open: WhenOpen, monkeypatch: pytest.MonkeyPatch
):
    now = 0.0
    monkeypatch.setattr(error_dialog, "monotonic", lambda: now)
    shown: list[str] = []

    def other(text: str) -> None:
        fail(text)

    def read(box: QDialog) -> None:
        assert isinstance(box, QMessageBox)
        shown.append(box.detailedText())
        for _ in range(3):  # two faults in painting, while the dialog is open and as it goes
            fail("first")
            other("second")
        box.accept()
        qtbot.waitUntil(lambda: not box.isVisible())
        when_open(QMessageBox, read)

    when_open(QMessageBox, read)
    fail("first")
    qtbot.waitUntil(lambda: len(shown) == 1)
    for _ in range(20):
        now += 1.0
        fail("first")
        qtbot.wait(1)
    assert len(shown) == 1
    now += 10.0
    fail("first")
    qtbot.waitUntil(lambda: len(shown) == 2)


def test_bad_input_is_said_in_one_sentence(net: ErrorNet):
    seen: list[QMessageBox] = []
    answer(seen, "OK")
    net.show(InputError("learning_rate", -1, "a number above 0"))
    assert seen[0].text() == "learning_rate is -1; allowed is a number above 0"
    assert not seen[0].detailedText()


def test_a_refusal_names_its_reason(qtbot: QtBot):
    seen: list[QMessageBox] = []
    answer(seen, "OK")
    show_refusal(None, InputError("seed", "x", "a whole number"))
    assert "seed is 'x'" in seen[0].text()
