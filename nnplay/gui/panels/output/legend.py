"""What says what the canvas means: the colour bar beside it and the key of the points below it."""

from PySide6.QtCore import QObject

from nnplay.gui.paint.point_key import Entry, PointKey
from nnplay.gui.panels.output.colour_bar import ColourBar
from nnplay.gui.panels.output.colour_key import ClassColours, key_of_output, titles_of
from nnplay.gui.panels.output.shown import Shown
from nnplay.gui.panels.output.view_switches import ViewSwitches
from nnplay.gui.session.session import Session
from nnplay.texts import tr
from nnplay.training.prepared import PreparedData


class CanvasLegend(QObject):
    """Keeps both with what is shown.

    Attributes
    ----------
    bar, points
        The two widgets.
    """

    def __init__(self, session: Session, switches: ViewSwitches, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._switches = session, switches
        self.bar, self.points = ColourBar(session.theme), PointKey(session.theme)
        self._scale: float | None = None
        self._shown: Shown | None = None  # type: ignore[type-arg]
        self._pushes: tuple[tuple[Entry, ...], str] = ((), "")
        self._has_before = False

    def show_data(self, prepared: PreparedData) -> None:
        """Take the room that these data need."""
        self.bar.reserve(key_of_output(prepared, prepared.outputs, squared=False, discrete=True))

    def show(self, shown: Shown) -> None:  # type: ignore[type-arg]
        """Say what is shown now, in which way."""
        self._shown, self._scale = shown, shown.scale
        key = shown.key(discrete=self._switches.discrete.isChecked())
        self.bar.show_key(key)
        entries, answer = self._pushes
        if entries:
            self.points.show_entries((*entries, *self._marks()), answer)
            return
        colour = tr("colour: {title}", title=key.title)
        self.points.show_entries(self._entries(names_colours=isinstance(key, ClassColours)), colour)

    def show_pushes(self, entries: tuple[Entry, ...], answer: str) -> None:
        """Say what these markers mean in place of the usual ones, and which answer it is about; none as usual."""
        if (entries, answer) != self._pushes:
            self._pushes = (entries, answer)
            if self._shown is not None:
                self.show(self._shown)

    def show_before(self, *, shown: bool) -> None:
        """Whether the boundary as it was is drawn too."""
        if shown != self._has_before:
            self._has_before = shown
            if self._shown is not None:
                self.show(self._shown)

    def follow(self, shown: Shown) -> None:  # type: ignore[type-arg]
        """Called at frame rate: a unit's outputs may be on another scale."""
        if shown.scale != self._scale:
            self.show(shown)

    def _entries(self, *, names_colours: bool) -> tuple[Entry, ...]:
        """What there is on the canvas; the classes too, where the colour bar doesn't name them."""
        prepared, switches = self._session.prepared, self._switches
        entries: list[Entry] = []
        if prepared.table.task == "classification" and not names_colours:
            titles = titles_of(prepared.table)[:2]
            entries += [Entry("filled", title, group) for group, title in enumerate(titles)]
        entries.append(Entry("filled", tr("training")))
        if switches.test_points.isChecked() and len(prepared.test):
            entries.append(Entry("hollow", tr("test")))
        if switches.misclassified.isChecked() and switches.misclassified.isEnabled():
            entries.append(Entry("ringed", tr("misclassified")))
        return (*entries, *self._marks())

    def _marks(self) -> tuple[Entry, ...]:
        """What there is beside the points that count."""
        left_out = (Entry("crossed", tr("left out")),) if self._session.experiment.training.left_out else ()
        return (*left_out, Entry("dashed", tr("boundary before"))) if self._has_before else left_out
