"""Holds the work of a thread, until a test lets it go on or a person cancels."""

import threading

from nnplay.gui.files.file_thread import Progress


class Gate:
    """Holds work at its first word of progress.

    Attributes
    ----------
    shut
        Whether whoever asks before holding does so.
    """

    def __init__(self) -> None:
        self.shut = False
        self.reached = threading.Event()
        self.open = threading.Event()

    def hold(self, progress: Progress, *, begun: bool = False) -> Progress:
        """A progress that waits, and hears of a cancel; with `begun`, where something is done already."""

        def tell(done: int, total: int) -> None:
            progress(done, total)
            if begun and not done:
                return
            self.reached.set()
            while not self.open.wait(0.005):
                progress(done, total)

        return tell

    def wait(self) -> None:
        """Wait without a word."""
        self.reached.set()
        self.open.wait(30)
