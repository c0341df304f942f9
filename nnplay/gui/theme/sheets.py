"""The style sheet, one short part for each kind of control."""

import re
from dataclasses import asdict
from string import Template

from nnplay.gui.theme.palette import Palette
from nnplay.gui.theme.scale import px

GAP = 12
"""Pixels between panels."""
DOT = 8
"""Pixels across the dot of a message."""

_FRAMES = """
QMainWindow, QDialog, QMessageBox { background: $window; }
QMainWindow::separator { background: $window; width: ${gap}px; height: ${gap}px; }
QMainWindow::separator:hover { background: $line; }
QFrame[role="transport"] { background: $panel; border: none; border-bottom: 1px solid $line; }
QFrame[role="popup"] { background: $panel; border: 1px solid $line; border-radius: 8px; }
QFrame[role="banner"] { background: $field; border: 1px solid $line; border-radius: 8px; }
QFrame[role="finding"], QFrame[role="finding_chosen"] {
    background: $field; border: 1px solid $line; border-radius: 8px;
}
QFrame[role="finding"]:hover, QFrame[role="finding"]:focus { border-color: $focus; }
QFrame[role="finding_chosen"] { border-color: $accent; }
QFrame[role="finding_chosen"]:focus { border-color: $focus; }
QFrame[role="dot"] { background: $accent; border-radius: ${dot}px; }
QFrame[role="alarm_dot"] { background: $alarm; border-radius: ${dot}px; }
QFrame[role="sheet"] { background: $panel; border: 1px solid $line; }
QScrollArea, QStackedWidget { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QSplitter::handle { background: transparent; }
QStatusBar { background: $window; color: $quiet; }
QStatusBar::item { border: none; }
QToolTip { background: $panel; color: $text; border: 1px solid $line; padding: 2px 5px; }
QLabel { background: transparent; }
QLabel[role="title"], QLabel[role="quiet"] { color: $quiet; }
QLabel[role="alarm"] { color: $alarm; }
QLabel:disabled { color: $disabled; }
"""

_BUTTONS = """
QPushButton, QToolButton {
    background: $field; color: $text; border: 1px solid $line; border-radius: 8px; padding: 5px 12px; min-height: 20px;
}
QToolButton { padding: 5px; min-width: 20px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $pressed; }
QPushButton:default, QToolButton:checked, QToolButton[role="primary"] {
    background: $accent; color: $on_accent; border-color: $accent;
}
QPushButton:default:hover, QToolButton:checked:hover, QToolButton[role="primary"]:hover {
    background: $accent_hover; border-color: $accent_hover;
}
QPushButton:disabled, QToolButton:disabled { background: transparent; color: $disabled; border-color: $line; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 4px 11px; }
QToolButton:focus { padding: 4px; }
QPushButton[role="offer"] {
    background: $accent; color: $on_accent; border-color: $accent; border-radius: 7px; padding: 1px 10px;
    min-height: 22px;
}
QPushButton[role="offer"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="offer"]:focus { border-color: $focus; padding: 0 9px; }
QPushButton[role="aside"] { border-radius: 7px; padding: 1px 10px; min-height: 22px; }
QPushButton[role="aside"]:focus { padding: 0 9px; }
QToolButton[role="primary"] { border-radius: ${primary}px; min-width: 42px; }
QToolButton[role="step"] { padding-right: 21px; }
QToolButton[role="step"]:focus { padding-right: 20px; }
QToolButton[role="step"]::menu-button {
    border: none; border-left: 1px solid $line; border-top-right-radius: 7px; border-bottom-right-radius: 7px;
    width: 18px;
}
QToolButton[role="step"]::menu-button:hover { background: $pressed; }
QToolButton[role="step"]::menu-arrow { image: url($art/down.svg); width: 12px; height: 12px; }
QToolButton[role="step"]::menu-arrow:disabled { image: url($art/down_disabled.svg); }
QToolButton[role="quiet"] { background: transparent; border-color: transparent; }
QToolButton[role="quiet"]:hover { background: $hover; }
QToolButton[role="quiet"]:focus { border-color: $focus; }
QFrame[role="banner"] QToolButton, QFrame[role="banner"] QToolButton:focus {
    padding: 0; min-width: 26px; min-height: 26px;
}
QPushButton::menu-indicator { image: none; }
QToolButton[role="thumbnail"] {
    background: transparent; border: 2px solid transparent; padding: 0; color: $quiet; border-radius: 8px;
    min-height: 60px; font-size: 11px;
}
QToolButton::menu-indicator { image: none; }
QToolButton[role="thumbnail"]:hover { background: $hover; }
QToolButton[role="thumbnail"]:checked { background: transparent; border-color: transparent; color: $text; }
QToolButton[role="thumbnail"]:focus { border-color: $focus; padding: 0; }
QToolButton[role="round"] {
    border-radius: ${round}px; padding: 0; min-width: 20px; max-width: 20px; min-height: 20px; max-height: 20px;
}
QToolButton[role="round"]:focus {
    border-radius: ${round_focus}px; min-width: 18px; max-width: 18px; min-height: 18px; max-height: 18px;
}
QToolButton[role="small"] { border-radius: 5px; padding: 0; min-width: 18px; min-height: 18px; }
QToolButton[role="small"]:focus { padding: 0; min-width: 16px; min-height: 16px; }
QToolButton[role="tool"] { padding: 0; min-width: 14px; min-height: 14px; }
QToolButton[role="tool"]:focus { padding: 0; min-width: 14px; min-height: 14px; }
QToolButton[role="chip"] { border-radius: 7px; padding: 0 3px; min-width: 14px; min-height: 20px; }
QToolButton[role="chip"]:focus { padding: 0 2px; min-width: 14px; min-height: 18px; }
"""

