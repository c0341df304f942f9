"""Two windows on one account: what one has chosen stays, whichever of them is closed last."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from nnplay.gui.window.shared_settings import SharedSettings

OTHER_WINDOW = """
import sys
from PySide6.QtCore import QSettings
settings = QSettings(sys.argv[1], QSettings.Format.IniFormat)
for pair in sys.argv[2:]:
    settings.setValue(*pair.split("=", 1))
settings.sync()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def opened(path: Path) -> SharedSettings:
    return SharedSettings(str(path), QSettings.Format.IniFormat)


def another_window_writes(path: Path, *pairs: str) -> None:
    """In a process of its own: Qt keeps one copy of a file for all settings of a process."""
    subprocess.run([sys.executable, "-c", OTHER_WINDOW, str(path), *pairs], check=True)


def on_disk(path: Path, key: str) -> object:
    told = "import sys; from PySide6.QtCore import QSettings; s = QSettings(sys.argv[1], QSettings.Format.IniFormat)"
    code = f"{told}; print(s.value(sys.argv[2]))"
    done = subprocess.run([sys.executable, "-c", code, str(path), key], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_what_another_window_chose_stays_when_this_one_closes_as_it_was(path: Path) -> None:
    another_window_writes(path, "window/theme=light", "window/layout=wide")
    settings = opened(path)
    theme, layout = settings.value("window/theme"), settings.value("window/layout")
    another_window_writes(path, "window/theme=dark", "window/layout=narrow")
    settings.setValue("window/theme", theme)
    settings.setValue("window/layout", layout)
    settings.sync()
    assert (on_disk(path, "window/theme"), on_disk(path, "window/layout")) == ("dark", "narrow")


def test_what_this_window_chose_is_there_for_the_next_one_at_once(path: Path) -> None:
    settings = opened(path)
    assert settings.value("window/theme", "system") == "system"
    settings.setValue("window/theme", "dark")
    assert on_disk(path, "window/theme") == "dark"


def test_keys_of_two_windows_are_merged(path: Path) -> None:
    settings = opened(path)
    another_window_writes(path, "views/output/discrete=true")
    settings.setValue("views/output/shapes", True)
    assert (on_disk(path, "views/output/discrete"), on_disk(path, "views/output/shapes")) == ("true", "true")


def test_there_and_back_is_a_choice(path: Path) -> None:
    another_window_writes(path, "window/theme=light")
    settings = opened(path)
    assert settings.value("window/theme") == "light"
    another_window_writes(path, "window/theme=system")
    settings.setValue("window/theme", "dark")
    settings.setValue("window/theme", "light")
    assert on_disk(path, "window/theme") == "light"


def test_what_is_noted_is_written_only_when_it_becomes_another(path: Path) -> None:
    another_window_writes(path, "window/layout=wide")
    settings = opened(path)
    settings.note(lambda: settings.setValue("window/layout", "as it is"))
    assert on_disk(path, "window/layout") == "wide"
    settings.setValue("window/layout", "as it is")
    assert on_disk(path, "window/layout") == "wide"
    settings.setValue("window/layout", "moved")
    assert on_disk(path, "window/layout") == "moved"
