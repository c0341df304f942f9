"""A column of controls that scrolls."""

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.scroll_column import ScrollColumn


@pytest.mark.parametrize("kind", [QPushButton, QComboBox])
def test_it_stays_where_it_is_when_the_theme_changes(qtbot: QtBot, theme: Theme, kind: type[QWidget]) -> None:
    column = ScrollColumn(0)
    qtbot.addWidget(column)
    for _ in range(40):
        column.column.addWidget(kind())
    theme.apply_style_sheet()
    column.resize(200, 200)
    column.show()
    bar = column.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 500)
    bar.setValue(bar.maximum())
    theme.toggle()
    assert bar.value() == bar.maximum() > 500
