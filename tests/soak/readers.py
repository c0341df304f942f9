"""Every reader of what comes from outside, with good examples for it and the way in which they are changed."""

import contextlib
import gzip
import random
import unittest.mock
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np

from nnplay.data.formula import FUNCTIONS
from nnplay.data.idx import read_images
from nnplay.data.packing import pack
from nnplay.data.registry import DATA_SETS
from nnplay.data.table import Table
from nnplay.data.tables.making import make_import
from nnplay.data.tables.reading import read_file, read_text
from nnplay.data.tables.sheet import Sheet
from nnplay.data.tables.suggestion import suggested_choice
from nnplay.errors import NnplayError
from nnplay.experiments import (
    Document,
    document_of,
    format_document,
    glance,
    parse_document,
    read_document,
    record_of,
    recording_in,
    started,
)
from nnplay.experiments.assignments import with_assignments
from nnplay.experiments.glance import read_glance
from nnplay.gui.widgets.number_format import parameter_in
from nnplay.resources import resource_path
from nnplay.training.edits import with_own, with_table
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.history import History
from nnplay.training.moment import Moment
from nnplay.training.options import OPTIONS
from nnplay.training.trainer import Trainer
from tests.gui.files.idx_files import IMAGES, LABELS
from tests.soak.examples import records, repacked, sheets, spreadsheets, tables, zips
from tests.soak.mutations import mutated, mutated_json, mutated_text
from tests.soak.pool import WILD, with_run
from tests.soak.texts import FORMULAS, NUMBERS, TEXTS
from tests.training.record.random_runs import Played

RECORD = Path(__file__).parents[1] / "reference" / "record_1.nnplay"
MOST_COMPUTED = 2000
"""Steps of a branch that are computed: a file may tell of any number, which a person then waits for or not."""
Change = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True)
class Reader:
    """One reader.

    Attributes
    ----------
    examples
        What it takes, or refuses, as it is.
    read
        Reads the content, which it may write into a folder first, and goes on with it as the window does.
    change
        Makes a mutant of an example.
    """

    examples: Callable[[], list[bytes]]
    read: Callable[[bytes, Path], object]
    change: Change = field(default=lambda content, generator: mutated(content, generator))


def _as_json(within: str = "") -> Change:
    def change(content: bytes, generator: random.Random) -> bytes:
        if generator.random() < 0.15:
            return mutated(content, generator)
        return mutated_json(content, generator, within)

    return change


def _as_text(content: bytes, generator: random.Random) -> bytes:
    text = mutated_text(content.decode("utf-8"), generator)
    return text.encode("utf-8", "surrogatepass")


def _documents() -> list[bytes]:
    presets = sorted(resource_path("presets/xor.nnplay").parent.glob("*.nnplay"))
    return [*(path.read_bytes() for path in presets), *_runs()]


def _runs() -> list[bytes]:
    moons = DataSpec(kind="moons", samples=30, noise=0.1, train_share=0.7)
    adam = TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=8)
    points = Table(np.random.default_rng(0).normal(size=(12, 3)), np.arange(12) % 2, "classification")
    table = with_table(Experiment(training=adam), points, (0, 1))
    numbers = Table(np.random.default_rng(1).normal(size=(9, 2)), np.linspace(-3, 3, 9), "regression")
    return [
        _long_run(),
        with_run(Experiment(data=moons, model=WILD, training=adam, seed=3)),
        with_run(Experiment(model=ModelSpec(hidden_layers=(HiddenLayer(units=3),), dtype="float32"))),
        with_run(table),
        with_run(with_table(Experiment(), numbers, (0, 1))),
    ]


def _long_run() -> bytes:
    """A run whose history has the lowest and the highest figures of its intervals, on a data set with a name."""
    points = Table(np.random.default_rng(2).normal(size=(6, 2)), np.arange(6) % 2, "classification")
    data = DataSpec(kind="yours", table=points, name="My <b>points</b>", key="0123456789abcdef")
    experiment = Experiment(data=data, training=TrainingSpec(batch_size=2))
    trainer = Trainer(experiment, history=History(16))
    for _ in range(40):
        trainer.run_epoch()
    return format_document(Document(experiment=experiment, run=record_of(Moment.of(trainer))))


