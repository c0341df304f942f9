"""nnplay without a display: `nnplay train FILE` trains an experiment, `nnplay options` lists what one can have.

Exit codes: 0 done; 1 the training diverged; 2 bad arguments or a bad file; 130 stopped by Ctrl-C.
"""

import argparse
import dataclasses
import json
import sys
import textwrap
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from threadpoolctl import threadpool_limits
from tqdm import tqdm

from nnplay.errors import DivergedError, InputError, TooLargeError, a_whole_number
from nnplay.experiments.assignments import with_assignments
from nnplay.experiments.document import Document, read_document, write_document
from nnplay.experiments.explain import DocumentError
from nnplay.experiments.run_record import RunRecord, record_of, resumed
from nnplay.texts import tr
from nnplay.training.effects import Effect, effect_of
from nnplay.training.experiment import Experiment
from nnplay.training.history import Metrics
from nnplay.training.moment import Moment
from nnplay.training.options import OPTIONS, Option
from nnplay.training.prepared import prepare
from nnplay.training.trainer import Trainer

MAX_EPOCHS = 10_000_000


def main(arguments: Sequence[str]) -> int:
    """Do the command that the arguments name.

    Returns
    -------
    int
        The exit code.
    """
    options = _parser().parse_args(arguments)
    if options.command == "options":
        print(_options_as_json() if options.json else _options_as_text())
        return 0
    settings = [*options.set, *([] if options.seed is None else [f"seed={options.seed}"])]
    try:
        return _train(options.file, options.epochs, settings, options.out, as_json=options.json)
    except DocumentError as error:
        return _refuse(str(error), 2)
    except TooLargeError as error:
        return _refuse(tr("{file}: {problem}", file=options.file, problem=error), 2)
    except InputError as error:
        path = error.field if error.field.startswith("run.") else f"experiment.{error.field}"
        refusal = InputError(path, error.value, error.allowed)
        return _refuse(tr("{file}: {problem}", file=options.file, problem=refusal), 2)
    except KeyboardInterrupt:
        return _refuse(tr("stopped"), 130)


def _train(file: Path, epochs: int | None, settings: Sequence[str], out: Path | None, *, as_json: bool) -> int:
    document = read_document(file)
    if out is not None and not _has_folder(out):  # said before the long work, not after it
        raise DocumentError(str(out), tr("there is no such folder to write to"))
    experiment = with_assignments(document.experiment, settings, str(file))
    trainer = _trainer(document.experiment, document.run, experiment)
    start = time.perf_counter()
    try:
        _run(trainer, experiment.training.epochs if epochs is None else epochs)
    except DivergedError as error:
        return _refuse(tr("{file}: {problem}", file=file, problem=error), 1)
    seconds = time.perf_counter() - start
    if out is not None:
        write_document(Document(experiment=experiment, run=record_of(Moment.of(trainer))), out)
    print(_as_json(trainer, seconds) if as_json else _as_text(trainer, seconds))
    return 0


def _has_folder(path: Path) -> bool:
    try:
        return path.resolve().parent.is_dir()
    except (OSError, ValueError, RuntimeError):  # a name too long, a NUL in it, links that lead to each other
        return False


def _trainer(kept: Experiment, run: RunRecord | None, wanted: Experiment) -> Trainer:
    """A trainer of the wanted experiment; it goes on from the run where the change needs no fresh network."""
    if run is None:
        return Trainer(wanted)
    trainer = resumed(kept, run)
    prepared = trainer.prepared if wanted == kept else prepare(wanted)
    effect = effect_of(kept, wanted, trainer.prepared, prepared)
    if effect is Effect.FRESH_START:
        return Trainer(wanted, prepared)
    if effect is Effect.AT_ONCE:
        trainer.apply(wanted, prepared)
    return trainer


def _run(trainer: Trainer, epochs: int) -> None:
    """Train for some epochs behind a progress bar, which only a terminal shows."""
    bar = tqdm(total=epochs, unit=" " + tr("epochs"), leave=False, disable=not sys.stderr.isatty(), file=sys.stderr)
    # more threads only get into each other's way on arrays this small
    with bar, threadpool_limits(limits=1, user_api="blas"):
        for _ in range(epochs):
            trainer.run_epoch()
            if bar.update():
                bar.set_postfix_str(tr("loss={loss}", loss=f"{trainer.figures.train.loss:.4g}"), refresh=False)


