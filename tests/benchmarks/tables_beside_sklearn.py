"""Tables as they come, imported and trained by the suggestions alone, beside scikit-learn's plainest models.

Iris, wine, breast cancer and diabetes from scikit-learn's package are written as CSV files, read, imported and trained
from the suggested settings for their own number of epochs, each for several splits. On the same splits logistic
regression and least squares learn the standardised inputs. `python -m tests.benchmarks.tables_beside_sklearn` prints
how good both are on the samples that test, and ends with 1 where nnplay falls behind by more than is allowed.
scikit-learn is no dependency: it must be there.
"""

import argparse
import csv
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, load_wine
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from nnplay.data.tables.imported import Imported
from nnplay.data.tables.making import make_import
from nnplay.data.tables.reading import read_file
from nnplay.data.tables.suggestion import suggested_choice
from nnplay.training.edits import with_import
from nnplay.training.experiment import DataSpec, Experiment
from nnplay.training.history import Metrics
from nnplay.training.trainer import Trainer

TABLES: dict[str, Callable[[], Any]] = {
    "iris": load_iris,
    "wine": load_wine,
    "breast cancer": load_breast_cancer,
    "diabetes": load_diabetes,
}
ALLOWED = 0.03
"""So much less accuracy, or R², than the other model."""
LINE = "{:<14} {:<9} {:>9} {:>9} {:>9} {:>9} {:>9}  {}"


def main() -> int:
    """Measure, print, and answer 1 where nnplay falls behind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--splits", type=int, default=10, help="how many splits are averaged")
    splits = parser.parse_args().splits
    print(LINE.format("table", "figure", "nnplay", "±", "sklearn", "ahead by", "training", ""))
    with tempfile.TemporaryDirectory() as folder, threadpool_limits(1):
        return 0 if all([*(compare(name, Path(folder), splits) for name in TABLES)]) else 1


def compare(name: str, folder: Path, splits: int) -> bool:
    """Print a line, and whether nnplay does not fall behind."""
    data = TABLES[name]()
    imported = imported_from(data, folder / f"{name}.csv")
    classes = imported.table.task == "classification"
    results = np.array([one_split(imported, data, split) for split in range(splits)])
    (own, other, training), spread = results.mean(axis=0), results[:, 0].std()
    met = bool(own >= other - ALLOWED)
    figures = (f"{value:.3f}" for value in (own, spread, other, own - other, training))
    print(LINE.format(name, "accuracy" if classes else "R²", *figures, "met" if met else "MISSED"), flush=True)
    return met


def imported_from(data: Any, path: Path) -> Imported:
    """The table as it comes out of its CSV file by the suggestions."""
    targets = data.target_names[data.target] if hasattr(data, "target_names") else data.target
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*data.feature_names, "target"])
        writer.writerows([*inputs, target] for inputs, target in zip(data.data.tolist(), targets.tolist(), strict=True))
    sheet = read_file(path)
    imported = make_import(sheet, suggested_choice(sheet))
    assert imported.table.inputs.shape == data.data.shape
    return imported


def one_split(imported: Imported, data: Any, split: int) -> tuple[float, float, float]:
    """How good nnplay and the other model are on the test samples, and nnplay on those that train."""
    start = Experiment(seed=split, data=DataSpec(seed=split))
    trainer = Trainer(with_import(start, imported))
    for _ in range(trainer.experiment.training.epochs):
        trainer.run_epoch()
    train, test = trainer.prepared.train, trainer.prepared.test
    classes = imported.table.task == "classification"
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=10_000) if classes else LinearRegression())
    model.fit(data.data[train], data.target[train])
    figures = trainer.figures
    assert figures.test is not None
    return figure_of(figures.test), float(model.score(data.data[test], data.target[test])), figure_of(figures.train)


def figure_of(metrics: Metrics) -> float:
    """Accuracy, or R² where there are no classes."""
    figure = metrics.r2 if metrics.accuracy is None else metrics.accuracy
    assert figure is not None
    return figure


if __name__ == "__main__":
    sys.exit(main())
