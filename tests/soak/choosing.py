"""Chooses what the player does next, at random but as written records, so that a play can be repeated."""

import random
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMenuBar,
    QTabBar,
    QWidget,
)

from nnplay.gui.paint.zoomable_view import ZoomableView
from nnplay.gui.panels.data.gallery import Tile
from nnplay.gui.panels.timeline.panel import TimelinePanel
from nnplay.gui.panels.timeline.strip import Strip
from nnplay.gui.window.main_window import MainWindow
from tests.soak.hands import Act
from tests.soak.targets import actions, front, widgets
from tests.soak.texts import NONSENSE, NUMBERS, TEXTS

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMenuBar,
    QTabBar,
)
WALKED = (QAbstractItemView, QAbstractSlider, QComboBox, ZoomableView)
STEPS = ("Up", "Down", "Left", "Right", "PgUp", "PgDown", "+", "-")
TILE_KEYS = ("Space", "Space", "F2", "Del", "Menu", "Tab")
KEYS = (
    *("Ctrl+Z",) * 6, *("Ctrl+Shift+Z",) * 3, *("Space",) * 4, *("Right",) * 2, *("Shift+Right",) * 2, *("Esc",) * 3,
    *("Ctrl+Right",) * 4, *("Ctrl+Left",) * 2, *("Return",) * 3, *("Tab",) * 4, *("Shift+Tab",) * 2,
    *("Up", "Down", "Left") * 2, *("Home", "End") * 2,
    "PgUp", "PgDown", "Del", "Backspace", "R", "Shift+R", "Ctrl+N", "Ctrl+D", "Ctrl+C", "Ctrl+V", "Ctrl+A", "Ctrl+S",
    "Ctrl+0", "Ctrl++", "Ctrl+-", "Ctrl+Shift+L", "Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Alt+1",
    "Alt+5", "Alt+6",
    "F1", "F2", "F6", "F10", "F11", "Ctrl+=", "Menu", "+", "-", "0", "1", "5", "9", ".", "Ctrl+Shift+C", "Ctrl+E",
    "Ctrl+I", "Ctrl+O", "Ctrl+Shift+S", "Ctrl+Shift+I", "Alt+F", "T", "Shift+F1", "Ctrl+Home", "Ctrl+End", "Shift+Up",
    "Shift+Down", "Ctrl+Up", "Ctrl+Down", "E", "B", "S", "D", "P", "C",
    *("Shift+Left", "Left", "Ctrl+B", "Home", "End") * 2,
)  # fmt: skip
FILE_WAYS = (
    "open",
    "open",
    "drop",
    "drop",
    "drop",
    "import_points",
    "import_points",
    "import_clipboard",
    "predict",
    "predict",
    "import_digits",
    "save",
    "save_as",
    "export_points",
)
WITH = ("", "", "", "", "shift", "ctrl", "alt")


