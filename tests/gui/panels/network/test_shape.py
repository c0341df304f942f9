from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.shape import shape_of
from nnplay.gui.panels.network.text import unit_name, unit_words, weight_name
from nnplay.training.edits import with_feature_toggled
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec
from nnplay.training.prepared import prepare


def experiment(kind: str = "circles", samples: int = 60, units: tuple[int, ...] = (4, 3), **model: str) -> Experiment:
    layers = tuple(HiddenLayer(units=count, activation="tanh") for count in units)
    classes = 10 if kind == "digits" else 2
    return Experiment(
        data=DataSpec(kind=kind, samples=samples, classes=classes), model=ModelSpec(hidden_layers=layers, **model)
    )


def test_points_of_the_plane_have_a_place_for_every_feature() -> None:
    made = experiment()
    shape = shape_of(made, prepare(made))
    assert shape.sizes == (9, 4, 3, 1)
    assert shape.active == (0, 1)
    assert shape.left[2] == "x₁²"
    assert shape.right == ()
    assert shape.inputs_text == (2, "features")
    assert shape.outputs_text == (1, "output")
    assert shape.answers.output == "binary"


def test_digits_are_a_picture_with_an_output_a_class() -> None:
    made = experiment("digits", 100, loss="categorical_cross_entropy")
    shape = shape_of(made, prepare(made))
    assert shape.sizes == (784, 4, 3, 10)
    assert shape.picture_side == 28
    assert shape.inputs_text == (784, "pixels")
    assert shape.right == tuple("0123456789")
    assert shape.answers.output == "classes"


def test_a_regression_answers_values() -> None:
    made = experiment("plane", 60, loss="mean_squared_error")
    assert shape_of(made, prepare(made)).answers.output == "value"


def test_names_are_those_that_a_person_sees() -> None:
    made = with_feature_toggled(experiment(), "x1")
    shape = shape_of(made, prepare(made))
    assert unit_name(shape, Unit(0, 1)) == "x₂"
    assert unit_name(shape, Unit(1, 2)) == "Unit 3 of layer 1"
    assert unit_name(shape, Unit(3, 0)) == "Output"
    assert weight_name(shape, 0, 0, 2) == "Weight from x₂ to unit 3 of layer 1"
    assert weight_name(shape, 2, 1, 0) == "Weight from unit 2 of layer 2 to output"
    assert unit_words(shape, Unit(1, 0), None, off=True).value == "switched off"
