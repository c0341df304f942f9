"""The figures of a trained run, as text or as one JSON object."""

import dataclasses
import json
from collections.abc import Sequence

from nnplay.cli.findings import as_line, as_records, found
from nnplay.texts import tr
from nnplay.training.conditions import Condition, words_of
from nnplay.training.history import Metrics
from nnplay.training.run_control import RunState
from nnplay.training.trainer import Trainer


def as_json(
    trainer: Trainer, seconds: float, data: dict[str, object] | None, conditions: Sequence[Condition], met: int | None
) -> str:
    """One JSON object: the figures, what is found, what became of a table if one was read, which condition ended it."""
    figures = trainer.figures
    record = {
        "epochs": figures.epoch,
        "train": dataclasses.asdict(figures.train),
        "test": None if figures.test is None else dataclasses.asdict(figures.test),
        "seconds": seconds,
        "findings": as_records(found(trainer), trainer),
    }
    if data is not None:
        record["data"] = data
    if conditions:
        record["stopped_by"] = None if met is None else _stopped_by(trainer, conditions, met)
    return json.dumps(record, allow_nan=False)


def _stopped_by(trainer: Trainer, conditions: Sequence[Condition], met: int) -> dict[str, object]:
    place = trainer.place
    return {
        "condition": words_of(conditions[met]),
        "number": met + 1,
        "epoch": place.epoch,
        "batch": trainer.batch,
        "steps": place.updates,
    }


def diverged_as_json(trainer: Trainer) -> str:
    """One JSON object for a run that left the finite numbers: how far it came, and what is found."""
    findings = as_records(found(trainer, RunState.DIVERGED), trainer)
    return json.dumps({"epochs": trainer.epoch, "diverged": True, "findings": findings}, allow_nan=False)


def as_text(trainer: Trainer, seconds: float, stopped_by: Condition | None = None) -> str:
    """A line for the time, one for each set of samples, for what is found and for the condition that ended it."""
    figures = trainer.figures
    sets = {tr("training"): figures.train, tr("test"): figures.test}
    width = max(map(len, sets))
    lines = [f"{name:{width}}  {_metrics_text(metrics)}" for name, metrics in sets.items() if metrics is not None]
    time_taken = tr("{n} epoch in {seconds} s|{n} epochs in {seconds} s", "", figures.epoch, seconds=f"{seconds:.2f}")
    finding = as_line(found(trainer))
    if finding is not None:
        lines.append(finding)
    if stopped_by is not None:
        lines.append(_ending(trainer, words_of(stopped_by)))
    return "\n".join([time_taken, *lines])


def _ending(trainer: Trainer, words: str) -> str:
    epoch = f"{trainer.epoch:,}"
    if not trainer.batch:
        return tr("stopped at epoch {epoch} by: {condition}", epoch=epoch, condition=words)
    batch = f"{trainer.batch:,}"
    return tr("stopped at epoch {epoch}, batch {batch} by: {condition}", epoch=epoch, batch=batch, condition=words)


def _metrics_text(metrics: Metrics) -> str:
    loss = f"{metrics.loss:.6g}"
    if metrics.accuracy is not None:
        return tr("loss {loss}   accuracy {accuracy} %", loss=loss, accuracy=f"{100 * metrics.accuracy:.1f}")
    if metrics.rmse is None or metrics.mae is None:
        return tr("loss {loss}", loss=loss)
    rmse, mae = f"{metrics.rmse:.6g}", f"{metrics.mae:.6g}"
    if metrics.r2 is None:
        return tr("loss {loss}   RMSE {rmse}   MAE {mae}", loss=loss, rmse=rmse, mae=mae)
    return tr("loss {loss}   R² {r2}   RMSE {rmse}   MAE {mae}", loss=loss, r2=f"{metrics.r2:.4f}", rmse=rmse, mae=mae)
