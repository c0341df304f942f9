"""Makes the README's pictures: `python -m tests.screenshots` opens the real window, trains, and saves what is seen.

Needs a screen; without one, `xvfb-run -s "-screen 0 1600x1000x24" python -m tests.screenshots`.
"""

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec

FOLDER = Path(__file__).parents[1] / "resources" / "screenshots"
EPOCHS = 600
SHOWN = Experiment(
    data=DataSpec(
        kind="spirals", samples=300, noise=0.05, train_share=0.7, features=("x1", "x2", "sin(x1)", "sin(x2)")
    ),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=8, activation="tanh"), HiddenLayer(units=6, activation="tanh"))),
    training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=20),
    seed=3,
)


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def save(application: QApplication, window: MainWindow, name: str) -> None:
    """Save what is seen of the window, when it has settled."""
    wait(1000)
    picture = application.primaryScreen().grabWindow(int(window.winId()))
    picture.save(str(FOLDER / f"{name}.png"))


def main() -> int:
    """Save light.png and dark.png, and presentation.png, what a class sees."""
    application = QApplication(sys.argv[:1])
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        theme = Theme("light")
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Session(SHOWN, theme), settings, Path(folder))
        window.show()
        window.session.toggle_training()
        while window.session.trainer.epoch < EPOCHS:
            wait(50)
        window.session.pause()
        for mode in ("light", "dark"):
            theme.set_mode(mode)
            save(application, window, mode)
        theme.set_mode("light")
        window.presentation.toggle()
        save(application, window, "presentation")
        window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
