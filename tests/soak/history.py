"""A long run with spikes of one epoch put in, each of which must be found: `python -m tests.soak.history --seed 1`.

Figures are appended epoch by epoch to a history; then each spike is looked for in what the picture draws, on a linear
and on a logarithmic axis of epochs, in the exported table, and in a history that a file brought back. The exit code is
1 where one is missing, or where the history grew beyond its bounds.
"""

import argparse
import csv
import io
import os
import sys
import time
from dataclasses import dataclass
from itertools import pairwise

import msgspec
import numpy as np
from PySide6.QtWidgets import QApplication

from nnplay.experiments.run_record import RunRecord, moment_of, record_of
from nnplay.gui.files.export import history_as_csv
from nnplay.gui.panels.plots.curves import AccuracyTab, LossTab
from nnplay.gui.theme.theme import Theme
from nnplay.training.experiment import Experiment
from nnplay.training.history import CAPACITY, COLUMNS, EPOCH, FIRST, HIGHEST, LOWEST, Figures, History, Metrics, Rows
from nnplay.training.moment import Moment
from nnplay.training.trainer import Trainer

CURVES = ("train_loss", "test_loss", "train_accuracy", "test_accuracy")
SIZE = (476, 188)
"""Of the plots in a new window."""


@dataclass(frozen=True)
class Spike:
    """One epoch whose figure of one curve is far from all others."""

    epoch: int
    curve: str
    value: float

    @property
    def line(self) -> int:
        """Of a row: a loss rises, an accuracy falls."""
        return HIGHEST if self.curve.endswith("loss") else LOWEST


def spikes_of(seed: int, epochs: int, count: int) -> list[Spike]:
    """Spread over the run, curve by curve, no two at one epoch and each with a value of its own."""
    generator = np.random.default_rng(seed)
    places = np.sort(generator.choice(np.arange(1, epochs), count, replace=False)).tolist()
    heights = (1.5 + generator.random(count)).tolist()
    spikes = []
    for number, (place, height) in enumerate(zip(places, heights, strict=True)):
        curve = CURVES[number % len(CURVES)]
        spikes.append(Spike(place, curve, height if curve.endswith("loss") else -0.1 * height))
    return spikes


def figures_at(epoch: int, spikes: dict[int, Spike]) -> Figures:
    """A falling loss and a rising accuracy, with the epoch's spike in one of the four."""
    loss = 0.05 + 0.6 / (1.0 + epoch / 1000)
    values = dict(zip(CURVES, (loss, 1.2 * loss, 0.99 - 0.5 * loss, 0.98 - 0.5 * loss), strict=True))
    if epoch in spikes:
        values[spikes[epoch].curve] = spikes[epoch].value
    train = Metrics(values["train_loss"], values["train_accuracy"])
    return Figures(epoch, train, Metrics(values["test_loss"], values["test_accuracy"]), 0.0)


def run(epochs: int, spikes: list[Spike]) -> tuple[History, Figures]:
    """The history of so many epochs, and the figures of the last one."""
    history, by_epoch = History(), {spike.epoch: spike for spike in spikes}
    figures = figures_at(0, by_epoch)
    for epoch in range(epochs):
        figures = figures_at(epoch, by_epoch)
        history.append(figures)
    return history, figures


def drawn(rows: Rows, spikes: list[Spike], *, logarithmic: bool) -> set[Spike]:
    """Those that the strokes of the picture reach, each in the column of its epoch."""
    found = set()
    for tab in (LossTab(Theme("light")), AccuracyTab(Theme("light"))):
        tab.resize(*SIZE)
        tab.plot.epochs.logarithmic = logarithmic
        tab.plot.resize(*SIZE)
        tab.plot.show_lines(rows[:, FIRST, EPOCH], *(rows[:, :, COLUMNS.index(name)] for name in tab.columns))
        left, right = tab.plot.view_box.viewRange()[0]
        column = 2 * (right - left) / tab.plot.view_box.width()
        interval = np.diff(rows[:2, FIRST, EPOCH]).max(initial=0.0)
        for name, envelope in zip(tab.columns, tab.plot.envelopes, strict=True):
            x, least, _, length = envelope.strokes.T
            for spike in (spike for spike in spikes if spike.curve == name):
                ends = np.array([spike.epoch - interval, spike.epoch + interval])
                low, high = tab.plot.epochs.places(np.maximum(ends, 0.0))
                near = (x >= low - column) & (x <= high + column)
                up, down = (least + length)[near].max(initial=-9.0), -least[near].min(initial=9.0)
                if (up if spike.line == HIGHEST else down) >= abs(
                    spike.value
                ) - 1e-12:  # of several in a column the farthest is seen
                    found.add(spike)
        tab.deleteLater()
    return found


def exported(rows: Rows, now: Figures, spikes: list[Spike]) -> set[Spike]:
    """Those that stand in the table, in the row of their epoch."""
    table = list(csv.DictReader(io.StringIO(history_as_csv(rows, now).decode(), newline="")))
    ends = {HIGHEST: "highest", LOWEST: "lowest"}
    return {
        spike
        for spike in spikes
        for row in table
        if int(row["epoch"]) <= spike.epoch <= int(row.get("last_epoch", row["epoch"]))
        and float(row.get(f"{spike.curve}_{ends[spike.line]}", row[spike.curve])) == spike.value
    }


def brought_back(history: History) -> Rows:
    """What a file has of it."""
    trainer = Trainer(Experiment())
    last = int(history.rows()[-1, HIGHEST, EPOCH])
    moment = Moment.of(trainer)
    whole = msgspec.json.encode(record_of(Moment(**{**vars(moment), **_of_history(history, last)})))
    return moment_of(msgspec.json.decode(whole, type=RunRecord), trainer).history


def _of_history(history: History, epoch: int) -> dict[str, object]:
    return {"epoch": epoch, "history": history.rows(), "history_interval": history.interval}


def kept(rows: Rows, spikes: list[Spike]) -> set[Spike]:
    """Those that are in the row of their epoch."""
    starts = [*rows[:, FIRST, EPOCH].tolist(), float("inf")]
    return {
        spike
        for spike in spikes
        for row, (start, end) in zip(rows, pairwise(starts), strict=True)
        if start <= spike.epoch < end and row[spike.line, COLUMNS.index(spike.curve)] == spike.value
    }


def soak(seed: int, epochs: int, count: int) -> int:
    """The line of figures; the exit code."""
    began, spikes = time.perf_counter(), spikes_of(seed, epochs, count)
    history, now = run(epochs, spikes)
    seconds, rows = time.perf_counter() - began, history.rows()
    found = {
        "history": kept(rows, spikes),
        "picture": drawn(rows, spikes, logarithmic=False),
        "picture of a logarithmic axis": drawn(rows, spikes, logarithmic=True),
        "export": exported(rows, now, spikes),
        "file": kept(brought_back(history), spikes),
    }
    told = ", ".join(f"{len(those)} in the {where}" for where, those in found.items())
    print(
        f"seed {seed}: {epochs:,} epochs, {count} spikes: {told}; "
        f"{len(rows)} rows of {history.interval:,} epochs, {rows.nbytes / 1e3:.0f} kB, {seconds:.1f} s"
    )
    return 1 if any(len(those) < count for those in found.values()) or len(rows) > CAPACITY else 0


def main() -> int:
    """Soak."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.history", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1, help="places the spikes")
    parser.add_argument("--epochs", type=int, default=10**6)
    parser.add_argument("--spikes", type=int, default=200)
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    code = soak(given.seed, given.epochs, given.spikes)
    application.processEvents()
    return code


if __name__ == "__main__":
    sys.exit(main())
