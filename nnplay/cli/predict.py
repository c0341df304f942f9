"""`nnplay predict`: what a trained run predicts for the rows of a table, beside their own columns."""

import argparse
import json
import sys
from pathlib import Path

from threadpoolctl import threadpool_limits

from nnplay.cli.data import read_sheet
from nnplay.cli.refusing import tell
from nnplay.cli.runs import read_run
from nnplay.cli.writing import write_text
from nnplay.data.tables.preparation import Preparation
from nnplay.experiments.chosen_files import check_folder
from nnplay.training import predictions
from nnplay.training.predictions import Predictions

PRINTED = Path("-")


def predict_command(arguments: argparse.Namespace) -> int:
    """Predict the rows, write or print them; return the exit code.

    Raises
    ------
    DocumentError, FileError, InputError, TooLargeError
        What can't be predicted.
    """
    out = None if arguments.out == PRINTED else arguments.out
    if out is not None:
        check_folder(out)
    trainer = read_run(arguments.file)
    preparation = trainer.experiment.data.preparation
    sheet = read_sheet(arguments)
    with threadpool_limits(limits=1, user_api="blas"):
        found = predictions.predict(trainer.network, trainer.prepared, sheet)
    if not arguments.json:
        tell(found.notes)
    if out is not None:
        write_text(out, found.as_csv())
    if arguments.json:
        print(json.dumps(_record(found, preparation, out), allow_nan=False))
    elif out is None:
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(found.as_csv().encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()  # here it is noticed where nobody reads on
    return 0


def _record(found: Predictions, preparation: Preparation | None, out: Path | None) -> dict[str, object]:
    """The predictions as JSON has them; the rows themselves where they are in no file."""
    record: dict[str, object] = {
        "rows": len(found),
        "left_out": len(found.problems),
        "target": None if preparation is None else preparation.target,
        "task": "classification" if found.classes else "regression",
        "classes": list(found.classes),
        "notes": list(found.notes),
    }
    if out is None:
        return record | {"predictions": [_row(found, index) for index in range(len(found))]}
    return record | {"out": str(out)}


def _row(found: Predictions, index: int) -> dict[str, object]:
    if index in found.problems:
        return {"row": index + 1, "problem": found.problems[index]}
    values, likeliest = found.values[index].tolist(), found.likeliest(index)
    if likeliest is None:
        return {"row": index + 1, "value": values[0]}
    shares = dict(zip(found.classes, values, strict=True))
    return {"row": index + 1, "class": found.classes[likeliest], "probabilities": shares}
