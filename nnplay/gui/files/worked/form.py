"""The form of an example: sizes, activations and loss, samples, weights, the optimiser; what fits is taken at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from nnplay.errors import NnplayError
from nnplay.experiments.worked import example as limits
from nnplay.experiments.worked.edits import with_cell, with_loss, with_optimizer, with_sizes, with_target
from nnplay.experiments.worked.example import WorkedExample, step_of
from nnplay.gui.files.worked.number_grid import NumberGrid
from nnplay.gui.theme.sizes import add_spacing, set_fixed_width, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.gui.widgets.scroll_column import ScrollColumn
from nnplay.gui.widgets.typed_box import TypedBox
from nnplay.texts import tr
from nnplay.training.options import OPTIMIZER_NUMBERS, OPTIONS

WIDTH, BOX, COMBO = 400, 96, 168
"""Pixels of the form, and of what stands at the right of its rows."""
PENALTIES = {"l1": "training.l1", "l2": "training.l2", "clip_norm": "training.clip_norm"}
Edit = Callable[[WorkedExample], WorkedExample]


class ExampleForm(ScrollColumn):
    """The numbers of an example, to be typed.

    Signals
    -------
    changed(example)
        Another example was typed, whose step can be made.
    refused(problem)
        Why what was typed is not taken.

    Attributes
    ----------
    edited
        Whether a person typed into it since an example was shown.
    """

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, example: WorkedExample, parent: QWidget | None = None) -> None:
        super().__init__(6, parent)
        self._example, self.edited = example, False
        self._grids: list[NumberGrid] = []
        self._titles: list[SectionTitle] = []
        self._rows: dict[str, QWidget] = {}
        set_fixed_width(self, WIDTH)
        self._add_sizes()
        self._add_samples()
        self._add_layers()
        self._add_optimizer()
        self.column.addStretch(1)
        self.show_example(example)

    @property
    def grids(self) -> Sequence[NumberGrid]:
        """That of the samples, then one for each layer's weights and biases."""
        return [grid for grid in self._grids if not grid.isHidden()]

    def show_example(self, example: WorkedExample) -> None:
        """Show another one, as nobody typed it."""
        self._show(example)
        self.edited = False

    # what stands on it

    def _add_sizes(self) -> None:
        self._title(tr("Network"))
        self.inputs = self._count(tr("Inputs"), limits.MOST_INPUTS, lambda n: self._sized(inputs=n))
        self.hidden = self._count(tr("Hidden layers"), limits.MOST_HIDDEN_LAYERS, self._with_layers, least=0)
        self.units: list[FlatCombo] = []
        self.activations: list[FlatCombo] = []
        for layer in range(limits.MOST_HIDDEN_LAYERS):
            name = tr("Units of hidden layer {layer}", layer=layer + 1)
            self.units.append(self._count(name, limits.MOST_UNITS, partial(self._with_units, layer)))
            name = tr("Activation of hidden layer {layer}", layer=layer + 1)
            choices = OPTIONS["model.hidden_layers.N.activation"].choices
            self.activations.append(self._choice(name, choices, partial(self._with_activation, layer)))
        self.outputs = self._count(tr("Outputs"), limits.MOST_OUTPUTS, lambda n: self._sized(outputs=n))
        choices = OPTIONS["model.loss"].choices
        self.loss = self._choice(tr("Loss"), choices, lambda loss: self._take(lambda each: with_loss(each, loss)))

    def _add_samples(self) -> None:
        self._title(tr("Samples"))
        self.samples = self._count(tr("Samples of the batch"), limits.MOST_SAMPLES, lambda n: self._sized(samples=n))
        grid = self._grid(tr("Samples"), tr("Inputs and targets, a row for each sample"))
        grid.typed.connect(self._on_sample)

    def _add_layers(self) -> None:
        for layer in range(limits.MOST_HIDDEN_LAYERS + 1):
            name = tr("Weights and biases of layer {layer}", layer=layer + 1)
            self._titles.append(self._title(name))
            grid = self._grid(name, tr("A column for each unit: its weights, and its bias below them"))
            grid.typed.connect(partial(self._on_parameter, layer))

    def _add_optimizer(self) -> None:
        self._title(tr("Optimiser"))
        choices = OPTIONS["training.optimizer"].choices
        self.optimizer = self._choice(
            tr("Optimiser"), choices, lambda name: self._take(lambda each: with_optimizer(each, name))
        )
        self.boxes: dict[str, TypedBox] = {}
        for path in ("training.learning_rate", *OPTIMIZER_NUMBERS, *PENALTIES.values()):
            option = OPTIONS[path]
            box = TypedBox(option.label, option.read, option.ladder, option.help, off=option.off)
            box.committed.connect(partial(self._on_number, option.field))
            box.refused.connect(self.refused)
            self.boxes[option.field] = box
            self._rows[option.field] = self._row(option.label, box, BOX)
        self.memory = QCheckBox(tr("With its memory of the steps before"))
        set_tip(self.memory, tr("Whether the optimiser goes on from what it keeps, or begins anew"))
        self.memory.setAccessibleDescription(tr("Whether the optimiser goes on from what it keeps, or begins anew"))
        self.memory.clicked.connect(self._on_memory)
        self.column.addWidget(self.memory)

    # showing

    def _show(self, example: WorkedExample) -> None:
        self._example = example
        sizes, hidden = example.sizes, len(example.activations)
        for combo, count in ((self.inputs, sizes[0]), (self.hidden, hidden), (self.outputs, sizes[-1])):
            combo.set_value(count)
        self.samples.set_value(len(example.inputs))
        for layer, (units, activation) in enumerate(zip(self.units, self.activations, strict=True)):
            for control in (units, activation):
                self._rows[control.accessibleName()].setVisible(layer < hidden)
            if layer < hidden:
                units.set_value(sizes[layer + 1])
                activation.set_value(example.activations[layer])
        self.loss.set_value(example.loss)
        self._show_grids(example)
        self.optimizer.set_value(example.optimizer)
        known = {"learning_rate": example.learning_rate, **dict(example.numbers)}
        known |= {"l1": example.l1, "l2": example.l2}
        for field, box in self.boxes.items():
            box.set_value(example.clip_norm if field == "clip_norm" else known.get(field))
            self._rows[field].setVisible(field in known or field == "clip_norm")
        self.memory.setVisible(bool(example.memory) or self._forgotten is not None)
        self.memory.setChecked(bool(example.memory))

    def _show_grids(self, example: WorkedExample) -> None:
        inputs = [_named("x", i) for i in range(example.sizes[0])]
        outputs = [_named("y", k) for k in range(example.sizes[-1])] if example.sizes[-1] > 1 else ["y"]
        samples, *layers = self._grids
        rows = tuple((*x, *y) for x, y in zip(example.inputs, example.targets, strict=True))
        samples.show_values(rows, [str(n + 1) for n in range(len(rows))], [*inputs, *outputs])
        for layer, (grid, title) in enumerate(zip(layers, self._titles, strict=True)):
            there = layer < len(example.weights)
            grid.setVisible(there)
            title.setVisible(there)
            if there:
                weights, biases = example.weights[layer], example.biases[layer]
                taken = inputs if layer == 0 else [_named("a", i) for i in range(len(weights))]
                units = [tr("unit {unit}", unit=unit + 1) for unit in range(len(biases))]
                values, names = (*weights, biases), [*taken, "b"]
                if layer < len(example.gammas):
                    values, names = (*values, example.gammas[layer], example.betas[layer]), [*names, "γ", "β"]
                grid.show_values(values, names, units)

    # taking

    def _take(self, edit: Edit) -> None:
        """Make an edit, where its step can be made; else say why not."""
        before = self._example
        try:
            example = edit(before)
            step_of(example)
        except NnplayError as error:
            self._show(before)
            self.refused.emit(str(error))
            return
        if example == before:
            return
        self._show(example)
        self.edited = True
        self.changed.emit(example)

    def _sized(self, *, inputs: int = 0, outputs: int = 0, samples: int = 0) -> None:
        def edit(each: WorkedExample) -> WorkedExample:
            sizes = (inputs or each.sizes[0], *each.sizes[1:-1], outputs or each.sizes[-1])
            return with_sizes(each, sizes, samples or len(each.inputs))

        self._take(edit)

    def _with_layers(self, count: int) -> None:
        def edit(each: WorkedExample) -> WorkedExample:
            hidden = each.sizes[1:-1]
            last = hidden[-1] if hidden else 2
            hidden = (*hidden[:count], *[last] * (count - len(hidden)))
            return with_sizes(each, (each.sizes[0], *hidden, each.sizes[-1]), len(each.inputs))

        self._take(edit)

    def _with_units(self, layer: int, count: int) -> None:
        def edit(each: WorkedExample) -> WorkedExample:
            sizes = (*each.sizes[: layer + 1], count, *each.sizes[layer + 2 :])
            return with_sizes(each, sizes, len(each.inputs))

        self._take(edit)

    def _with_activation(self, layer: int, name: str) -> None:
        def edit(each: WorkedExample) -> WorkedExample:
            names = each.activations
            return replace(each, activations=(*names[:layer], name, *names[layer + 1 :]))

        self._take(edit)

    @Slot(int, int, float)
    def _on_sample(self, row: int, column: int, value: float) -> None:
        inputs = self._example.sizes[0]
        if column >= inputs:
            self._take(lambda each: with_target(each, row, column - inputs, value))
        else:
            self._take(lambda each: replace(each, inputs=with_cell(each.inputs, row, column, value)))

    def _on_parameter(self, layer: int, row: int, unit: int, value: float) -> None:
        def edit(each: WorkedExample) -> WorkedExample:
            weights = each.weights[layer]
            if row < len(weights):
                changed = with_cell(weights, row, unit, value)
                return replace(each, weights=(*each.weights[:layer], changed, *each.weights[layer + 1 :]))
            if row == len(weights):
                return replace(each, biases=with_cell(each.biases, layer, unit, value))
            if row == len(weights) + 1:
                return replace(each, gammas=with_cell(each.gammas, layer, unit, value))
            return replace(each, betas=with_cell(each.betas, layer, unit, value))

        self._take(edit)

    def _on_number(self, field: str, value: Any) -> None:
        def edit(each: WorkedExample) -> WorkedExample:
            if field == "learning_rate" or field in PENALTIES:
                return replace(each, **{field: value})
            numbers = tuple((name, value if name == field else number) for name, number in each.numbers)
            return replace(each, numbers=numbers)

        self._take(edit)

    @Slot(bool)
    def _on_memory(self, on: bool) -> None:
        kept = self._forgotten
        if on and kept is not None:
            self._take(lambda each: replace(each, steps=kept.steps, memory=kept.memory))
        else:
            self._forgotten = self._example
            self._take(WorkedExample.without_memory)

    # controls

    _forgotten: WorkedExample | None = None
    """The example with the memory that a person left out."""

    def _title(self, text: str) -> SectionTitle:
        if self.column.count():
            add_spacing(self.column, 8)
        title = SectionTitle(text)
        self.column.addWidget(title)
        return title

    def _grid(self, name: str, tip: str) -> NumberGrid:
        grid = NumberGrid(name, tip)
        grid.refused.connect(self.refused)
        self._grids.append(grid)
        self.column.addWidget(grid)
        return grid

    def _count(self, name: str, most: int, take: Callable[[int], None], *, least: int = 1) -> FlatCombo:
        return self._choice(name, [(count, str(count)) for count in range(least, most + 1)], take, width=BOX)

    def _choice(
        self, name: str, choices: Sequence[tuple[Any, str]], take: Callable[[Any], None], *, width: int = COMBO
    ) -> FlatCombo:
        combo = FlatCombo(name)
        set_role(combo, "")
        combo.set_choices(choices)
        combo.activated.connect(lambda index: take(combo.itemData(index)))
        self._rows[name] = self._row(name, combo, width)
        return combo

    def _row(self, text: str, control: QWidget, width: int) -> QWidget:
        whole, label = QWidget(), PlainLabel(text)
        label.setBuddy(control)
        set_fixed_width(control, width)
        row = QHBoxLayout(whole)
        set_margins(row, 0, 0, 0, 0)
        set_spacing(row, 6)
        row.addWidget(label, 1)
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignRight)
        whole.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.column.addWidget(whole)
        return whole


def _named(letter: str, index: int) -> str:
    """A letter with its index below: x₁."""
    return letter + str(index + 1).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
