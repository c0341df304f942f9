"""The panel Timeline: the strip, the moment that is seen in figures, playing from the start, and the branches."""

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.timeline.branch_menu import fill_branches
from nnplay.gui.panels.timeline.contents import StripSpot, curve_of, ghosts_of, marks_of, spots_shown
from nnplay.gui.panels.timeline.edit_menu import EditMenu
from nnplay.gui.panels.timeline.film import Film
from nnplay.gui.panels.timeline.strip import Strip
from nnplay.gui.session.frames import Beat
from nnplay.gui.session.session import Session
from nnplay.gui.theme.sizes import set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.buttons import IconButton
from nnplay.gui.widgets.number_format import count_text
from nnplay.gui.widgets.number_label import NumberLabel
from nnplay.gui.widgets.plain_text import set_tip
from nnplay.texts import mark, tr
from nnplay.training.probes.curves import CurvesProbe
from nnplay.training.probes.probe import Probes
from nnplay.training.record import Branch, spots_of
from nnplay.training.snapshot import Snapshot

KEYS = (
    (mark("Left, Shift+Left"), mark("Back an epoch, or a batch, of what the run was")),
    (mark("Home, End"), mark("To the beginning of the run, or back to its end")),
)
CURVES = CurvesProbe()
WIDEST = "00,000"
SPOTS_MS = 300
"""Milliseconds of quiet after which the named places are looked for: that takes a while."""
FRAMES = 2
"""Of a run that goes on each so-manieth frame of the figures is drawn."""


class TimelinePanel(Guarded, QWidget):
    """The run's time.

    Attributes
    ----------
    strip
        What is dragged in.
    header
        The moment in figures, below the title.
    play
        Plays from the start.
    """

    needs: Probes = frozenset({CURVES})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._timeline = session, session.timeline
        self.film = Film(session, self)
        self.header = NumberLabel(
            tr("{epoch} of {end}", epoch=WIDEST, end=WIDEST), tr("The moment that is seen"), grows=False
        )
        set_role(self.header, "quiet")
        self.strip = Strip(session.theme)
        self.strip.setAccessibleName(tr("Timeline"))
        set_tip(self.strip, tr("Drag or click to see an earlier moment of the run; Train goes on from there"))
        self._add_buttons()
        row = QHBoxLayout(self)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 4)
        row.addWidget(self.strip, 1)
        for button in (self.back, self.play, self.branches):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._frame = 0
        self._shown: tuple[object, ...] = ()
        self._quiet = QTimer(self, interval=SPOTS_MS, singleShot=True)
        self._quiet.timeout.connect(self._find_spots)
        self._spots_of: tuple[object, ...] = ()
        self.strip.epochs_wanted.connect(self._on_epochs_wanted)
        self.strip.spot_wanted.connect(self._on_spot_wanted)
        self.strip.branch_wanted.connect(self._on_branch_wanted)
        self.edits = EditMenu(session, self)
        self.strip.hand.dropped.connect(self.edits.drop)
        self.strip.hand.clicked.connect(self.edits.open)
        self.strip.menu_wanted.connect(self._on_menu_wanted)
        self._timeline.changed.connect(self._on_changed)
        self.film.changed.connect(self._on_film_changed)
        session.state_changed.connect(self._on_changed)
        session.experiment_changed.connect(self._on_changed)
        session.add_viewer(self, Beat.FIGURES)

    def _add_buttons(self) -> None:
        theme = self._session.theme
        name, tip = tr("To the end"), tr("Leave the earlier moment, and see the run at its end (End)")
        self.back = IconButton(theme, "step", name, tip, role="tool")
        self.back.clicked.connect(self._timeline.leave)
        name, tip = tr("Play from the start"), tr("Show the run from its start, at the pace that is set")
        self.play = IconButton(theme, "play", name, tip, role="tool")
        self.play.clicked.connect(self.film.toggle)
        name, tip = tr("Branches"), tr("The ways that the run took: return to one, name or delete it")
        self.branches = IconButton(theme, "more", name, tip, role="tool")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.branches.setMenu(self._menu)
        self.branches.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    # ---- what is shown

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Called by the session at each frame."""
        running = self._session.running
        self._frame += 1
        if running and self._frame % FRAMES:
            return
        now = snapshot.figures.epoch + snapshot.figures.fraction
        if self._timeline.looked_at is None:
            rows = snapshot.answer(CURVES)
            if rows is not None:
                self.strip.show_run(curve_of(rows, now=snapshot.figures), now, now)
            self._show_record()
        else:
            self.strip.show_now(self._epochs(self._timeline.step))
        self._write(now)

    def _epochs(self, step: int) -> float:
        return self._timeline.record.current.epochs_at(step)

    def _write(self, now: float) -> None:
        epoch = count_text(int(now))
        looked_at = self._timeline.looked_at
        if looked_at is None:
            count = len(self._timeline.record.branches)
            if count > 1:
                place = self._timeline.record.branches.index(self._timeline.record.current) + 1
                self.header.show_text(tr("{epoch} · {place} of {count}", epoch=epoch, place=place, count=count))
            else:
                self.header.show_text(epoch)
        else:
            end = count_text(int(self._epochs(self._timeline.record.step)))
            self.header.show_text(tr("{epoch} of {end}", epoch=epoch, end=end))

    def _show_record(self) -> None:
        """Marks and branches, where they are others than those that are drawn."""
        record = self._timeline.record
        shown = (record, record.current, record.edits, *((branch, branch.name) for branch in record.branches))
        if shown != self._shown:
            self._shown, self._spots_of = shown, ()  # what the run named may be elsewhere, or gone
            self.strip.show_record(ghosts_of(record), marks_of(record))
            self._quiet.start()

    @Slot()
    def _on_changed(self) -> None:
        earlier = self._timeline.looked_at is not None
        self.back.setEnabled(earlier)
        if not self._session.running:
            self._show_record()
            self._quiet.start()
        self._session.refresh()

    @Slot()
    def _find_spots(self) -> None:
        """Look for the places that the run names, of a run that is paused and seen."""
        record = self._timeline.record
        place = (record, record.current, record.step, record.edits)
        if self._session.running or not self.isVisible() or self.film.playing or place == self._spots_of:
            return
        self._spots_of = place
        spots = spots_shown(record.current, spots_of(record))
        self.strip.show_spots(spots)

    # ---- what a person wants

    @Slot(float)
    def _on_epochs_wanted(self, epochs: float) -> None:
        self.film.stop()
        self._timeline.look_near(epochs)

    @Slot(object)
    def _on_spot_wanted(self, spot: StripSpot) -> None:
        self.film.stop()
        self._timeline.look_at(spot.step)

    @Slot(object)
    def _on_branch_wanted(self, branch: Branch) -> None:
        self.film.stop()
        self._timeline.return_to(branch)

    @Slot()
    def _fill_menu(self) -> None:
        """The branches, and the edits of the run."""
        fill_branches(self._menu, self._session)
        self._menu.addSeparator()
        self.edits.fill(self._menu.addMenu(tr("Edits")))

    @Slot(QPoint)
    def _on_menu_wanted(self, place: QPoint) -> None:
        self._menu.popup(place)

    @Slot()
    def _on_film_changed(self) -> None:
        if self.film.playing:
            self.play.set_icon("pause", tr("Pause"))
        else:
            self.play.set_icon("play", tr("Play from the start"))
