"""A view of its own for an animation, off the screen: the person's window stays where it stands."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nnplay.gui.paint.figure import Caption, Figure, figure_of, titled
from nnplay.gui.session.session import Session
from nnplay.gui.session.viewing import ViewingSession
from nnplay.training.moment import Moment


class AnimatedView(NamedTuple):
    """A view that can be animated.

    Attributes
    ----------
    key
        What menus and tests call it.
    title
        What a person calls it.
    view
        The one in the window.
    make
        Makes another one, for a session.
    """

    key: str
    title: str
    view: QWidget
    make: Callable[[Session], QWidget]


class UnseenView:
    """Another view like the one in the window, as large and set in the same way, on a session that stands anywhere.

    Parameters
    ----------
    session
        That of the window; paused, and it stays so.
    source
        The view in the window.
    step, moment
        What it shows first: the end of the animation, since the axes stay as they are then.
    """

    def __init__(self, session: Session, source: AnimatedView, step: int, moment: Moment) -> None:
        self._session, self._title = ViewingSession(session), source.title
        self._view: QWidget | None = source.make(self._session)
        view = self._view
        header = getattr(view, "header", None)
        if header is not None:
            header.setParent(view)  # it belongs beside the title, and goes with the view
        view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        view.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        view.resize(source.view.size())
        view.show()
        self.show(step, moment)
        look_as = getattr(view, "look_as", None)
        if look_as is not None:
            look_as(source.view)
        self._session.look_as()
        self.show(step, moment)
        hold_axes = getattr(view, "hold_axes", None)
        if hold_axes is not None:
            hold_axes()

    @property
    def closed(self) -> bool:
        """Whether it is gone."""
        return self._view is None

    def show(self, step: int, moment: Moment) -> None:
        """Show a moment, at once."""
        self._session.show(step, moment)

    def figure(self, caption: Caption | None) -> Figure:
        """What is seen now, as it stands in an exported picture."""
        view = self._view
        assert view is not None
        own = getattr(view, "figure", None)
        figure = figure_of(view, self._title) if own is None else own()
        return titled(figure, self._session.theme.palette, caption)

    def close(self) -> None:
        """Let go of it."""
        if self._view is not None:
            self._view.hide()
            self._view.deleteLater()
            self._view = None
            self._session.close()
            self._session.deleteLater()
