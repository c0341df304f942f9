"""The number of decimals that the arithmetic of a step is shown with."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from nnplay.gui.session.digits_shown import USUAL_DIGITS, DigitsShown
from nnplay.gui.session.remembered import Remembered


def test_what_was_chosen_holds_at_the_next_start_too(qtbot: QtBot, tmp_path: Path):
    path = str(tmp_path / "settings.ini")
    first, settings = Remembered(), QSettings(path, QSettings.Format.IniFormat)
    digits = DigitsShown(first)
    assert digits.count == USUAL_DIGITS
    first.keep_in(settings)
    with qtbot.waitSignal(digits.changed):
        digits.set_count(7)
    settings.sync()
    again = Remembered()
    digits = DigitsShown(again)
    with qtbot.waitSignal(digits.changed):
        again.keep_in(QSettings(path, QSettings.Format.IniFormat))
    assert digits.count == 7


def test_there_are_2_to_10_and_only_another_number_is_told(qtbot: QtBot):
    digits = DigitsShown(Remembered())
    digits.set_count(99)
    assert digits.count == 10
    with qtbot.assertNotEmitted(digits.changed):
        digits.set_count(10)
    digits.set_count(0)
    assert digits.count == 2


@pytest.mark.parametrize("text", ["many", "", "1e9", "²"])
def test_what_settings_have_that_is_no_number_is_left(qtbot: QtBot, tmp_path: Path, text: str):
    path = tmp_path / "settings.ini"
    path.write_text(f"[views]\ndigits_shown={text}\n", encoding="utf-8")
    remembered = Remembered()
    digits = DigitsShown(remembered)
    remembered.keep_in(QSettings(str(path), QSettings.Format.IniFormat))
    assert digits.count == USUAL_DIGITS
