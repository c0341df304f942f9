"""A Jupyter notebook that rebuilds and trains an experiment step by step, in plain NumPy with plots."""

import hashlib
import json

from nnplay.experiments.export.code import choices, notebook_cells
from nnplay.experiments.export.code.notebook_cells import INITIALIZER_CODE
from nnplay.experiments.export.code.numpy_pieces import ACTIVATION_CODE, LOSS_CODE, OPTIMIZER_CODE
from nnplay.experiments.export.exported import ExportedRun, Files
from nnplay.experiments.export.settings import settings_of
from nnplay.nn import LOSSES
from nnplay.texts import tr
from nnplay.training.trainer import Trainer

Cell = dict[str, object]


def refused(run: ExportedRun) -> str | None:
    """Why a run can't be a notebook; None where it can."""
    if run.experiment.model.initializer not in INITIALIZER_CODE:
        name = run.experiment.model.initializer
        return tr("there is no code for the initializer {name} in this format", name=name)
    return choices.refusal(run, ACTIVATION_CODE, LOSS_CODE, OPTIMIZER_CODE)


def files(run: ExportedRun) -> Files:
    """The notebook of a run's experiment, from its start."""
    start = ExportedRun(run.name, Trainer(run.experiment, run.prepared))
    cells = [cell for cell in _cells(run, start) if cell is not None]
    for place, cell in enumerate(cells):
        cell["id"] = hashlib.sha256(f"{place} {cell['source']}".encode()).hexdigest()[:8]
    python = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about = {"kernelspec": python, "language_info": {"name": "python"}}
    book = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return {".ipynb": json.dumps(book, indent=1, ensure_ascii=False).encode("utf-8", "replace")}


def _words_of_start(run: ExportedRun) -> str:
    if run.experiment.model.start is None:
        return tr("Weights are drawn at random from the experiment's seed, so that they are the same each time.")
    return tr("Weights are drawn at random, and then those take their place that the experiment brings.")


def _cells(run: ExportedRun, start: ExportedRun) -> list[Cell | None]:
    epochs = run.trainer.epoch or run.experiment.training.epochs
    answers = notebook_cells.picture_of_answers(start)
    return [
        _text(f"# {run.title}", _introduction(run), _table(run)),
        _code(notebook_cells.IMPORTS),
        _text(
            tr("## The data"), tr("The points are packed in the next cell; a sample is a row of inputs and a target.")
        ),
        _code(notebook_cells.points(start), hidden=True),
        _code(notebook_cells.preparation(start)),
        _code(f"{notebook_cells.colours(start)}\n\n{notebook_cells.picture_of_points(start)}"),
        _text(
            tr("## The network at its start"),
            _words_of_start(run),
        ),
        _code(notebook_cells.start(start)),
        _text(
            tr("## Forward"),
            tr("Each layer takes z = a W + b and outputs f(z); the loss has its own function for the last one."),
        ),
        _code(notebook_cells.forward(start)),
        _text(
            tr("## Loss and backpropagation"),
            tr(
                "The {loss} says how wrong the outputs are. The chain rule carries its slope back through the layers, "
                "to every weight and bias.",
                loss=tr(LOSSES[run.network.loss_name].label),
            ),
        ),
        _code(notebook_cells.backward(start)),
        _text(tr("## The optimiser"), tr("A gradient becomes a step.")),
        _code(notebook_cells.optimizer(start)),
        _text(tr("## Training"), _what_nnplay_reached(run)),
        _code(notebook_cells.training(start, epochs)),
        _code(notebook_cells.CURVE),
        _text(tr("## What it has learnt")),
        None if answers is None else _code(answers),
        _code(notebook_cells.figures(start)),
    ]


def _introduction(run: ExportedRun) -> str:
    sizes = " → ".join(map(str, run.network.layer_sizes))
    return tr("An experiment of nnplay, step by step in plain NumPy: a network of {sizes} units.", sizes=sizes)


def _what_nnplay_reached(run: ExportedRun) -> str:
    about = tr("An epoch goes through all training samples once.")
    if not run.trainer.epoch:
        return about
    reached = tr(
        "In nnplay the loss was {loss} after {n} epoch. It comes out here too, if nothing was changed on the way.|"
        "In nnplay the loss was {loss} after {n} epochs. It comes out here too, if nothing was changed on the way.",
        "",
        run.trainer.epoch,
        loss=f"{run.trainer.figures.train.loss:.6g}",
    )
    return f"{about} {reached}"


def _table(run: ExportedRun) -> str:
    rows = [f"| {_plain(label)} | {_plain(value)} |" for label, value in settings_of(run)]
    return "\n".join([tr("| setting | value |"), "| --- | --- |", *rows])


def _plain(text: str) -> str:
    """A text with no meaning in Markdown or HTML."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]()#+-!|<>~$" else letter for letter in text)


def _text(*paragraphs: str) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": "\n\n".join(paragraphs)}


def _code(source: str, *, hidden: bool = False) -> Cell:
    metadata = {"jupyter": {"source_hidden": True}} if hidden else {}
    return {"cell_type": "code", "execution_count": None, "metadata": metadata, "outputs": [], "source": source}
