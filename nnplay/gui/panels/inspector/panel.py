"""The panel below the network: every number of one step, for what is selected and the sample that is looked at."""

import time
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nnplay.gui.guard import Guarded
from nnplay.gui.paint.figure import Figure, figure_of
from nnplay.gui.panels.inspector.header import Header
from nnplay.gui.panels.inspector.inspected import Inspected
from nnplay.gui.panels.inspector.look_pace import LookPace
from nnplay.gui.panels.inspector.step_names import StepNames, sample_name
from nnplay.gui.session.frames import Beat
from nnplay.gui.session.part_names import part_names
from nnplay.gui.session.session import Session
from nnplay.gui.theme.sizes import set_margins
from nnplay.texts import mark, tr
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.probe import Probes
from nnplay.training.probes.step import OwnStepProbe, StepLook, StepProbe
from nnplay.training.slices import Point
from nnplay.training.snapshot import Snapshot

if TYPE_CHECKING:
    from nnplay.gui.panels.inspector.matrices_page import MatricesPage
    from nnplay.gui.panels.inspector.numbers_page import NumbersPage

NOTHING = mark("There is nothing to train on yet")
IMPOSSIBLE = mark("The coming step can't be shown: its numbers overflow, or it needs more memory than there is")


class InspectorPanel(Guarded, QWidget):
    """Two tabs on one step: its arithmetic, and its matrices; only the one that is seen costs anything.

    Attributes
    ----------
    header
        The tabs and what stands beside them.
    header_is_title
        The title stands in it.
    """

    header_is_title = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._pace = session, LookPace()
        self._probe: StepProbe | OwnStepProbe = StepProbe()
        self._look: Inspected | None = None
        self._names: StepNames | None = None
        self.header = Header(session.theme, session.digits)
        self.pages = QStackedWidget()
        column = QVBoxLayout(self)
        set_margins(column, 16, 0, 12, 4)
        column.addWidget(self.pages)
        self.header.tabs.currentChanged.connect(self._on_tab_changed)
        self.header.by_hand_wanted.connect(self._on_by_hand)
        session.selection.inspected_changed.connect(self._on_inspected_changed)
        session.selection.sample_changed.connect(self._on_step_changed)
        session.walk.changed.connect(self._on_step_changed)
        session.data_changed.connect(self._on_data_changed)
        self._show_texts()
        session.add_viewer(self, Beat.FIGURES)

    # what makes formulas and tables is imported when somebody looks: not at the start

    @cached_property
    def numbers(self) -> "NumbersPage":
        """The page of the first tab."""
        from nnplay.gui.panels.inspector.numbers_page import NumbersPage

        page = NumbersPage(self._session, self._pace.spend)
        self.pages.addWidget(page)
        return page

    @cached_property
    def matrices(self) -> "MatricesPage":
        """The page of the second tab."""
        from nnplay.gui.panels.inspector.matrices_page import MatricesPage

        page = MatricesPage(self._session, self._pace.spend)
        self.pages.addWidget(page)
        return page

    @property
    def look(self) -> Inspected | None:
        """What is shown."""
        return self._look

    @property
    def needs(self) -> Probes:
        """The coming step, or the one that is walked through; of a run that goes on only every so often."""
        walk = self._session.walk.walk
        if self._session.running and walk is None:
            if not self._pace.due:
                return frozenset()
            self._pace.begin()
        sample = self._sample
        if walk is None:
            probe: StepProbe | OwnStepProbe = StepProbe(sample)
            self._probe = probe if probe != self._probe else self._probe
        elif not (
            isinstance(self._probe, OwnStepProbe) and self._probe.batch is walk.trace and self._probe.sample == sample
        ):
            self._probe = OwnStepProbe(walk.trace, sample)
        return frozenset({self._probe})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the newest step, where the snapshot has one."""
        if self._probe not in snapshot.answers:
            return
        step = snapshot.answer(self._probe)
        if step is None:
            self._show_none(tr(IMPOSSIBLE) if self._session.trainer.can_train else tr(NOTHING))
            return
        self._pace.restart(step.seconds)
        began = time.perf_counter()
        self._look = Inspected(
            self._kept_own(step), self._names_for(step), self._session.walk.walk, self._session.running
        )
        self._show()
        self._pace.spend(time.perf_counter() - began)

    def showEvent(self, event: QShowEvent) -> None:
        """Called by Qt; what happened while nobody looked is shown now."""
        super().showEvent(event)
        if self._look is None:
            self._show_none()
        self._session.refresh()

    def figure(self) -> Figure:
        """The picture of the tab that is seen, for a worksheet."""
        title = self.header.subject.title
        return figure_of(self.matrices, title) if self._shows_matrices else self.numbers.figure(title)

    def look_as(self, other: "InspectorPanel") -> None:
        """See the same tab, and the same matrix, as in another panel of this kind."""
        self.header.tabs.setCurrentIndex(other.header.tabs.currentIndex())
        if self._shows_matrices:
            self.matrices.look_as(other.matrices)

    @property
    def _shows_matrices(self) -> bool:
        return self.header.tabs.currentIndex() == 1

    @property
    def _page(self) -> "NumbersPage | MatricesPage":
        return self.matrices if self._shows_matrices else self.numbers

    @property
    def _sample(self) -> Point | None:
        """The sample that is looked at; while a term of another one is pointed at here, the one that is chosen."""
        selection = self._session.selection
        return selection.chosen_sample if self.numbers.points_at_sample else selection.sample

    def _kept_own(self, step: StepLook) -> StepLook:
        """The step; with the sample's own as it was recorded before a walk made it."""
        before = None if self._look is None else self._look.step
        if (
            before is not None
            and step.sample is None
            and step.batch is before.batch
            and isinstance(self._probe, OwnStepProbe)
        ):
            return before if self._probe.sample is not None else step
        return step

    def _names_for(self, step: StepLook) -> StepNames:
        prepared, layers = self._session.prepared, step.batch.layers
        sizes = (layers[0].inputs.shape[1], *(layer.z.shape[1] for layer in layers))
        if self._names is None or self._names.prepared is not prepared or self._names.parts.sizes != sizes:
            self._names = StepNames(prepared, part_names(prepared, sizes))
        return self._names

    def _show(self) -> None:
        look = self._look
        if look is None:
            return
        self._show_texts()
        self._page.show_look(look)
        self.pages.setCurrentWidget(self._page)

    def _show_none(self, why: str = "") -> None:
        """There is no step: say why, or what can be done, in place of either page."""
        self._look = None
        self.numbers.clear(why)
        self.pages.setCurrentWidget(self.numbers)
        self._show_texts()

    def _show_texts(self) -> None:
        selection, look = self._session.selection, self._look
        address = selection.inspected
        subject = (
            "" if address is None or look is None or not look.names.parts.has(address) else look.names.parts.of(address)
        )
        sample = "" if look is None else sample_name(look.step.place, look.names.sample(self._sample))
        self.header.subject.show_texts(subject, sample)

    @Slot(int)
    def _on_tab_changed(self, _index: int) -> None:
        self._show()
        if self._shows_matrices:
            self.matrices.follow_selection()

    @Slot()
    def _on_inspected_changed(self) -> None:
        if not self.isVisible():
            return
        self._show()
        if self._shows_matrices:
            self.matrices.follow_selection()

    @Slot()
    def _on_by_hand(self) -> None:
        self._session.requests.action.emit("worked_example")

    @Slot()
    def _on_step_changed(self) -> None:
        if self.isVisible():
            self._session.refresh()

    @Slot(object)
    def _on_data_changed(self, _prepared: PreparedData) -> None:
        if self.isVisible():
            self._show_none()
        self._look = None