_CHOICES = """
QComboBox {
    background: $field; color: $text; border: 1px solid $line; border-radius: 8px; padding: 4px 8px; min-height: 20px;
    combobox-popup: 0;
}
QComboBox:hover { background: $hover; }
QComboBox:focus { border: 2px solid $focus; padding: 3px 7px; }
QComboBox:disabled { background: transparent; color: $disabled; }
QComboBox::drop-down { border: none; width: 18px; subcontrol-position: right center; }
QComboBox::down-arrow { image: url($art/down.svg); width: 14px; height: 14px; }
QComboBox::down-arrow:disabled { image: url($art/down_disabled.svg); }
QComboBox[role="flat"], QComboBox[role="snug"] { background: transparent; border-color: transparent; min-height: 18px; }
QComboBox[role="flat"] { padding: 2px 4px 2px 6px; }
QComboBox[role="snug"] { padding: 2px 1px 2px 3px; }
QComboBox[role="flat"]:hover, QComboBox[role="snug"]:hover { background: $hover; }
QComboBox[role="flat"]:focus, QComboBox[role="snug"]:focus { border: 2px solid $focus; }
QComboBox[role="flat"]:focus { padding: 1px 3px 1px 5px; }
QComboBox[role="snug"]:focus { padding: 1px 0 1px 2px; }
QComboBox[role="flat"]::drop-down, QComboBox[role="snug"]::drop-down { width: 16px; }
QComboBox[role="axis"] { background: transparent; border: none; padding: 0; min-height: 0; }
QComboBox QAbstractItemView {
    background: $panel; color: $text; border: 1px solid $line; padding: 4px; outline: none;
    selection-background-color: $hover; selection-color: $text;
}
QComboBox QAbstractItemView:focus { border: 1px solid $line; border-radius: 0; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 8px; border-radius: 5px; }
QComboBox QAbstractItemView::item:disabled { color: $disabled; }
QComboBox QAbstractItemView::item:selected, QComboBox QAbstractItemView::item:hover {
    background: $hover; color: $text;
}
QCheckBox { spacing: 8px; background: transparent; border: 2px solid transparent; border-radius: 5px; }
QCheckBox:focus { border-color: $focus; }
QCheckBox:disabled { color: $disabled; }
QCheckBox::indicator, QListView::indicator {
    width: 16px; height: 16px; border: 1px solid $quiet; border-radius: 4px; background: $panel;
}
QCheckBox::indicator:hover, QListView::indicator:hover { background: $hover; }
QCheckBox::indicator:checked, QListView::indicator:checked {
    background: $accent; border-color: $accent; image: url($art/check.svg);
}
QCheckBox::indicator:disabled { background: $line; border-color: $line; }
"""

_NUMBERS = """
QSlider { background: transparent; }
QSlider::groove:horizontal { height: 4px; border-radius: ${groove}px; background: $line; margin: 0 2px; }
QSlider::sub-page:horizontal { height: 4px; border-radius: ${groove}px; background: $accent; margin: 0 2px; }
QSlider::handle:horizontal {
    width: ${handle_side}px; height: ${handle_side}px; margin: -6px 0; border-radius: ${handle}px;
    background: $panel; border: 2px solid $accent;
}
QSlider::handle:horizontal:hover { background: $hover; }
QSlider::handle:horizontal:focus { background: $accent; border: 2px solid $focus; }
QLineEdit, QAbstractSpinBox, QTextEdit {
    background: $field; color: $text; border: 1px solid $line; border-radius: 8px; padding: 4px 8px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QAbstractSpinBox { min-height: 20px; }
QAbstractSpinBox:disabled { color: $disabled; }
QLineEdit:focus, QAbstractSpinBox:focus, QTextEdit:focus { border: 2px solid $focus; padding: 3px 7px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {
    background: transparent; border: none; padding: 0; min-height: 18px;
}
QLineEdit[role="blank"], QLineEdit[role="blank_right"], QLineEdit[role="blank_wrong"] {
    border-radius: 5px; padding: 0 3px; min-height: 0;
}
QLineEdit[role="blank"]:focus, QLineEdit[role="blank_right"]:focus, QLineEdit[role="blank_wrong"]:focus {
    padding: 0 2px;
}
QLineEdit[role="blank_right"] { border-color: $positive; }
QLineEdit[role="blank_wrong"] { border-color: $alarm; }
QLineEdit QToolButton, QLineEdit QToolButton:hover, QLineEdit QToolButton:pressed {
    background: transparent; border: none; padding: 0; min-width: 0; min-height: 0;
}
QAbstractSpinBox[role="flat"] {
    background: transparent; border-color: transparent; border-radius: 6px; color: $quiet; padding: 0 1px;
    min-height: 0;
}
QAbstractSpinBox[role="flat"]:hover { background: $hover; }
QAbstractSpinBox[role="flat"]:focus { background: $field; color: $text; border: 2px solid $focus; padding: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { background: transparent; border: none; width: 18px; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 3px 3px 0 0; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 3px 3px 0; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $pressed; border-radius: 4px; }
QAbstractSpinBox[role="flat"]::up-button, QAbstractSpinBox[role="flat"]::down-button { width: 0; margin: 0; }
QAbstractSpinBox::up-arrow { image: url($art/up.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url($art/down.svg); width: 10px; height: 10px; }
QAbstractSpinBox[role="flat"]::up-arrow, QAbstractSpinBox[role="flat"]::down-arrow { image: none; width: 0; height: 0; }
QProgressBar { background: $line; border: none; border-radius: ${progress}px; max-height: 6px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: ${progress}px; }
"""

