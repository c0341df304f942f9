"""Every act that has a key, once: menus, buttons and the list of shortcuts are made from these."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from nnplay.gui.files.digits import DigitImport
from nnplay.gui.files.file_dialogs import FileDialogs
from nnplay.gui.files.pictures import Pictures
from nnplay.gui.files.points import PointExchange
from nnplay.gui.session.session import Session
from nnplay.gui.window.about import AboutDialog
from nnplay.gui.window.catalogue import PANELS
from nnplay.gui.window.shortcuts import ShortcutsDialog
from nnplay.training.run_control import RunState


class Actions(QObject):
    """The window's acts as QActions with a name, a sentence, a key and a state."""

    def __init__(
        self,
        session: Session,
        window: QMainWindow,
        files: FileDialogs,
        points: PointExchange,
        digits: DigitImport,
        pictures: Pictures,
        reset_layout: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._all: list[QAction] = []
        self._add_run(session)
        self._add_files(files, points, digits)
        self._add_pictures(pictures)
        self._add_window(session, window, reset_layout)
        session.state_changed.connect(self._on_state_changed)
        self._on_state_changed(session.state)

    def all(self) -> list[QAction]:
        """Every action, in the order of the list of shortcuts."""
        return list(self._all)

    @Slot(str)
    def trigger(self, name: str) -> None:
        """Do what the action of this name does, such as ``import_points``."""
        action = getattr(self, name)
        assert isinstance(action, QAction)
        action.trigger()

    def _add_run(self, session: Session) -> None:
        self.train = self._add(
            "Train", "Space", session.toggle_training, "Train epoch after epoch, or pause at the next step"
        )
        self.step = self._add("Step One Epoch", "Right", session.step_epoch, "Train one epoch and rest")
        self.step_batch = self._add("Step One Batch", "Shift+Right", session.step_batch, "One update on one batch")
        self.reset = self._add("Reset", "R", session.reset, "Back to the same starting weights, at epoch 0")
        self.new_start = self._add(
            "New Start", "Shift+R", session.new_start, "Draw other starting weights, from a new seed"
        )
        stack, keys = session.undo_stack, QKeySequence.StandardKey
        self.undo = self._stacked(stack.createUndoAction(self, "Undo"), keys.Undo, "Take back")
        self.redo = self._stacked(stack.createRedoAction(self, "Redo"), keys.Redo, "Do again")
        self.undo.triggered.connect(lambda: session.message.emit(f"Taken back: {stack.redoText()}"))
        self.redo.triggered.connect(lambda: session.message.emit(f"Done again: {stack.undoText()}"))

    def _add_files(self, files: FileDialogs, points: PointExchange, digits: DigitImport) -> None:
        self.open = self._add("Open…", "Ctrl+O", files.open, "Open an experiment file")
        self.save = self._add("Save", "Ctrl+S", files.save, "Save experiment, weights and history")
        self.save_as = self._add("Save As…", "Ctrl+Shift+S", files.save_as, "Save to another file")
        self.import_points = self._add("Import Points…", "Ctrl+I", points.ask_import, "Take the points of a CSV file")
        self.import_digits = self._add(
            "Import Digits…", "Ctrl+Shift+I", digits.ask_import, "Take the pictures of MNIST or Fashion-MNIST files"
        )
        self.export_points = self._add("Points…", "Ctrl+E", points.ask_export, "Write the points to a CSV file")
        self.copy_points = self._add("Copy Points", "Ctrl+C", points.copy, "All points as text for a spreadsheet")
        self.paste_points = self._add(
            "Paste Points", "Ctrl+V", points.paste, "Take the points of a spreadsheet's cells"
        )

    def _add_pictures(self, pictures: Pictures) -> None:
        self.copy_picture = self._add(
            "Copy Picture", "Ctrl+Shift+C", pictures.copy, "A picture of the view under the pointer, else of the window"
        )
        views = [("", "W"), *((row.title, row.picture) for row in PANELS if row.picture)]
        self.export_pictures = [self._exported(pictures, title, key) for title, key in views]
        self.export_history = self._add(
            "History…",
            "Ctrl+Shift+E, H",
            pictures.export_history,
            "Write losses and accuracies, epoch by epoch, as CSV",
        )

    def _add_window(self, session: Session, window: QMainWindow, reset_layout: Callable[[], None]) -> None:
        self.theme = self._add("Light or Dark", "Ctrl+D", session.theme.toggle, "Switch between light and dark")
        self.default_layout = self._add(
            "Default Layout", "Ctrl+0", reset_layout, "All panels back to where they were at first"
        )
        self.shortcuts = self._add(
            "Keyboard Shortcuts", "F1", lambda: ShortcutsDialog(window).open(), "Every act and its key"
        )
        self.about = self._add("About nnplay", "Shift+F1", lambda: AboutDialog(window).open(), "Versions and licences")
        self.quit = self._add("Quit", "Ctrl+Q", window.close, "Close nnplay")

    def _exported(self, pictures: Pictures, title: str, key: str) -> QAction:
        sentence = f"Write a picture of {f'the view {title}' if title else 'the whole window'}, as PNG or SVG"
        return self._add(
            f"{title or 'Whole Window'}…", f"Ctrl+Shift+E, {key}", lambda: pictures.export(title), sentence
        )

    def _add(self, text: str, keys: str, act: Callable[[], object], sentence: str) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setToolTip(f"{sentence} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        action.setStatusTip(sentence)
        action.triggered.connect(lambda: act())
        return self._listed(action)

    def _stacked(self, action: QAction, key: QKeySequence.StandardKey, what: str) -> QAction:
        action.setShortcuts(key)
        sentence = f"{what} the last act on points, network or training"
        action.setToolTip(f"{sentence} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        action.setStatusTip(sentence)
        return self._listed(action)

    def _listed(self, action: QAction) -> QAction:
        self._all.append(action)
        self._window.addAction(action)
        return action

    def _on_state_changed(self, state: RunState) -> None:
        running = state is RunState.RUNNING
        self.train.setText("Pause" if running else "Train")
        self.step.setEnabled(not running)
        self.step_batch.setEnabled(not running)
