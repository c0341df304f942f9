"""Views that an animation has of its own, off the screen: the person's window stays where it stands."""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from nnplay.gui.paint.figure import Caption, Figure, figure_of, titled
from nnplay.gui.session.session import Session
from nnplay.gui.session.viewing import ViewingSession
from nnplay.gui.theme.frames import RADIUS
from nnplay.gui.theme.scale import scaled
from nnplay.training.moment import Moment

LAYOUTS = 3
"""Times that a view is laid out before it is painted: its parts tell each other what room they leave."""


class AnimatedView(NamedTuple):
    """A view that can be animated.

    Attributes
    ----------
    key
        What menus and tests call it.
    title
        What a person calls it.
    card
        What it stands in, and says where it stands among others.
    view_of
        Gives the one in the window; None as long as nobody has opened it.
    make
        Makes another one, for a session.
    """

    key: str
    title: str
    card: QWidget
    view_of: Callable[[], QWidget | None]
    make: Callable[[Session], QWidget]

    @property
    def view(self) -> QWidget:
        """The one in the window, which is seen."""
        view = self.view_of()
        assert view is not None
        return view

    @property
    def is_seen(self) -> bool:
        """Whether it is seen in the window."""
        view = self.view_of()
        return view is not None and view.isVisible()


class UnseenViews:
    """Views like those in the window, as large and set in the same way, on a session that stands anywhere.

    Parameters
    ----------
    session
        That of the window; paused, and it stays so.
    sources
        The views in the window.
    step, moment
        What they show first: the end of the animation, since axes stay as they are then.
    """

    def __init__(self, session: Session, sources: Sequence[AnimatedView], step: int, moment: Moment) -> None:
        self._session, self._sources = ViewingSession(session), sources
        self._views = [_unseen(source, self._session) for source in sources]
        self.show(step, moment)
        for source, view in zip(sources, self._views, strict=True):
            _tell(view, "look_as", source.view)
        self._session.look_as()
        self.show(step, moment)
        for view in self._views:
            _tell(view, "hold_axes")

    @property
    def closed(self) -> bool:
        """Whether they are gone."""
        return not self._views

    @property
    def background(self) -> str:
        """The colour behind the figure."""
        palette = self._session.theme.palette
        return palette.panel if len(self._views) == 1 else palette.window

    def show(self, step: int, moment: Moment) -> None:
        """Show a moment, at once."""
        self._session.show(step, moment)

    def figure(self, caption: Caption | None) -> Figure:
        """What is seen now: of one view as it stands in an exported picture, of several as they stand in the window."""
        palette, figures = self._session.theme.palette, list(map(self._figure_of, self._sources, self._views))
        if len(figures) == 1:
            return titled(figures[0], palette, caption)
        return titled(self._beside_each_other([titled(figure, palette) for figure in figures]), palette, caption)

    def close(self) -> None:
        """Let go of them."""
        if not self.closed:
            for view in self._views:
                view.hide()
                view.deleteLater()
            self._views = []
            self._session.close()
            self._session.deleteLater()

    @staticmethod
    def _figure_of(source: AnimatedView, view: QWidget) -> Figure:
        own = getattr(view, "figure", None)
        if own is None:
            return figure_of(view, source.title)
        figure: Figure = own()
        return figure

    def _beside_each_other(self, figures: Sequence[Figure]) -> Figure:
        palette = self._session.theme.palette
        cards = [source.card for source in self._sources]
        places = [QRect(card.mapTo(card.window(), QPoint()), card.size()) for card in cards]
        whole = reduce(QRect.united, places)

        def paint(painter: QPainter) -> None:
            for place, figure in zip(places, figures, strict=True):
                room = QRectF(place.translated(-whole.topLeft()))
                painter.save()
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(palette.panel))
                painter.drawRoundedRect(room, scaled(RADIUS), scaled(RADIUS))
                painter.translate(room.topLeft())
                fit(painter, figure, room.size())
                painter.restore()

        return Figure("", QSizeF(whole.size()), paint)


def fit(painter: QPainter, figure: Figure, room: QSizeF) -> None:
    """Paint a figure where there is so much room: a larger one smaller."""
    share = min(room.width() / figure.size.width(), room.height() / figure.size.height(), 1.0)
    painter.scale(share, share)
    figure.paint(painter)


def _unseen(source: AnimatedView, session: Session) -> QWidget:
    """A view like this one, which takes part in all but is on no screen."""
    view = source.make(session)
    header = getattr(view, "header", None)
    if header is not None:
        header.setParent(view)  # it belongs beside the title, and goes with the view
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
    view.resize(source.view.size())
    view.show()
    for _ in range(LAYOUTS):  # rows of controls that wrap take room from the picture only now
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    return view


def _tell(view: QWidget, what: str, *about: object) -> None:
    """Call a method that a view may have."""
    method = getattr(view, what, None)
    if method is not None:
        method(*about)
