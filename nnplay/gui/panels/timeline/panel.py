"""The panel Timeline: the strip, the moment that is seen in figures, playing from the start, and the branches."""

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.panels.timeline.branch_menu import fill_branches
from nnplay.gui.panels.timeline.contents import StripSpot, curve_of, ghosts_of, marks_of, spots_shown
from nnplay.gui.panels.timeline.edit_menu import EditMenu
from nnplay.gui.panels.timeline.spot_finder import SpotFinder
from nnplay.gui.panels.timeline.strip import Strip
from nnplay.gui.session.frames import Beat
from nnplay.gui.session.part_names import part_names
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
from nnplay.training.record import Branch, Spot
from nnplay.training.snapshot import Snapshot

KEYS = (
    (mark("Left, Shift+Left"), mark("Back an epoch, or a batch, of what the run was")),
    (mark("Home, End"), mark("To the beginning of the run, or back to its end")),
)
CURVES = CurvesProbe()
WIDEST, WIDEST_BRANCH = "00,000", 10
PAGE = 0.1
"""How much of the run a page of the keyboard is."""
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
        self.film = session.film
        self.header = NumberLabel(
            _on_branch(WIDEST, WIDEST_BRANCH, WIDEST_BRANCH), tr("The moment that is seen"), grows=False
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
        self._finder = SpotFinder(self)
        self._finder.found.connect(self._on_spots_found)
        self.strip.epochs_wanted.connect(self._on_epochs_wanted)
        self.strip.spot_wanted.connect(self._on_spot_wanted)
        self.strip.branch_wanted.connect(self._on_branch_wanted)
        self.edits = EditMenu(session, self)
        self.strip.hand.dropped.connect(self.edits.drop)
        self.strip.hand.clicked.connect(self.edits.open)
        self.strip.menu_wanted.connect(self._on_menu_wanted)
        self.strip.key_wanted.connect(self._on_key_wanted)
        self._timeline.changed.connect(self._on_changed)
        self._timeline.comes.connect(self._on_comes)
        self.film.changed.connect(self._on_film_changed)
        session.state_changed.connect(self._on_changed)
        session.experiment_changed.connect(self._on_changed)
        session.add_viewer(self, Beat.FIGURES)

    def _add_buttons(self) -> None:
        theme = self._session.theme
        name, tip = tr("To the end"), tr("Leave the earlier moment, and see the run at its end (End)")
        self.back = IconButton(theme, "to_end", name, tip, role="tool")
        self.back.setEnabled(False)
        self.back.clicked.connect(self._timeline.leave)
        name, tip = tr("Play from the start"), tr("Show the run from its start, at the pace that is set (Shift+Home)")
        self.play = IconButton(theme, "play", name, tip, role="tool")
        self.play.clicked.connect(self.film.toggle)
        name, tip = tr("Branches"), tr("The ways that the run took: return to one, name or delete it")
        self.branches = IconButton(theme, "more", name, tip, role="tool")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.branches.setMenu(self._menu)
        self.branches.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt; what the run named while nobody looked is found now."""
        super().showEvent(event)
        self._find_spots()

    # ---- what is shown

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Called by the session at each frame."""
        now = snapshot.figures.epoch + snapshot.figures.fraction
        self._write(now)
        self._frame += 1
        if self._session.running and self._frame % FRAMES:
            return
        if self._timeline.looked_at is None:
            rows = snapshot.answer(CURVES)
            if rows is not None:
                self.strip.show_run(curve_of(rows, now=snapshot.figures), now, now)
            self._show_record()
        else:
            self.strip.show_now(self._epochs(self._timeline.step))

    def _epochs(self, step: int) -> float:
        return self._timeline.record.current.epochs_at(step)

    def _write(self, now: float) -> None:
        epoch = count_text(int(now))
        looked_at = self._timeline.looked_at
        if looked_at is None:
            count = len(self._timeline.record.branches)
            if count > 1:
                place = self._timeline.record.branches.index(self._timeline.record.current) + 1
                self.header.show_text(_on_branch(epoch, place, count))
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
            self._shown = shown
            self.strip.show_record(ghosts_of(record), marks_of(record))  # what the run named may be elsewhere, or gone
            self._find_spots()

    @Slot()
    def _on_changed(self) -> None:
        earlier = self._timeline.looked_at is not None
        self.back.setEnabled(earlier)
        if not self._session.running:
            self._show_record()
        self._find_spots()
        self._session.refresh()

    @Slot()
    def _on_comes(self) -> None:
        """A moment that takes a while is wanted, or nearer."""
        coming = self._timeline.coming
        self.strip.show_coming(None if coming is None else self._epochs(coming), self._timeline.share)
        self._find_spots()

    def _find_spots(self) -> None:
        """Look for the places that the run names, of a run that is paused and seen, while nothing else is computed."""
        if self._session.running:
            self._finder.forget()
            self.strip.show_spots([spot for spot in self.strip.spots if spot.lasts])
        elif not self.isVisible():
            self._finder.forget()
        elif self._timeline.coming is not None or self.film.playing:
            self._finder.rest()
        else:
            self._finder.look(self._timeline.record)

    @Slot(object)
    def _on_spots_found(self, spots: tuple[Spot, ...]) -> None:
        prepared, network = self._session.prepared, self._session.trainer.network
        sizes = (len(network.weights[0]), *(len(biases) for biases in network.biases))
        self.strip.show_spots(spots_shown(self._timeline.record.current, spots, part_names(prepared, sizes)))

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

    @Slot(int)
    def _on_key_wanted(self, key: int) -> None:
        self.film.stop()
        timeline, keys = self._timeline, Qt.Key
        if self._session.running and key in (keys.Key_Right, keys.Key_End, keys.Key_PageDown):
            return  # it is at its end
        if key == keys.Key_Left:
            timeline.back_epoch()
        elif key == keys.Key_Right:
            timeline.forth_epoch()
        elif key == keys.Key_Home:
            timeline.go_to_start()
        elif key == keys.Key_End:
            timeline.leave()
        else:
            page = PAGE * self._epochs(timeline.record.step) * (-1 if key == keys.Key_PageUp else 1)
            timeline.look_near(self._epochs(timeline.wanted) + page)

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
        self._find_spots()
        if self.film.playing:
            self.play.set_icon("pause", tr("Pause"))
        else:
            self.play.set_icon("play", tr("Play from the start"))


def _on_branch(epoch: str, place: int, count: int) -> str:
    return tr("{epoch} · branch {place} of {count}", epoch=epoch, place=place, count=count)
