"""Each shape of data that a table may have is prepared, trained, looked at, kept in a file and gone on with."""

import warnings

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.data.tables.imported import Imported
from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.errors import DivergedError, InputError
from nnplay.experiments import Document, format_document, parse_document, record_of, started
from nnplay.training.edits import with_feature_toggled, with_import, with_points, with_table, with_units
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec
from nnplay.training.moment import Moment
from nnplay.training.observer import Observer
from nnplay.training.prepared import PreparedData, prepare
from nnplay.training.probes.activations import ActivationsProbe
from nnplay.training.probes.confusion import ConfusionProbe
from nnplay.training.probes.gradients import GradientsProbe
from nnplay.training.probes.line import LineProbe
from nnplay.training.probes.maps import MapsProbe
from nnplay.training.probes.outputs import AnswersProbe, SetOutputsProbe
from nnplay.training.probes.place import PlaceProbe
from nnplay.training.trainer import Trainer

PROBES = frozenset(
    {
        MapsProbe(),
        PlaceProbe(0.5, 1.5),
        LineProbe(),
        AnswersProbe(),
        ActivationsProbe(),
        GradientsProbe(),
        ConfusionProbe("training"),
        ConfusionProbe("test"),
        SetOutputsProbe("training"),
        SetOutputsProbe("test"),
    }
)
MANY = "\n".join(f"{k}\t{k % 3}\t{k % 2}" for k in range(20))
TEXTS = {
    "one input": "a\tclass\n1\t0\n2\t1\n3\t0\n4\t1",
    "one input and a number": "a\ttarget\n1\t0.5\n2\t1.5\n3\t9",
    "one class": "a\tb\tclass\n1\t2\tx\n2\t3\tx",
    "one sample": "a\tb\tclass\n1\t2\tx",
    "one sample, one input, one class": "a\tclass\n1\tx",
    "a number alone": "7\n8\n9.5\n1\n2\n3\n4\n5\n6\n10\n11\n12",
    "a constant column": "a\tb\tclass\n5\t1\t0\n5\t2\t1\n5\t3\t0",
    "constant columns": "a\tb\tc\tclass\n5\t1e30\t0\t0\n5\t1e30\t0\t1\n5\t1e30\t0\t0",
    "a constant target": "a\tb\ttarget\n1\t2\t0.5\n2\t3\t0.5",
    "ten classes": "a\tb\tclass\n" + "\n".join(f"{k}\t{k}\tc{k}" for k in range(10)),
    "three inputs": "a\tb\tc\tclass\n1\t2\t3\tx\n2\t3\t1\ty",
    "the largest numbers": "a\tb\tclass\n1e100\t-1e100\t0\n-1e100\t1e100\t1\n0\t1\t0",
    "large numbers, close together": "a\tb\tclass\n1e17\t1e100\t0\n1e17\t1e100\t1",
    "the smallest numbers": "a\tb\tclass\n5e-324\t1e-300\t0\n1e-323\t2e-300\t1",
    "the largest targets": "a\tb\ttarget\n1\t2\t1e100\n2\t3\t-1e100\n4\t5\t0.5",
    "numbers past the squares": "a\ttarget\n1e99\t0.5\n-1e99\t1.5\n2e99\t2.5",
    "a column of pixels": "\n".join("\t".join([str(k % 2)] * 70) for k in range(12)),
    "samples for a test set": MANY,
}


def imported_from(text: str) -> Imported:
    """The columns as inputs but for the last one, which says what it is; without a header all are inputs."""
    names, *rows = (line.split("\t") for line in text.split("\n"))
    if names[-1] not in ("class", "target"):
        inputs = np.array([names, *rows], dtype=np.float64)
        table = Table(inputs, np.zeros(len(inputs)), picture=(7, 10) if inputs.shape[1] == 70 else None)
    elif names[-1] == "target":
        numbers = np.array(rows, dtype=np.float64)
        table = Table(numbers[:, :-1], numbers[:, -1], "regression", tuple(names[:-1]))
    else:
        classes, labels = np.unique([row[-1] for row in rows], return_inverse=True)
        inputs = np.array([row[:-1] for row in rows], dtype=np.float64)
        table = Table(inputs, labels.astype(float), "classification", tuple(names[:-1]), tuple(classes.tolist()))
    columns = tuple(SourceColumn(name=name) for name in table.input_names)
    return Imported(table, Preparation(columns=columns), 0, 0, ())