def _data_sets() -> list[bytes]:
    """Files of the shelf, with points in a list and packed."""
    sizes = ((5, 2), (400, 7))
    tables = [Table(np.random.default_rng(n).normal(size=(n, i)), np.arange(n) % 3, "classification") for n, i in sizes]
    specs = [DataSpec(kind="yours", table=table, name="Mine", key="0a1b") for table in tables]
    return [format_document(Document(experiment=with_own(Experiment(), data))) for data in specs]


def _read_data_set(content: bytes, folder: Path) -> object:
    """As the gallery takes a file: at a glance, which one that is long gets too, and then whole."""
    path = folder / "0a1b.nnplay"
    path.write_bytes(content)
    head = _glanced(path)
    data, _ = read_glance(path)
    assert head is None or len(head.table) <= len(data.table)
    return _train(Trainer(with_own(Experiment(), read_document(path).experiment.data)))


def _glanced(path: Path) -> DataSpec | None:
    """The head of a file, however short it is; None where it is refused: parts that it doesn't need may be broken."""
    with unittest.mock.patch.object(glance, "WHOLE_BYTES", 0), contextlib.suppress(NnplayError):
        return read_glance(path)[0]
    return None


def _recorded_runs() -> list[bytes]:
    """Runs with their records: branches of branches, an edit of each kind, a divergence, points of one's own."""
    return [RECORD.read_bytes(), *(_recorded_run(seed) for seed in (1, 5, 8, 13))]


def _recorded_run(seed: int) -> bytes:
    played = Played.begin(seed)
    for step in (40, 20, 30):
        played.play(40)
        played.record.branch_from(step, "a branch")
        played.look()
    played.play(30)
    return format_document(document_of(played.record))


def _read_recorded(content: bytes, _folder: Path) -> object:
    """As the window takes it: the run without its record where that is broken, else with a look at some moments."""
    document = parse_document(content, "a file")
    trainer = started(document.experiment, document.run)
    record = recording_in(document, trainer, "a file")
    for branch in record.branches:
        end = record.end_of(branch)
        for step in {0, min(end, 50), end} if end <= MOST_COMPUTED else ():
            record.moment_at(step, branch)
    _train(record.trainer)
    return parse_document(format_document(document_of(record)), "what was written")


def _read_document(content: bytes, _folder: Path) -> object:
    document = parse_document(content, "a file")
    trainer = started(document.experiment, document.run)
    _train(trainer)
    moment = Moment.of(trainer)
    return parse_document(format_document(msgspec.structs.replace(document, run=record_of(moment))), "what was written")


def _train(trainer: Trainer) -> None:
    if trainer.can_train:
        trainer.step()


def _take(table: Table) -> None:
    """As the window takes a table."""
    _train(Trainer(with_table(Experiment(), table, (0, min(1, table.inputs.shape[1] - 1)))))


def _take_sheet(sheet: Sheet) -> None:
    """As the import page takes a table."""
    for column in range(len(sheet.columns)):
        sheet.labels(column, 64)
    _take(make_import(sheet, suggested_choice(sheet)).table)


def _file_reader(ending: str) -> Callable[[bytes, Path], object]:
    def read(content: bytes, folder: Path) -> object:
        path = folder / f"points{ending}"
        path.write_bytes(content)
        return _take_sheet(read_file(path))

    return read


def _read_clipboard(content: bytes, _folder: Path) -> object:
    return _take_sheet(read_text(content.decode("utf-8", "surrogatepass")))


def _read_images(content: bytes, folder: Path) -> object:
    return _read_pair(content, LABELS, folder)


