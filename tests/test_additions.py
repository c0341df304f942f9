"""An optimiser, an activation and a data set that one file adds are in the window's lists, in files and on the
command line, with no other file touched.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ADDED = '''
"""One file more: what it registers is everywhere."""

import numpy as np

from nnplay.data import DATA_SETS, Table
from nnplay.data.data_set import DataSet
from nnplay.data.setting import Setting, fixed
from nnplay.nn import ACTIVATIONS, OPTIMIZERS
from nnplay.nn.activations import Activation
from nnplay.nn.optimizer_base import Hyperparameter
from nnplay.nn.optimizers import SGD


class Signed(SGD):
    """Steps of one size, by the sign of the gradient alone."""

    name = "signed"
    label = "signed steps"
    help = "a step of one size, either way"
    share = Hyperparameter(
        0.75, label="Step share", help="How much of the learning rate a step takes, from none to all",
        ladder=(0.25, 0.5, 0.75), below=1.0,
    )

    def __init__(self, learning_rate=0.01, share=0.75):
        super().__init__(learning_rate)
        self.share = share

    def _compute(self, parameters, gradient, out):
        np.multiply(np.sign(gradient), self.learning_rate * self.share, out=out)


class Square(Activation):
    """f(z) = z²."""

    name = "square"
    label = "square, z²"
    help = "a bowl"

    def apply(self, z, out):
        np.multiply(z, z, out)

    def derivative(self, z, a, out):
        np.multiply(z, 2.0, out)


def halves(request):
    points = np.random.default_rng(request.seed).uniform(-6.0, 6.0, (request.samples, 2))
    return Table(points, (points[:, 0] > 0.0).astype(float), "classification", (), ("0", "1"))


OPTIMIZERS["signed"] = Signed
ACTIVATIONS["square"] = Square
DATA_SETS["halves"] = DataSet(
    "halves", "Two halves", "Left and right.", "classification", Setting(10, 500, 100),
    Setting(0.0, 0.5, 0.0, whole=False), fixed(2), halves,
)
'''
COMMANDS = """
import added, json, sys
from pathlib import Path
from nnplay.cli import main
from nnplay.experiments import read_document

xor, out = Path(sys.argv[1]), Path(sys.argv[2])
chosen = ["data.kind=halves", "training.optimizer=signed", "training.share=0.5"]
chosen.append("model.hidden_layers.0.activation=square")
settings = [word for each in chosen for word in ("--set", each)]
code = main(["train", str(xor), "--epochs", "5", "--out", str(out), *settings])
kept = read_document(out).experiment
print(code, kept.data.kind, kept.training.optimizer, kept.training.share, kept.model.hidden_layers[0].activation)
print(main(["train", str(out), "--set", "training.share=1"]))
print(main(["options"]))
"""
WINDOW = """
import added, sys
from pathlib import Path
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.session.session import Session
from nnplay.gui.theme.theme import Theme
from nnplay.training.experiment import Experiment
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

folder = Path(sys.argv[2])
application = QApplication([])
settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
window = MainWindow(Session(Experiment(), Theme("light")), settings, folder / "kept")
window.show()

def choose(combo, value):
    index = combo.findData(value)
    combo.setCurrentIndex(index)
    combo.activated.emit(index)
    print(combo.itemText(index))

choose(window.transport.optimizer.combo, "signed")
choose(window.transport.activation.combo, "square")
picture = window.panel("data").gallery.button("halves")
picture.click()
print(picture.accessibleName())
box = window.panel("training").boxes["share"]
print(box.accessibleName(), box.text(), not box.parentWidget().isHidden())
print(window.panel("network").under.footers[0].controls.activation.currentText())
window.session.step_epoch()
while window.session.running:
    application.processEvents()
trainer = window.session.trainer
print(trainer.epoch, trainer.experiment.data.kind, type(trainer.optimizer).__name__)
window.close()
"""


@pytest.fixture
def run(tmp_path: Path):
    (tmp_path / "added.py").write_text(ADDED, encoding="utf-8")
    path = os.pathsep.join((str(tmp_path), str(ROOT)))
    environment = dict(os.environ, PYTHONPATH=path, QT_QPA_PLATFORM="offscreen")
    xor, folder = ROOT / "resources/presets/xor.nnplay", tmp_path / "out.nnplay"

    def start(program: str, target: Path = folder) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", program, str(xor), str(target)]
        return subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)

    return start


def test_the_command_line_and_files_have_them(run):
    done = run(COMMANDS)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "0 halves signed 0.5 square" in lines
    assert done.stderr.rstrip().endswith("experiment.training.share is 1; allowed is a number from 0 to below 1")
    assert "training.share = 0.75" in lines
    assert any("allowed is one of" in line and line.endswith("signed") for line in lines)
    assert any("allowed is one of" in line and line.endswith("square") for line in lines)
    assert any("halves" in line for line in lines)


def test_the_window_s_lists_have_them(run, tmp_path: Path):
    done = run(WINDOW, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "signed steps",
        "square, z²",
        "Two halves",
        "Step share 0.75 True",
        "square, z²",
        "1 halves Signed",
    ]
