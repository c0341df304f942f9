"""Files to play with: good ones, odd ones and broken ones, the same for the same seed."""

import gzip
import random
from pathlib import Path

import numpy as np

from nnplay.data import Table
from nnplay.experiments import Document, format_document, record_of
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.moment import Moment
from nnplay.training.trainer import Trainer
from tests.gui.files.idx_files import IMAGES, LABELS
from tests.soak.examples import INPUTS, records, spreadsheets
from tests.soak.mutations import mutated
from tests.soak.texts import TEXTS

WILD = ModelSpec(
    hidden_layers=(HiddenLayer(units=5, activation="tanh"), HiddenLayer(units=3)), batch_norm=True, dropout=0.2
)


def make(folder: Path, seed: int) -> list[str]:
    """Write the files; their names."""
    folder.mkdir(parents=True, exist_ok=True)
    files = _documents()
    for name, text in TEXTS.items():
        files[f"{name}.csv"] = text.replace("\t", ",").encode()
    files["<b>bold & <img src=x>.csv"] = TEXTS["two inputs"].replace("\t", ";").encode()
    files |= {path.name: path.read_bytes() for path in INPUTS.iterdir() if path.suffix not in (".md", ".nnplay")}
    files |= dict(zip(("spreadsheet.xlsx", "spreadsheet.ods"), spreadsheets(), strict=True))
    files |= {f"records {number}.json": content for number, content in enumerate(records())}
    files["train-images-idx3-ubyte"], files["train-labels-idx1-ubyte"] = IMAGES, LABELS
    files["t10k-images-idx3-ubyte.gz"] = gzip.compress(IMAGES, mtime=0)
    files["alone-images-idx3-ubyte"] = IMAGES
    files["short-labels-idx1-ubyte"] = LABELS[:20]
    generator = random.Random(seed)
    for name, content in list(files.items()):
        first, point, ending = name.rpartition(".")
        other = f"broken {first}{point}{ending}" if point else f"broken-{name}"
        files[other] = mutated(content, generator)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "folder.nnplay").mkdir(exist_ok=True)
    return sorted([*files, "folder.nnplay", "missing.csv", "new.nnplay", "new.csv", "new.png", "new.svg"])


def _documents() -> dict[str, bytes]:
    moons = Experiment(
        data=DataSpec(kind="moons", samples=60, noise=0.1, train_share=0.7),
        model=WILD,
        training=TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=8, l2=0.001),
        seed=3,
    )
    wide = Table(np.random.default_rng(0).normal(size=(40, 6)), np.arange(40) % 3, "classification")
    line = Table(np.arange(8.0).reshape(-1, 1), np.arange(8) % 2, "classification")
    wide_data = DataSpec(kind=YOURS, table=wide, standardize=True)
    loss = ModelSpec(loss="categorical_cross_entropy")
    return {
        "moons with a run.nnplay": with_run(moons),
        "moons.nnplay": format_document(Document(experiment=moons)),
        "six inputs.nnplay": with_run(Experiment(data=wide_data, model=loss)),
        "a line.nnplay": format_document(Document(experiment=Experiment(data=DataSpec(kind=YOURS, table=line)))),
        "empty.nnplay": b"",
        "a brace.nnplay": b"{",
        "deep.nnplay": b"[" * 100_000,
        "another.nnplay": b'{"schema_version": 99, "experiment": {}}',
    }


def with_run(experiment: Experiment, steps: int = 5) -> bytes:
    """A document of a run that is under way."""
    trainer = Trainer(experiment)
    for _ in range(steps):
        trainer.step()
    return format_document(Document(experiment=experiment, run=record_of(Moment.of(trainer))))
