"""Back until: the step that is found is the one that is known from a full record."""

from random import Random

import pytest

from nnplay.data.file_error import ReadCancelled
from nnplay.errors import InputError
from nnplay.training.conditions import CONDITIONS, Condition, Watcher, condition_in, words_of
from nnplay.training.conditions.needs import CAN_DIE
from nnplay.training.record import Recording, Search
from nnplay.training.trainer import Trainer
from tests.training.conditions.expected import EXPECTED
from tests.training.conditions.full_record import MOONS, Kept, full_record
from tests.training.record.random_runs import Played

EPOCHS = 120


@pytest.fixture(scope="module")
def whole() -> list[Kept]:
    return full_record(Trainer(MOONS), EPOCHS)


@pytest.fixture(scope="module")
def record() -> Recording:
    recorded = Recording(Trainer(MOONS), interval=32)
    while recorded.trainer.epoch < EPOCHS:
        recorded.trainer.step()
    return recorded


def find_last(record: Recording, condition: Condition, until: int | None = None) -> int | None:
    return Search(record, condition).last(until)


@pytest.mark.parametrize("words", EXPECTED)
def test_the_last_step_is_found(words: str, record: Recording, whole: list[Kept]) -> None:
    steps = [updates for _, _, updates in EXPECTED[words](whole)]
    condition = condition_in(words)
    assert find_last(record, condition) == steps[-1]
    for until in (steps[-1] - 1, steps[0], steps[0] - 1, 200, 0):
        before = [step for step in steps if step <= max(until, 0)]
        assert find_last(record, condition, until=max(until, 0)) == (before[-1] if before else None)
    assert record.trainer.epoch == EPOCHS


def test_what_never_was_is_not_found(record: Recording) -> None:
    assert find_last(record, condition_in("loss < 0.0001")) is None


def test_who_gives_up_gets_nothing(record: Recording) -> None:
    told = []

    def cancelled(done: int, of: int) -> None:
        told.append((done, of))
        raise ReadCancelled("cancelled")

    for words in ("loss < 0.0001", "test.loss best"):
        with pytest.raises(ReadCancelled):
            Search(record, condition_in(words)).last(progress=cancelled)
    assert told == [(0, 480), (0, 480)]


def test_what_the_run_does_not_have_is_refused(record: Recording) -> None:
    with pytest.raises(InputError, match="counted from 1"):
        find_last(record, condition_in("point 500 right"))


def random_condition(random: Random, trainer: Trainer) -> Condition:
    """One that fits the run."""
    kind = random.choice(list(CONDITIONS.values()))
    sizes = trainer.network.layer_sizes
    number = None
    if kind.number is not None:
        whole = random.randint(1, 12)
        number = float(whole) if kind.number.whole else random.uniform(0.2, 0.9)
    layer = random.randrange(len(sizes) - (2 if CAN_DIE in kind.needs and len(sizes) > 2 else 1))
    places = {"layer": layer, "unit": random.randrange(sizes[layer + 1]), "row": random.randrange(sizes[layer])}
    wanted = {name: value for name, value in places.items() if f"{{{name}}}" in kind.words}
    of = random.choice(["train", "test"]) if "{set}" in kind.words and len(trainer.prepared.X_test) else "train"
    sample = random.randrange(20) if "{sample}" in kind.words else None
    condition = Condition(kind=kind.key, number=number, of=of, sample=sample, **wanted)
    if all(need.met(condition, trainer) for need in kind.needs):
        return condition
    return random_condition(random, trainer)


@pytest.mark.parametrize("seed", range(200, 214))
def test_it_is_found_among_edits_too(seed: int) -> None:
    played = Played.begin(seed)
    record, random = played.record, played.random
    watched: list[tuple[Condition, Watcher, list[int]]] = []
    for _ in range(12):
        condition = random_condition(random, record.trainer)
        watcher = CONDITIONS[condition.kind].watcher(condition)
        watched.append((condition, watcher, [0] if watcher.see(record.trainer) else []))

    def seen(step: int) -> None:
        for _, watcher, steps in watched:
            if watcher.is_due(record.trainer) and watcher.see(record.trainer):
                steps.append(step)

    step = Trainer.step

    def stepped(trainer: Trainer) -> bool:
        is_last = step(trainer)
        if trainer is record.trainer:
            seen(record.step)
        return is_last

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Trainer, "step", stepped)
        played.play(260)
    for number, (condition, _, steps) in enumerate(watched):
        if all(need.met(condition, record.trainer) for need in CONDITIONS[condition.kind].needs):
            until = random.choice([record.step, random.randint(0, record.step)])
            before = [step for step in steps if step <= until]
            assert find_last(record, condition, until=until) == (before[-1] if before else None), words_of(condition)
            if number < 3:
                assert_gone_back(Search(record, condition), before, until)


def assert_gone_back(search: Search, true: list[int], here: int) -> None:
    """Who goes back again and again comes to places where it is true, each before the last."""
    again = False
    for _ in range(3):
        found = search.before(here, lambda _done, _of: None, again=again)
        if found is None:
            assert not [step for step in true if step < here + (not again)]
            return
        assert found.step in true
        assert found.step < here + (not again)
        here, again = found.step, True


@pytest.mark.parametrize("words", EXPECTED)
def test_who_goes_back_again_and_again_comes_to_each_place_once(
    words: str, record: Recording, whole: list[Kept]
) -> None:
    """Of what was true for a while, to where that ended and to where it began."""
    condition = condition_in(words)
    watcher = CONDITIONS[condition.kind].watcher(condition)
    true = {updates for _, _, updates in EXPECTED[words](whole)}
    seen = [each.place.updates for each in whole if watcher.each == "step" or each.place.position == 0]
    expected = [(step, False) for step in seen if step in true]
    if watcher.lasting:
        expected = []
        for place, step in enumerate(seen):
            before, after = place and seen[place - 1] in true, seen[place + 1 : place + 2]
            if step in true:
                if after and after[0] in true and not before:
                    expected.append((step, True))
                elif not (after and after[0] in true):
                    expected.append((step, False))
        if true >= set(seen[-2:]):
            expected.pop()  # it is true where one begins, and since when is told at once
    search, here, again, found = Search(record, condition), record.step, False, []
    while len(found) < 40 and (place := search.before(here, lambda _done, _of: None, again=again)) is not None:
        here, again = place.step, True
        found.append((place.step, place.since))
    assert found == expected[::-1][:40]


def test_a_search_is_of_the_run_as_it_was_when_it_began() -> None:
    trainer = Trainer(MOONS)
    record = Recording(trainer, interval=8)
    for _ in range(200):
        trainer.step()
    search = Search(record, condition_in("a unit died"))
    expected = find_last(record, condition_in("a unit died"))
    other = record.branch_from(40)
    for _ in range(400):
        other.step()
    record.thin(0)
    record.delete(record.branches[0])
    assert search.last() == expected
    assert search.last(until=expected) == expected
