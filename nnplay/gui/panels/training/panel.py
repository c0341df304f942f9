"""The panel behind the data: how the network starts and how it is trained, all that the bar at the top leaves out."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nnplay.gui.session.ahead import sees_ahead
from nnplay.gui.session.frames import Beat
from nnplay.gui.session.session import Session
from nnplay.gui.theme.sizes import add_spacing, set_fixed_width, set_margins, set_minimum_width, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.choice_list import Detail, details_of, lined_detail
from nnplay.gui.widgets.number_format import number_text
from nnplay.gui.widgets.number_label import NumberLabel
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.gui.widgets.scroll_column import ScrollColumn
from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.texts import mark, tr
from nnplay.training.edits import with_loss, with_problem, with_schedule
from nnplay.training.experiment import Experiment, TrainingSpec
from nnplay.training.left_out import counting
from nnplay.training.options import NO_FUTURE, OPTIMIZER_NUMBERS, OPTIONS, SOMETIMES, Option, in_use
from nnplay.training.prepared import task_of
from nnplay.training.probes.probe import Probes
from nnplay.training.snapshot import Snapshot

WIDTH = 258
BOX, COMBO = 84, 128
"""Pixels of what stands at the right of a row."""
BETWEEN_SECTIONS = 12
PROBLEMS = {
    "classification": (mark("classification"), mark("The target is one of several classes")),
    "regression": (mark("regression"), mark("The target is a number")),
}
"""Task → what it is called, and what it is."""


class TrainingPanel(QWidget):
    """The problem, its loss, learning rate and schedule, the optimiser's own numbers, regularisation, the start.

    Attributes
    ----------
    boxes
        The box of each number, by the last step of its option's path.
    """

    needs: Probes = frozenset()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.boxes: dict[str, TypedBox] = {}
        self._rows: dict[str, QWidget] = {}
        self._choice_rows: dict[str, QWidget] = {}
        self._options: dict[str, Option] = {}
        self.area = ScrollColumn(4)
        self._add_problem()
        self._add_loss()
        self._add_rate()
        self._add_optimizer()
        self._add_penalties()
        self._add_start()
        self._add_engine()
        self.area.column.addStretch(1)
        whole = QVBoxLayout(self)
        set_margins(whole, 0, 0, 0, 0)
        whole.addWidget(self.area)
        set_minimum_width(self, WIDTH)
        session.experiment_changed.connect(self.show_experiment)
        session.engine.changed.connect(self._show_engine)
        session.requests.option.connect(self._on_option_wanted)
        session.add_viewer(self, Beat.FIGURES)
        self.show_experiment(session.experiment)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show what holds, and only the numbers that are read."""
        training, model = experiment.training, experiment.model
        read = in_use(experiment)
        for field, box in self.boxes.items():
            option = self._options[field]
            box.set_value(option.of(experiment))
            self._rows[field].setVisible(option.path in read or option.path not in SOMETIMES)
        self._now_row.setVisible(training.schedule.kind != "constant" or training.schedule.warm_up > 0)
        optimizer = dict(OPTIONS["training.optimizer"].choices)[training.optimizer]
        self.optimizer_title.setText(tr("Optimiser {name}", name=optimizer))
        self.problem.set_value(task_of(experiment.data))
        self._show_loss(experiment)
        self.class_weights.set_value(training.class_weights)
        self._choice_rows["training.class_weights"].setVisible(task_of(experiment.data) == "classification")
        self._show_left_out(training)
        self._left_out_row.setVisible(bool(training.left_out))
        self.schedule.set_value(training.schedule.kind)
        self.initializer.set_value(model.initializer)
        self._given_row.setVisible(model.start is not None)
        self.precision.set_value(model.dtype)
        self.engine.set_value(training.engine)
        self._show_engine()
        self.batch_norm.setChecked(model.batch_norm)

    @Slot()
    def _show_engine(self) -> None:
        self.engine_says.setText(self._session.engine.sentence)
        self.engine_says.setVisible(bool(self.engine_says.text()))

    def _show_left_out(self, training: TrainingSpec) -> None:
        """How many there are, and how many of them are still among the points."""
        named, counts = len(training.left_out), counting(self._session.prepared, training.left_out)
        found = 0 if counts is None else int((~counts).sum())
        if found == named:
            self.left_out.setText(tr("{n} point|{n} points", "", named))
        else:
            self.left_out.setText(tr("{found} of {named} points are here", found=found, named=named))

    def _show_loss(self, experiment: Experiment) -> None:
        """Only classes have a choice: of a number there are squared errors of the sums."""
        model, classes = experiment.model, task_of(experiment.data) == "classification"
        self.loss.set_value(model.loss)
        self.output.set_value(model.output)
        self._loss_section.setVisible(classes)
        self._choice_rows["model.output"].setVisible(classes and model.loss == "mean_squared_error")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Called at frame rate: the rate that the schedule has come to."""
        self.rate_now.show_text(number_text(snapshot.learning_rate, 3))

    @Slot(str)
    def _on_option_wanted(self, path: str) -> None:
        """Put the cursor into the box of this option, where there is one."""
        box = self.boxes.get(path.rpartition(".")[2])
        if box is not None:
            self._session.requests.panel.emit("training")
            box.setFocus(Qt.FocusReason.OtherFocusReason)
            box.selectAll()

    def _add_problem(self) -> None:
        self._title(tr("Problem"))
        tip = tr("Whether the target is a class or a number; another problem comes with data of its own")
        details = {task: Detail(tr(sentence)) for task, (_, sentence) in PROBLEMS.items()}
        self.problem = FlatCombo(tr("Problem"), tip, details=details)
        set_role(self.problem, "")
        self.problem.set_choices([(task, tr(text)) for task, (text, _) in PROBLEMS.items()])
        self.problem.activated.connect(
            lambda index: self._session.change(
                tr("Problem {value}", value=self.problem.itemText(index)),
                with_problem(self._session.settle(), self.problem.itemData(index)),
            )
        )
        self._row(tr("Target"), tip, self.problem)

    def _add_loss(self) -> None:
        self._loss_section = QWidget()
        column = QVBoxLayout(self._loss_section)
        set_margins(column, 0, BETWEEN_SECTIONS, 0, 0)
        set_spacing(column, 4)
        column.addWidget(SectionTitle(tr("Loss")))
        self.loss = self._combo("model.loss", with_loss)  # as wide as the panel: its names are long
        column.addWidget(self.loss)
        self.area.column.addWidget(self._loss_section)
        self.output = self._choice("model.output")

    def _add_rate(self) -> None:
        self._title(tr("Learning rate"))
        self._number("training.learning_rate")
        self.schedule = self._choice("training.schedule.kind", with_schedule)
        for field in ("every", "factor", "over", "warm_up"):
            self._number(f"training.schedule.{field}")
        self.rate_now = NumberLabel("0.000123", tr("Learning rate now"), align=Qt.AlignmentFlag.AlignRight)
        self._now_row = self._row(tr("Now"), tr("The learning rate that the schedule has come to"), self.rate_now)

    def _add_optimizer(self) -> None:
        self.optimizer_title = self._title(tr("Optimiser"))
        for path in OPTIMIZER_NUMBERS:
            self._number(path)
        self._number("training.clip_norm")
        self.class_weights = self._choice("training.class_weights")
        self._add_left_out()

    def _add_left_out(self) -> None:
        option = OPTIONS["training.left_out"]
        self.left_out = QPushButton()
        tip = tr("Training points that count nothing; a click lets all of them count again")
        self.left_out.setAccessibleName(tr("Let all points count again"))
        self.left_out.setAccessibleDescription(tip)
        set_tip(self.left_out, tip)
        self.left_out.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.left_out.clicked.connect(
            lambda: self._session.change(tr("All points count again"), option.put(self._session.settle(), ()))
        )
        self._left_out_row = self._row(option.label, tip, self.left_out)

    def _add_penalties(self) -> None:
        self._title(tr("Regularisation"))
        for path in ("training.l1", "training.l2", "model.dropout"):
            self._number(path)

    def _add_start(self) -> None:
        self._title(tr("Network"))
        self.initializer = self._choice("model.initializer")
        self._number("model.initializer_scale")
        self.given = PlainLabel(tr("given"))
        set_role(self.given, "quiet")
        tip = tr("The experiment brings its own starting weights: Reset comes back to them, New start draws others")
        self.given.setAccessibleName(OPTIONS["model.start"].label)
        self.given.setAccessibleDescription(tip)
        self._given_row = self._row(OPTIONS["model.start"].label, tip, self.given)
        self.precision = self._choice("model.dtype")
        option = OPTIONS["model.batch_norm"]
        self.batch_norm = QCheckBox(option.label)
        self.batch_norm.setAccessibleName(option.label)
        set_tip(self.batch_norm, option.help)
        self.batch_norm.setAccessibleDescription(option.help)
        self.batch_norm.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.batch_norm.clicked.connect(self._on_batch_norm)
        self.area.column.addWidget(self.batch_norm)

    def _add_engine(self) -> None:
        self._title(tr("Speed"))
        self.engine = self._choice("training.engine")
        self.engine.activated.connect(lambda: QTimer.singleShot(0, self, self._show_sentence))
        self.engine_says = PlainLabel()
        self.engine_says.setWordWrap(True)
        set_role(self.engine_says, "quiet")
        self.area.column.addWidget(self.engine_says)

    @Slot()
    def _show_sentence(self) -> None:
        """At the panel's end, where it came below what is seen."""
        if self.engine_says.isVisible():
            self.area.ensureWidgetVisible(self.engine_says, 0, 0)

    def _title(self, text: str) -> SectionTitle:
        if self.area.column.count():
            add_spacing(self.area.column, BETWEEN_SECTIONS)
        title = SectionTitle(text)
        self.area.column.addWidget(title)
        return title

    def _number(self, path: str) -> None:
        option = OPTIONS[path]
        box = TypedBox(option.label, option.read, option.ladder, option.help, off=option.off)
        box.committed.connect(partial(self._on_number, option))
        box.refused.connect(self._session.refused)
        self._session.undo_stack.settling.connect(box.settle)
        self.boxes[option.field], self._options[option.field] = box, option
        self._rows[option.field] = self._row(option.label, option.help, box, option)

    def _choice(self, path: str, changed: Callable[[Experiment, str], Experiment] | None = None) -> FlatCombo:
        """A list of an option's names; `changed` is the edit where more than the option changes."""
        option, combo = OPTIONS[path], self._combo(path, changed)
        self._choice_rows[path] = self._row(option.label, option.help, combo)
        return combo

    def _combo(self, path: str, changed: Callable[[Experiment, str], Experiment] | None) -> FlatCombo:
        option = OPTIONS[path]
        edit = changed or option.put
        combo = FlatCombo(option.label, option.help, details=details_of(option, lined_detail))
        set_role(combo, "")  # with a frame, as the boxes of numbers beside it have
        combo.set_choices(option.choices)
        combo.activated.connect(
            lambda index: self._session.change(
                tr("{option} {value}", option=option.label, value=combo.itemText(index)),
                edit(self._session.settle(), combo.itemData(index)),
            )
        )
        return combo

    def _row(self, text: str, tip: str, control: QWidget, number: Option | None = None) -> QWidget:
        whole, label = QWidget(), PlainLabel(text)
        label.setBuddy(control)
        set_tip(label, tip)
        if number is not None and number.path not in NO_FUTURE:
            sees_ahead(self._session.requests, number, control, label)
        set_fixed_width(control, COMBO if isinstance(control, FlatCombo) else BOX)
        row = QHBoxLayout(whole)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 6)
        row.addWidget(label, 1)
        row.addWidget(control)
        whole.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.area.column.addWidget(whole)
        return whole

    def _on_number(self, option: Option, value: float | None) -> None:
        text = tr("{option} {value}", option=option.label, value=number_text(value) or option.off)
        self._session.change(text, option.put(self._session.settle(), value))

    def _on_batch_norm(self, on: bool) -> None:
        text = tr("With batch norm") if on else tr("Without batch norm")
        self._session.change(text, OPTIONS["model.batch_norm"].put(self._session.settle(), on))
