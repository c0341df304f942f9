"""Every panel of the window, one row each: menus, docks, shortcuts, F1's list and pictures are made from these rows.

A panel is added by its folder and a row, and taken out the same way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtWidgets import QWidget

from nnplay.gui.panels.data.gallery import KEYS as GALLERY_KEYS
from nnplay.gui.panels.data.panel import DataPanel
from nnplay.gui.panels.inspector.opening import KEYS as INSPECTOR_KEYS
from nnplay.gui.panels.inspector.opening import make_panel as make_inspector
from nnplay.gui.panels.network.keys import KEYS as NETWORK_KEYS
from nnplay.gui.panels.network.panel import NetworkPanel
from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.gui.panels.output.tools.keyboard_pointer import KEYS as OUTPUT_KEYS
from nnplay.gui.panels.plots.panel import KEYS as PLOTS_KEYS
from nnplay.gui.panels.plots.panel import PlotsPanel
from nnplay.gui.panels.space.opening import KEYS as SPACE_KEYS
from nnplay.gui.panels.space.opening import make_panel as make_space
from nnplay.gui.panels.timeline.panel import KEYS as TIMELINE_KEYS
from nnplay.gui.panels.timeline.panel import TimelinePanel
from nnplay.gui.panels.training.panel import TrainingPanel
from nnplay.gui.panels.why.panel import WhyPanel
from nnplay.gui.session.session import Session
from nnplay.texts import mark


class Area(Enum):
    """Where a panel stands at first.

    Those at the left stand behind each other, those at the right below each other, those at the bottom beside each
    other, below the middle. What stands in the middle has no dock: it can't be closed or moved. A strip stands below
    all docks, as wide as the window; it can be closed.
    """

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"
    BOTTOM = "bottom"
    STRIP = "strip"


@dataclass(frozen=True)
class PanelRow:
    """One panel.

    Attributes
    ----------
    key
        What tests, the remembered layout and other parts of the window call it.
    title
        What the person calls it; a marked text, for `tr`.
    area
        Where it stands at first.
    make
        Makes it for a session. A widget that it has as attribute ``header`` stands beside its title, or in place of
        the title where its attribute ``header_is_title`` is true.
    keys
        (keys, what they do) while the panel has the keyboard, for the list of shortcuts; marked texts.
    picture
        The last key of the shortcut that exports its picture; "" where there is none worth having. The picture is what
        the widget's method ``figure()`` gives, a `nnplay.gui.paint.figure.Figure`: the view with its title, axes and
        legend, as a worksheet has it, and without controls.
    picture_menu
        Whether a right click on it has its picture.
    presented
        Whether it stays before a class; what stands in the middle does.
    closed
        Whether it is closed at first; it is made when it is opened.
    behind
        Whether it stands behind another one's tab at first, and does nothing there: it is made when it comes in front.
    """

    key: str
    title: str
    area: Area
    make: Callable[[Session], QWidget]
    keys: Sequence[tuple[str, str]] = ()
    picture: str = ""
    picture_menu: bool = False
    presented: bool = False
    closed: bool = False
    behind: bool = False


PANELS: tuple[PanelRow, ...] = (
    PanelRow("data", mark("Data"), Area.LEFT, DataPanel, GALLERY_KEYS),
    PanelRow("training", mark("Training"), Area.LEFT, TrainingPanel, behind=True),
    PanelRow("network", mark("Network"), Area.MIDDLE, NetworkPanel, NETWORK_KEYS, picture="N", picture_menu=True),
    PanelRow("output", mark("Output"), Area.RIGHT, OutputPanel, OUTPUT_KEYS, picture="O", presented=True),
    PanelRow(
        "plots", mark("Plots"), Area.RIGHT, PlotsPanel, PLOTS_KEYS, picture="P", picture_menu=True, presented=True
    ),
    PanelRow("inspector", mark("Inspector"), Area.BOTTOM, make_inspector, INSPECTOR_KEYS, picture="I", closed=True),
    PanelRow("timeline", mark("Timeline"), Area.STRIP, TimelinePanel, TIMELINE_KEYS),
    PanelRow("why", mark("Why"), Area.LEFT, WhyPanel),
    PanelRow("space", mark("Hidden space"), Area.BOTTOM, make_space, SPACE_KEYS, picture="S", closed=True),
)
"""In the order of reading, which is that of Ctrl+1, Ctrl+2 …"""
