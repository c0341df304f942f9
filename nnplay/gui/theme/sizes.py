"""Margins, spacings, sizes and fonts of widgets, in pixels at the factor 1, which follow the factor in force."""

from collections.abc import Callable

from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QBoxLayout,
    QGridLayout,
    QLayout,
    QLineEdit,
    QSpacerItem,
    QTableView,
    QTreeView,
    QWidget,
)

from nnplay.gui.theme.scale import follow_scale, px, px_size

INSET = 6
"""Pixels left of the number in a box."""
KEPT_FONT = "_q_styleSheetWidgetFont"
"""Where Qt keeps the font that a widget had before it got a style sheet, to give it back with the next sheet."""


def set_margins(owner: QLayout | QWidget, left: float, top: float, right: float, bottom: float) -> None:
    """The room around what is in a layout or a widget."""

    def apply(owner: QLayout | QWidget) -> None:
        owner.setContentsMargins(px(left), px(top), px(right), px(bottom))

    follow_scale(owner, apply, "margins")


def set_spacing(layout: QLayout, spacing: float) -> None:
    """The room between what is in a layout."""
    follow_scale(layout, lambda layout: layout.setSpacing(px(spacing)), "spacing")


def set_grid_spacing(grid: QGridLayout, horizontal: float, vertical: float) -> None:
    """The room between the columns and between the rows of a grid."""

    def apply(grid: QGridLayout) -> None:
        grid.setHorizontalSpacing(px(horizontal))
        grid.setVerticalSpacing(px(vertical))

    follow_scale(grid, apply, "spacing")


def add_spacing(layout: QBoxLayout, length: float) -> None:
    """More room after the last item of a row or column."""
    space = QSpacerItem(0, 0)

    def apply(layout: QBoxLayout) -> None:
        across = layout.direction() in (QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.RightToLeft)
        space.changeSize(px(length) if across else 0, 0 if across else px(length))
        layout.invalidate()

    layout.addSpacerItem(space)
    follow_scale(layout, apply, f"space_{layout.count()}")


def set_fixed_size(widget: QWidget, width: float, height: float) -> None:
    """A size that no layout changes."""
    set_fixed_width(widget, width)
    set_fixed_height(widget, height)


def set_fixed_width(widget: QWidget, width: float) -> None:
    """A width that no layout changes."""
    follow_scale(widget, lambda widget: widget.setFixedWidth(px(width)), "width")


def set_fixed_height(widget: QWidget, height: float) -> None:
    """A height that no layout changes."""
    follow_scale(widget, lambda widget: widget.setFixedHeight(px(height)), "height")


def set_minimum_size(widget: QWidget, width: float, height: float) -> None:
    """The least size."""
    set_minimum_width(widget, width)
    set_minimum_height(widget, height)


def set_minimum_width(widget: QWidget, width: float) -> None:
    """The least width."""
    follow_scale(widget, lambda widget: widget.setMinimumWidth(px(width)), "width")


def set_minimum_height(widget: QWidget, height: float) -> None:
    """The least height."""
    follow_scale(widget, lambda widget: widget.setMinimumHeight(px(height)), "height")


def set_inset(box: QAbstractSpinBox) -> None:
    """The room left of a number: a style sheet's padding doesn't reach the edit in the box."""
    edit = box.findChild(QLineEdit)
    assert edit is not None
    follow_scale(edit, lambda edit: edit.setTextMargins(px(INSET), 0, 0, 0), "inset")


def set_icon_size(owner: QAbstractButton | QAbstractItemView, side: float) -> None:
    """The side of the icons of a button or a list."""
    follow_scale(owner, lambda owner: owner.setIconSize(px_size(side, side)), "icons")


def set_row_height(view: QTableView, height: float) -> None:
    """The height of the rows of a table."""
    follow_scale(view, lambda view: view.verticalHeader().setDefaultSectionSize(px(height)), "row_height")


def set_indentation(tree: QTreeView, length: float) -> None:
    """How far the rows of a tree stand in below what they belong to."""
    follow_scale(tree, lambda tree: tree.setIndentation(px(length)), "indentation")


def set_font(widget: QWidget, make: Callable[[], QFont]) -> None:
    """A font of `fonts`, made anew for each factor."""

    def apply(widget: QWidget) -> None:
        font = make()
        widget.setFont(font)
        widget.setProperty(KEPT_FONT, font)

    follow_scale(widget, apply, "font")
