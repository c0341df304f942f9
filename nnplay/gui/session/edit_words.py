"""What a mark of the timeline says of a change: "Learning rate 0.1 → 0.01"."""

from nnplay.gui.widgets.number_format import number_text
from nnplay.texts import tr
from nnplay.training.experiment import Experiment
from nnplay.training.options import OPTIONS
from nnplay.training.record import ExperimentEdit


def edit_words(edit: ExperimentEdit, before: Experiment, text: str) -> str:
    """A change of one option with its value before and after; else `text`, what the person calls it."""
    if len(edit.values) != 1:
        return text
    ((path, new),) = edit.values.items()
    option = OPTIONS.get(path)
    if option is None:
        return text
    old = _value_text(option.of(before), dict(option.choices))
    return tr("{option} {old} → {new}", option=option.label, old=old, new=_value_text(new, dict(option.choices)))


def _value_text(value: object, names: dict[str, str]) -> str:
    if value is None:
        return tr("off")
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    if isinstance(value, int | float):
        return number_text(float(value))
    return names.get(str(value), str(value))
