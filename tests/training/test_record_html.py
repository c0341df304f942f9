"""An experiment as Jupyter shows it: what was chosen, by the paths that files and --set have, and the network."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from nnplay.data import DATA_SETS, Table
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.prepared import default_loss, prepare, task_of


def shown(experiment: Experiment) -> dict[str, str]:
    rows = ET.fromstring(experiment._repr_html_()).iter("tr")
    return {row[0].text: row[1].text for row in rows}


def test_what_differs_from_the_defaults_is_shown() -> None:
    model = ModelSpec(hidden_layers=(HiddenLayer(units=8, activation="tanh"), HiddenLayer(units=3)))
    experiment = Experiment(model=model, training=TrainingSpec(learning_rate=0.1))
    assert shown(experiment) == {
        "model.hidden_layers.0.units": "8",
        "model.hidden_layers.0.activation": '"tanh"',
        "model.hidden_layers.1.units": "3",
        "model.hidden_layers.1.activation": '"relu"',
        "training.learning_rate": "0.1",
    }
    assert "Everything has its default." in Experiment()._repr_html_()


def test_names_have_no_meaning_in_markup() -> None:
    table = Table(np.zeros((2, 1)), np.array([0.0, 1.0]), input_names=("<b>x</b>",))
    html = Experiment(data=DataSpec(kind=YOURS, table=table))._repr_html_()
    assert "<b>" not in html
    ET.fromstring(html)


@pytest.mark.parametrize("kind", DATA_SETS)
def test_the_network_has_as_many_inputs_and_outputs_as_the_data_ask_for(kind: str) -> None:
    settings = DATA_SETS[kind]
    data = DataSpec(kind=kind, samples=100 if kind != "xor" else 4, formula=settings.formula or "")
    model = ModelSpec(loss=default_loss(task_of(data), settings.check(data.samples, 0.0, data.classes)[2]))
    experiment = Experiment(data=data, model=model)
    prepared = prepare(experiment)
    assert (data.seen, experiment._outputs()) == (prepared.inputs, prepared.outputs)
