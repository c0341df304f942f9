"""A real window on a small experiment for tests that act as a person does; its thread is ended afterwards."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from nnplay.gui.files import work
from nnplay.gui.session import timeline
from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import set_factor
from nnplay.gui.theme.theme import Theme
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import open_window
from nnplay.training import run_control
from nnplay.training.awaiting import answer_people
from nnplay.training.experiment import Experiment

if os.environ.get("QT_QPA_PLATFORM") == "offscreen":  # whose own screen is smaller than any that people have
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={Path(__file__).with_name('screen.json')}"

Start = Callable[..., MainWindow]
Press = Callable[[MainWindow, str], None]
WindowMaker = Callable[[Experiment], MainWindow]


LOOK_MS = 2


@pytest.fixture(scope="session", autouse=True)
def waits_look_often() -> Iterator[None]:
    """`waitUntil` looks again after 10 ms, of which a step of a small network takes a hundredth."""
    wait = QtBot.wait
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QtBot, "wait", lambda self, ms: wait(self, min(ms, LOOK_MS)))
        yield


@pytest.fixture(autouse=True)
def bare_application() -> Iterator[None]:
    """No test finds widgets or the style sheet of another: Qt would go through all of them at each new control."""
    yield
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.processEvents()  # what a session that ended has still to say is for widgets that are there
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        application.setStyleSheet("")


@pytest.fixture(autouse=True)
def main_thread_answers_a_person() -> Iterator[None]:
    """As in the program: what would have it compile, or load what is compiled, fails."""
    answer_people()
    yield
    answer_people(answers=False)


@pytest.fixture(autouse=True)
def usual_scale() -> Iterator[None]:
    """However large a test made all, the next one begins with the usual size."""
    yield
    set_factor(1.0)


@pytest.fixture(autouse=True)
def short_work_is_done_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, what takes a moment on one's own takes no turn of the event loop here."""
    monkeypatch.setattr(work, "AT_ONCE_MS", 60_000)
    monkeypatch.setattr(timeline, "AT_ONCE", 60.0)


@pytest.fixture(autouse=True)
def runs_begin_at_full_speed(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A test that waits for epochs waits for no beginning that is slow for people; those of it are marked."""
    if request.node.get_closest_marker("slow_beginning") is None:
        monkeypatch.setattr(run_control, "FIRST_PACE", run_control.FULL_SPEED)


@pytest.fixture
def theme(qtbot: QtBot) -> Theme:
    """The light theme, in force."""
    return Theme("light")


@pytest.fixture
def make_session(theme: Theme) -> Iterator[Callable[[Experiment], Session]]:
    """Makes sessions and ends their threads."""
    sessions: list[Session] = []

    def make(experiment: Experiment) -> Session:
        sessions.append(Session(experiment, theme))
        return sessions[-1]

    yield make
    for session in sessions:
        session.close()


@pytest.fixture
def make_window(
    qtbot: QtBot, tmp_path: Path, theme: Theme, qapp: QApplication, make_session: Callable[[Experiment], Session]
) -> WindowMaker:
    """Makes windows, shown and active; styled when they are built, as in the program: else it takes twice as long."""

    def make(experiment: Experiment) -> MainWindow:
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        qapp.setStyleSheet("")
        window = MainWindow(make_session(experiment), settings, tmp_path / "kept")
        theme.apply_style_sheet()
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        with qtbot.waitActive(window):
            pass
        return window

    return make


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Start:
    """Starts the program anew, as the next double click does."""

    def act(path: Path | None = None) -> MainWindow:
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        window, problem = open_window(path, settings, tmp_path / "kept")
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        window.problem = problem
        with qtbot.waitActive(window):
            pass
        return window

    return act


@pytest.fixture
def press(qtbot: QtBot) -> Press:
    """Presses keys, such as "Ctrl+S", in a window."""

    def act(window: MainWindow, keys: str) -> None:
        if not window.isActiveWindow():  # a dialog was open: a window manager would give the keyboard back
            window.activateWindow()
            qtbot.waitUntil(window.isActiveWindow)
        combination = QKeySequence(keys)
        for index in range(combination.count()):
            qtbot.keyClick(window, combination[index].key(), combination[index].keyboardModifiers())

    return act


@pytest.fixture
def when_open(qtbot: QtBot) -> Iterator[Callable[[type[QDialog], Callable[[QDialog], object]], list[QDialog]]]:
    """Does something with the next dialog of a kind, as soon as it is open; gives the list that it will be in."""
    timers: list[QTimer] = []

    def watch(kind: type[QDialog], act: Callable[[QDialog], object]) -> list[QDialog]:
        seen: list[QDialog] = []
        timer = QTimer(interval=5)

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, kind):
                timer.stop()
                seen.append(dialog)
                act(dialog)

        timer.timeout.connect(look)
        timer.start()
        timers.append(timer)
        return seen

    yield watch
    for timer in timers:
        timer.stop()


@pytest.fixture
def type_name(when_open: Callable[..., list[QDialog]]) -> Callable[..., list[str]]:
    """Types the name of a file into the next dialog, and accepts it; gives the list of the names it proposed."""

    def watch(name: str, *, kind: str = "") -> list[str]:
        proposed: list[str] = []

        def act(dialog: QDialog) -> None:
            assert isinstance(dialog, QFileDialog)
            field = dialog.findChild(QLineEdit)
            assert isinstance(field, QLineEdit)
            proposed.append(field.text())
            if kind:
                dialog.selectNameFilter(next(text for text in dialog.nameFilters() if kind in text))
                dialog.filterSelected.emit(dialog.selectedNameFilter())
            field.setText(name)
            dialog.accept()

        when_open(QFileDialog, act)
        return proposed

    return watch


@pytest.fixture
def read_refusal(when_open: Callable[..., list[QDialog]]) -> Callable[[], list[str]]:
    """Reads what the next message says, and closes it; gives the list that its sentence will be in."""

    def watch() -> list[str]:
        said: list[str] = []

        def act(box: QDialog) -> None:
            assert isinstance(box, QMessageBox)
            said.append(box.text())
            box.accept()

        when_open(QMessageBox, act)
        return said

    return watch