def _read_pair(content: bytes, labels: bytes, folder: Path) -> object:
    ending = ".gz" if content[:2] == b"\x1f\x8b" else ""
    images, beside = folder / f"images-idx3-ubyte{ending}", folder / "labels-idx1-ubyte"
    images.write_bytes(content)
    beside.write_bytes(labels)
    return _take(read_images(images, beside))


def _read_packed(content: bytes, _folder: Path) -> object:
    try:
        tree = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError):  # that is for the reader of the document
        return None
    return Table.from_dict(tree)


def _packed() -> list[bytes]:
    values = np.random.default_rng(0).normal(size=(7001, 3))
    pixels = np.random.default_rng(0).integers(0, 256, (300, 100)) / 255.0
    records = [
        {"inputs": pack(values), "targets": pack(np.zeros(7001))},
        {"inputs": pack(pixels), "targets": (np.arange(300) % 3).tolist(), "class_names": ["a", "b", "c"]},
        {"inputs": [[1.0, 2.0], [3.0, 4.0]], "targets": [0, 1], "task": "regression", "input_names": ["x", "y"]},
    ]
    return [msgspec.json.encode(record) for record in records]


def _read_formula(content: bytes, _folder: Path) -> object:
    text = content.decode("utf-8", "surrogatepass")
    for kind in ("formula", "formula_regression"):
        DATA_SETS[kind].generate(samples=20, formula=text)
    return None


def _read_line(content: bytes, _folder: Path) -> object:
    line = content.decode("utf-8", "surrogatepass")
    _train(Trainer(with_assignments(Experiment(), [line], "experiment")))
    return None


def _lines() -> list[bytes]:
    values = {"data.kind": "moons", "model.hidden_layers[0].units": "3", "model.hidden_layers": '[{"units": 2}]'}
    lines = [f"{path}={value}" for path, value in values.items()]
    lines += [f"{option.path}={option.default}" for option in OPTIONS.values()]
    return [line.encode() for line in lines]


def _read_number(content: bytes, _folder: Path) -> object:
    text, refused = content.decode("utf-8", "surrogatepass"), None
    reads = [lambda dtype=dtype: parameter_in(text, "w", dtype) for dtype in ("float64", "float32")]
    reads += [
        lambda option=option: option.read(text) for option in OPTIONS.values() if type(option.default) in (float, int)
    ]
    for read in reads:
        try:
            read()
        except NnplayError as error:
            refused = error
    if refused is not None:
        raise refused
    return None


READERS: Mapping[str, Reader] = {
    "document": Reader(_documents, _read_document, _as_json()),
    "run": Reader(_runs, _read_document, _as_json("run")),
    "record": Reader(_recorded_runs, _read_recorded, _as_json("record")),
    "data-set": Reader(_data_sets, _read_data_set, _as_json("experiment")),
    "table": Reader(tables, _file_reader(".csv")),
    "packed-table": Reader(lambda: [gzip.compress(text) for text in tables()[:8]] + zips(), _file_reader(".gz")),
    "spreadsheet": Reader(spreadsheets, _file_reader(".xlsx")),
    "spreadsheet-xml": Reader(sheets, lambda content, folder: _file_reader(".xlsx")(repacked(content), folder)),
    "json": Reader(records, _file_reader(".json"), _as_json()),
    "clipboard": Reader(lambda: [text.encode() for text in TEXTS.values()], _read_clipboard, _as_text),
    "images": Reader(lambda: [IMAGES, gzip.compress(IMAGES)], _read_images),
    "labels": Reader(lambda: [LABELS], lambda content, folder: _read_pair(IMAGES, content, folder)),
    "packed": Reader(_packed, _read_packed, _as_json()),
    "formula": Reader(
        lambda: [text.encode() for text in (*FORMULAS, *(f"{name}(x)" for name in FUNCTIONS))], _read_formula, _as_text
    ),
    "set": Reader(_lines, _read_line, _as_text),
    "number": Reader(lambda: [text.encode() for text in (*NUMBERS, "12.5", "0.001", "64")], _read_number, _as_text),
}
"""Every reader by its name on the command line."""
