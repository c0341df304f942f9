"""The dialog of an animation: what is chosen, its first and its last frame, and the bar while it is written."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from nnplay.errors import NnplayError
from nnplay.gui.files.animation.form import AnimationForm
from nnplay.gui.files.animation.formats import FORMATS, PICTURES
from nnplay.gui.files.animation.frames import Ends, FrameLook, FramePainter
from nnplay.gui.files.animation.views import AnimatedView
from nnplay.gui.files.animation.writing import WantedAnimation
from nnplay.gui.files.file_thread import Progress
from nnplay.gui.files.save_dialog import ask_where, file_name
from nnplay.gui.files.tables.work_bar import WorkBar
from nnplay.gui.guard import Guarded
from nnplay.gui.session.session import Session
from nnplay.gui.theme.scale import px
from nnplay.gui.theme.sizes import set_fixed_size, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.error_dialog import show_refusal
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.gui.widgets.screen_fit import size_dialog
from nnplay.texts import tr
from nnplay.training.record import MomentReader
from nnplay.training.titles import data_title

SIZE = (760, 520)
PREVIEW = (300, 200)
"""Room of a picture, in pixels."""
SETTLING_MS = 150
"""After which what is being typed is previewed."""
MEGABYTE = 1e6
ALL = ""
"""The key of all views beside each other."""


class AnimationPage(Guarded, QDialog):
    """Asks, previews and writes; the window below it waits, and is as it was afterwards.

    Parameters
    ----------
    session
        Of the window, which is paused.
    views
        Those that can be animated.
    folder
        Where the file dialog begins.

    Signals
    -------
    written(path, sentence)
        It is there.
    """

    written = Signal(object, str)

    def __init__(self, session: Session, views: Sequence[AnimatedView], folder: Path, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("animation_page")
        self.setWindowTitle(tr("Export Animation"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._session, self._views, self._folder, self._window = session, views, folder, window
        self._painter: FramePainter | None = None
        self._shown: tuple[object, ...] = ()
        self._wanted: tuple[WantedAnimation, Path] | None = None
        choices = [(each.key, each.title) for each in views]
        if len(views) > 1:
            choices.append((ALL, tr("All, as in the window")))
        self.form = AnimationForm(choices, self._reader())
        self._build()
        self._lay_out()
        size_dialog(self, SIZE)
        self._settling = QTimer(self, interval=SETTLING_MS, singleShot=True)
        self._settling.timeout.connect(self._preview)
        self.form.changed.connect(self._on_changed)
        self.finished.connect(self._on_finished)
        self._preview()
        self.form.view.setFocus()

    @property
    def writing(self) -> bool:
        """Whether it is being written."""
        return self._wanted is not None

    @property
    def progress(self) -> float:
        """How much of it is done, 0 to 1."""
        return self._bar.share

    def reject(self) -> None:
        """Called by Qt, and by Cancel: leave what is being written; where nothing is, close."""
        if self.writing:
            self._bar.stop()
            self._rest()
        else:
            super().reject()

    # what stands on it

    def _build(self) -> None:
        self._pictures = (PlainLabel(), PlainLabel())
        for picture, name in zip(self._pictures, (tr("First frame"), tr("Last frame")), strict=True):
            picture.setAccessibleName(name)
            picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
            set_fixed_size(picture, *PREVIEW)
        self.sentence = PlainLabel()
        set_role(self.sentence, "quiet")
        self.sentence.setWordWrap(True)
        self._looking = WorkBar(tr("Looking at the run"), self._window)
        self._looking.done.connect(self._on_moments)
        self._looking.failed.connect(self._on_failed)
        self._bar = WorkBar(tr("Writing the animation"), self._window)
        self._bar.done.connect(self._on_done)
        self._bar.failed.connect(self._on_failed)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export = self.buttons.addButton(tr("Export…"), QDialogButtonBox.ButtonRole.ActionRole)
        set_tip(self.export, tr("Choose the file that the animation is written to"))
        self.export.setDefault(True)
        self.export.setEnabled(False)
        self.export.clicked.connect(self._on_export)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        previews = QVBoxLayout()
        set_spacing(previews, 4)
        for picture in self._pictures:
            previews.addWidget(SectionTitle(picture.accessibleName()))
            previews.addWidget(picture)
        previews.addStretch(1)
        beside = QHBoxLayout()
        set_spacing(beside, 24)
        beside.addWidget(self.form, 1)
        beside.addLayout(previews)
        below = QHBoxLayout()
        set_spacing(below, 12)
        bars = QGridLayout()  # in one place: never are both seen
        bars.addWidget(self._bar, 0, 0)
        bars.addWidget(self._looking, 0, 0)
        below.addLayout(bars, 1)
        below.addWidget(self.buttons)
        column = QVBoxLayout(self)
        set_margins(column, 20, 18, 20, 16)
        set_spacing(column, 12)
        column.addLayout(beside, 1)
        column.addWidget(self.sentence)
        column.addLayout(below)

    # the preview

    def _reader(self) -> MomentReader:
        return MomentReader(self._session.timeline.record)

    @property
    def _key(self) -> tuple[object, ...]:
        """On what the view that is painted depends."""
        return self.form.view.value(), *self.form.ends

    @Slot()
    def _on_changed(self) -> None:
        self.export.setEnabled(self._painter is not None and self._key == self._shown)
        self._settling.start()

    @Slot()
    def _preview(self) -> None:
        """Look at the first and the last moment, and paint them."""
        (first, last), reader = self.form.ends, self._reader()

        def look(_progress: Progress) -> Ends:
            return (first, reader.moment_at(first)), (last, reader.moment_at(last))

        self._looking.begin(look)

    @Slot(object)
    def _on_moments(self, moments: object) -> None:
        ends = cast("Ends", moments)
        if (ends[0][0], ends[1][0]) != self.form.ends or self.writing:
            return  # others are asked for by now
        key = self._key
        if key != self._shown or self._painter is None:
            self._let_go()
            wanted = self.form.view.value()
            sources = [each for each in self._views if wanted in (each.key, ALL)]
            self._painter = FramePainter(self._session, sources, ends, self)
            self._shown = key
        ratio, captioned = self.devicePixelRatioF(), self.form.caption.isChecked()
        size = self._painter.size(FrameLook(px(PREVIEW[0]), captioned))
        width = round(size.width() * min(px(PREVIEW[1]) / max(size.height(), 1), 1.0) * ratio)
        for label, (step, moment) in zip(self._pictures, ends, strict=True):
            self._painter.show(step, moment)
            image = self._painter.picture(step, FrameLook(width, captioned))
            image.setDevicePixelRatio(ratio)
            label.setPixmap(QPixmap.fromImage(image))
        self._say()
        self.export.setEnabled(True)

    def _say(self) -> None:
        assert self._painter is not None
        form, size, count = self.form, self._painter.size(self.form.look), len(self.form.steps)
        pixels = tr("{width} × {height} pixels", width=size.width(), height=size.height())
        if form.format.value() == PICTURES:
            text = tr("{n} picture of {pixels}|{n} pictures of {pixels}", "", count, pixels=pixels)
        else:
            seconds = f"{form.timing.seconds(count):.1f}"
            text = tr(
                "{n} frame of {pixels}: {seconds} s|{n} frames of {pixels}: {seconds} s",
                "",
                count,
                pixels=pixels,
                seconds=seconds,
            )
        self.sentence.setText(text)

    def _let_go(self) -> None:
        if self._painter is not None:
            self._painter.close()
            self._painter.deleteLater()
            self._painter = None

    # writing

    @Slot()
    def _on_export(self) -> None:
        form, painter = self.form, self._painter
        wanted = WantedAnimation(form.format.value(), form.steps, form.look, form.timing)
        row = FORMATS[wanted.format]
        path = ask_where(
            self, tr("Export Animation"), self._folder / self._proposed(row.suffix), {tr(row.kind): row.suffix}
        )
        if path is None or painter is None:
            return
        try:
            wanted.check(path)
        except NnplayError as error:
            show_refusal(self, error)
            return
        self._wanted = wanted, path
        self.form.setEnabled(False)
        self.export.setEnabled(False)
        self.sentence.setText(tr("Writing {file}", file=path.name))
        self._bar.begin(partial(wanted.write, path, painter, self._reader()), at_once=False)

    def _proposed(self, suffix: str) -> str:
        data = self._session.experiment.data
        title = tr("{data} {view}", data=data_title(data.kind, data.name), view=self.form.view.currentText())
        return file_name(title) + suffix

    @Slot(object)
    def _on_done(self, size: object) -> None:
        assert self._wanted is not None
        wanted, path = self._wanted
        self._wanted = None
        megabytes = f"{cast('int', size) / MEGABYTE:,.1f}"
        text = tr(
            "Wrote {file}: {n} frame, {size} MB|Wrote {file}: {n} frames, {size} MB",
            "",
            len(wanted.steps),
            file=path.name,
            size=megabytes,
        )
        self.accept()
        self.written.emit(path, text)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        """It can't be: what was chosen stays."""
        self._rest()
        if isinstance(error, NnplayError):
            show_refusal(self, error)
        else:
            self._session.failed.emit(error)

    def _rest(self) -> None:
        self._wanted = None
        self.form.setEnabled(True)
        if self._painter is not None:
            self.export.setEnabled(self._key == self._shown)
            self.export.setFocus()
            self._say()

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        self._settling.stop()
        self._looking.stop()
        self._bar.stop()
        self._let_go()
