"""Each condition ends a run at the very step that is known from a full record of it."""

import msgspec
import pytest

from nnplay.errors import InputError
from nnplay.training.conditions import CONDITIONS, StopWatch, condition_in, missing, title_of, words_of
from nnplay.training.edits import with_activation, with_value
from nnplay.training.experiment import Experiment
from nnplay.training.trainer import Trainer
from tests.training.conditions.expected import EXPECTED
from tests.training.conditions.full_record import MOONS, Kept, full_record
from tests.training.same_run import assert_same

EPOCHS = 120
REGRESSION = Experiment(
    data=msgspec.structs.replace(MOONS.data, kind="plane", noise=0.0),
    model=msgspec.structs.replace(MOONS.model, loss="mean_squared_error"),
)


@pytest.fixture(scope="module")
def record() -> list[Kept]:
    return full_record(Trainer(MOONS), EPOCHS)


def stopped(trainer: Trainer, *conditions: str) -> StopWatch:
    """Train until one of them comes true, or for `EPOCHS`."""
    watch = StopWatch([condition_in(each) for each in conditions], trainer)
    while watch.met is None and trainer.epoch < EPOCHS:
        trainer.step()
        watch.see(trainer)
    return watch


def test_every_kind_is_tried() -> None:
    assert {condition_in(words).kind for words in EXPECTED} == set(CONDITIONS)


@pytest.mark.parametrize("words", [words for words in EXPECTED if CONDITIONS[condition_in(words).kind].stops])
def test_a_run_ends_where_its_condition_comes_true_first(words: str, record: list[Kept]) -> None:
    trainer = Trainer(MOONS)
    assert stopped(trainer, words).met == 0
    assert tuple(trainer.place) == EXPECTED[words](record)[0]


def test_a_condition_that_never_comes_true_ends_nothing() -> None:
    trainer = Trainer(MOONS)
    assert stopped(trainer, "loss < 0.0001").met is None
    assert trainer.epoch == EPOCHS


def test_the_first_of_several_ends_it_and_of_two_at_one_place_the_one_that_was_named_first() -> None:
    assert stopped(Trainer(MOONS), "epoch 50", "epoch 9", "loss < 0.3").met == 2
    assert stopped(Trainer(MOONS), "epoch 9", "epoch 9").met == 0


def test_what_holds_already_ends_it_at_once() -> None:
    trainer = Trainer(MOONS)
    for _ in range(20):
        trainer.run_epoch()
    place = trainer.place
    for words in ("epoch 20", "epoch 3", "loss < 0.9", "accuracy >= 0.1"):
        assert stopped(trainer, words).met == 0
    assert trainer.place == place


def test_a_watched_run_is_the_same_run() -> None:
    trainer, other = Trainer(MOONS), Trainer(MOONS)
    stops = [words for words in EXPECTED if CONDITIONS[condition_in(words).kind].stops]
    watch = StopWatch([condition_in(words) for words in stops], trainer)
    for _ in range(90):
        watch.met = None  # let all of them look on
        trainer.step()
        watch.see(trainer)
        other.step()
    trainer.measure()
    other.measure()
    assert_same(trainer, other)


@pytest.mark.parametrize(
    ("experiment", "words", "missing"),
    [
        (with_value(MOONS, "data.train_share", 1.0), "test.loss < 1", "no* test set|has none"),
        (REGRESSION, "accuracy >= 1", "learns a number"),
        (REGRESSION, "point 1 right", "learns a number"),
        (with_activation(MOONS, "tanh"), "a unit died", "without silent units"),
        (with_activation(MOONS, "tanh"), "unit 1 of layer 1 died", "without silent units"),
        (MOONS, "unit 9 of layer 1 died", "a hidden layer and a unit that this network has"),
        (MOONS, "unit 1 of layer 3 died", "a hidden layer and a unit that this network has"),
        (MOONS, "point 81 right", "counted from 1"),
        (MOONS, "weight from 3 to 1 of layer 1 changes sign", "an input that this network has"),
        (MOONS, "bias of unit 2 of layer 3 changes sign", "an input that this network has"),
        (MOONS, "test.loss best", "known when it happens"),
        (MOONS, "loss rose most", "known when it happens"),
    ],
)
def test_what_the_run_does_not_have_is_refused(experiment: Experiment, words: str, missing: str) -> None:
    with pytest.raises(InputError, match=missing) as raised:
        StopWatch([condition_in(words)], Trainer(experiment), "--stop-when")
    assert str(raised.value).startswith(f"--stop-when is {words!r}; allowed is ")


