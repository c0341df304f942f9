"""`nnplay train`: trains an experiment, or on a table, and prints the figures."""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits
from tqdm import tqdm

from nnplay.cli.arguments import STOPPED
from nnplay.cli.data import read_import, record_of
from nnplay.cli.figures import as_json, as_text, diverged_as_json
from nnplay.cli.refusing import refuse, tell
from nnplay.data.tables.imported import Imported
from nnplay.errors import DivergedError, InputError
from nnplay.experiments.assignments import with_assignments
from nnplay.experiments.chosen_files import check_folder
from nnplay.experiments.document import Document, read_document, write_document
from nnplay.experiments.from_weights import trainer_from
from nnplay.experiments.run_record import RunRecord, resumed
from nnplay.experiments.run_record import record_of as record_of_run
from nnplay.nn.compiled.cache import is_kept
from nnplay.nn.engines import have_kernel, is_installed
from nnplay.texts import tr
from nnplay.training.conditions import StopWatch
from nnplay.training.edits import with_import
from nnplay.training.effects import Effect, effect_of
from nnplay.training.experiment import Experiment
from nnplay.training.moment import Moment
from nnplay.training.prepared import prepared_after
from nnplay.training.stretches import Stretches
from nnplay.training.trainer import Trainer


def train_command(arguments: argparse.Namespace) -> int:
    """Train, keep the run where it is wanted, print the figures; return the exit code.

    Raises
    ------
    DocumentError, FileError, InputError, TooLargeError
        What can't be trained.
    """
    if arguments.out is not None:
        check_folder(arguments.out)  # said before the long work, not after it
    imported: Imported | None = None
    if arguments.data is None:
        document = read_document(arguments.file)
    else:
        imported = read_import(arguments)
        tell(() if arguments.json else imported.notes)
        document = Document(experiment=with_import(Experiment(), imported))
    settings = [*arguments.set, *([] if arguments.seed is None else [f"seed={arguments.seed}"])]
    experiment = with_assignments(document.experiment, settings, str(arguments.source))
    try:
        with _named_experiment():
            if arguments.weights is not None:
                trainer = trainer_from(experiment, arguments.weights)
            else:
                trainer = _trainer(document.experiment, document.run, experiment)
        stop = StopWatch(arguments.stop_when, trainer, "--stop-when")
        with _named_experiment():
            _compile(trainer)
            start = time.perf_counter()
            _run(trainer, experiment.training.epochs if arguments.epochs is None else arguments.epochs, stop)
    except DivergedError as error:
        if arguments.json:
            print(diverged_as_json(trainer))
        return refuse(tr("{file}: {problem}", file=str(arguments.source), problem=error), 1)
    seconds = time.perf_counter() - start
    if arguments.out is not None:
        write_document(Document(experiment=experiment, run=record_of_run(Moment.of(trainer))), arguments.out)
    data = None if imported is None else record_of(imported)
    conditions, met = arguments.stop_when, stop.met
    if arguments.json:
        print(as_json(trainer, seconds, data, conditions, met))
    else:
        print(as_text(trainer, seconds, None if met is None else conditions[met]))
    return 0 if met is None else STOPPED + met


@contextmanager
def _named_experiment() -> Iterator[None]:
    """What is refused in here is told of as a field of the file: ``experiment.data.samples``, ``run.parameters``."""
    try:
        yield
    except InputError as error:
        path = error.field if error.field.startswith("run.") else f"experiment.{error.field}"
        raise InputError(path, error.value, error.allowed) from None


def _trainer(kept: Experiment, run: RunRecord | None, wanted: Experiment) -> Trainer:
    """A trainer of the wanted experiment; it goes on from the run where the change needs no fresh network."""
    if run is None:
        return Trainer(wanted)
    trainer = resumed(kept, run)
    prepared = prepared_after(trainer.prepared, kept, wanted)
    effect = effect_of(kept, wanted, trainer.prepared, prepared)
    if effect is Effect.FRESH_START:
        return Trainer(wanted, prepared)
    if effect is Effect.AT_ONCE:
        trainer.apply(wanted, prepared)
    return trainer


def _compile(trainer: Trainer) -> None:
    """Have compiled steps before the clock begins, where that is what trains."""
    if trainer.is_compiled:
        if is_installed() and not is_kept(trainer.network.dtype):
            tell([tr("compiling the steps, once; that takes some seconds")])
        have_kernel(trainer.network.dtype)


def _run(trainer: Trainer, epochs: int, stop: StopWatch) -> None:
    """Train for some epochs, or until a condition comes true, behind a progress bar, which only a terminal shows."""
    bar = tqdm(total=epochs, unit=" " + tr("epochs"), leave=False, disable=not sys.stderr.isatty(), file=sys.stderr)
    # more threads only get into each other's way on arrays this small
    with bar, threadpool_limits(limits=1, user_api="blas"):
        end, stretches = trainer.epoch + epochs, Stretches()
        while trainer.epoch < end and stop.met is None:
            before = trainer.epoch
            if stop:
                trainer.step()
                stop.see(trainer)
            elif trainer.is_compiled:
                stretches.advance(trainer, end - before)
            else:
                trainer.run_epoch()
            ended = trainer.epoch - before
            if ended and bar.update(ended) and not trainer.batch:
                bar.set_postfix_str(tr("loss={loss}", loss=f"{trainer.figures.train.loss:.4g}"), refresh=False)
    trainer.finish()
