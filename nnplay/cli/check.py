"""`nnplay check`: is backpropagation right on the network of an experiment file, and the batch that comes next?"""

import argparse
import json

import numpy as np

from nnplay.cli.refusing import refuse
from nnplay.errors import DivergedError
from nnplay.experiments.document import read_document
from nnplay.experiments.run_record import started
from nnplay.texts import number, tr
from nnplay.training.gradient_check import TOLERANCE, GradientsChecked, check_step, step_to_check

SHOWN = 10
"""Parameters that are printed, the worst first."""


def check_command(arguments: argparse.Namespace) -> int:
    """Check, print what came of it; return the exit code: 1 where a gradient is wrong.

    Raises
    ------
    DocumentError, InputError, TooLargeError
        What can't be checked.
    """
    document = read_document(arguments.file)
    try:
        found = check_step(step_to_check(started(document.experiment, document.run)))
    except DivergedError as error:
        return refuse(tr("{file}: {problem}", file=str(arguments.source), problem=error), 1)
    print(_as_json(found) if arguments.json else _as_text(found))
    return 1 if found.beyond else 0


def _as_json(found: GradientsChecked) -> str:
    comparison, compared = found.comparison, found.comparison.compared
    record = {
        "right": found.beyond == 0,
        "worst_error": float(comparison.errors[0]) if compared.any() else None,
        "tolerance": TOLERANCE,
        "parameters": int(found.step.network.parameters.size),
        "checked": int(compared.sum()),
        "skipped": int(np.count_nonzero(~compared)),
    }
    return json.dumps(record)


def _as_text(found: GradientsChecked) -> str:
    """The sentences, and a line for each of the worst."""
    comparison, layout = found.comparison, found.step.network.layout
    head = (tr("parameter"), tr("backpropagation"), tr("difference"), tr("relative error"))
    rows: list[tuple[str, ...]] = [head]
    for row in range(min(SHOWN, int(comparison.compared.sum()))):
        figures = (comparison.gradients[row], comparison.differences[row], comparison.errors[row])
        rows.append((layout.name(int(comparison.places[row])), *(number(float(each)) for each in figures)))
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(head))]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True)) for cells in rows]
    return "\n".join([found.verdict, *found.scope, "", *lines])
