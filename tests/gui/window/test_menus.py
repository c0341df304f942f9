"""The menus name what is there."""

from collections.abc import Callable

from nnplay.gui.files.experiment_files import PRESETS
from nnplay.gui.theme.palette import LIGHT
from nnplay.gui.window.main_window import MainWindow
from nnplay.resources import resource_path

Start = Callable[..., MainWindow]
Press = Callable[[MainWindow, str], None]


def test_every_preset_has_its_file_and_every_file_its_name():
    assert {path.stem for path in resource_path("presets/xor.nnplay").parent.glob("*.nnplay")} == set(PRESETS)


def test_the_theme_that_was_chosen_holds_for_the_next_start(start: Start, press: Press):
    window = start()
    assert window.session.theme.mode == "system"
    palette = window.session.theme.palette
    press(window, "Ctrl+Shift+D, L" if palette is LIGHT else "Ctrl+Shift+D, D")  # what the system has now
    assert window.session.theme.palette is palette
    chosen = window.session.theme.mode
    press(window, "Ctrl+Q")
    again = start()
    assert again.session.theme.mode == chosen != "system"
    press(again, "Ctrl+Shift+D, S")
    press(again, "Ctrl+Q")
    assert start().session.theme.mode == "system"
