"""A small window that shows how the first start gets on: for those who double-clicked and have no terminal to read.

Drawn by tkinter, which most Pythons bring along; importing this file fails where it is missing.
"""

import tkinter
from collections.abc import Callable, Generator

from nnplay.bootstrap.fetching import StartCancelledError, StartError
from nnplay.texts import tr

PACE = 30
"""Milliseconds between two looks at the work, and between two pictures of the bar."""

# the light palette of nnplay: panel, field, line, text, quiet text
PANEL, FIELD, LINE, TEXT, QUIET = "#FFFFFF", "#F3F4F7", "#E2E5EB", "#1B2230", "#5C6678"
WIDTH = 440
Work = Generator[str, None, None]


def show(work: Callable[[], Work], say: Callable[[str], None]) -> None:
    """Do the work to its end behind a progress window; `say` gets the same words.

    Parameters
    ----------
    work
        Begins the work anew each time it is called; the work must never wait between two words.

    Raises
    ------
    StartError
        What went wrong, after the person has read it in the window.
    StartCancelledError
        The person closed the window; what was running has been ended.
    tkinter.TclError
        No window can be drawn here; nothing has been done.
    """
    window = ProgressWindow(work, say)
    window.mainloop()
    if window.failure is not None:
        raise window.failure
    if not window.finished:
        raise StartCancelledError


class ProgressWindow(tkinter.Tk):
    """A title, a sentence, what happens now, a bar that moves while something does, and one or two buttons."""

    def __init__(self, work: Callable[[], Work], say: Callable[[str], None]) -> None:
        super().__init__(className="nnplay")
        self.finished = False
        self.failure: StartError | None = None
        self._begin, self._say = work, say
        self._work: Work | None = None
        self._position = 0.0
        self.title("nnplay")
        self.configure(background=PANEL, padx=24, pady=20)
        self.resizable(width=False, height=False)
        self._text(tr("nnplay is being made ready"), TEXT, 15).pack(anchor="w")
        about = tr("The first start fetches Qt, NumPy and more: about 100 MB, once.")
        self._text(about, QUIET, 10).pack(anchor="w", pady=(4, 16))
        self._bar = tkinter.Canvas(self, width=WIDTH, height=4, background=LINE, highlightthickness=0)
        self._bar.pack()
        self._block = self._bar.create_rectangle(0, 0, 0, 4, fill=TEXT, width=0)
        self._now = self._text("", TEXT, 10)
        self._now.pack(anchor="w", pady=(10, 16))
        buttons = tkinter.Frame(self, background=PANEL)
        buttons.pack(anchor="e")
        self._again = _button(buttons, tr("Try again"), self._start)
        self._close = _button(buttons, tr("Cancel"), self.destroy)
        self._close.pack(side="right")
        self.protocol("WM_DELETE_WINDOW", self.destroy)
        self.bind("<Escape>", lambda _: self.destroy())
        self.eval("tk::PlaceWindow . center")
        self._start()

    def destroy(self) -> None:
        """End what is running, and close."""
        if self._work is not None:
            self._work.close()
        super().destroy()

    def _text(self, text: str, colour: str, size: int) -> tkinter.Label:
        label = tkinter.Label(self, text=text, foreground=colour, background=PANEL, font=("TkDefaultFont", size))
        label.configure(wraplength=WIDTH, justify="left")
        return label

    def _start(self) -> None:
        self.failure = None
        self._work = self._begin()
        self._again.pack_forget()
        self._close.configure(text=tr("Cancel"))
        self.after(0, self._tick)

    def _tick(self) -> None:
        """Do a piece of the work, draw the bar, come back."""
        assert self._work is not None
        try:
            words = next(self._work)
        except StopIteration:
            self.finished = True
            self.destroy()
            return
        except StartError as failure:
            self._show_failure(failure)
            return
        if words:
            self._say("  " + words)
            self._now.configure(text=words[:1].upper() + words[1:] + " …")
        self._position = (self._position + 0.012) % 1.3
        left = (self._position - 0.3) * WIDTH
        self._bar.coords(self._block, left, 0, left + 0.3 * WIDTH, 4)
        self.after(0 if words else PACE, self._tick)

    def _show_failure(self, failure: StartError) -> None:
        self.failure = failure
        self._work = None
        sentence = str(failure)
        self._now.configure(text=sentence[:1].upper() + sentence[1:])
        self._bar.coords(self._block, 0, 0, 0, 4)
        self._close.configure(text=tr("Close"))
        self._again.pack(side="right", padx=(0, 8))
        self._close.focus_set()


def _button(parent: tkinter.Frame, text: str, command: Callable[[], None]) -> tkinter.Button:
    button = tkinter.Button(parent, text=text, command=command, padx=14, pady=4, borderwidth=0, relief="flat")
    button.configure(foreground=TEXT, background=FIELD, activeforeground=TEXT, activebackground=LINE)
    button.configure(highlightthickness=1, highlightbackground=LINE, highlightcolor=TEXT)
    return button
