"""Files and clipboard texts to play with: good ones, odd ones and broken ones, the same for the same seed."""

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
from tests.soak.mutations import mutated

WILD = ModelSpec(
    hidden_layers=(HiddenLayer(units=5, activation="tanh"), HiddenLayer(units=3)), batch_norm=True, dropout=0.2
)
TEXTS = {
    "two inputs": "x\ty\tclass\n1\t2\ta\n3\t4\tb\n5\t1\ta\n0\t2\tb\n",
    "one input": "a\tclass\n1\t0\n2\t1\n3\t0\n4\t1\n",
    "one class": "x\ty\tclass\n1\t2\ta\n3\t4\ta\n",
    "one sample": "1\t2\ta\n",
    "one number": "7\n",
    "no sample": "x\ty\tclass\n",
    "constant columns": "1\t2\t0\n1\t2\t1\n1\t2\t0\n",
    "one constant column": "1\t0\n1\t1\n1\t1\n",
    "five inputs": "\n".join("\t".join(str((i * j) % 7) for j in range(2, 7)) + f"\t{i % 3}" for i in range(30)),
    "a number to learn": "\n".join(f"{i / 9:.3f}\t{i % 5}\t{i * 1.37:.3f}" for i in range(40)),
    "far away": "1e90\t-1e90\t0\n1e80\t2\t1\n-1e85\t3\t0\n",
    "too far away": "1e300\t-1e308\t0\n1e200\t2\t1\n-1e305\t3\t0\n",
    "tiny": "1e-300\t1e-308\t0\n2e-300\t5e-324\t1\n",
    "blanks": " \t \t\n\t\t \n",
    "nothing": "",
    "a word": "hello",
    "markup": "<b>x</b>\t<img src=/etc/hostname>\tc&d\n1\t2\t<i>a</i>\n3\t4\tb&amp;\n",
    "ragged": "1\t2\t3\n4\t5\n",
    "decimal commas": "x;y;c\n1,5;2,5;a\n2,5;3,5;b\n",
}
"""Texts for the clipboard; each is a CSV file, too."""
FORMULAS = ("x*y", "sin(3*x)-y", "1/x", "x^99", "exp(exp(x))", "((((x", "x/0", "0", "y-x^2+", "sqrt(-1)", "x=y", "é")
NUMBERS = ("0", "1", "7", "0.1", "-1", "1e9", "1e400", "nan", "inf", "", " ", "1,5", "−3", "12 000", "x", "off", "²")
NONSENSE = ("qwerty", "<b>bold</b>", "ÄÖ漢字🙂", "\\n", "0" * 300, "'; --", "%s{name}", "‮abc", *FORMULAS, *NUMBERS)
"""What a person types into any field."""


def make(folder: Path, seed: int) -> list[str]:
    """Write the files; their names."""
    folder.mkdir(parents=True, exist_ok=True)
    files = _documents()
    for name, text in TEXTS.items():
        files[f"{name}.csv"] = text.replace("\t", ",").encode()
    files["<b>bold & <img src=x>.csv"] = TEXTS["two inputs"].replace("\t", ";").encode()
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
