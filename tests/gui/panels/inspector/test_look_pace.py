"""An open inspector looks at a run seldom enough to cost it next to nothing."""

import pytest

from nnplay.gui.panels.inspector import look_pace as module
from nnplay.gui.panels.inspector.look_pace import INTERVAL, SHARE, LookPace


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(module.time, "perf_counter", lambda: now[0])
    return now


def test_ten_times_a_second_where_a_look_takes_no_time(clock: list[float]):
    pace = LookPace()
    assert pace.due
    pace.begin()
    assert not pace.due
    clock[0] += 0.9 * INTERVAL
    assert not pace.due
    clock[0] += 0.2 * INTERVAL
    assert pace.due


def test_all_that_a_look_takes_is_a_small_share_of_the_time(clock: list[float]):
    pace = LookPace()
    pace.begin()
    pace.restart(0.05)
    pace.spend(0.03)
    pace.spend(0.02)
    clock[0] += 0.99 * 0.1 / SHARE
    assert not pace.due
    clock[0] += 0.02 * 0.1 / SHARE
    assert pace.due


def test_a_look_that_never_comes_is_asked_for_again_at_the_same_pace(clock: list[float]):
    pace = LookPace()
    asked = 0
    for _ in range(100):
        if pace.due:
            pace.begin()
            asked += 1
        clock[0] += INTERVAL / 10
    assert asked == 10