def _as_json(trainer: Trainer, seconds: float) -> str:
    figures = trainer.figures
    record = {
        "epochs": figures.epoch,
        "train": dataclasses.asdict(figures.train),
        "test": None if figures.test is None else dataclasses.asdict(figures.test),
        "seconds": seconds,
    }
    return json.dumps(record, allow_nan=False)


def _as_text(trainer: Trainer, seconds: float) -> str:
    figures = trainer.figures
    sets = {tr("training"): figures.train, tr("test"): figures.test}
    width = max(map(len, sets))
    lines = [f"{name:{width}}  {_metrics_text(metrics)}" for name, metrics in sets.items() if metrics is not None]
    time_taken = tr("{n} epoch in {seconds} s|{n} epochs in {seconds} s", "", figures.epoch, seconds=f"{seconds:.2f}")
    return "\n".join([time_taken, *lines])


def _metrics_text(metrics: Metrics) -> str:
    loss = f"{metrics.loss:.6g}"
    if metrics.accuracy is None:
        return tr("loss {loss}", loss=loss)
    return tr("loss {loss}   accuracy {accuracy} %", loss=loss, accuracy=f"{100 * metrics.accuracy:.1f}")


def _options_as_json() -> str:
    return json.dumps([_option_record(option) for option in OPTIONS.values()], indent=2, ensure_ascii=False)


def _option_record(option: Option) -> dict[str, object]:
    return {
        "path": option.path,
        "label": option.label,
        "range": option.allowed,
        "unit": option.unit,
        "default": option.default,
        "help": option.help,
    }


def _options_as_text() -> str:
    """A paragraph each: the path with what it is by itself, what is allowed, and what it does."""
    paragraphs = []
    for option in OPTIONS.values():
        allowed = tr("allowed is {allowed}", allowed=option.allowed)
        if option.unit:
            allowed = tr("allowed is {allowed}, in {unit}", allowed=option.allowed, unit=option.unit)
        about = textwrap.wrap(tr("{label}: {help}", label=option.label, help=option.help), 96)
        lines = [allowed, *about]
        paragraphs.append(
            "\n".join([f"{option.path} = {json.dumps(option.default)}", *(f"    {line}" for line in lines)])
        )
    return "\n".join(paragraphs)


def _refuse(sentence: str, code: int) -> int:
    print(f"nnplay: {sentence}", file=sys.stderr)
    return code


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one sentence, like every other of nnplay's."""

    def error(self, message: str) -> NoReturn:
        told = tr("nnplay: {problem}; {command} --help tells more", problem=message, command=self.prog)
        self.exit(2, f"{told}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="nnplay", description=tr("nnplay without a display."))
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    train = commands.add_parser("train", help=tr("train an experiment and print its figures"))
    train.add_argument("file", type=Path, metavar="FILE", help=tr("the experiment (.nnplay)"))
    train.add_argument(
        "--epochs",
        type=_whole_number(0, MAX_EPOCHS),
        metavar="N",
        help=tr("how many epochs to add; the file's own number if left out"),
    )
    train.add_argument("--seed", type=_seed, metavar="S", help=tr("another start than the file's"))
    train.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        help=tr("another value of an option than the file's, as often as wanted; nnplay options lists them"),
    )
    train.add_argument("--out", type=Path, metavar="RUN", help=tr("keep the trained run in this file, to go on from"))
    train.add_argument("--json", action="store_true", help=tr("print one JSON object instead of text"))
    options = commands.add_parser("options", help=tr("list every option of an experiment"))
    options.add_argument("--json", action="store_true", help=tr("print one JSON list instead of text"))
    return parser


def _seed(text: str) -> int:
    try:
        return int(OPTIONS["seed"].read(text))
    except InputError as error:
        raise _refused(text, error.allowed) from None


def _refused(text: str, allowed: str) -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(tr("it is {value}; allowed is {allowed}", value=repr(text), allowed=allowed))


def _whole_number(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise _refused(text, a_whole_number(low, high))
        return value

    return read
