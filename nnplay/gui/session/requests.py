"""What panels ask of the window, which they don't know: an action of its menus, or a panel in front."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal


class Requests(QObject):
    """The requests of one session; whoever can meet one listens.

    Signals
    -------
    action(name)
        Do what this action of the window does, such as ``import_points``.
    panel(key)
        Bring the panel of this key to the front, and the keyboard into it.
    proof(where)
        Show what proves a finding: the tab or view of this `Where`, its panel in front; the keyboard stays where it is.
    keys
        Let no text have the keyboard: another experiment is there, and the next Space is for Train.
    past(change)
        Compute the run again with this `PastChange`.
    option(path)
        Let the person type this option of the experiment, such as ``training.learning_rate``.
    ahead(path, hold)
        Show what other values of this option would do to the run, for as long as the `Hold` is held; "" and None for
        the number that has the keyboard.

    Attributes
    ----------
    shows
        Answers whether the panel of a key is in view; the window's.
    """

    action = Signal(str)
    panel = Signal(str)
    proof = Signal(object)
    keys = Signal()
    option = Signal(str)
    past = Signal(object)
    ahead = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shows: Callable[[str], bool] = lambda _key: False
