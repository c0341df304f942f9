"""A dock that looks like a card: its title is the card's own, with a button that closes it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.theme.frames import paint_card
from nnplay.gui.theme.sizes import set_margins, set_minimum_height
from nnplay.gui.theme.theme import Theme
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.card import HEADER_HEIGHT, SectionTitle
from nnplay.gui.widgets.screen_fit import largest_size
from nnplay.texts import tr

MARGINS = (16, 12, 10, 4)
PRESENTED_HEIGHT = 23
PRESENTED_MARGINS = (16, 18, 10, 0)
"""Before a class there is no button beside the title, which stands on the same line with less room around it."""
CLAIM_MS = 500
"""Milliseconds in which a window that was made anew has got its size from the system."""
UNTITLED = 10
"""Pixels of a card's upper edge, which has the rounded corners."""


class PanelDock(Guarded, QDockWidget):
    """Holds one panel.

    Signals
    -------
    placed(here)
        It came to a place beside other docks, or left it: closed, or a window of its own. Behind a tab it stays.

    Parameters
    ----------
    key
        What the remembered layout calls it.
    title
        What the person calls it.
    make
        Makes the content; a widget that it has as attribute ``header`` stands beside the title, or in its place where
        its attribute ``header_is_title`` is true. Before a class its method ``set_presented``, where it has one, is
        called, and its attribute ``presented_title``, where it has one, is the title.
    closed
        Whether it is closed at first.
    seen
        Whether it is seen at first; else its content is made when somebody looks.

    Attributes
    ----------
    docked_size
        The last size that it had beside other docks, in pixels.
    restoring
        Whether a layout is being restored, which has its size.
    """

    placed = Signal(bool)

    def __init__(
        self,
        key: str,
        title: str,
        make: Callable[[], QWidget],
        theme: Theme,
        parent: QWidget | None = None,
        *,
        closed: bool = False,
        seen: bool = True,
    ) -> None:
        super().__init__(title, parent)
        self.setObjectName(key)
        self.setAccessibleName(title)
        self._make = make
        self._panel: QWidget | None = None
        self._header_is_title = False
        name, tip = tr("Close {panel}", panel=title), tr("Close {panel}; the View menu brings it back", panel=title)
        self.close_button = IconButton(theme, "close", name, tip, icon_size=12, role="quiet")
        self.close_button.clicked.connect(self.close)
        self._bar = self._title_bar(title)
        self.setTitleBarWidget(self._bar)
        self.closed_at_first = closed
        self.docked_size = QSize()
        self.restoring = False
        self._claimed = QSize()
        self._claims = QTimer(self, singleShot=True, interval=CLAIM_MS)
        self._titled, self._presented = True, False
        self._usual_features = self.features()
        self.visibilityChanged.connect(self._on_visibility_changed)
        self.toggleViewAction().toggled.connect(self.placed)
        theme.changed.connect(self._fit_bar)
        self.topLevelChanged.connect(self._on_top_level_changed)
        if seen:
            self.fill()

    @property
    def panel(self) -> QWidget:
        """The content."""
        self.fill(hidden=True)
        assert self._panel is not None
        return self._panel

    def fill(self, *, hidden: bool = False) -> bool:
        """Make the content, hidden as behind another dock's tab; False where it is there."""
        if self._panel is not None:
            return False
        self._panel = panel = self._make()
        self._header_is_title = bool(getattr(panel, "header_is_title", False))
        header = getattr(panel, "header", None)
        if not self._header_is_title:
            self._row.insertStretch(1, 1)
        if isinstance(header, QWidget):
            self._row.insertWidget(self._row.count() - 1, header, int(self._header_is_title))
            header.show()  # at once: the row would wait, and the keyboard find nobody there
        self.setWidget(self._body(panel))
        self.widget().setHidden(hidden)
        self.set_presented(self._presented)
        return True

    def set_titled(self, titled: bool) -> None:
        """With its title, or only the upper edge of its card, because a tab above it says the same."""
        self._titled = titled
        titled = titled or self._presented or isinstance(getattr(self._panel, "header", None), QWidget)
        self._label.setVisible(titled and (self._presented or not self._header_is_title))
        self.close_button.setVisible(titled and not self._presented)
        margins = PRESENTED_MARGINS if self._presented else MARGINS
        set_margins(self._row, *(margins if titled else (0, 0, 0, UNTITLED)))
        set_minimum_height(self._label, PRESENTED_HEIGHT if self._presented else HEADER_HEIGHT)
        self._fit_bar()

    def set_presented(self, presented: bool) -> None:
        """Before a class: its title and its panel, which is told, and nothing that closes or moves it."""
        self._presented = presented
        features = QDockWidget.DockWidgetFeature
        self.setFeatures(features.NoDockWidgetFeatures if presented else self._usual_features)
        present = getattr(self._panel, "set_presented", None)
        if callable(present):
            present(presented)
        title = self.windowTitle()
        self._label.setText(getattr(self._panel, "presented_title", title) if presented else title)
        self.set_titled(self._titled)

    @Slot()
    def _fit_bar(self) -> None:
        """As high as what is in it: Qt would make it higher at times."""
        self._bar.setFixedHeight(self._bar.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt; behind another dock's tab it has no size worth keeping."""
        super().resizeEvent(event)
        if self.isFloating():
            QTimer.singleShot(0, self, self._take)
        elif not event.size().isEmpty() and event.size().expandedTo(self.minimumSizeHint()) == event.size():
            self.docked_size = self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Called by Qt; title and body are of one card."""
        paint_card(self)

    @Slot(bool)
    def _on_top_level_changed(self, floating: bool) -> None:
        """As a window it is as large as it was in its place at least: Qt would make it as small as it can be."""
        self.placed.emit(not floating)
        if self.restoring:
            return
        if not floating:
            QTimer.singleShot(0, self, self.raise_)  # Qt puts it behind the tab of another one
        elif self.docked_size.isValid():
            QTimer.singleShot(0, self, self._grow)

    @Slot()
    def _grow(self) -> None:
        self._claim(self.size().expandedTo(self.docked_size).boundedTo(largest_size(self)))

    def event(self, event: QEvent) -> bool:
        """Called by Qt; where a drag ends beside all places, Qt makes the window anew, as small as it can be."""
        if event.type() == QEvent.Type.MouseButtonRelease and self.isFloating():
            self._claim(self.size())
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._claims.stop()
        return super().event(event)

    def _claim(self, size: QSize) -> None:
        """Have this size for as long as the system may still answer with the one that Qt had chosen."""
        self._claimed = size
        self._claims.start()
        self._take()

    @Slot()
    def _take(self) -> None:
        if self.isFloating() and self._claims.isActive():
            self.resize(self._claimed)

    @Slot(bool)
    def _on_visibility_changed(self, visible: bool) -> None:
        """Behind another dock's tab Qt leaves the controls where Tab still reaches them; nobody sees them there."""
        if visible:
            self.fill()
        if self._panel is not None:
            self.widget().setVisible(visible)

    def _title_bar(self, title: str) -> QWidget:
        bar = QWidget()
        self._label = label = SectionTitle(title)
        set_minimum_height(label, HEADER_HEIGHT)
        self._row = row = QHBoxLayout(bar)
        set_margins(row, *MARGINS)
        row.addWidget(label)
        row.addWidget(self.close_button)
        return bar

    @staticmethod
    def _body(panel: QWidget) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        set_margins(column, 1, 0, 1, 8)
        column.addWidget(panel)
        return body
