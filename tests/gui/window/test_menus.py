"""The menus name what is there."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QMenu

from nnplay.gui.files.experiment_files import PRESETS
from nnplay.gui.files.network_export_page import NetworkExportPage
from nnplay.gui.theme.palette import LIGHT
from nnplay.gui.window.main_window import MainWindow
from nnplay.resources import resource_path
from nnplay.training.experiment import Experiment

Start = Callable[..., MainWindow]
Press = Callable[[MainWindow, str], None]
WhenOpen = Callable[[type[QDialog], Callable[[QDialog], object]], list[QDialog]]


def menus_in(menu: QMenu) -> list[QMenu]:
    """A menu and those in it."""
    inner = [action.menu() for action in menu.actions()]
    return [menu, *(each for child in inner if isinstance(child, QMenu) for each in menus_in(child))]


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


def test_no_menu_calls_two_things_the_same(make_window: Callable[[Experiment], MainWindow]):
    tops = [action.menu() for action in make_window(Experiment()).menuBar().actions()]
    for menu in (each for top in tops if isinstance(top, QMenu) for each in menus_in(top)):
        texts = [action.text() for action in menu.actions() if not action.isSeparator()]
        assert sorted(texts) == sorted(set(texts)), menu.title()


def test_export_has_the_network_first_and_pictures_under_names_of_their_own(
    make_window: Callable[[Experiment], MainWindow], when_open: WhenOpen
):
    window = make_window(Experiment())
    file = window.menuBar().actions()[0].menu()
    assert isinstance(file, QMenu)
    (export,) = (menu for menu in menus_in(file) if menu.title() == "Export")
    texts = [action.text() for action in export.actions() if not action.isSeparator()]
    assert texts[0] == "Network…"
    assert [text for text in texts if text.startswith("Picture of ")] == texts[3:-1]
    assert texts[-1] == "Animation…"
    opened = when_open(NetworkExportPage, lambda page: page.reject())
    export.actions()[0].trigger()
    assert len(opened) == 1
