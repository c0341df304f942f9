"""The choices of a run in words, as reports tell them."""

from collections.abc import Iterator

from nnplay.experiments.export.exported import ExportedRun
from nnplay.nn import ACTIVATIONS
from nnplay.texts import one_line, tr
from nnplay.training.options import OPTIONS, SOMETIMES, Option, in_use, record_paths

NOT_TOLD = frozenset({"data.table", "data.plane", "data.plane_inputs", "training.epochs"})
"""Choices of what is shown, and the points themselves."""
GENERATED = frozenset(f"data.{name}" for name in ("samples", "noise", "classes", "formula"))
"""What points that are drawn or imported do without."""


def settings_of(run: ExportedRun) -> list[tuple[str, str]]:
    """(label, value) of every choice that the run reads and that isn't off."""
    return [*_shape(run), *_choices(run)]


def _shape(run: ExportedRun) -> Iterator[tuple[str, str]]:
    yield tr("Layers"), " → ".join(map(str, run.network.layer_sizes))
    if run.network.activations:
        names = (tr(ACTIVATIONS[name].label) for name in run.network.activations)
        yield tr("Activations"), ", ".join(names)
    yield tr("Epochs trained"), f"{run.trainer.epoch:,}"
    yield (
        tr("Split"),
        tr(
            "{n} for training, {test} for the test|{n} for training, {test} for the test",
            "",
            len(run.prepared.train),
            test=f"{len(run.prepared.test):,}",
        ),
    )


def _choices(run: ExportedRun) -> Iterator[tuple[str, str]]:
    experiment = run.experiment
    left_out = NOT_TOLD | (SOMETIMES - in_use(experiment))
    if experiment.data.table is not None:
        left_out |= GENERATED
    if not run.spans_plane:
        left_out |= {"data.features"}  # the network sees the inputs themselves
    if run.table.task == "regression":
        left_out |= {"training.class_weights"}
    for path in record_paths():
        if path in left_out or path not in OPTIONS or path.startswith("model.hidden_layers"):
            continue
        value = OPTIONS[path].of(experiment)
        if value or path.endswith("seed"):  # what is 0 or off needs no row
            yield OPTIONS[path].label, _written(OPTIONS[path], value)


def _written(option: Option, value: object) -> str:
    names = dict(option.choices)
    if isinstance(value, str):
        return names.get(value, one_line(value))
    if option.path == "training.left_out":
        return tr("{n} point|{n} points", "", len(value)) if isinstance(value, tuple) else ""
    if isinstance(value, tuple):
        return ", ".join(names.get(each, str(each)) for each in value)
    if value is True:
        return tr("on")
    return f"{value:,}" if isinstance(value, int) else f"{value:g}" if isinstance(value, float) else str(value)
