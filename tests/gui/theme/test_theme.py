import re
from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QListWidget,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from nnplay.gui.theme.fonts import figure_font, title_font
from nnplay.gui.theme.icons import ICONS, glyph, icon
from nnplay.gui.theme.palette import DARK, LIGHT
from nnplay.gui.theme.scale import SCALES, px, set_factor
from nnplay.gui.theme.sheets import style_sheet
from nnplay.gui.theme.style import artwork, set_role
from nnplay.gui.theme.theme import Theme


@pytest.fixture
def theme(qapp):
    return Theme("light")


def test_a_choice_reaches_listeners_and_widgets(theme, qtbot) -> None:
    label = QLabel("text")
    qtbot.addWidget(label)
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("dark")
    assert theme.palette is DARK
    assert theme.palette is DARK
    assert QApplication.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    label.ensurePolished()
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.text)


def test_a_change_comes_to_each_control_twice_at_most_however_deep_it_lies(theme, qtbot) -> None:
    def count(_filter: QObject, watched: QObject, event: QEvent) -> bool:
        counts[watched] += event.type() is QEvent.Type.StyleChange
        return False

    counts, changes = Counter(), type("Changes", (QObject,), {"eventFilter": count})()
    outermost = QWidget()
    qtbot.addWidget(outermost)
    labels, around = [], outermost
    for _ in range(10):
        inner = QWidget(around)
        labels.append(QLabel("text", inner))
        around = inner
    outermost.show()
    for label in labels:
        label.installEventFilter(changes)
    theme.toggle()
    assert {counts[label] for label in labels} <= {1, 2}
    assert labels[-1].palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.text)


def test_the_same_choice_again_says_nothing(theme, qtbot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode("light")


def test_toggle_goes_there_and_back(theme) -> None:
    theme.toggle()
    assert (theme.palette, theme.mode) == (DARK, "dark")
    theme.toggle()
    assert (theme.palette, theme.mode) == (LIGHT, "light")


def test_a_mode_that_there_is_not_is_refused(theme) -> None:
    with pytest.raises(ValueError, match="sepia"):
        theme.set_mode("sepia")


def test_a_role_changes_the_look(theme, qtbot) -> None:
    button = QToolButton(text="Train")
    button.resize(120, 34)
    qtbot.addWidget(button)
    plain = button.grab().toImage().pixelColor(60, 5)
    set_role(button, "primary")
    assert button.grab().toImage().pixelColor(60, 5) == QColor(LIGHT.accent) != plain


def of_rows(kind: type[QAbstractItemView]) -> QAbstractItemView:
    """A list or a tree of some rows without a text, so that what is seen of it is its frame."""
    if kind is QListWidget:
        view = QListWidget()
        view.addItems([""] * 3)
        return view
    tree = QTreeWidget()
    tree.setHeaderHidden(True)
    tree.setRootIsDecorated(False)
    tree.addTopLevelItems([QTreeWidgetItem([""]) for _ in range(3)])
    return tree


@pytest.mark.parametrize("kind", [QListWidget, QTreeWidget])
@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_a_chosen_row_covers_nothing_of_the_frame(theme, qtbot, kind: type[QAbstractItemView], factor: float) -> None:
    set_factor(factor)
    try:
        theme.apply_style_sheet()
        view = of_rows(kind)
        qtbot.addWidget(view)
        view.show()
        view.setFocus()
        qtbot.waitUntil(view.hasFocus)
        view.setCurrentIndex(view.model().index(-1, 0))
        plain = view.grab().toImage()
        view.setCurrentIndex(view.model().index(0, 0))
        chosen = view.grab().toImage()
        assert chosen != plain
        places = [(x, y) for x in range(view.width()) for y in range(view.height())]
        frame = [
            place for place in places if plain.pixelColor(*place) not in (QColor(LIGHT.panel), QColor(LIGHT.window))
        ]
        assert len(frame) > view.height()
        assert all(chosen.pixelColor(*place) == plain.pixelColor(*place) for place in frame)
    finally:
        set_factor(1.0)


def test_the_style_sheet_finds_its_drawings(theme) -> None:
    sheet = QApplication.instance().styleSheet()
    assert "$" not in sheet
    assert artwork(LIGHT) in sheet


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_has_ink(theme, name: str) -> None:
    image = glyph(name, 20, "#FF0000").toImage()
    inked = [image.pixelColor(x, y).alpha() for x in range(20) for y in range(20)]
    assert max(inked) > 150
    assert all(image.pixelColor(0, y).alpha() < 255 for y in range(20)), "cut off at the left"


def test_icons_take_the_colour_of_the_palette(theme) -> None:
    def ink(palette):
        image = icon("plus", palette, 16).pixmap(16, 16).toImage()
        return max((image.pixelColor(x, 8) for x in range(16)), key=QColor.alpha).lightness()

    assert ink(LIGHT) < 128 < ink(DARK)


def test_figures_are_all_of_one_width(theme) -> None:
    metrics = QFontMetrics(figure_font(27))
    assert len({metrics.horizontalAdvance(digit * 6) for digit in "0123456789"}) == 1


def test_titles_are_small_capitals(theme) -> None:
    font = title_font()
    assert font.pixelSize() == 11
    assert font.capitalization() == QFont.Capitalization.AllUppercase


@pytest.mark.parametrize("factor", SCALES)
def test_what_is_round_is_round_at_each_scale(factor: float):
    set_factor(factor)
    sheet = style_sheet(LIGHT, "")

    def length(selector: str, name: str) -> int:
        blocks = re.findall(rf"(?m)^{re.escape(selector)} {{([^}}]*)}}", sheet)
        (found,) = (match for block in blocks for match in re.findall(rf"(?<![\w-]){name}: (\d+)px", block))
        return int(found)

    handle, button = "QSlider::handle:horizontal", 'QToolButton[role="round"]'
    across = length(handle, "width") + 2 * length(handle, "border")
    (margin,) = (int(found) for found in re.findall(r"margin: -(\d+)px 0; border-radius", sheet))
    assert across == length("QSlider::groove:horizontal", "height") + 2 * margin
    assert 0 <= across - 2 * length(handle, "border-radius") <= 1
    for selector, border in ((button, px(1)), (f"{button}:focus", px(2))):
        across = length(selector, "min-width") + 2 * border
        assert 0 <= across - 2 * length(selector, "border-radius") <= 1
    groove = "QSlider::groove:horizontal"
    assert 0 <= length(groove, "height") - 2 * length(groove, "border-radius") <= 1
