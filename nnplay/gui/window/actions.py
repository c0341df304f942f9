"""Every action that has a key, once: menus, buttons and the list of shortcuts are made from these."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from nnplay.desktop_entry import can_be_added
from nnplay.gui.files.animation.export import AnimationExport
from nnplay.gui.files.digits import DigitImport
from nnplay.gui.files.file_dialogs import FileDialogs
from nnplay.gui.files.gradients.checks import GradientChecks
from nnplay.gui.files.network_export import NetworkExport
from nnplay.gui.files.past.changes import PastChanges
from nnplay.gui.files.pictures import Pictures
from nnplay.gui.files.points import PointsExport
from nnplay.gui.files.prediction import Prediction
from nnplay.gui.files.table_import import TableImport
from nnplay.gui.files.until.actions import Until
from nnplay.gui.files.worked.files import WorkedExamples
from nnplay.gui.session.best_moment import go_to_best
from nnplay.gui.session.film import Film
from nnplay.gui.session.leaving_out import WITHOUT_KEYS, leave_out_chosen
from nnplay.gui.session.session import Session
from nnplay.gui.session.timeline import Timeline
from nnplay.gui.widgets.plain_text import menu_text, set_tip
from nnplay.gui.window.catalogue import PANELS, PanelRow
from nnplay.gui.window.menu_entry import MenuEntry
from nnplay.texts import mark, tr
from nnplay.training.run_control import RunState


class ChangeAction(QAction):
    """Undo or redo, with the name of the change that it would undo or redo.

    Qt's own actions of an undo stack put the name after the verb, which not every language does.

    Parameters
    ----------
    plain
        What it is called where there is no change; a marked text.
    named
        The same with a change, in the place ``{change}``.
    """

    def __init__(self, plain: str, named: str, parent: QObject) -> None:
        super().__init__(parent)
        self._plain, self._named = plain, named

    @Slot(str)
    def show_change(self, change: str) -> None:
        """Be named after this change; "" where there is none."""
        self.setText(menu_text(tr(self._named, change=change)) if change else tr(self._plain))


class Actions(QObject):
    """The window's QActions, each with a name, a sentence, a key and a state."""

    def __init__(
        self,
        session: Session,
        window: QMainWindow,
        files: FileDialogs,
        tables: TableImport,
        points: PointsExport,
        prediction: Prediction,
        gradients: GradientChecks,
        past: PastChanges,
        network: NetworkExport,
        digits: DigitImport,
        pictures: Pictures,
        animation: AnimationExport,
        worked: WorkedExamples,
        until: Until,
        reset_layout: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._all: list[QAction] = []
        self._add_run(session, until)
        self._add_files(files, digits)
        self._add_points(tables, points)
        self._add_prediction(prediction)
        self._add_gradients(gradients)
        self._add_branches(past)
        self._add_network(network)
        self._add_pictures(pictures)
        self._add_shown(animation, worked)
        self._add_window(session, window, reset_layout)
        self._session = session
        session.state_changed.connect(self._on_state_changed)
        session.walk.changed.connect(self._allow_back)
        session.undo_stack.moved.connect(self._allow_back)
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

    def add(self, text: str, keys: str, do: Callable[[], object], sentence: str) -> QAction:
        """One more action."""
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: do())
        return self._listed(action, sentence)

    def _add_run(self, session: Session, until: Until) -> None:
        self.train = self.add(
            tr("Train"), "Space", session.toggle_training, tr("Train epoch after epoch, or pause at the next step")
        )
        self.step = self.add(tr("Step One Epoch"), "Right", session.step_epoch, tr("Train one epoch and pause"))
        self.step_batch = self.add(
            tr("Step One Batch"), "Shift+Right", session.step_batch, tr("One update on one batch")
        )
        self.step_phase = self.add(
            tr("Step One Phase"),
            "Ctrl+Right",
            session.step_phase,
            tr("The next part of one update, from the inputs to the new weights"),
        )
        self.back_phase = self.add(
            tr("Back One Phase"),
            "Ctrl+Left",
            session.back_phase,
            tr("The phase before, also of the step that was walked through last"),
        )
        self._add_timeline(session.timeline, until)
        self._add_film(session.film)
        self.stop_when = self.add(
            tr("Stop When…"), "Ctrl+Shift+T", until.open_stop, tr("End a run where a condition comes true")
        )
        self.without_point = self.add(
            tr("Without This Point"),
            WITHOUT_KEYS,
            partial(leave_out_chosen, session),
            tr("Train the run again without the training point that is chosen, or with it again, as a branch"),
        )
        self.see_ahead = self.add(
            tr("See Ahead…"),
            "Ctrl+F",
            lambda: session.requests.ahead.emit("", None),
            tr("What the coming epochs bring with other values of the chosen number, or of the learning rate"),
        )
        self.reset = self.add(tr("Reset"), "R", session.reset, tr("Back to the same starting weights, at epoch 0"))
        self.new_start = self.add(
            tr("New Start"), "Shift+R", session.new_start, tr("Draw other starting weights, from a new seed")
        )
        self._add_undo(session)

    def _add_timeline(self, timeline: Timeline, until: Until) -> None:
        """Through what the run was."""
        self.timeline = [
            self.add(tr("Back One Epoch"), "Left", timeline.back_epoch, tr("The run as it was an epoch before")),
            self.add(tr("Back One Batch"), "Shift+Left", timeline.back_batch, tr("The run as it was an update before")),
            self.add(tr("To the Beginning"), "Home", timeline.go_to_start, tr("The run as it was at its beginning")),
            self.add(tr("To the End"), "End", timeline.leave, tr("Back from an earlier moment to the end of the run")),
            self.add(
                tr("Back to the Best"),
                "Ctrl+B",
                partial(go_to_best, timeline),
                tr("See the run where its test loss is lowest; without a test set, its training loss"),
            ),
            self.add(
                tr("Back Until…"),
                "Ctrl+Shift+B",
                until.open_back,
                tr("See the last moment of the run at which a condition came true"),
            ),
        ]

    def _add_film(self, film: Film) -> None:
        """Through all of it, by itself."""
        self._film = film
        self._play = self.add(
            tr("Play from the Start"),
            "Shift+Home",
            film.toggle,
            tr("Show the run from its start, at the pace that is set; again, and it pauses there"),
        )
        film.changed.connect(self._on_film_changed)
        self.timeline.append(self._play)

    @Slot()
    def _on_film_changed(self) -> None:
        self._play.setText(tr("Stop Playing") if self._film.playing else tr("Play from the Start"))

    def _add_undo(self, session: Session) -> None:
        stack, keys = session.undo_stack, QKeySequence.StandardKey
        self.undo = ChangeAction(mark("Undo"), mark("Undo {change}"), self)
        self.undo.setEnabled(stack.canUndo())
        self.undo.show_change(stack.undoText())
        stack.canUndoChanged.connect(self.undo.setEnabled)
        stack.undoTextChanged.connect(self.undo.show_change)
        self.undo.triggered.connect(stack.undo)
        self.undo.triggered.connect(lambda: session.message.emit(tr("Undo: {change}", change=stack.redoText())))
        self.redo = ChangeAction(mark("Redo"), mark("Redo {change}"), self)
        self.redo.setEnabled(stack.canRedo())
        self.redo.show_change(stack.redoText())
        stack.canRedoChanged.connect(self.redo.setEnabled)
        stack.redoTextChanged.connect(self.redo.show_change)
        self.redo.triggered.connect(stack.redo)
        self.redo.triggered.connect(lambda: session.message.emit(tr("Redo: {change}", change=stack.undoText())))
        self.undo.setShortcuts(keys.Undo)
        self.redo.setShortcuts(keys.Redo)
        self._listed(self.undo, tr("Undo the last change to points, network or training"))
        self._listed(self.redo, tr("Redo the last change to points, network or training"))

    def _add_files(self, files: FileDialogs, digits: DigitImport) -> None:
        self.open = self.add(tr("Open…"), "Ctrl+O", files.open, tr("Open an experiment file"))
        self.save = self.add(tr("Save"), "Ctrl+S", files.save, tr("Save experiment, weights and history"))
        self.save_as = self.add(tr("Save As…"), "Ctrl+Shift+S", files.save_as, tr("Save to another file"))
        self.import_digits = self.add(
            tr("Import Digits…"),
            "Ctrl+Shift+I",
            digits.ask_import,
            tr("Take the pictures of MNIST or Fashion-MNIST files"),
        )

    def _add_points(self, tables: TableImport, points: PointsExport) -> None:
        self.import_points = self.add(
            tr("Import Table…"), "Ctrl+I", tables.ask_import, tr("Take the rows of a spreadsheet, CSV or other table")
        )
        self.import_clipboard = self.add(
            tr("Import from Clipboard…"),
            "Ctrl+Shift+V",
            tables.import_clipboard,
            tr("Look at the table on the clipboard, and say what its columns are"),
        )
        self.export_points = self.add(tr("Points…"), "Ctrl+E", points.ask_export, tr("Write the points to a CSV file"))
        self.copy_points = self.add(
            tr("Copy Points"), "Ctrl+C", points.copy, tr("All points as text for a spreadsheet")
        )
        self.paste_points = self.add(
            tr("Paste Points"), "Ctrl+V", tables.paste, tr("Take the points of a spreadsheet's cells")
        )

    def _add_gradients(self, gradients: GradientChecks) -> None:
        self.check_gradients = self.add(
            tr("Check Gradients…"),
            "Ctrl+G",
            gradients.open_page,
            tr("Compare the gradients of the coming step with differences of the loss, the worst first"),
        )

    def _add_prediction(self, prediction: Prediction) -> None:
        self.predict = self.add(
            tr("Predict…"),
            "Ctrl+P",
            prediction.open_page,
            tr("Show what the network makes of rows without a target, and save it"),
        )

    def _add_branches(self, past: PastChanges) -> None:
        self.branches = self.add(
            tr("Branches…"),
            "Ctrl+J",
            past.open_page,
            tr("The ways that the run took, side by side: return to one, name or delete it"),
        )

    def _add_shown(self, animation: AnimationExport, worked: WorkedExamples) -> None:
        """What is made of a run for others to see."""
        self.export_animation = self.add(
            tr("Animation…"),
            "Ctrl+Shift+E, A",
            animation.ask_export,
            tr("Write what a view showed over the run, as WebP, GIF or numbered pictures"),
        )
        self.worked_example = self.add(
            tr("Worked Example…"),
            "Ctrl+Shift+H",
            worked.open_page,
            tr("One whole step of a small network written out as on a board, with blanks to fill in"),
        )

    def _add_network(self, network: NetworkExport) -> None:
        self.export_network = self.add(
            tr("Network…"),
            "Ctrl+Shift+E, K",
            network.ask_export,
            tr("Write the network for other tools: Python, a notebook, ONNX, weights, a report"),
        )
        self.import_weights = self.add(
            tr("Import Weights…"),
            "Ctrl+Shift+W",
            network.ask_weights,
            tr("Start from the weights of a safetensors file, which must fit the network"),
        )

    def _add_pictures(self, pictures: Pictures) -> None:
        self.copy_picture = self.add(
            tr("Copy Picture"),
            "Ctrl+Shift+C",
            pictures.copy,
            tr("A picture of the view under the pointer, else of the window"),
        )
        whole = self.add(
            tr("Picture of Whole Window…"),
            "Ctrl+Shift+E, W",
            pictures.export,
            tr("Write a picture of the whole window, as PNG or SVG"),
        )
        self.export_pictures = [whole, *(self._exported(pictures, row) for row in PANELS if row.picture)]
        self.export_history = self.add(
            tr("History…"),
            "Ctrl+Shift+E, H",
            pictures.export_history,
            tr("Write losses, accuracies and errors, epoch by epoch, as CSV"),
        )

    def _add_window(self, session: Session, window: QMainWindow, reset_layout: Callable[[], None]) -> None:
        self.theme = self.add(tr("Light or Dark"), "Ctrl+D", session.theme.toggle, tr("Switch between light and dark"))
        self.default_layout = self.add(
            tr("Default Layout"), "Ctrl+Shift+L", reset_layout, tr("All panels back to where they were at first")
        )
        self.shortcuts = self.add(
            tr("Keyboard Shortcuts"), "F1", lambda: _open_shortcuts(window), tr("Every action and its key")
        )
        self.in_menu: list[MenuEntry] = []
        if can_be_added():
            entry = MenuEntry(session, self)
            self._listed(entry, tr("Put nnplay and its files into the desktop's menu, or take them away again"))
            self.in_menu.append(entry)
        self.about = self.add(tr("About nnplay"), "Shift+F1", lambda: _open_about(window), tr("Versions and licences"))
        self.quit = self.add(tr("Quit"), "Ctrl+Q", window.close, tr("Close nnplay"))

    def _exported(self, pictures: Pictures, row: PanelRow) -> QAction:
        title = tr(row.title)
        return self.add(
            tr("Picture of {panel}…", panel=title),
            f"Ctrl+Shift+E, {row.picture}",
            lambda: pictures.export(row.key),
            tr("Write a picture of the view {panel}, as PNG or SVG", panel=title),
        )

    def _listed(self, action: QAction, sentence: str) -> QAction:
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        set_tip(action, tr("{sentence} ({keys})", sentence=sentence, keys=keys))
        action.setStatusTip(sentence)
        self._all.append(action)
        self._window.addAction(action)
        return action

    def _on_state_changed(self, state: RunState) -> None:
        running = state is RunState.RUNNING
        self.train.setText(tr("Pause") if running else tr("Train"))
        self.step.setEnabled(not running)
        self.step_batch.setEnabled(not running)
        self.step_phase.setEnabled(not running)
        self._allow_back()

    @Slot()
    def _allow_back(self) -> None:
        self.back_phase.setEnabled(not self._session.running and self._session.walk.can_go_back)


# these dialogs are rarely wanted, and importing them takes time: not at the start


def _open_shortcuts(window: QMainWindow) -> None:
    from nnplay.gui.window.shortcuts import ShortcutsDialog

    ShortcutsDialog(window).open()


def _open_about(window: QMainWindow) -> None:
    from nnplay.gui.window.about import AboutDialog

    AboutDialog(window).open()
