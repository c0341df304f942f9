"""Where the panels stand: docks left, right and below the middle, some of them behind each other under tabs."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QScrollArea, QTabBar, QTabWidget, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.scale import follow_scale, px, px_size, scale
from nnplay.gui.theme.sizes import set_margins
from nnplay.gui.theme.style import set_role
from nnplay.gui.window.catalogue import Area
from nnplay.gui.window.panel_dock import PanelDock
from nnplay.texts import tr

GAP = 12
USUAL_SIZE = (1440, 800)
WITHOUT_STATUS, MESSAGE_ROOM = 4, 38
"""Pixels below the docks where no status line is, and where the window is high enough for a message to have room."""
LEAST_WITH_ROOM = 510
"""Pixels of such a window; of a lower one, as on a projector of 720 lines, a message covers the foot."""
LEFT_WIDTH, RIGHT_WIDTH = 260, 480
NARROW_WINDOW, NARROW_RIGHT = 1250, 366
"""In an area narrower than this the right column is narrower, too: the network needs the room more."""
UPPER, LOWER = 520, 260
BOTTOM_HEIGHT = 260
MOST_BOTTOM = 0.42
"""Of the height, which a dock at the bottom takes at first where there is little: the network needs the room more."""
LAYOUT_VERSION = 2
RESTORED_MS = 300
"""Milliseconds after which Qt no longer takes up a restored layout again in a window that gets its size."""


class DockArea(Guarded, QMainWindow):
    """The docks around the middle, in a main window of their own, which keeps a margin to the edges.

    Parameters
    ----------
    middle
        What has no dock.
    docks
        The docks of each area: those at the left stand behind each other, the first in front; those at the right
        below each other; those at the bottom beside each other, below the middle.
    """

    def __init__(self, middle: QWidget, docks: Mapping[Area, Sequence[PanelDock]]) -> None:
        super().__init__(None, Qt.WindowType.Widget)
        left, right, bottom = (docks.get(area, ()) for area in (Area.LEFT, Area.RIGHT, Area.BOTTOM))
        self.docks = (*left, *right, *bottom)
        self._areas = (left, right, bottom)
        self._right = right
        self._given: int | None = RIGHT_WIDTH
        self._grasped: list[int] = []
        self._scale = scale()
        self._restored: float | None = None
        self._to_rescale: dict[PanelDock, QSize] = {}
        self._ratio = 1.0
        self._fresh = True
        self._presenting = False
        self._awaited: tuple[QSize, QByteArray, float] | None = None
        self._widths: dict[PanelDock, int] = {}
        self._heights: dict[PanelDock, int] = {}
        self._low: dict[PanelDock, int] = {}
        self._away: set[PanelDock] = set()
        self._moved: list[PanelDock] = []
        set_margins(self, GAP, GAP, GAP, 0)
        self.setDockNestingEnabled(True)
        self.setAnimated(False)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setCentralWidget(middle)
        self.resize(px_size(*USUAL_SIZE))
        self._place()
        self._note_away()
        self._default = self.save()
        self._settled = QTimer(self, singleShot=True, interval=0)  # Qt makes its tab bars after it has told of the move
        self._settled.timeout.connect(self._on_settled)
        for dock in self.docks:
            dock.visibilityChanged.connect(self._settled.start)
            dock.placed.connect(self._on_placed)
            dock.dockLocationChanged.connect(self._settled.start)
            dock.topLevelChanged.connect(self._settled.start)
        self._style_tabs()
        follow_scale(self, DockArea._note_scale, "docks")

    def _place(self) -> None:
        """Put all docks where they stand at first."""
        left, right, bottom = self._areas
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        areas = (
            (left, Qt.DockWidgetArea.LeftDockWidgetArea, Qt.Orientation.Vertical),
            (right, Qt.DockWidgetArea.RightDockWidgetArea, Qt.Orientation.Vertical),
            (bottom, Qt.DockWidgetArea.BottomDockWidgetArea, Qt.Orientation.Horizontal),
        )
        for docks, area, direction in areas:
            for dock in docks:
                self.addDockWidget(area, dock, direction)
                dock.setVisible(not dock.closed_at_first)
        for front, behind in pairwise(left):
            self.tabifyDockWidget(front, behind)
        for dock in left[:1]:
            dock.raise_()
        self._size_sides()

    def _size_sides(self) -> None:
        """Give the columns and the row below the middle the sizes that they have at first."""
        left, right, bottom = self._areas
        widths = {dock: px(width) for docks, width in ((left, LEFT_WIDTH), (right, RIGHT_WIDTH)) for dock in docks[:1]}
        self.resizeDocks(list(widths), list(widths.values()), Qt.Orientation.Horizontal)
        self.resizeDocks(list(bottom), [self._bottom_height()] * len(bottom), Qt.Orientation.Vertical)

    def _bottom_height(self) -> int:
        """That of the docks below the middle, unless a person gave them another."""
        return min(px(BOTTOM_HEIGHT), round(MOST_BOTTOM * self.height()))

    @Slot()
    def _share_height(self) -> None:
        """Give the docks at the right their parts of the height."""
        heights = [px(height) for height in (UPPER, *[LOWER] * len(self._right))]
        self.resizeDocks(list(self._right), heights[: len(self._right)], Qt.Orientation.Vertical)

    def reset(self) -> None:
        """All docks back to where they were at the first start."""
        self._restore_default()
        for kept in (self._widths, self._heights, self._low, self._moved):
            kept.clear()

    def _restore_default(self) -> None:
        self._restore(self._default)
        self._size_sides()
        self._given = RIGHT_WIDTH
        self._fit_right(again=True)
        self._share_height()
        self._settled.start()

    def save(self) -> QByteArray:
        """Where all docks are, for `restore`."""
        return self.saveState(LAYOUT_VERSION)

    def restore(self, layout: QByteArray, factor: float, size: QSize | None = None) -> None:
        """All docks to where a saved layout has them; a width that a person chose is theirs from now on, too.

        Parameters
        ----------
        factor
            That of the sizes in the layout; they become those of the factor in force.
        size
            That of the area, where it and what is in the docks are about to get their sizes back; else they have them.
        """
        self._to_rescale.clear()
        self._awaited = None if size is None else (size, layout, factor)
        if size is not None:
            QTimer.singleShot(0, self, self._restore_awaited)
        if self._restore(layout):
            self._restored, self._fresh = factor, False
            if self.isVisible():
                QTimer.singleShot(0, self, self._on_restored)

    def _restore(self, layout: QByteArray) -> bool:
        """Restore without what docks that come and go are given back: their sizes are in the layout."""
        for dock in self.docks:
            dock.restoring = True
        done = self.restoreState(layout, LAYOUT_VERSION)
        filled = [dock.fill() for dock in self.docks if not (dock.isHidden() or self.tabifiedDockWidgets(dock))]
        if any(filled):
            self.restoreState(layout, LAYOUT_VERSION)  # what was empty had no least size
        for dock in self.docks:
            dock.restoring = False
        self._note_away()
        if self.isVisible():  # else the area may have another size
            self._lay_out()
        return done

    @property
    def low(self) -> int:
        """The height of the docks below the middle, as a person sees it or left it; 0 where it was never another."""
        seen = [dock.height() for dock in self._docked() if self._is_below(dock)]
        return max([*seen, *([] if seen else self._low.values())], default=0)

    def keep_low(self, height: int) -> None:
        """Give docks below the middle this height when they are seen; 0 for the usual one."""
        below = [dock for dock in self.docks if self._is_below(dock)]
        self._away.update(below)
        if height:
            self._low.update(dict.fromkeys(below, height))

    def _note_away(self) -> None:
        """These docks have no height of a layout when they come; the others have theirs when the window is shown."""
        self._away = {dock for dock in self.docks if dock.isHidden()}

    def _lay_out(self) -> None:
        """Give all docks their places at once: Qt would wait until somebody asks, while they have none."""
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        layout.activate()

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt; only now have docks that were restored their widths."""
        super().showEvent(event)
        if self._fresh:
            QTimer.singleShot(0, self, self._share_height)  # what is in the docks has its least size only now
        self._fresh = False
        self._take_restored()
        self._fit_right()

    @Slot()
    def _restore_awaited(self) -> None:
        if self._awaited is not None and self._awaited[0] == self.size():
            _, layout, factor = self._awaited
            self.restore(layout, factor)

    @Slot()
    def _on_restored(self) -> None:
        self._lay_out()
        self._take_restored()

    def _take_restored(self) -> None:
        if self._restored is None:
            return
        factor, self._restored = self._restored, None
        usual = {round(width * factor): width for width in (RIGHT_WIDTH, NARROW_RIGHT)}
        self._given = next((usual[dock.width()] for dock in self._columns() if dock.width() in usual), None)
        if factor != scale():
            self._to_rescale = {dock: dock.size() for dock in self._docked()}
            self._ratio = scale() / factor
            QTimer.singleShot(RESTORED_MS, self, self._on_scaled)

    def present(self, shown: Collection[PanelDock] | None) -> None:
        """Show these docks alone, without what moves or closes them; None lets all be as ever, for `restore`."""
        for dock in self.docks:
            dock.set_presented(shown is not None)
        self._presenting = shown is not None
        self._set_foot()
        if shown is not None:
            self._restore_default()
            for dock in self.docks:
                dock.setVisible(dock in shown)

    def _set_foot(self) -> None:
        """Leave room below the docks, where no status line does."""
        high = self.window().height() >= px(LEAST_WITH_ROOM)
        foot = 0 if not self._presenting else MESSAGE_ROOM if high else WITHOUT_STATUS
        set_margins(self, GAP, GAP, GAP, foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        if self._presenting:
            self._set_foot()
        if self._awaited is not None:
            QTimer.singleShot(0, self, self._restore_awaited)
        self._fit_right()

    def event(self, event: QEvent) -> bool:
        """Called by Qt; a person who moves the edge of the right column decides how wide it is."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self._awaited = None
            self._grasped = [dock.width() for dock in self._columns()]
        done = super().event(event)
        if event.type() == QEvent.Type.MouseButtonRelease and self._grasped != [d.width() for d in self._columns()]:
            self._given = None
        return done

    @Slot(bool)
    def _on_placed(self, here: bool) -> None:
        """Docks that go leave their sizes here; those that come back get them again."""
        dock = self.sender()
        assert isinstance(dock, PanelDock)
        if self._presenting or dock.restoring:
            return
        column = self._beside(dock)
        self._moved.append(dock)
        if here and column:
            self._widths[dock] = column[0].width()
        if not here and self.isVisible():
            self._away.add(dock)
        if here or not dock.docked_size.isValid():
            return
        self._widths[dock] = dock.docked_size.width()
        if self._is_below(dock):
            self._low[dock] = dock.docked_size.height()
        heights = {each: each.docked_size.height() for each in (dock, *column)}
        if column and sum(heights.values()) <= self.height():  # else Qt has given its room to the others already
            self._heights = heights

    @Slot()
    def _on_settled(self) -> None:
        self._style_tabs()
        while self._moved:
            self._give_back(self._moved.pop(0))

    def _give_back(self, dock: PanelDock) -> None:
        """The width of its column, and the height it had beside the others: Qt would choose others."""
        if dock.isFloating() or dock.isHidden():
            return
        given = None if self._given is None else px(self._given)
        width = given if dock in self._right and given is not None else self._widths.get(dock)
        if width is not None:
            self.resizeDocks([dock], [width], Qt.Orientation.Horizontal)
        came = dock in self._away
        self._away.discard(dock)
        if self._is_below(dock) and came and not self._beside(dock):
            self.resizeDocks([dock], [self._low.get(dock, self._bottom_height())], Qt.Orientation.Vertical)
        elif set(self._heights) == {dock, *self._beside(dock)}:
            self.resizeDocks(list(self._heights), list(self._heights.values()), Qt.Orientation.Vertical)

    def _is_below(self, dock: PanelDock) -> bool:
        """Whether its place is below the middle."""
        return self.dockWidgetArea(dock) == Qt.DockWidgetArea.BottomDockWidgetArea

    def _beside(self, dock: PanelDock) -> list[PanelDock]:
        """The other docks of its column that are open; those behind the same tab don't count."""
        others = [each for each in self.docks if each is not dock and each not in self.tabifiedDockWidgets(dock)]
        area = self.dockWidgetArea(dock)
        seen = [each for each in others if not each.isHidden() and not each.isFloating()]
        return [each for each in seen if self.dockWidgetArea(each) == area]

    def _columns(self) -> list[PanelDock]:
        """The docks that stand in the right column now."""
        area = Qt.DockWidgetArea.RightDockWidgetArea
        seen = [dock for dock in self._right if not dock.isHidden() and not dock.isFloating()]
        return [dock for dock in seen if self.dockWidgetArea(dock) == area]

    def _fit_right(self, *, again: bool = False) -> None:
        """Give the right column the width that goes with the window, unless a person gave it another."""
        wanted = RIGHT_WIDTH if self.width() >= px(NARROW_WINDOW) else NARROW_RIGHT
        if self._restored is not None or self._given is None or not self._columns():
            return
        if self._given != wanted or again:
            self._given = wanted
            self.resizeDocks(self._columns(), [px(wanted)] * len(self._columns()), Qt.Orientation.Horizontal)

    def _note_scale(self) -> None:
        """Another factor: the docks get their sizes times the ratio once what is in them has its own."""
        ratio = scale() / self._scale
        self._scale = scale()
        if ratio == 1:
            return
        for kept in (self._widths, self._heights, self._low):
            kept.update({dock: round(length * ratio) for dock, length in kept.items()})
        for dock in self.docks:
            dock.docked_size *= ratio
        if not self._to_rescale:
            self._to_rescale = {dock: dock.size() for dock in self._docked()}
            QTimer.singleShot(0, self, self._on_scaled)
        self._ratio *= ratio

    @Slot()
    def _on_scaled(self) -> None:
        ratio, self._ratio = self._ratio, 1.0
        self._rescale(ratio)

    def _rescale(self, ratio: float) -> None:
        """Give docks beside the middle the widths that they had times the ratio, those above and below the heights."""
        sizes, self._to_rescale = self._to_rescale, {}
        beside = (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)
        widths = {dock: size.width() for dock, size in sizes.items() if self.dockWidgetArea(dock) in beside}
        heights = {dock: size.height() for dock, size in sizes.items() if dock not in widths}
        for lengths, direction in ((widths, Qt.Orientation.Horizontal), (heights, Qt.Orientation.Vertical)):
            self.resizeDocks(list(lengths), [max(1, round(length * ratio)) for length in lengths.values()], direction)
        self._fit_right(again=True)

    def _docked(self) -> list[PanelDock]:
        """The docks that are seen in their places."""
        return [dock for dock in self.docks if not dock.isFloating() and not dock.visibleRegion().isEmpty()]

    def _style_tabs(self) -> None:
        """Give Qt's own tab bars their look and name; what stands on a tab needs no title below it."""
        for dock in self.docks:
            dock.set_titled(not self.tabifiedDockWidgets(dock))
        for bar in self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            set_role(bar, "docks")
            bar.setElideMode(Qt.TextElideMode.ElideNone)  # lays the tabs out anew, too: the role has other margins
            bar.setAccessibleName(tr("Panels"))
            for index in range(bar.count()):
                panel = bar.tabText(index)
                tip = tr("Bring {panel} to the front; drag the tab to give it a place of its own", panel=panel)
                bar.setTabToolTip(index, tip)
            bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()  # tabs may be of another height


def scrolling(docks: DockArea) -> QScrollArea:
    """The docks in an area that scrolls where there is no room for them: in a large scale on a small screen."""
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(docks)
    return area