def looked_through(trainer: Trainer) -> None:
    """Look at all of it, take two epochs where numbers allow it, and come back from a file; nothing warns."""
    observer = Observer(trainer)
    observer.snapshot(PROBES)
    if trainer.can_train:
        try:
            for _ in range(2):
                trainer.run_epoch()
        except DivergedError:
            assert not np.isnan(trainer.network.parameters).any()
    answers = observer.snapshot(PROBES).answers
    maps = answers[MapsProbe()]
    if maps is not None:
        assert all(np.isfinite(layer).all() for layer in (maps.inputs, *maps.layers))
        assert maps.plane[0] < maps.plane[1]
        assert maps.plane[2] < maps.plane[3]
        assert np.isfinite(np.subtract(maps.plane[1::2], maps.plane[0::2])).all()
    document = Document(experiment=trainer.experiment, run=record_of(Moment.of(trainer)))
    again = parse_document(format_document(document), "x")
    assert again.experiment == trainer.experiment
    other = started(again.experiment, again.run)
    assert format_document(Document(experiment=other.experiment, run=record_of(Moment.of(other)))) == format_document(
        document
    )


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("standardize", [None, False, True])
def test_whatever_is_imported_is_trained_and_kept(text: str, standardize: bool | None) -> None:
    with warnings.catch_warnings(), np.errstate(all="raise", under="ignore"):
        warnings.simplefilter("error")
        imported = imported_from(text)
        table, experiment = imported.table, with_import(Experiment(), imported)
        if standardize is not None:
            data = DataSpec(kind="yours", table=table, standardize=standardize, train_share=experiment.data.train_share)
            experiment = with_points(experiment, data)
        looked_through(Trainer(experiment))
        changed = with_units(experiment, 0, 7)
        assert changed is not None
        looked_through(Trainer(with_feature_toggled(changed, "x1*x2") or changed))


@pytest.mark.parametrize("inputs", [1, 2, 3, 65])
@pytest.mark.parametrize("task", ["classification", "regression"])
def test_no_sample_at_all_is_shown_and_kept(inputs: int, task: str) -> None:
    table = Table(np.empty((0, inputs)), np.empty(0), task)  # type: ignore[arg-type]
    looked_through(Trainer(with_table(Experiment(), table)))


def one_input(**data: object) -> PreparedData:
    table = Table(np.array([[1.0], [2.0], [3.0]]), np.array([0.0, 1.0, 0.0]))
    return prepare(Experiment(data=DataSpec(kind="yours", table=table, **data)))  # type: ignore[arg-type]


@pytest.mark.parametrize("plane_inputs", [(0, 1), (0, 0), (1, 0), (7, 7)])
def test_one_input_spans_the_plane_with_itself_whatever_is_said(plane_inputs: tuple[int, int]) -> None:
    prepared = one_input(plane_inputs=plane_inputs)
    assert prepared.spec.plane_inputs == (0, 0)
    assert prepared.plane_points is not None
    assert prepared.plane_points.tolist() == [[1, 0], [2, 1], [3, 0]]
    assert prepared.on_plane(np.array([[5.0, 4.0]])).tolist() == [[5.0]]
    assert prepared.grid(3).shape == (3, 1)


def test_a_file_of_one_input_that_says_nothing_of_the_plane_is_read() -> None:
    content = (
        b'{"schema_version":1,"experiment":{"data":{"kind":"yours","table":{"inputs":[[1],[2]],"targets":[0,1]}}}}'
    )
    assert parse_document(content, "x").experiment.data.plane_inputs == (0, 0)


def test_numbers_beyond_32_bits_are_refused_for_them() -> None:
    table = Table(np.array([[1e30, 1.0], [0.0, 2.0]]), np.array([0.0, 1.0]))
    data = DataSpec(kind="yours", table=table)
    narrow = Experiment(data=data, model=ModelSpec(hidden_layers=(HiddenLayer(),), dtype="float32"))
    with pytest.raises(InputError, match="float64, since there are numbers beyond 1e18"):
        prepare(narrow)
    assert (
        prepare(Experiment(data=DataSpec(kind="yours", table=table, standardize=True), model=narrow.model)).inputs == 2
    )


@pytest.mark.parametrize("field", ["inputs", "targets"])
def test_a_table_takes_no_number_beyond_the_largest(field: str) -> None:
    inputs, targets = np.zeros((2, 2)), np.zeros(2)
    for wrong in (1.1e100, -1.1e100, np.inf, np.nan, -1e308):
        arrays = {"inputs": inputs.copy(), "targets": targets.copy()}
        arrays[field].flat[1] = wrong
        with pytest.raises(InputError, match="a finite number of at most 1e100 in magnitude"):
            Table(**arrays, task="regression")
