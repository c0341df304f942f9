import numpy as np

from nnplay.data import Table
from nnplay.gui.paint.marks import class_title
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.shape import shape_of
from nnplay.gui.panels.network.text import bias_name, unit_name, unit_words, weight_name
from nnplay.training.edits import with_feature_toggled
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec
from nnplay.training.prepared import prepare


def experiment(kind: str = "circles", samples: int = 60, units: tuple[int, ...] = (4, 3), **model: str) -> Experiment:
    layers = tuple(HiddenLayer(units=count, activation="tanh") for count in units)
    classes = 10 if kind == "digits" else 2
    return Experiment(
        data=DataSpec(kind=kind, samples=samples, classes=classes), model=ModelSpec(hidden_layers=layers, **model)
    )


def test_points_of_the_plane_have_features_that_are_seen_and_others_that_are_not() -> None:
    made = experiment()
    shape = shape_of(made, prepare(made))
    assert shape.sizes == (2, 4, 3, 1)
    assert shape.weights == 8 + 12 + 3
    assert shape.features == ("x1", "x2")
    assert shape.left == ("x₁", "x₂")
    assert shape.unused[0] == ("x1^2", "x₁²")
    assert len(shape.unused) == 7
    assert shape.right == ()
    assert shape.inputs_text == (2, "features")
    assert shape.outputs_text == (1, "output")
    assert shape.kinds.output == "binary"


def test_two_inputs_with_names_of_their_own_are_called_by_them_beside_the_signs_of_the_formulas() -> None:
    table = Table(np.eye(2), np.array([0.0, 1.0]), "classification", ("leaf\nwidth", "x2"))
    made = Experiment(data=DataSpec(kind=YOURS, table=table))
    shape = shape_of(made, prepare(made))
    assert shape.left == ("x₁ · leaf width", "x₂")
    assert shape.unused[0] == ("x1^2", "x₁²")
    assert unit_name(shape, Unit(0, 0)) == "x₁ · leaf width"
    assert weight_name(shape, 0, 0, 0) == "Weight from x₁ · leaf width to unit 1 of layer 1"


def test_digits_are_a_picture_with_an_output_a_class() -> None:
    made = experiment("digits", 100, loss="categorical_cross_entropy")
    shape = shape_of(made, prepare(made))
    assert shape.sizes == (784, 4, 3, 10)
    assert shape.picture == (28, 28)
    assert shape.inputs_text == (784, "pixels")
    assert shape.right == tuple("0123456789")
    assert shape.kinds.output == "classes"


def test_a_regression_outputs_values() -> None:
    made = experiment("plane", 60, loss="mean_squared_error")
    assert shape_of(made, prepare(made)).kinds.output == "value"


def test_names_are_those_that_a_person_sees() -> None:
    made = with_feature_toggled(experiment(), "x1")
    shape = shape_of(made, prepare(made))
    assert unit_name(shape, Unit(0, 0)) == "x₂"
    assert unit_name(shape, Unit(1, 2)) == "Unit 3 of layer 1"
    assert unit_name(shape, Unit(3, 0)) == "Output"
    assert weight_name(shape, 0, 0, 2) == "Weight from x₂ to unit 3 of layer 1"
    assert weight_name(shape, 2, 1, 0) == "Weight from unit 2 of layer 2 to output"
    assert unit_words(shape, Unit(1, 0), None, off=True).value == "switched off"


def test_inside_a_sentence_only_our_own_words_begin_with_a_small_letter() -> None:
    table = Table(np.eye(3), np.array([0.0, 1.0, 2.0]), "classification", ("Odour", "Item", "Use"), ("Ox", "Io", "Ur"))
    made = Experiment(
        data=DataSpec(kind=YOURS, table=table), model=ModelSpec(hidden_layers=(), loss="categorical_cross_entropy")
    )
    shape = shape_of(made, prepare(made))
    assert weight_name(shape, 0, 0, 2) == "Weight from Odour to output “Ur”"
    assert bias_name(shape, Unit(1, 0)) == "Bias of output “Ox”"


def test_an_output_has_the_name_of_its_class_that_the_points_have() -> None:
    made = Experiment(
        data=DataSpec(kind="spirals", samples=60, classes=3), model=ModelSpec(loss="categorical_cross_entropy")
    )
    prepared = prepare(made)
    shape = shape_of(made, prepared)
    assert shape.right == tuple(class_title(prepared.table, index) for index in range(3))
    assert unit_name(shape, Unit(2, 1)) == f"Output “{class_title(prepared.table, 1)}”"
