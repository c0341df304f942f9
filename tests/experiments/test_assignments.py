"""Options on the command line, refused in the words in which a file is."""

import numpy as np
import pytest

from nnplay.data import Table
from nnplay.experiments import DocumentError, parse_document
from nnplay.experiments.assignments import with_assignments
from nnplay.experiments.document import Document, format_document
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec

TWO_LAYERS = Experiment(model=ModelSpec(hidden_layers=(HiddenLayer(units=3), HiddenLayer(units=2))))


def test_numbers_names_switches_and_absence() -> None:
    made = with_assignments(
        TWO_LAYERS,
        [
            "training.learning_rate=0.1",
            "training.optimizer=adam",
            "model.batch_norm=true",
            "model.hidden_layers.1.units=8",
            "model.hidden_layers[0].activation=tanh",
            "training.schedule.every=7",
            "training.clip_norm=2",
            "training.clip_norm=off",
            "training.batch_size=2",
            "training.batch_size=null",
            'data.features=["x1","x2","x1*x2"]',
            "seed=5",
        ],
        "it",
    )
    assert made.training == TrainingSpec(optimizer="adam", learning_rate=0.1, schedule=made.training.schedule)
    assert made.training.schedule.every == 7
    layers = (HiddenLayer(units=3, activation="tanh"), HiddenLayer(units=8))
    assert made.model == ModelSpec(hidden_layers=layers, batch_norm=True)
    assert made.data.features == ("x1", "x2", "x1*x2")
    assert made.seed == 5


def test_another_data_set_comes_with_its_own_numbers_and_loss() -> None:
    made = with_assignments(Experiment(), ["data.kind=gaussian_bumps", "data.samples=60"], "it")
    assert (made.data.samples, made.model.loss) == (60, "mean_squared_error")


def test_weights_to_start_from_go_where_others_are_asked_for() -> None:
    given = with_assignments(Experiment(), ["model.start=[" + ", ".join(["0.5"] * 17) + "]"], "it")
    assert given.model.start == (0.5,) * 17
    assert with_assignments(given, ["training.learning_rate=0.1"], "it").model.start == given.model.start
    for line in ("seed=3", "model.hidden_layers.0.units=5", "model.start=off", "data.kind=circles"):
        assert with_assignments(given, [line], "it").model.start is None


def test_points_stay_the_same_object() -> None:
    table = Table(np.zeros((3, 2)), np.zeros(3))
    made = with_assignments(Experiment(data=DataSpec(kind=YOURS, table=table)), ["training.l1=0.1"], "it")
    assert made.data.table is table


@pytest.mark.parametrize(
    ("line", "path", "value"),
    [
        ("training.learning_rate=5000", ("training", "learning_rate"), 5000),
        ("training.learning_rate=fast", ("training", "learning_rate"), "fast"),
        ("training.learning_rat=0.1", ("training", "learning_rat"), 0.1),
        ("training.optimizer=adm", ("training", "optimizer"), "adm"),
        ("data.noise=0.7", ("data", "noise"), 0.7),
        ("data.kind=circle", ("data", "kind"), "circle"),
        ("data.train_share=2", ("data", "train_share"), 2),
        ("sed=2", ("sed",), 2),
    ],
)
def test_what_a_file_would_be_refused_for_is_refused_in_the_same_words(
    line: str, path: tuple[str, ...], value: object
) -> None:
    import msgspec

    tree = msgspec.json.decode(format_document(Document(experiment=Experiment())))
    place = tree["experiment"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(DocumentError) as of_file:
        parse_document(msgspec.json.encode(tree), "it.nnplay")
    with pytest.raises(DocumentError) as of_line:
        with_assignments(Experiment(), [line], "it.nnplay")
    assert str(of_line.value) == str(of_file.value)
    assert str(of_line.value).startswith("it.nnplay: experiment.")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("training.learning_rate", "--set is "),
        ("=1", "--set is "),
        ("model.hidden_layers.7.units=8", "experiment.model.hidden_layers.7 is 8; allowed is a number from 0 to 1"),
        ("model.hidden_layers.x.units=8", "experiment.model.hidden_layers.x is 8; allowed is a number from 0 to 1"),
        ("seed.x=8", "experiment.seed.x is 8; allowed is experiment.seed alone, which is one value"),
        (
            "model.hidden_layers.0.units=900",
            "experiment.model.hidden_layers[0].units is 900; allowed is a whole number",
        ),
        ("model.hidden_layers=" + "[" * 100_000, 'experiment.model.hidden_layers is "[[['),
    ],
)
def test_a_path_that_leads_nowhere(line: str, sentence: str) -> None:
    with pytest.raises(DocumentError) as refused:
        with_assignments(TWO_LAYERS, [line], "it")
    assert str(refused.value).startswith(f"it: {sentence}")
