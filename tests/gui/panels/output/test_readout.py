import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.output.readout import GAP, SHORTEST, Readout, ReadoutPart, fitting
from nnplay.gui.theme.theme import Theme

LONG = (
    ReadoutPart("leaf width in…", "0.02816"),
    ReadoutPart("petal area of…", "0.04288"),
    ReadoutPart("p(b)", "0.931"),
)


@pytest.fixture
def readout(qtbot: QtBot, theme: Theme) -> Readout:
    made = Readout(theme)
    qtbot.addWidget(made)
    return made


def test_names_are_cut_where_the_last_value_would_be(readout: Readout):
    metrics = QFontMetricsF(readout.font())
    whole = sum(metrics.horizontalAdvance(part.text) for part in LONG) + 2 * GAP
    for width in (whole, whole * 0.9, whole * 0.75):
        shown = fitting(LONG, readout.font(), width)
        assert [part.value for part in shown] == [part.value for part in LONG]
        assert sum(metrics.horizontalAdvance(part.text) for part in shown) + 2 * GAP <= width + 1e-6
    assert fitting(LONG, readout.font(), whole) == list(LONG)


def test_in_no_room_something_is_left_of_every_name(readout: Readout):
    assert [len(part.name) for part in fitting(LONG, readout.font(), 10)] == [SHORTEST] * 3


def test_what_is_spare_goes_first(theme: Theme):
    parts = (ReadoutPart("sample", "245"), ReadoutPart("", "training", spare=True), ReadoutPart("target", "class 0"))
    font = Readout(theme).font()
    assert fitting(parts, font, 10_000) == list(parts)
    narrow = QFontMetricsF(font).horizontalAdvance("sample 245 target class 0") + 40
    assert fitting(parts, font, narrow) == [parts[0], parts[2]]