_MENUS_AND_VIEWS = """
QMenuBar { background: $panel; padding: 2px 8px; }
QMenuBar::item { background: transparent; padding: 4px 10px; border-radius: 6px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; color: $text; border: 1px solid $line; padding: 6px; }
QMenu::item { padding: 5px 28px 5px 24px; border-radius: 5px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::icon { padding-left: 6px; }
QMenu::right-arrow { image: url($art/right.svg); width: 14px; height: 14px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 5px; }
QMenu::indicator:exclusive:checked { image: url($art/dot_menu.svg); }
QMenu::indicator:non-exclusive:checked { image: url($art/check_menu.svg); }
QTabWidget::pane { border: none; }
QTabBar { background: transparent; qproperty-drawBase: 0; outline: none; }
QTabBar::tab {
    background: transparent; color: $quiet; padding: 5px 4px; margin-right: 12px; border: none;
    border-bottom: 2px solid transparent;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar:focus { border: none; }
QTabBar::tab:selected:focus { border-bottom: 2px solid $focus; }
QTabBar[role="plots"]::tab { padding: 5px 2px; margin-right: 8px; }
QTabBar[role="narrow_plots"]::tab { padding: 5px 1px; margin-right: 2px; }
QTabBar[role="docks"]::tab { padding: 3px 4px 5px 4px; margin-bottom: 4px; }
QTabBar[role="docks"]::tab:first, QTabBar[role="docks"]::tab:only-one { margin-left: 12px; }
QTableView, QTreeView, QListView {
    background: $panel; border: 1px solid $line; border-radius: 8px; padding: 3px;
    gridline-color: $line; selection-background-color: $hover; selection-color: $text; outline: none;
}
QTableView:focus, QTreeView:focus, QListView:focus { border: 2px solid $focus; padding: 2px; }
QTableView::item, QListView::item, QTreeView::item { padding: 3px 6px; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected { background: $hover; color: $text; }
QListView::item { border-radius: 6px; }
QListView::item:focus { border: 1px solid $focus; border-radius: 6px; padding: 2px 5px; }
QHeaderView { background: transparent; }
QHeaderView::section {
    background: $panel; color: $quiet; border: none; border-bottom: 1px solid $line; padding: 5px 6px;
}
QTableCornerButton::section { background: $panel; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $pressed; border-radius: ${bar}px; margin: 2px; }
QScrollBar::handle:hover { background: $focus; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""

_LENGTH = re.compile(r"(-?\b\d+)px\b")
_SHEET = _FRAMES + _BUTTONS + _CHOICES + _NUMBERS + _MENUS_AND_VIEWS


def style_sheet(palette: Palette, artwork: str) -> str:
    """The whole style sheet, its lengths times the factor in force.

    Parameters
    ----------
    palette
        The colours.
    artwork
        The folder of the arrows and ticks.
    """
    sheet = Template(_LENGTH.sub(lambda length: f"{px(int(length[1]))}px", _SHEET))
    colours = asdict(palette) | {"accent_hover": palette.accent_hover}
    return sheet.substitute(colours, art=artwork, gap=px(GAP), **_radii())


def _radii() -> dict[str, int]:
    """The radii of what is round, by its lengths above: Qt draws corners where one is larger than half of it."""
    handle = px(4) + 2 * px(6)  # as high as the groove and the handle's margins make it
    return {
        "handle_side": handle - 2 * px(2),
        "dot": px(DOT) // 2,
        "primary": (px(20) + 2 * px(5) + 2 * px(1)) // 2,
        "round": (px(20) + 2 * px(1)) // 2,
        "round_focus": (px(18) + 2 * px(2)) // 2,
        "groove": px(4) // 2,
        "handle": handle // 2,
        "progress": px(6) // 2,
        "bar": (px(10) - 2 * px(2)) // 2,
    }