def test_points_that_are_gone_are_not_right() -> None:
    trainer = Trainer(MOONS)
    watch = CONDITIONS["point_right"].watcher(condition_in("point 80 right"))
    seen = {watch.see(trainer)}
    fewer = with_value(MOONS, "data.samples", 40)
    trainer.apply(fewer, Trainer(fewer).prepared)
    assert watch.see(trainer) is False
    assert seen <= {True, False}


def test_a_unit_that_is_switched_off_has_not_died() -> None:
    trainer = Trainer(MOONS)
    watch = CONDITIONS["any_unit_died"].watcher(condition_in("a unit died"))
    watch.see(trainer)
    trainer.network.set_unit_enabled(0, 1, False)
    assert not watch.see(trainer)


def test_words_come_back_from_files() -> None:
    for words in EXPECTED:
        condition = condition_in(words)
        assert msgspec.json.decode(msgspec.json.encode(condition), type=type(condition)) == condition
        assert words_of(condition) == words


@pytest.mark.parametrize("words", [words for words in EXPECTED if CONDITIONS[condition_in(words).kind].stops])
def test_a_run_that_goes_on_ends_at_each_place_where_it_comes_true_anew(words: str, record: list[Kept]) -> None:
    kind = CONDITIONS[condition_in(words).kind]
    watcher = kind.watcher(condition_in(words))
    seen = [each for each in record if watcher.each == "step" or each.place.position == 0]
    true = set(EXPECTED[words](record))
    expected, before = [], False
    for each in seen:
        holds = tuple(each.place) in true
        expected += [tuple(each.place)] if holds and not (before and watcher.lasting) else []
        before = holds
    trainer = Trainer(MOONS)
    watch, found = StopWatch([condition_in(words)], trainer), []
    while True:
        if watch.met is not None:
            found.append(tuple(trainer.place))
            watch.go_on()
        if trainer.epoch == EPOCHS:
            break
        trainer.step()
        watch.see(trainer)
    assert found == expected


def test_what_is_missing_is_said_in_a_sentence() -> None:
    no_test = Trainer(with_value(MOONS, "data.train_share", 1.0))
    assert missing(condition_in("test.loss < 1"), no_test) == "This run has no test set"
    assert missing(condition_in("loss < 1"), no_test) == ""
    assert "ReLU" in missing(condition_in("a unit died"), Trainer(with_activation(MOONS, "tanh")))
    for words in ("unit 9 of layer 1 died", "point 81 right", "bias of unit 2 of layer 3 changes sign"):
        assert "no such" in missing(condition_in(words), no_test)


def test_titles_name_the_places() -> None:
    titles = {words: title_of(condition_in(words)) for words in EXPECTED}
    assert titles["test.loss < 0.6"] == "Test loss below 0.6"
    assert titles["unit 3 of layer 1 died"] == "Unit 3 of layer 1 died"
    assert titles["weight from 2 to 5 of layer 2 changes sign"] == "Weight from 2 to 5 of layer 2 changed sign"
    assert title_of(condition_in("epoch 10000000")) == "Epoch 10,000,000"
    assert title_of(condition_in("loss > 1e100")) == "Loss above 1e100"
    assert len(set(titles.values())) == len(EXPECTED)
