"""A small sample of the battery: no healthy run is accused, each fault is found; and the starts of XOR."""

import dataclasses

import numpy as np

from nnplay.training.diagnosis import Gravity
from tests.battery.cases import DATA, FAULTS, OTHERS, battery, others
from tests.battery.running import looked
from tests.battery.table import RULE_OF, rows, told_first
from tests.battery.xor_starts import EARLY, EPOCHS, RATE, X, Y, at_high_floor, fixes, solved, starts

SEED = 6
LONGER = {"by heart": 300, "too small": 150, "noisy steps": 25}
"""Epochs of a fault that takes longer, or less, than others to be seen."""
FIRST = {"dead": "hidden_layers_at_fault", "noisy steps": ""}
"""What is told first of a fault whose own rule tells a fact or a hint."""


def test_a_sample_of_the_battery() -> None:
    cases = battery(SEED, samples=120)
    assert len(cases) == 168
    healthy = [case for case in cases if not case.fault][::14]
    faulty = {case.fault: case for case in (*cases, *others(SEED, samples=120)) if case.fault}
    assert set(faulty) == {*FAULTS, *OTHERS} == set(RULE_OF)
    runs = [
        looked(dataclasses.replace(case, epochs=LONGER.get(case.fault, 80))) for case in (*healthy, *faulty.values())
    ]
    for run in runs:
        told = (*run.early, *run.late)
        causes = [each.rule for each in told if each.gravity is Gravity.CAUSE]
        if run.case.fault and not run.solved:
            assert RULE_OF[run.case.fault] in {each.rule for each in told}, (run.case.fault, causes)
            assert not causes or causes[0] in FIRST.get(run.case.fault, RULE_OF[run.case.fault]), (
                run.case.fault,
                causes,
            )
        elif not run.case.fault and run.solved:
            assert not causes, run.case
    assert sum(run.solved for run in runs if not run.case.fault) >= len(DATA) - 1, "spirals are hard"
    assert {row[0]: row[1] for row in rows(runs)}["hidden_layers_at_fault"].startswith("0.00/0.00")
    assert {row[0] for row in told_first(runs)} == {"healthy", *FAULTS, *OTHERS}


def test_starts_of_xor_that_fail_are_those_at_a_high_floor_and_elu_solves_them() -> None:
    stack = starts(60, SEED)
    stack.train(X, Y, epochs=EARLY, learning_rate=RATE)
    found = at_high_floor(stack)
    stuck = [stack.member(int(k)) for k in np.flatnonzero(found)]
    stack.train(X, Y, epochs=EPOCHS - EARLY, learning_rate=RATE)
    assert np.array_equal(found, ~solved(stack))
    assert 10 <= found.sum() <= 35
    ways = fixes(stuck, SEED)
    for name, all_of_them in (("go on", False), ("ELU, weights kept", True), ("GELU, weights kept", True)):
        fixed = ways[name]()
        fixed.train(X, Y, epochs=2000, learning_rate=RATE)
        assert solved(fixed).all() == all_of_them, name
    assert not solved(ways["go on"]()).any()
