"""What Undo brings back of the shelf: a name, and a data set that was deleted."""

from collections.abc import Callable

from nnplay.gui.session.shelf import ShelfEntry
from nnplay.gui.session.undo_stack import Arrays


class RenameEntry:
    """Another name for a data set that isn't open.

    Parameters
    ----------
    put
        Lets the data set of a key have a name, and gives the one that it had.
    """

    def __init__(self, key: str, name: str, put: Callable[[str, str], str]) -> None:
        self._key, self._name, self._put = key, name, put

    def redo(self) -> None:
        """Let it have the other name."""
        self._name = self._put(self._key, self._name)

    undo = redo

    def arrays(self) -> Arrays:
        """None."""
        return ()


class DeleteEntry:
    """A data set that is taken from the shelf.

    Parameters
    ----------
    put_away, bring_back
        Take it from the shelf, and put it there again.
    """

    def __init__(
        self,
        entry: ShelfEntry,
        put_away: Callable[[ShelfEntry], None],
        bring_back: Callable[[ShelfEntry], None],
    ) -> None:
        self._entry, self._put_away, self._bring_back = entry, put_away, bring_back

    def redo(self) -> None:
        """Take it away."""
        self._put_away(self._entry)

    def undo(self) -> None:
        """Bring it back."""
        self._bring_back(self._entry)

    def arrays(self) -> Arrays:
        """Its points, or as many of them as there are in memory."""
        return self._entry.data.arrays()
