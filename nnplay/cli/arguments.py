"""What stands on the command line, checked where it can be before any file is opened."""

import argparse
import codecs
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from nnplay.data.tables.layout import NO_HEADER, SPACES
from nnplay.data.tables.reading import SUFFIXES
from nnplay.errors import InputError, a_whole_number, one_of
from nnplay.experiments.export import FORMATS
from nnplay.experiments.worked.blanks import Blanks
from nnplay.experiments.worked.export import KINDS as SHEETS
from nnplay.limits import LEAST_DIGITS, MOST_DIGITS, USUAL_DIGITS
from nnplay.texts import tr
from nnplay.training.conditions import Condition, condition_in
from nnplay.training.options import OPTIONS

MAX_EPOCHS = 10_000_000
MOST_LINES = 1_000_000
STOPPED = 10
"""The exit code where the first --stop-when ended the training; the second has the next one, and so on."""
MOST_CONDITIONS = 100
"""As many as there are exit codes for below 126, from which on they are the shells' own."""
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "colon": ":", "space": SPACES}
"""Names of what a shell takes for something else."""
NONE = "none"
EXPERIMENTS = ".nnplay"
BLANKS = tuple(each.value for each in Blanks)
LAYOUT = ("header", "skip", "separator", "decimal", "encoding", "sheet")
OF_DATA = ("target", "inputs", "task", "missing", *LAYOUT)
"""Options that go with --data."""


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments of a command; `source` is the file that refusals name.

    Raises
    ------
    SystemExit
        What can't be understood is told, with exit code 2.
    """
    parser = _Parser(prog="nnplay", description=tr("nnplay without a display."))
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    train = commands.add_parser("train", help=tr("train an experiment, or on a table, and print the figures"))
    predict = commands.add_parser("predict", help=tr("print what a trained run predicts for the rows of a table"))
    export = commands.add_parser(
        "export",
        help=tr("write a trained run in the format of another tool"),
        description=_about_formats(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check = commands.add_parser("check", help=tr("compare the gradients of a run with differences of its loss"))
    worked = commands.add_parser("worked", help=tr("write one step of a small network out, as worked by hand"))
    options = commands.add_parser("options", help=tr("list every option of an experiment"))
    conditions = commands.add_parser("conditions", help=tr("list what --stop-when can end a training at"))
    _add_train(train)
    _add_predict(predict)
    _add_export(export)
    check.add_argument("file", type=Path, metavar="RUN", help=tr("the experiment or the trained run (.nnplay)"))
    check.add_argument("--json", action="store_true", help=tr("print one JSON object instead of text"))
    _add_worked(worked)
    for listing in (options, conditions):
        listing.add_argument("--json", action="store_true", help=tr("print one JSON list instead of text"))
    found = parser.parse_args(arguments)
    if found.command == "train":
        _check_train(train, found)
    found.source = getattr(found, "data", None) or getattr(found, "file", None)
    return found


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one sentence, like every other of nnplay's."""

    def error(self, message: str) -> NoReturn:
        told = tr("nnplay: {problem}; {command} --help tells more", problem=message, command=self.prog)
        self.exit(2, f"{told}\n")


def _add_train(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help=tr("the experiment (.nnplay)"))
    parser.add_argument(
        "--epochs",
        type=_whole_number(0, MAX_EPOCHS),
        metavar="N",
        help=tr("how many epochs to add; the experiment's own number if left out"),
    )
    parser.add_argument("--seed", type=_seed, metavar="S", help=tr("another start than the experiment's"))
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        help=tr("another value of an option of the experiment, as often as wanted; nnplay options lists them"),
    )
    parser.add_argument(
        "--weights",
        type=Path,
        metavar="FILE",
        help=tr("start from the weights of this file (.safetensors), as nnplay export writes it, and at epoch 0"),
    )
    parser.add_argument(
        "--stop-when",
        action="append",
        default=[],
        type=_condition,
        metavar="CONDITION",
        help=tr(
            'end the training there, such as "test.loss rises for 50" or "loss < 0.05", as often as wanted; the exit '
            "code is {first} for the first one, {second} for the second, and so on; nnplay conditions lists them",
            first=STOPPED,
            second=STOPPED + 1,
        ),
    )
    kept = tr("keep the trained run in this file, to go on from; its timeline begins there")
    parser.add_argument("--out", type=Path, metavar="RUN", help=kept)
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object instead of text"))
    _add_table(parser)


def _add_table(parser: argparse.ArgumentParser) -> None:
    table = parser.add_argument_group(
        tr("a table"),
        tr("in place of FILE; what isn't said is as the window suggests it, and what was left out or changed is told"),
    )
    table.add_argument(
        "--data", type=Path, metavar="FILE", help=tr("train on this table: a text, a spreadsheet or JSON, also packed")
    )
    table.add_argument(
        "--target", metavar="NAME|NUMBER", help=tr("the column to learn, by its name or its place from 1")
    )
    table.add_argument(
        "--inputs", metavar="A,B,…", help=tr("the columns that the network sees, by their names or places")
    )
    table.add_argument(
        "--task", choices=("classification", "regression"), help=tr("whether the target is a class or a number")
    )
    table.add_argument(
        "--missing",
        choices=("drop", "fill"),
        help=tr("leave rows with missing values out, or fill in the mean and the most frequent category"),
    )
    _add_layout(table)


