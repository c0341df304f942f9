"""A file that was double-clicked comes as an event on macOS: into a fresh window, else into one of its own."""

import subprocess
import sys
from pathlib import Path

from nnplay.experiments import Document, write_document
from nnplay.training.experiment import Experiment

ASKED = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QSettings, QUrl
from PySide6.QtGui import QFileOpenEvent
from nnplay.gui.window.application import Application, open_files, the_application
from nnplay.gui.window.start import open_window

application = the_application()
assert type(application) is Application
folder = Path(sys.argv[1])
window, problem = open_window(None, QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat), folder / "kept")
others = []
open_files(application, window, others.append)
window.show()
for name in sys.argv[2:]:
    QCoreApplication.sendEvent(application, QFileOpenEvent(QUrl.fromLocalFile(name)))
while window.files.path is None:
    application.processEvents()
print(window.files.path, *others, sep="\\n")
window.close()
"""


def test_the_first_goes_into_the_fresh_window_and_the_second_into_another(tmp_path: Path) -> None:
    paths = [tmp_path / "one.nnplay", tmp_path / "two.nnplay"]
    for path in paths:
        write_document(Document(experiment=Experiment(seed=3)), path)
    command = [sys.executable, "-c", ASKED, str(tmp_path), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:2] == [str(path) for path in paths]
