"""What the marks of the timeline say of edits: values as their controls write them, and which weight it was."""

import pytest

from nnplay.gui.session.edit_words import edit_words, value_text
from nnplay.training.edits import with_value
from nnplay.training.experiment import DataSpec, Experiment, TrainingSpec
from nnplay.training.options import OPTIONS
from nnplay.training.record import ExperimentEdit, ParameterEdit, UnitEdit

MOONS = Experiment(data=DataSpec(kind="moons", samples=40, train_share=0.5), training=TrainingSpec(batch_size=5))


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("training.batch_size", None, "Batch size 5 → all"),
        ("training.batch_size", 10, "Batch size 5 → 10"),
        ("data.train_share", 0.8, "For training 50 % → 80 %"),
        ("training.learning_rate", 0.03, "Learning rate 0.5 → 0.03"),
        ("training.optimizer", "adam", "Optimiser SGD → Adam"),
        ("training.clip_norm", 1.0, "Clip gradient at off → 1"),
        ("training.schedule.kind", "step", "Schedule constant → step"),
        ("data.samples", 60, "Samples 40 → 60"),
    ],
)
def test_an_option_has_its_values_before_and_after(path: str, value: object, words: str) -> None:
    edit = ExperimentEdit.between(MOONS, with_value(MOONS, path, value))
    assert edit_words(edit, MOONS, "what it is called") == words


def test_weights_and_units_are_named_as_conditions_name_them() -> None:
    weight = ParameterEdit(layer=0, row=1, unit=2, value=-0.25)
    assert edit_words(weight, MOONS, "x") == "Weight from 2 to 3 of layer 1: −0.25"
    assert edit_words(ParameterEdit(layer=1, unit=0, value=3.0), MOONS, "x") == "Bias of unit 1 of layer 2: 3"
    assert edit_words(UnitEdit(layer=0, unit=1, enabled=False), MOONS, "x") == "Unit 2 of layer 1 off"


def test_a_number_has_no_more_figures_than_wanted() -> None:
    assert value_text(OPTIONS["training.learning_rate"], 0.1 + 1e-9, 6) == "0.1"
