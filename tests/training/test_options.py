"""Every option once, with a label, a help sentence and a range, for every field and every registered name."""

import msgspec
import pytest

from nnplay import texts
from nnplay.data import DATA_SETS, FEATURES
from nnplay.errors import InputError
from nnplay.nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from nnplay.training.experiment import DataSpec, Experiment, ModelSpec, ScheduleSpec, TrainingSpec
from nnplay.training.options import OPTIONS, SOMETIMES, in_use, record_paths

REGISTRIES = {
    "data.kind": DATA_SETS,
    "data.features": FEATURES,
    "model.hidden_layers.N.activation": ACTIVATIONS,
    "model.loss": LOSSES,
    "model.initializer": INITIALIZERS,
    "training.optimizer": OPTIMIZERS,
    "training.schedule.kind": SCHEDULES,
}


def test_every_field_of_an_experiment_is_an_option() -> None:
    assert set(record_paths()) == set(OPTIONS)


@pytest.mark.parametrize("path", OPTIONS)
def test_an_option_says_what_it_is_and_what_it_takes(path: str) -> None:
    option = OPTIONS[path]
    assert option.label
    assert len(option.help.split()) >= 4
    assert option.allowed
    assert "another type" not in option.allowed
    assert list(option.ladder) == sorted(set(option.ladder))
    for value in option.ladder:
        assert option.read(repr(value)) == value, "the usual values are in the range"


@pytest.mark.parametrize("path", REGISTRIES)
def test_every_registered_name_has_a_label(path: str) -> None:
    choices = dict(OPTIONS[path].choices)
    assert set(REGISTRIES[path]) <= set(choices)
    assert all(choices.values())
    assert len(set(choices.values())) == len(choices) or path == "data.kind", "two data sets are called Formula"


HELPED = [path for path in OPTIONS if OPTIONS[path].helps is not None]


@pytest.mark.parametrize("path", HELPED)
def test_every_name_that_can_be_chosen_has_a_sentence_of_its_own(path: str) -> None:
    helps = OPTIONS[path].choice_helps
    assert list(helps) == [name for name, _ in OPTIONS[path].choices]
    assert all(helps.values())
    assert len(set(helps.values())) == len(helps)
    assert not any(sentence.endswith(".") for sentence in helps.values())


def test_what_stands_in_a_registry_says_what_it_does() -> None:
    assert {path for path in REGISTRIES if not path.startswith("data.")} <= set(HELPED)


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_every_number_of_an_optimiser_is_an_option_with_its_default(kind: str) -> None:
    optimizer = OPTIMIZERS[kind](learning_rate=0.1)
    for name in optimizer.hyperparameters:
        assert OPTIONS[f"training.{name}"].default == getattr(optimizer, name)


def test_a_name_that_is_registered_later_is_there() -> None:
    before = dict(OPTIONS["training.optimizer"].choices)

    class Mine(OPTIMIZERS["sgd"]):
        name, label, help = "mine", "my own", "rolls on"

    OPTIMIZERS["mine"] = Mine
    try:
        assert dict(OPTIONS["training.optimizer"].choices) == before | {"mine": "my own"}
        assert OPTIONS["training.optimizer"].allowed.endswith(", mine")
    finally:
        del OPTIMIZERS["mine"]


def test_what_an_option_says_is_translated_when_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_translate", lambda text, note, number: f"[{text}]")
    rate, batch, clip = (OPTIONS[f"training.{name}"] for name in ("learning_rate", "batch_size", "clip_norm"))
    assert (rate.label, rate.unit, batch.unit) == ("[Learning rate]", "", "[samples]")
    assert rate.help == "[How far an update goes against the gradient; too far diverges]"
    assert dict(OPTIONS["training.optimizer"].choices)["sgd"] == "[SGD]"
    assert ("yours", "[Yours]") in OPTIONS["data.kind"].choices
    assert clip.off == "[off]"
    with pytest.raises(InputError) as refused:
        clip.read("0")
    assert refused.value.allowed == "[[a number above 0 and at most 1000] or [the word [off]]]"


def test_a_box_of_its_own_name_says_that_name() -> None:
    with pytest.raises(InputError, match="Units in hidden layer 2 is '0'; allowed is"):
        OPTIONS["model.hidden_layers.N.units"].read("0", "Units in hidden layer 2")


def test_a_value_is_read_off_and_put_into_an_experiment() -> None:
    option = OPTIONS["training.schedule.every"]
    changed = option.put(Experiment(), 7)
    assert option.of(changed) == 7
    assert changed.training.schedule == ScheduleSpec(every=7)


@pytest.mark.parametrize("text", ["2.5", "2,5", "1,000", "-1", "513", "", "1e400", "six"])
def test_other_numbers_than_whole_ones_in_range_are_refused(text: str):
    with pytest.raises(InputError) as refused:
        OPTIONS["model.hidden_layers.N.units"].read(text)
    assert str(refused.value) == f"Units is {text!r}; allowed is a whole number from 1 to 512"


def test_where_there_can_be_none_the_word_is_named() -> None:
    option = OPTIONS["training.clip_norm"]
    assert option.off == "off"
    with pytest.raises(InputError) as refused:
        option.read("0")
    assert str(refused.value) == (
        "Clip gradient at is '0'; allowed is a number above 0 and at most 1000 or the word off"
    )
    assert OPTIONS["training.l1"].off == ""


def test_only_what_is_read_is_in_use() -> None:
    assert "training.momentum" not in in_use(Experiment())
    training = TrainingSpec(optimizer="adam", schedule=ScheduleSpec(kind="step"))
    made = Experiment(training=training, model=ModelSpec(initializer="normal"))
    wanted = {"training.beta_1", "training.schedule.every", "training.schedule.factor", "model.initializer_scale"}
    assert wanted <= in_use(made) <= SOMETIMES


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("noise", 1.7, "a number from 0 to 0.5"),
        ("noise", 0.7, "a number from 0 to 0.5"),
        ("samples", 7000, "a whole number from 1 to 5000"),
        ("samples", 5, "a whole number from 10 to 5000 for the data set spirals"),
        ("classes", 11, "a whole number from 1 to 10"),
    ],
)
def test_a_range_is_the_same_wherever_it_is_told(field: str, value: float, allowed: str) -> None:
    data = {"kind": "circles", "samples": 60, field: value}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(data, DataSpec)
    with pytest.raises(InputError) as refused:
        DATA_SETS["spirals"].check(**{"samples": 60, "noise": 0, "classes": 2, field: value})
    if "for the data set" in allowed:
        assert refused.value.allowed == allowed
    else:
        assert OPTIONS[f"data.{field}"].allowed == allowed
