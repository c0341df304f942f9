"""What a mark of the timeline says of a change: "Learning rate 0.1 → 0.01"."""

from typing import Any

from nnplay.gui.widgets.number_format import number_text, percent_text
from nnplay.texts import tr
from nnplay.training.experiment import DataSpec, Experiment
from nnplay.training.option import Option
from nnplay.training.options import OPTIONS
from nnplay.training.record import ExperimentEdit, ParameterEdit, RunEdit, UnitEdit


def edit_words(edit: RunEdit, before: Experiment, text: str) -> str:
    """A change of one option with its value before and after; else `text`, what the person calls it.

    What a person didn't make, and has no words, has none.
    """
    if not text:
        return ""
    if isinstance(edit, ParameterEdit):
        return parameter_words(edit)
    if isinstance(edit, UnitEdit):
        return unit_words(edit)
    option, new = option_of(edit, before)
    if option is None:
        return text
    old = value_text(option, option.of(before))
    return tr("{option} {old} → {new}", option=option.label, old=old, new=value_text(option, new))


def option_of(edit: RunEdit, before: Experiment) -> tuple[Option | None, Any]:
    """The one option that an edit changes, with its new value; None where it changes several, or none."""
    if not isinstance(edit, ExperimentEdit) or len(edit.values) != 1:
        return None, None
    ((path, new),) = edit.values.items()
    if path == "data":
        changed = [name for name in DataSpec.__struct_fields__ if getattr(new, name) != getattr(before.data, name)]
        path, new = (f"data.{changed[0]}", getattr(new, changed[0])) if len(changed) == 1 else ("", None)
    option = OPTIONS.get(path)
    simple = new is None or isinstance(new, int | float | str)
    return (option, new) if option is not None and simple else (None, None)


def parameter_words(edit: ParameterEdit) -> str:
    """``Weight from 1 to 3 of layer 2: 0.5``; all count from 1, as in conditions."""
    unit, layer, value = edit.unit + 1, edit.layer + 1, number_text(edit.value)
    if edit.row is None:
        return tr("Bias of unit {unit} of layer {layer}: {value}", unit=unit, layer=layer, value=value)
    row = edit.row + 1
    return tr("Weight from {row} to {unit} of layer {layer}: {value}", row=row, unit=unit, layer=layer, value=value)


def unit_words(edit: UnitEdit) -> str:
    """``Unit 2 of layer 1 off``."""
    unit, layer = edit.unit + 1, edit.layer + 1
    if edit.enabled:
        return tr("Unit {unit} of layer {layer} on", unit=unit, layer=layer)
    return tr("Unit {unit} of layer {layer} off", unit=unit, layer=layer)


def new_value_words(edit: RunEdit, words: str) -> str:
    """The same without what there was before: "Learning rate 0.01"."""
    if not isinstance(edit, ExperimentEdit) or len(edit.values) != 1:
        return words
    ((path, new),) = edit.values.items()
    option = OPTIONS.get(path)
    if option is None:
        return words
    return tr("{option} {value}", option=option.label, value=value_text(option, new))


def value_text(option: Option, value: object, figures: int = 10) -> str:
    """A value of an option as its control writes it, a number with so many significant figures."""
    if value is None:
        return tr("all") if option.path == "training.batch_size" else option.off
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    if isinstance(value, int | float):
        return percent_text(value, 0) if option.path == "data.train_share" else number_text(float(value), figures)
    if isinstance(value, tuple):
        return tr("{n} point|{n} points", "", len(value))
    return dict(option.choices).get(str(value), str(value))