def _add_predict(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="RUN", help=tr("the trained run (.nnplay)"))
    parser.add_argument(
        "--data", type=Path, required=True, metavar="FILE", help=tr("the rows to predict: a table without a target")
    )
    parser.add_argument(
        "--out", type=Path, metavar="CSV", help=tr("write the rows with their predictions to this file; - prints them")
    )
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object instead of text"))
    _add_layout(parser.add_argument_group(tr("how the table is written")))


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="RUN", help=tr("the trained run (.nnplay)"))
    parser.add_argument("--to", required=True, choices=tuple(FORMATS), metavar="FORMAT", help=tr("one of the formats"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=tr("the file to write"))
    parser.add_argument("--force", action="store_true", help=tr("replace files that are there already"))


def _add_worked(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="RUN", help=tr("the experiment, trained or not (.nnplay)"))
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help=tr("the file to write: {suffixes}", suffixes=one_of(SHEETS)),
    )
    parser.add_argument(
        "--sample",
        type=_whole_number(1, MOST_LINES),
        metavar="N",
        help=tr("the sample, by its place in the data; a small batch, or the first one, if left out"),
    )
    parser.add_argument(
        "--blanks", choices=BLANKS, default=BLANKS[0], help=tr("which numbers are left out, to be filled in")
    )
    parser.add_argument("--answers", action="store_true", help=tr("what belongs into the blanks, at the end"))
    parser.add_argument(
        "--digits",
        type=_whole_number(LEAST_DIGITS, MOST_DIGITS),
        default=USUAL_DIGITS,
        metavar="N",
        help=tr("decimals of numbers"),
    )
    parser.add_argument("--force", action="store_true", help=tr("replace files that are there already"))


def _about_formats() -> str:
    """What an export can be, a line for each format."""
    width = max(map(len, FORMATS))
    helps = {each.key: tr(each.help) for each in FORMATS.values()}
    lines = [f"  {key:{width}}  {FORMATS[key].suffix:12}  {text}" for key, text in helps.items()]
    return "\n".join([tr("Write a trained run in the format of another tool:"), "", *lines])


def _add_layout(group: "argparse._ArgumentGroup") -> None:
    group.add_argument(
        "--header", type=_header, metavar="N|none", help=tr("the line with the names, from 1 after the skipped ones")
    )
    group.add_argument(
        "--skip",
        type=_whole_number(0, MOST_LINES),
        metavar="N",
        help=tr("lines at the beginning to leave out"),
    )
    group.add_argument(
        "--separator",
        type=_separator,
        metavar="S",
        help=tr("one character between cells, or one of {names}", names=", ".join(SEPARATORS)),
    )
    group.add_argument(
        "--decimal", choices=(".", ","), metavar="D", help=tr("the point or comma before decimal places")
    )
    group.add_argument("--encoding", type=_encoding, metavar="E", help=tr("such as utf-8, utf-16 or cp1252"))
    group.add_argument("--sheet", metavar="NAME", help=tr("the sheet of a spreadsheet; its first one if left out"))


def _check_train(parser: argparse.ArgumentParser, found: argparse.Namespace) -> None:
    """Exactly one of an experiment and a table, and nothing about a table that isn't there."""
    if found.file is None and found.data is None:
        parser.error(tr("the following arguments are required: {names}", names=tr("FILE or --data")))
    if found.file is not None and found.data is not None:
        parser.error(tr("an experiment and --data are given; allowed is one of them"))
    if found.data is not None and found.data.suffix.lower() == EXPERIMENTS:
        parser.error(tr("{file} is an experiment and no table; it is trained without --data", file=str(found.data)))
    if found.file is not None and str(found.file).lower().endswith(SUFFIXES) and found.file.is_file():
        parser.error(tr("{file} is a table and no experiment; --data before it trains on it", file=str(found.file)))
    if len(found.stop_when) > MOST_CONDITIONS:
        count, most = len(found.stop_when), MOST_CONDITIONS
        parser.error(tr("{count} times --stop-when; allowed is up to {most} times", count=count, most=most))
    given = [f"--{name}" for name in OF_DATA if getattr(found, name) is not None]
    if given and found.data is None:
        parser.error(tr("{names} without --data; allowed is beside it", names=", ".join(given)))


def _condition(text: str) -> Condition:
    try:
        return condition_in(text, stops=True)
    except InputError as error:
        raise _refused(text, error.allowed) from None


def _seed(text: str) -> int:
    try:
        return int(OPTIONS["seed"].read(text))
    except InputError as error:
        raise _refused(text, error.allowed) from None


def _header(text: str) -> int:
    if text.lower() == NONE:
        return NO_HEADER
    try:
        return _whole_number(1, MOST_LINES)(text)
    except argparse.ArgumentTypeError:
        allowed = tr("{none}, or {number}", none=NONE, number=a_whole_number(1, MOST_LINES))
        raise _refused(text, allowed) from None


def _separator(text: str) -> str:
    found = SEPARATORS.get(text.lower(), text)
    if len(found) != 1:
        raise _refused(text, tr("one character, or {names}", names=one_of(SEPARATORS)))
    return found


def _encoding(text: str) -> str:
    try:
        return codecs.lookup(text).name
    except (LookupError, ValueError):
        raise _refused(text, tr("the name of an encoding, such as utf-8, utf-16 or cp1252")) from None


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
