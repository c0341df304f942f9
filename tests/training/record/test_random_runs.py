"""Random runs with random edits, moves and branches: any moment, reached by any way, has the same bytes."""

import pytest

from nnplay.training.trainer import Trainer
from tests.training.record.random_runs import Played
from tests.training.record.same_moment import assert_same_moment


@pytest.mark.parametrize("seed", range(25))
def test_every_moment_is_the_one_that_was(seed: int) -> None:
    played = Played.begin(seed)
    played.play(300)
    record, last = played.record, played.record.step
    steps = [0, last, *(played.random.randint(0, last) for _ in range(25)), *range(last, last - 12, -1)]
    for step in steps:
        assert_same_moment(record.moment_at(step), played.known(record.current, step))


@pytest.mark.parametrize("seed", range(100, 112))
def test_branches_of_branches_keep_what_was(seed: int) -> None:
    played = Played.begin(seed)
    played.play(120)
    record, random = played.record, played.random
    for _ in range(6):
        move = random.random()
        if move < 0.6:
            record.branch_from(random.randint(0, record.step), "a branch")
        else:
            record.return_to(random.choice(record.branches))
        played.look()
        assert isinstance(record.trainer, Trainer)
        played.play(random.randint(0, 80))
    for branch in record.branches:
        for step in (*(random.randint(0, record.end_of(branch)) for _ in range(10)), record.end_of(branch)):
            assert_same_moment(record.moment_at(step, branch), played.known(branch, step))
