"""How columns became inputs, in an experiment's file: kept as it is, and refused where it can't be."""

import json
from typing import Any

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.errors import InputError
from nnplay.experiments import Document, DocumentError, format_document, parse_document
from nnplay.limits import MOST_INPUTS
from nnplay.training.experiment import YOURS, DataSpec, Experiment

PREPARATION = Preparation(
    columns=(
        SourceColumn(name="age", fill=31.5),
        SourceColumn(name="sex", categories=("female", "male"), fill="male"),
        SourceColumn(name="<b>port\n", categories=("C", "Q", "S")),
    ),
    target="survived",
)
TABLE = Table(np.arange(15.0).reshape(3, 5), np.array([0.0, 1.0, 1.0]), "classification", tuple("abcde"))
DOCUMENT = Document(experiment=Experiment(data=DataSpec(kind=YOURS, table=TABLE, preparation=PREPARATION)))


def changed(path: str, value: object) -> bytes:
    """The file with another value at a path within its data."""
    tree = json.loads(format_document(DOCUMENT))
    place: Any = tree["experiment"]["data"]
    *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
    for step in steps:
        place = place[step]
    place[last] = value
    return json.dumps(tree).encode()


def test_it_comes_back_to_the_byte() -> None:
    content = format_document(DOCUMENT)
    again = parse_document(content, "x")
    assert again == DOCUMENT
    assert again.experiment.data.preparation == PREPARATION
    assert format_document(again) == content


def test_pictures_come_back() -> None:
    pixels = Table(np.zeros((2, 6)), np.zeros(2), picture=(2, 3))
    document = Document(experiment=Experiment(data=DataSpec(kind=YOURS, table=pixels)))
    table = parse_document(format_document(document), "x").experiment.data.table
    assert table is not None
    assert table.picture == (2, 3)


def test_a_file_without_these_fields_has_their_defaults() -> None:
    tree = json.loads(format_document(DOCUMENT))
    del tree["experiment"]["data"]["preparation"]
    del tree["experiment"]["data"]["standardize_target"]
    del tree["experiment"]["training"]["class_weights"]
    del tree["experiment"]["data"]["table"]["picture"]
    experiment = parse_document(json.dumps(tree).encode(), "x").experiment
    assert experiment.data.preparation is None
    assert not experiment.data.standardize_target
    assert experiment.training.class_weights == "none"


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("preparation", "one", 'experiment.data.preparation is "one"'),
        ("preparation", {}, "experiment.data.preparation.columns is missing"),
        ("preparation.columns", [], "experiment.data.preparation.columns is 0; allowed is 1 to 100,000 inputs"),
        ("preparation.columns.0.name", 5, r"experiment.data.preparation.columns\[0\].name is 5; allowed is a text"),
        ("preparation.columns.0.colour", 5, r"experiment.data.preparation.columns\[0\].colour is 5; allowed is one of"),
        ("preparation.columns.0.fill", "red", r"preparation.columns\[0\].fill is \"red\"; allowed is a finite number"),
        ("preparation.columns.0.fill", 1e200, r"preparation.columns\[0\].fill is 1e\+200; allowed is a finite number"),
        ("preparation.columns.1.fill", 3, r"preparation.columns\[1\].fill is 3.0; allowed is one of female, male"),
        ("preparation.columns.1.fill", "x", r"preparation.columns\[1\].fill is \"x\"; allowed is one of female, male"),
        ("preparation.columns.2.categories", ["C", "C", "S"], r"columns\[2\].categories is .*allowed is each category"),
        ("preparation.columns.2.categories", ["C", "S"], 'columns is "3 inputs"; allowed is columns that become 5'),
        ("preparation.columns.2.categories", 7, r"columns\[2\].categories is 7"),
        ("preparation.target", [], r"experiment.data.preparation.target is \[\]; allowed is a text or null"),
        ("standardize_target", 1, "experiment.data.standardize_target is 1; allowed is true or false"),
        ("table.picture", [2, 2], r"experiment.data.table.picture is \[2, 2\]; .*number of inputs, 5"),
        ("table.picture", "all", 'experiment.data.table.picture is "all"'),
    ],
)
def test_a_broken_one_is_refused_in_a_sentence(path: str, value: object, sentence: str) -> None:
    with pytest.raises(DocumentError, match=f"^x: .*{sentence}") as caught:
        parse_document(changed(path, value), "x")
    assert "\n" not in str(caught.value)


def test_points_that_are_generated_have_none() -> None:
    with pytest.raises(InputError, match=r"preparation is .*; allowed is null"):
        DataSpec(preparation=PREPARATION)


def test_unknown_class_weights_are_refused() -> None:
    tree = json.loads(format_document(DOCUMENT))
    tree["experiment"]["training"]["class_weights"] = "heavy"
    with pytest.raises(DocumentError, match=r"class_weights is .heavy.; allowed is one of none"):
        parse_document(json.dumps(tree).encode(), "x")


def test_as_many_inputs_as_a_table_may_have_fit_into_a_file() -> None:
    half = MOST_INPUTS // 2
    columns = tuple(SourceColumn(name=f"n{i}", categories=("a", "b"), fill="a") for i in range(MOST_INPUTS))
    names = tuple(f"{i}" for i in range(MOST_INPUTS))
    table = Table(np.zeros((2, MOST_INPUTS)), np.zeros(2), "classification", names)
    data = DataSpec(kind=YOURS, table=table, preparation=Preparation(columns=columns))
    document = Document(experiment=Experiment(data=data))
    assert parse_document(format_document(document), "x").experiment.data.preparation.columns[half].fill == "a"
