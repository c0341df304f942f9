"""What a person chooses of an animation: the view, the epochs, how many frames, how large, and as what."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QSpinBox,
    QWidget,
)

from nnplay.gui.files.animation.formats import FORMATS, PICTURES
from nnplay.gui.files.animation.frames import FrameLook
from nnplay.gui.theme.fonts import figure_font
from nnplay.gui.theme.sizes import (
    set_fixed_width,
    set_font,
    set_grid_spacing,
    set_inset,
    set_margins,
    set_spacing,
)
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.choice_list import Detail
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.pictures.animation.frames import HOLDS, RATES, Timing
from nnplay.texts import mark, tr
from nnplay.training.record import MomentReader

FRAMES, USUAL_FRAMES = (2, 2000), 100
WIDTHS, USUAL_WIDTH = (64, 4000), 960
USUAL_RATE, USUAL_HOLD = 15, 2.0
NUMBER, CHOICE = 96, 216
"""Pixels of the controls."""
RUN, BRANCH = "run", "branch"
EVEN, BY_LOSS = "even", "loss"
PARTS = {RUN: mark("The whole run"), BRANCH: mark("This branch alone")}
SPACINGS = {EVEN: mark("Even in epochs"), BY_LOSS: mark("Denser where the loss changes")}


class AnimationForm(QWidget):
    """The choices, which stand for an animation at any time.

    Parameters
    ----------
    views
        (key, title) of those there are.
    reader
        Of the run.

    Signals
    -------
    changed
        Something else was chosen.
    """

    changed = Signal()

    def __init__(self, views: Sequence[tuple[str, str]], reader: MomentReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._labels: list[PlainLabel] = []
        self._grid = QGridLayout(self)
        set_margins(self._grid, 0, 0, 0, 0)
        set_grid_spacing(self._grid, 14, 8)
        self._add_what(views)
        self._add_frames()
        self._add_file()
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self._grid.setColumnStretch(1, 1)

    # what is chosen

    @property
    def steps(self) -> list[int]:
        """After how many steps each frame is."""
        first, last = self.ends
        return self._reader.steps_between(first, last, self.frames.value(), by_loss=self.spacing.value() == BY_LOSS)

    @property
    def ends(self) -> tuple[int, int]:
        """After how many steps the first and the last frame are."""
        branch, end = self._reader.branch, self._reader.end
        first = 0 if self.begin.value() == self.begin.minimum() else branch.step_of(self.begin.value(), end)
        last = end if self.end.value() == self.end.maximum() else branch.step_of(self.end.value(), end)
        first = min(first, end - 1)
        return first, max(last, first + 1)

    @property
    def look(self) -> FrameLook:
        """How frames look."""
        return FrameLook(self.width_.value(), self.caption.isChecked())

    @property
    def timing(self) -> Timing:
        """How they are played."""
        return Timing(self.rate.value(), self.hold.value(), self.repeats.isChecked())

    # what stands on it

    def _add_what(self, views: Sequence[tuple[str, str]]) -> None:
        self.view = self._choice(tr("View"), tr("What is animated, as it looks in the window now"), views)
        branch, end = self._reader.branch, self._reader.end
        self.part = self._choice(
            tr("Part"), tr("The way from the beginning of the run, or from where its branch began"), _texts(PARTS)
        )
        self._forks_at = 0 if branch.fork is None else branch.place_of(branch.fork.step)[0]
        for part in (self.part, self._labels[-1]):
            part.setVisible(branch.fork is not None)
        span = (branch.place_of(0)[0], max(branch.place_of(end)[0], branch.place_of(0)[0] + 1))
        self.begin = self._whole(tr("From epoch"), tr("Where the animation begins"), span, span[0])
        self.end = self._whole(tr("To epoch"), tr("Where it ends; at most where the run stands"), span, span[1])
        self._pair(tr("Epochs"), self.begin, self.end)
        self.spacing = self._choice(
            tr("Moments"), tr("Which moments the frames show: denser where the loss changes shows more of a fast fall"),
            _texts(SPACINGS),
        )  # fmt: skip
        self.part.activated.connect(self._on_part)

    def _add_frames(self) -> None:
        self.frames = self._whole(tr("Frames"), tr("How many pictures; each shows a moment"), FRAMES, USUAL_FRAMES)
        self.rate = self._whole(tr("Frames a second"), tr("How fast they follow each other"), RATES, USUAL_RATE)
        self._row(tr("Frames"), self.frames, self.frames)
        self._row(tr("Frames a second"), self.rate, self.rate)
        self.hold = QDoubleSpinBox()
        self.hold.setRange(*HOLDS)
        self.hold.setDecimals(1)
        self.hold.setSingleStep(0.5)
        self.hold.setSuffix(tr(" s"))
        self._box(
            self.hold, tr("Hold at the end"), tr("Seconds for which the last frame is seen before it begins again")
        )
        self.hold.setValue(USUAL_HOLD)
        self.hold.valueChanged.connect(self.changed)
        self.repeats = self._check(tr("Repeat"), tr("Begin again at the end"))
        self._pair(tr("Hold at the end"), self.hold, self.repeats)

    def _add_file(self) -> None:
        self.format = self._choice(
            tr("Format"),
            tr("As what it is written"),
            [(key, tr(each.label)) for key, each in FORMATS.items()],
            {key: Detail(tr(each.help), line=True) for key, each in FORMATS.items()},
        )
        self.format.currentIndexChanged.connect(self._on_format)
        self.width_ = self._whole(
            tr("Width"), tr("Pixels of a frame from left to right; its height follows"), WIDTHS, USUAL_WIDTH
        )
        self.width_.setSuffix(tr(" px"))
        self.width_.setSingleStep(20)
        self.caption = self._check(tr("Epoch on each frame"), tr("Write which epoch a frame shows, above the picture"))
        self._pair(tr("Width"), self.width_, self.caption)

    # how it is made

    def _choice(
        self, name: str, tip: str, choices: Sequence[tuple[str, str]], details: dict[str, Detail] | None = None
    ) -> FlatCombo:
        combo = FlatCombo(name, tip, details=details)
        combo.set_choices(choices)
        combo.setCurrentIndex(0)
        set_fixed_width(combo, CHOICE)
        combo.currentIndexChanged.connect(self.changed)
        self._row(name, combo, combo)
        return combo

    def _whole(self, name: str, tip: str, span: tuple[int, int], value: int) -> QSpinBox:
        box = QSpinBox()
        box.setRange(*span)
        box.setGroupSeparatorShown(True)
        box.setValue(value)
        self._box(box, name, tip)
        box.valueChanged.connect(self.changed)
        return box

    def _box(self, box: QAbstractSpinBox, name: str, tip: str) -> None:
        box.setAccessibleName(name)
        box.setAccessibleDescription(tip)
        set_tip(box, tip)
        set_font(box, figure_font)
        set_inset(box)
        set_fixed_width(box, NUMBER)

    def _check(self, text: str, tip: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setChecked(True)
        box.setAccessibleDescription(tip)
        set_tip(box, tip)
        box.toggled.connect(self.changed)
        return box

    def _pair(self, name: str, first: QWidget, second: QWidget) -> None:
        both = QWidget()
        row = QHBoxLayout(both)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 12)
        row.addWidget(first)
        row.addWidget(second)
        row.addStretch(1)
        self._row(name, both, first)

    def _row(self, name: str, content: QWidget, buddy: QWidget) -> None:
        label = PlainLabel(name)
        label.setBuddy(buddy)
        self._labels.append(label)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(content, row, 1)

    @Slot(int)
    def _on_part(self, _index: int) -> None:
        self.begin.setValue(self._forks_at if self.part.value() == BRANCH else self.begin.minimum())
        self.end.setValue(self.end.maximum())

    @Slot(int)
    def _on_format(self, _index: int) -> None:
        """Pictures are played by whatever they go to."""
        for control in (self.rate, self.hold, self.repeats):
            control.setEnabled(self.format.value() != PICTURES)


def _texts(texts: dict[str, str]) -> list[tuple[str, str]]:
    return [(key, tr(text)) for key, text in texts.items()]
