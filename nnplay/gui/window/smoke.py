"""`nnplay --smoke`: shows that an installed nnplay works here, in a few seconds and without a person.

The window is opened on the tutorial's XOR with settings and copies of its own, which are thrown away, trains until
all points are right, saves the run, and the file is read again; and two small animations are made.
"""

import sys
import tempfile
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QElapsedTimer, QObject, QSettings, QTimer, Slot

from nnplay import __version__
from nnplay.errors import NnplayError
from nnplay.gui.files.experiment_files import SUFFIX, read_run
from nnplay.gui.theme.icons import program_icon
from nnplay.gui.window.application import the_application
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.start import collected_at_rest, open_window
from nnplay.texts import tr

EPOCHS = 2_000
"""More than the tutorial's XOR needs to be right."""
PATIENCE = 120_000
"""Milliseconds after which it has failed; a slow computer needs some three thousand."""
LOOK = 50
"""Milliseconds between two looks at how far it is."""


class Smoke(QObject):
    """A person who presses Train, waits, saves and quits.

    Attributes
    ----------
    problem
        What went wrong, once it has ended; "" where nothing did.
    """

    def __init__(self, window: MainWindow, target: Path) -> None:
        super().__init__(window)
        self.problem = ""
        self._window = window
        self._target = target
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self._look)
        window.session.failed.connect(self.fail)

    def begin(self) -> None:
        """Press Train."""
        self._window.session.toggle_training()
        self._clock.start()
        self._timer.start()

    @Slot(object)
    def fail(self, error: object) -> None:
        """Say why, and end."""
        self._end(str(error) or repr(error))

    def catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Fail by what nobody caught; in the place of `sys.excepthook`."""
        sys.__excepthook__(kind, error, trace)
        QTimer.singleShot(0, self, lambda: self.fail(error))  # never within a call of Qt's

    @Slot()
    def _look(self) -> None:
        session = self._window.session
        if session.ask(lambda trainer: trainer.epoch).result() >= EPOCHS:
            session.pause()
            self._save()
        elif self._clock.hasExpired(PATIENCE):
            self._end(tr("after {seconds} s the training isn't over", seconds=PATIENCE // 1000))

    def _save(self) -> None:
        """Save what was learned, and find it in the file."""
        try:
            self._window.files.save(self._target)
            run = read_run(self._target).trainer
        except NnplayError as error:
            self.fail(error)
            return
        figures = run.figures.train
        if run.epoch < EPOCHS or figures.accuracy != 1.0:
            self._end(
                tr("the file has {epoch} epochs and a loss of {loss}", epoch=run.epoch, loss=f"{figures.loss:.3g}")
            )
            return
        self._animate()
        self._end("")

    @staticmethod
    def _animate() -> None:
        """Make animations, whose library a bundle has only in part."""
        from nnplay.pictures.animation.frames import FramePixels, Timing
        from nnplay.pictures.animation.gif import gif, palette_of
        from nnplay.pictures.animation.webp import webp

        frames = [FramePixels(1, 1, bytes([level, level, level, 0])) for level in (0, 255)]
        webp(iter(frames), len(frames), Timing(1), exact=True)
        gif(iter(frames), len(frames), Timing(1), palette_of(frames))

    def _end(self, problem: str) -> None:
        self._timer.stop()
        self.problem = problem
        self._window.close()


def run_smoke() -> int:
    """Open the window, train, save and read; say on one line what came of it.

    Returns
    -------
    int
        0, or 1 where something went wrong.
    """
    application = the_application()
    application.setWindowIcon(program_icon())
    with tempfile.TemporaryDirectory(prefix="nnplay-") as name:
        folder = Path(name)
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        window, refused = open_window(None, settings, folder)
        smoke = Smoke(window, folder / f"xor{SUFFIX}")
        before, sys.excepthook = sys.excepthook, smoke.catch
        window.show()
        QTimer.singleShot(0, smoke, smoke.begin)
        try:
            with collected_at_rest():
                application.exec()
        finally:
            sys.excepthook = before
        problem = smoke.problem or str(refused or "")
    told = tr("the window opened, XOR was learned, saved and read again")
    line = tr("nnplay {version}: {outcome}", version=__version__, outcome=problem or told)
    if sys.stdout is not None:  # a program of Windows without a console has none
        print(line, flush=True)
    return 1 if problem else 0
