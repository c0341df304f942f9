"""Opens the window, and fails in each kind of method that Qt calls; tells on stdout what came of it.

Run by test_guard.py in a process of its own. After each fault there is one dialog, which is closed, and the window goes
on: it trains an epoch.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QElapsedTimer,
    QEvent,
    QEventLoop,
    QObject,
    QPoint,
    QPointF,
    QRectF,
    QSettings,
    QSize,
    Qt,
    QThread,
    QTimer,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QPainter, QUndoCommand, QUndoStack, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QMessageBox,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from nnplay.gui.guard import Guarded
from nnplay.gui.widgets.error_dialog import ErrorNet
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import open_window

PATIENCE = 20_000
Trigger = Callable[[QWidget], object]


def came_true(condition: Callable[[], bool]) -> bool:
    """Whether it does in time."""
    clock = QElapsedTimer()
    clock.start()
    while not condition() and not clock.hasExpired(PATIENCE):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)  # qWait raises what a slot does
    return condition()


def painting(widget: QWidget, *_: object) -> None:
    painter = QPainter(widget)
    painter.fillRect(widget.rect(), Qt.GlobalColor.red)
    [][0]


def faulty(base: type, name: str, method: Callable[..., object]) -> type:
    return type(f"Faulty_{name}", (Guarded, base), {name: method})


def wheel(widget: QWidget) -> None:
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def type_key(widget: QWidget) -> None:
    QTest.keyClick(widget, Qt.Key.Key_7)


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def send(kind: QEvent.Type) -> Trigger:
    return lambda widget: QApplication.sendEvent(widget, QEvent(kind))


def focus(kind: QEvent.Type) -> Trigger:
    return lambda widget: QApplication.sendEvent(widget, QFocusEvent(kind))


def right_click(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5)))


OF_WIDGETS: dict[str, tuple[type, Trigger]] = {
    "paintEvent": (QWidget, QWidget.repaint),
    "resizeEvent": (QWidget, lambda widget: widget.resize(widget.width() + 1, 40)),
    "showEvent": (QWidget, lambda widget: (widget.hide(), widget.show())),
    "hideEvent": (QWidget, lambda widget: (widget.hide(), widget.show())),
    "closeEvent": (QWidget, QWidget.close),
    "changeEvent": (QWidget, send(QEvent.Type.FontChange)),
    "event": (QWidget, send(QEvent.Type.User)),
    "timerEvent": (QWidget, lambda widget: widget.startTimer(1)),
    "mousePressEvent": (QWidget, click),
    "mouseReleaseEvent": (QWidget, click),
    "mouseDoubleClickEvent": (QWidget, lambda widget: QTest.mouseDClick(widget, Qt.MouseButton.LeftButton)),
    "mouseMoveEvent": (QWidget, lambda widget: QTest.mouseMove(widget, QPoint(7, 7))),
    "wheelEvent": (QWidget, wheel),
    "leaveEvent": (QWidget, send(QEvent.Type.Leave)),
    "keyPressEvent": (QWidget, type_key),
    "focusInEvent": (QWidget, focus(QEvent.Type.FocusIn)),
    "focusOutEvent": (QWidget, focus(QEvent.Type.FocusOut)),
    "contextMenuEvent": (QWidget, right_click),
    "focusNextPrevChild": (QWidget, lambda widget: QTest.keyClick(widget, Qt.Key.Key_Tab)),
    "sizeHint": (QWidget, QWidget.updateGeometry),
    "minimumSizeHint": (QWidget, QWidget.updateGeometry),
    "tabLayoutChange": (QTabBar, lambda bar: bar.addTab("a")),
    "showPopup": (QComboBox, click),
    "validate": (QAbstractSpinBox, type_key),
    "stepBy": (QAbstractSpinBox, lambda box: QTest.keyClick(box, Qt.Key.Key_Up)),
    "stepEnabled": (QAbstractSpinBox, QWidget.repaint),
}
"""What is overridden → of which class, and how a person or Qt comes to call it."""


class Faults:
    """Fails once in each way, and waits for the dialog each time."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.dialogs: list[str] = []
        self.done = 0
        self._closer = QTimer(interval=10)
        self._closer.timeout.connect(self._close_dialog)
        self._closer.start()

    def _close_dialog(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            assert box.objectName() == "error"
            self.dialogs.append(box.detailedText())
            box.accept()

    def expect(self, name: str, trigger: Callable[[], object]) -> None:
        """One dialog comes of it, however often it is called, and the window can be used."""
        print(name, flush=True)
        before = len(self.dialogs)
        trigger()
        if not came_true(lambda: len(self.dialogs) > before):
            raise AssertionError(f"no dialog for {name}")
        for _ in range(5):
            trigger()
            QApplication.processEvents()
        assert len(self.dialogs) == before + 1, f"{len(self.dialogs) - before} dialogs for {name}"
        assert "IndexError: list index out of range" in self.dialogs[-1]
        assert self.window.isVisible()
        epoch = self.window.session.trainer.epoch
        self.window.session.step_epoch()
        trained = came_true(lambda: not self.window.session.running and self.window.session.trainer.epoch > epoch)
        assert trained, f"no training after {name}"
        self.done += 1

    def of_widgets(self) -> None:
        for name, (base, trigger) in OF_WIDGETS.items():
            kind = faulty(base, name, painting if name == "paintEvent" else self._unique(name))
            if name == "stepBy":
                kind.stepEnabled = lambda _: QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
            host = QWidget(self.window)
            column = QVBoxLayout(host)

            def act(host=host, kind=kind, trigger=trigger, column=column) -> None:
                if not column.count():
                    widget = kind()
                    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                    widget.setMouseTracking(True)
                    column.addWidget(widget)
                    host.resize(200, 80)
                    host.show()
                    host.raise_()
                trigger(column.itemAt(0).widget())

            self.expect(name, act)
            host.hide()
            host.deleteLater()

    @staticmethod
    def _unique(name: str) -> Callable[..., object]:
        """What code in C raises, at a place of its own: the same one again so soon would be shown once."""
        space: dict[str, Callable[..., object]] = {}
        exec(compile("def method(*_):\n    return [][0]", f"<{name}>", "exec"), space)
        return space["method"]

    def of_others(self) -> None:
        watched = QWidget(self.window)
        watcher = faulty(QObject, "eventFilter", self._unique("eventFilter"))(watched)
        watched.installEventFilter(watcher)
        self.expect("eventFilter", lambda: QApplication.sendEvent(watched, QEvent(QEvent.Type.User)))
        stack = QUndoStack(self.window)
        redo = faulty(QUndoCommand, "redo", self._unique("redo"))
        self.expect("redo", lambda: stack.push(redo()))
        undo = faulty(QUndoCommand, "undo", self._unique("undo"))
        self.expect("undo", lambda: (stack.push(undo()), stack.undo()))
        threads: list[QThread] = []
        thread = faulty(QThread, "run", self._unique("run"))

        def run() -> None:
            threads.append(thread(self.window))
            threads[-1].start()
            threads[-1].wait()

        self.expect("run", run)
        self.expect("slot", lambda: QTimer.singleShot(0, self._unique("slot")))

    def of_items(self) -> None:
        rect, nothing = (lambda _: QRectF(0, 0, 50, 50)), (lambda *_: None)
        for name in ("boundingRect", "paint", "shape", "itemChange"):
            methods = {"boundingRect": rect, "paint": nothing, name: self._unique(name)}
            item = type(f"Faulty_{name}", (Guarded, QGraphicsItem), methods)()
            item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemSendsGeometryChanges)
            view = QGraphicsView(QGraphicsScene(self.window), self.window)
            view.resize(QSize(200, 200))

            def act(view=view, item=item) -> None:
                view.show()
                view.raise_()
                if item.scene() is None:
                    view.scene().addItem(item)
                item.setPos(item.x() + 1, 0)
                view.scene().items(item.mapToScene(5, 5))
                view.viewport().repaint()

            self.expect(name, act)
            view.hide()
            view.deleteLater()


def main() -> int:
    application = QApplication(sys.argv[:1])
    net = ErrorNet(application)
    net.install()
    folder = Path(sys.argv[1])
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    window, problem = open_window(None, settings, folder / "kept")
    assert problem is None
    window.show()
    faults = Faults(window)
    result: list[int] = []

    def act() -> None:
        try:
            faults.of_widgets()
            faults.of_others()
            faults.of_items()
            print(f"all {faults.done} kinds", flush=True)
            result.append(0)
        except Exception as error:  # noqa: BLE001 - it's the test that has failed
            print(f"failed: {error!r}", flush=True)
        finally:
            window.close()

    QTimer.singleShot(0, act)
    application.exec()
    return 0 if result else 1


if __name__ == "__main__":
    sys.exit(main())