class Choosing:
    """Chooses acts for a window.

    Parameters
    ----------
    files
        The names of the files to play with.
    """

    def __init__(self, window: MainWindow, generator: random.Random, files: Sequence[str]) -> None:
        self._window = window
        self._generator = generator
        self._files = files
        self._ways: tuple[tuple[int, Callable[[], Act]], ...] = (
            (12, self.action),
            (30, lambda: self.click(front(window))),
            (14, lambda: self.drag(front(window))),
            (8, lambda: self.wheel(front(window))),
            (20, self.keys),
            (8, lambda: self.type_text(front(window))),
            (8, lambda: self.walk(front(window))),
            (5, lambda: self.tile(front(window))),
            (3, lambda: {"do": "paste", "text": self._one(list(TEXTS))}),
            (5, self.file),
            (8, self.timeline),
            (2, self.resize),
            (3, self.dock),
            (4, lambda: {"do": "wait", "ms": self._one((1, 10, 50, 120, 450))}),
            (1, lambda: {"do": "check"}),
            (3, lambda: {"do": "undo_one", "act": self.change()}),
        )

    def act(self) -> Act:
        """The next act."""
        weights = [weight for weight, _ in self._ways]
        chosen = self._generator.choices([way for _, way in self._ways], weights)[0]
        act = chosen()
        act["answers"] = self._generator.randrange(1_000_000)
        act.setdefault("path", self._one(self._files))
        return act

    def change(self) -> Act:
        """An act that may change something."""
        whole = front(self._window)
        way = self._one((self.action, lambda: self.click(whole), lambda: self.drag(whole), lambda: self.wheel(whole),
                         lambda: self.type_text(whole), self.file,
                         lambda: {"do": "paste", "text": self._one(list(TEXTS))}))  # fmt: skip
        return way()

    def action(self) -> Act:
        """An entry of a menu, but Quit."""
        entries = actions(self._window)
        quit_ = self._window.actions_.quit
        at = self._one([place for place, action in entries.items() if action.isEnabled() and action is not quit_])
        return {"do": "action", "at": at, "text": entries[at].text()}

    def click(self, root: QWidget) -> Act:
        """A click, of any button, on anything."""
        button = self._generator.choices(("left", "right", "middle"), (12, 2, 1))[0]
        times = self._generator.choices((1, 2), (6, 1))[0]
        act: Act = {"do": "click", "on": self._target(root), "xy": self._place(), "with": self._one(WITH)}
        return act | {"button": button, "times": times}

    def drag(self, root: QWidget) -> Act:
        """A drag from one place of a widget to another, outside of it perhaps."""
        path = [self._place()]
        for _ in range(self._one((1, 2, 4, 10))):
            path.append([round(at + self._generator.uniform(-0.4, 0.4), 3) for at in path[-1]])
        act: Act = {"do": "drag", "on": self._target(root), "path": path, "with": self._one(WITH)}
        then = self._one(("",) * 8 + ("Esc", "Ctrl+Z", "Ctrl+N", "Space"))
        button = self._generator.choices(("left", "right", "middle"), (12, 1, 1))[0]
        return act | {"button": button, "then": then, "slow": self._generator.random() < 0.3}

    def wheel(self, root: QWidget) -> Act:
        """Turns the wheel over something."""
        steps = self._one((-5, -1, 1, 1, 5))
        return {"do": "wheel", "on": self._target(root), "xy": self._place(), "steps": steps, "with": self._one(WITH)}

    def keys(self) -> Act:
        """A key, or a combination."""
        return {"do": "keys", "keys": self._one(KEYS)}

    def walk(self, root: QWidget) -> Act:
        """A list, a slider or a table, gone to by the keyboard and changed by it."""
        reached = [name for name, widget in widgets(root).items() if isinstance(widget, WALKED) and widget.isEnabled()]
        if not reached:
            return self.keys()
        ways = [self._one(("Home", "End", ""))] + [self._one(STEPS)] * self._one((0, 1, 2, 5, 12))
        return {"do": "walk", "on": self._one(reached), "keys": [*filter(None, ways), self._one(("", "Space", "T"))]}

    def tile(self, root: QWidget) -> Act:
        """A data set of the gallery, gone to by the keyboard: chosen, renamed, deleted."""
        tiles = [name for name, widget in widgets(root).items() if isinstance(widget, Tile)]
        return {"do": "walk", "on": self._one(tiles), "keys": [self._one(TILE_KEYS)]} if tiles else self.keys()

    def type_text(self, root: QWidget) -> Act:
        """A text typed into a field, often one that makes no sense there."""
        fields = [name for name, widget in widgets(root).items() if isinstance(widget, QLineEdit)]
        on = self._one(fields) if fields and self._generator.random() < 0.8 else self._target(root)
        text = self._one(NUMBERS if self._generator.random() < 0.6 else NONSENSE)
        then = self._one(("Return", "Return", "Tab", "Esc", "", "Ctrl+N"))
        return {"do": "type", "on": on, "text": text, "then": then, "all": self._generator.random() < 0.7}

    def timeline(self) -> Act:
        """A place of the run: clicked, dragged to, played from, or something of its panel and its branches' menu."""
        root = front(self._window)
        panel = root.findChild(TimelinePanel) or root
        on = next((name for name, widget in widgets(root).items() if isinstance(widget, Strip)), "")
        if not on or self._generator.random() < 0.3:
            on = self._target(panel) if panel is not root else self._target(root)
        if self._generator.random() < 0.5:
            return {"do": "click", "on": on, "xy": self._place(), "with": "", "button": self._one(("left", "right"))}
        path = [self._place() for _ in range(self._one((2, 3, 8)))]
        return {"do": "drag", "on": on, "path": path, "with": "", "button": "left", "then": "", "slow": True}

    def file(self) -> Act:
        """Opens, imports, drops or writes a file."""
        return {"do": "file", "how": self._one(FILE_WAYS), "path": self._one(self._files)}

    def resize(self) -> Act:
        """Another size of the window."""
        width, height = self._one(((1100, 700), (1440, 900), (1920, 1080), (2560, 1440), (1111, 777), (1300, 1300)))
        return {"do": "resize", "width": width, "height": height}

    def dock(self) -> Act:
        """A dock floated, closed, moved or brought to the front."""
        ways = ("float", "close", "close", "raise", "left", "right", "top", "bottom")
        return {"do": "dock", "which": self._generator.randrange(8), "how": self._one(ways)}

    def _target(self, root: QWidget) -> str:
        found = widgets(root)
        weights = [
            15 if "canvas" in name.lower() else 6 if isinstance(widget, CONTROLS) else 1
            for name, widget in found.items()
        ]
        return self._generator.choices(list(found), weights)[0] if found else ""

    def _place(self) -> list[float]:
        return [round(self._generator.random(), 3), round(self._generator.random(), 3)]

    def _one(self, choices: Sequence) -> object:
        return self._generator.choice(choices)
