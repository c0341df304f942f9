"""Options set by a line of text, such as ``training.learning_rate=0.1``, over an experiment.

What a line says is put where a file would have it and read as a file is, so that it is refused in the same words.
"""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from nnplay.data import DATA_SETS
from nnplay.errors import a_number
from nnplay.experiments.explain import DocumentError, explained
from nnplay.texts import tr
from nnplay.training.edits import with_data_set, with_fitting_start
from nnplay.training.experiment import Experiment
from nnplay.training.options import OFF


class _Holder(msgspec.Struct, frozen=True):
    """Where an experiment stands in a file, so that refusals name the same paths."""

    experiment: Experiment


def with_assignments(experiment: Experiment, lines: Sequence[str], source: str) -> Experiment:
    """The same with each line's option set, one after the other.

    Another data set comes with its own numbers and the loss that fits it, as in the window.

    Parameters
    ----------
    lines
        ``PATH=VALUE`` each; a value is JSON, or else the text itself. A hidden layer is a number from 0 in the path.
    source
        The file's name, which refusals begin with.

    Raises
    ------
    DocumentError
        A line that can't be taken, in the words in which a file with that value would be refused.
    """
    before = experiment
    for line in lines:
        path, is_set, text = line.partition("=")
        if not is_set or not path.strip():
            allowed = tr("PATH=VALUE, such as training.learning_rate=0.1 (nnplay options lists the paths)")
            raise DocumentError.of_field(source, "--set", line, allowed)
        steps, value = re.sub(r"\[(\d+)\]", r".\1", path.strip()).split("."), _value(text)
        if steps == ["data", "kind"] and value in DATA_SETS:
            experiment = with_data_set(experiment, str(value))
        else:
            experiment = _assigned(experiment, steps, value, source)
    return with_fitting_start(before, experiment)


def _value(text: str) -> Any:
    if text in (OFF, tr(OFF)):
        return None
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):  # nested too deeply, it is no value either
        return text


def _assigned(experiment: Experiment, steps: Sequence[str], value: object, source: str) -> Experiment:
    tree = _tree(experiment)
    _put(tree, ["experiment", *steps], value, source)
    try:
        return msgspec.convert(tree, _Holder).experiment
    except msgspec.ValidationError as error:
        raise explained(error, tree, _Holder, source) from error


def _tree(experiment: Experiment) -> dict[str, Any]:
    """The experiment as a file has it, but with its points as they are: they may be many, and aren't read anew."""
    points = msgspec.structs.asdict(experiment.data)
    table = points.pop("table")
    parts = {"data": points, "model": experiment.model, "training": experiment.training, "seed": experiment.seed}
    tree: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(parts))
    tree["data"]["table"] = table
    return {"experiment": tree}


def _put(tree: dict[str, Any], steps: Sequence[str], value: object, source: str) -> None:
    """Put the value where the steps lead; a key that isn't there is put too, for the reader to refuse."""
    place: Any = tree
    for at, step in enumerate(steps):
        last, where = at == len(steps) - 1, ".".join(steps[: at + 1])
        if isinstance(place, list):
            if not step.isdigit() or int(step) >= len(place):
                allowed = a_number(0, len(place) - 1) if place else tr("nothing: the list is empty")
                raise DocumentError.of_field(source, where, value, allowed)
            key: Any = int(step)
        elif isinstance(place, dict):
            key = step
        else:
            allowed = tr("{path} alone, which is one value", path=".".join(steps[:at]))
            raise DocumentError.of_field(source, where, value, allowed)
        if last or (isinstance(place, dict) and key not in place):
            place[key] = value
            return
        place = place[key]
