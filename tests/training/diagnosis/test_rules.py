"""Each rule finds its fault in a run that has it, says nothing of a healthy one, and what it offers helps."""

import dataclasses
import math
import re

import numpy as np
import pytest

from nnplay.nn import ACTIVATIONS
from nnplay.training.diagnosis import RULES, Evidence, Finding, Fix, Gravity, Way, diagnose, findings
from nnplay.training.diagnosis.gate import is_stuck
from nnplay.training.diagnosis.probe import evidence_of
from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment, HiddenLayer
from nnplay.training.run_control import RunState
from nnplay.training.shadow import ProbedRun
from nnplay.training.trainer import Trainer
from tests.training.diagnosis.runs import FAULTY, HEALTHY, LARGE, SGD, changed, evidence_after, on

NAMES = [rule.__name__ for rule in RULES]
OF_A_WATCHED_RUN = {"exploding_gradient", "easier_test_set", "wrong_gradient", "layer_switched_off"}
"""Those that have a test of their own."""


@pytest.fixture(scope="module")
def healthy() -> Evidence:
    return evidence_after(HEALTHY, 60)


@pytest.fixture(scope="module")
def faulty() -> dict[str, Evidence]:
    """Those of `FAULTY` that were asked for."""
    return {}


def of(rule: str, faulty: dict[str, Evidence]) -> Evidence:
    if rule not in faulty:
        faulty[rule] = evidence_after(*FAULTY[rule])
    return faulty[rule]


def found(rule: str, evidence: Evidence) -> Finding:
    return {finding.rule: finding for finding in findings(evidence)}[rule]


def test_every_rule_has_a_run_in_which_it_finds_something() -> None:
    assert set(NAMES) == {*FAULTY, *OF_A_WATCHED_RUN}


@pytest.mark.parametrize("rule", FAULTY)
def test_it_finds_its_fault_with_numbers_beyond_their_thresholds(rule: str, faulty: dict[str, Evidence]) -> None:
    finding = found(rule, of(rule, faulty))
    assert finding.sentence
    numbers = re.findall(r"\d+\.\d+", finding.sentence)
    assert len(set(numbers)) == len(numbers), "no two that are compared read the same"
    assert finding.proofs or rule in ("rate_too_large", "only_linear")
    for proof in finding.proofs:
        assert (proof.value > proof.threshold) is proof.above, proof


def test_numbers_that_rest_near_their_least_squares_are_a_hint(faulty: dict[str, Evidence]) -> None:
    evidence = of("hidden_layers_at_fault", faulty)
    assert evidence.measures is not None and evidence.measures.hidden is not None
    for merged, gravity in ((((0, 1),), Gravity.CAUSE), ((), Gravity.HINT)):
        hidden = dataclasses.replace(evidence.measures.hidden, merged=merged)
        of_numbers = dataclasses.replace(evidence.measures, answers=None, hidden=hidden)
        found_now = found("hidden_layers_at_fault", dataclasses.replace(evidence, measures=of_numbers))
        assert found_now.gravity is gravity


@pytest.mark.parametrize("rule", NAMES)
def test_it_says_nothing_of_a_healthy_run(rule: str, healthy: Evidence) -> None:
    assert rule not in {finding.rule for finding in findings(healthy)}
    assert diagnose(healthy) is None


@pytest.mark.parametrize("rule", [rule for rule in FAULTY if rule != "rate_too_large"])
def test_nothing_is_said_before_epoch_3(rule: str) -> None:
    evidence = evidence_after(FAULTY[rule][0], 2)
    assert findings(evidence) == ()


@pytest.mark.parametrize(
    ("fault", "silent"),
    [
        ("hidden_layers_at_fault", ("rate_too_low", "output_layer_at_fault", "oscillates", "worse_than_guessing")),
        ("rate_too_low", ("worse_than_guessing", "vanishing_gradient")),
        ("worse_than_guessing", ("rate_too_low", "bad_start")),
        ("bad_start", ("worse_than_guessing",)),
        ("only_linear", ("no_hidden_layer", "dead_units")),
        ("no_hidden_layer", ("hidden_layers_at_fault", "only_linear")),
        ("vanishing_gradient", ("units_alike", "saturated_units")),
        ("dropout_too_strong", ("hidden_layers_at_fault",)),
    ],
)
def test_another_rule_that_is_near_says_nothing(
    fault: str, silent: tuple[str, ...], faulty: dict[str, Evidence]
) -> None:
    assert not {finding.rule for finding in findings(of(fault, faulty))} & set(silent)


# ---- XOR: whose fault it is, which points, and what helps


def test_xor_from_a_failing_seed_names_the_points_that_are_merged(faulty: dict[str, Evidence]) -> None:
    evidence = of("hidden_layers_at_fault", faulty)
    finding = diagnose(evidence)
    assert finding is not None
    assert finding.rule == "hidden_layers_at_fault"
    assert "3 points" in finding.sentence
    assert "0.477" in finding.sentence
    assert finding.points == ((0, 2, 3),)
    assert {each.rule: each.gravity for each in findings(evidence)}["dead_units"] is Gravity.HINT


def test_xor_that_learns_has_dead_units_and_is_not_accused() -> None:
    """As most starts that succeed have one."""
    for seed in range(5):
        told = findings(evidence_after(Experiment(seed=seed), 400))
        assert {(each.rule, each.gravity) for each in told} <= {("dead_units", Gravity.FACT)}


def solved_by(fix: Fix, epochs: int) -> float:
    trainer = Trainer(fix.experiment)
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer.figures.train.loss


def test_a_start_that_is_wholly_dead_has_no_vanishing_gradient() -> None:
    dead = (*np.linspace(0.5, 1.2, 8), *[-9.0] * 4, *np.ones(4), 0.3)
    evidence = evidence_after(changed(Experiment(), model__start=dead), 600)
    assert [finding.rule for finding in findings(evidence)][:2] == ["hidden_layers_at_fault", "dead_units"]


@pytest.mark.parametrize("seed", [5, 10])
def test_elu_on_the_weights_there_are_solves_xor(seed: int) -> None:
    evidence = evidence_after(Experiment(seed=seed), 1000)
    finding = diagnose(evidence)
    assert finding is not None
    assert finding.fix is not None
    assert finding.fix.way is Way.AFRESH
    assert finding.fix.experiment.model.hidden_layers == (HiddenLayer(units=4, activation="elu"),)
    assert evidence.parameters is not None
    assert finding.fix.experiment.model.start == tuple(evidence.parameters.tolist())
    assert solved_by(finding.fix, 1500) < 0.05


@pytest.mark.parametrize(
    ("rule", "loss"),
    [
        ("worse_than_guessing", 0.1),
        ("units_alike", 0.1),
        ("no_hidden_layer", 0.1),
        ("only_linear", 0.1),
        ("bad_start", 0.1),
        ("vanishing_gradient", 0.3),
        ("penalty_too_strong", 0.3),
        ("inputs_of_different_scales", 0.4),
        ("squared_error_flat", 0.5),
    ],
)
def test_what_it_offers_brings_the_loss_down(rule: str, loss: float, faulty: dict[str, Evidence]) -> None:
    fix = found(rule, of(rule, faulty)).fix
    assert fix is not None
    assert solved_by(fix, 200) < loss


def test_units_that_large_inputs_make_flat_are_offered_standardised_ones_and_those_that_came_to_be_no_cause(
    faulty: dict[str, Evidence],
) -> None:
    inputs = np.random.default_rng(2).uniform(-900.0, 900.0, (80, 2))
    far = on(inputs, inputs[:, 0] * inputs[:, 1] > 0.0, changed(SGD, training__learning_rate=0.01))
    finding = diagnose(evidence_after(far, 20))
    assert finding is not None
    assert finding.rule == "saturated_units"
    assert finding.fix is not None
    assert finding.fix.experiment.data.standardize
    flat = of("saturated_units", faulty)
    assert found("saturated_units", flat).gravity is Gravity.CAUSE
    assert flat.measures is not None
    well_begun = dataclasses.replace(flat.measures, start_size=1.0)
    later = dataclasses.replace(flat, measures=well_begun)
    assert found("saturated_units", later).gravity is Gravity.HINT


@pytest.mark.parametrize(
    ("first", "changes"),
    [
        ("inputs_of_different_scales", {}),
        ("bad_start", {"model__initializer": "normal", "model__initializer_scale": 30.0}),
        ("rate_too_large", {"training__learning_rate": 500.0}),
    ],
)
def test_of_a_run_that_diverged_is_told_why(first: str, changes: dict[str, object]) -> None:
    inputs = np.random.default_rng(2).normal(size=(80, 2)) * ((1.0, 3000.0) if not changes else (1.0, 1.0))
    squares = changed(SGD, model__loss="mean_squared_error")
    far = on(inputs, inputs @ (1.0, 0.001), squares, task="regression")
    relu = (HiddenLayer(units=8, activation="relu"),) * 2
    evidence = evidence_after(changed(far, model__hidden_layers=relu, **changes), 30)
    assert evidence.state is RunState.DIVERGED
    told = findings(evidence)
    assert [finding.rule for finding in told] == [first]
    assert all(math.isfinite(proof.value) for finding in told for proof in finding.proofs)
    assert evidence.measures is not None
    course = evidence.measures.course
    ended = dataclasses.replace(course, highest=np.append(course.highest[:-1], np.inf))
    measures = dataclasses.replace(evidence.measures, course=ended)
    looked_at_again = dataclasses.replace(evidence, state=RunState.PAUSED, measures=measures)
    assert [finding.rule for finding in findings(looked_at_again)] == [first]


def test_a_start_too_large_that_soon_left_no_unit_is_told_as_such() -> None:
    dead = changed(LARGE, model__hidden_layers=(HiddenLayer(units=4, activation="relu"),) * 2)
    told = diagnose(evidence_after(changed(dead, training__learning_rate=0.3), 40))
    assert told is not None
    assert told.rule == "bad_start"


@pytest.mark.parametrize(("layers", "steps", "told"), [(3, 4, False), (3, 200, True), (10, 4, True)])
def test_few_layers_have_500_steps_before_their_gradient_is_said_to_vanish(
    layers: int, steps: int, told: bool, faulty: dict[str, Evidence]
) -> None:
    evidence = of("vanishing_gradient", faulty)
    measures = evidence.measures
    assert measures is not None
    course = dataclasses.replace(measures.course, steps=steps)
    dense = measures.layers if layers == 10 else (*measures.layers[:1], *measures.layers[-layers:])
    few = dataclasses.replace(measures, units=measures.units[:layers], layers=dense, course=course)
    rules = {finding.rule for finding in findings(dataclasses.replace(evidence, measures=few))}
    assert ("vanishing_gradient" in rules) is told


def test_a_rate_too_low_goes_before_a_gradient_that_is_small_in_the_first_layers() -> None:
    """Three sigmoid layers learn at a usual rate."""
    three = changed(model__hidden_layers=(HiddenLayer(units=8, activation="sigmoid"),) * 3)
    told = diagnose(evidence_after(changed(three, training__learning_rate=1e-6), 20))
    assert told is not None
    assert told.rule == "rate_too_low"


@pytest.mark.parametrize("target", [3.0, 0.0])
def test_of_targets_that_are_all_the_same_a_low_loss_is_no_trouble(target: float) -> None:
    inputs, targets = np.random.default_rng(2).normal(size=(30, 2)), np.full(30, target)
    flat = on(inputs, targets, changed(SGD, model__loss="mean_squared_error"), task="regression")
    evidence = evidence_after(flat, 300)
    assert evidence.measures is not None
    assert evidence.measures.data.guess == 0.0
    assert [finding.rule for finding in findings(evidence) if finding.gravity is not Gravity.FACT] == []
    slow = evidence_after(changed(flat, training__learning_rate=1e-6), 30)
    assert [finding.rule for finding in findings(slow)][:1] == (["rate_too_low"] if target else [])


def test_a_higher_rate_and_weaker_noise_hold_from_here_on(faulty: dict[str, Evidence]) -> None:
    for rule, path, value in (
        ("rate_too_low", "training.learning_rate", 0.1),
        ("dropout_too_strong", "model.dropout", 0.2),
        ("one_class_larger", "training.class_weights", "balanced"),
    ):
        fix, (experiment, _) = found(rule, of(rule, faulty)).fix, FAULTY[rule]
        assert fix is not None
        assert fix.way is Way.AT_ONCE
        expected = fix.experiment if rule == "rate_too_low" else with_value(experiment, path, value)
        assert fix.experiment == expected
    raised = found("rate_too_low", of("rate_too_low", faulty)).fix
    assert raised is not None
    assert 1e-4 < raised.experiment.training.learning_rate < 1.0


def test_units_far_below_0_are_not_offered_elu(faulty: dict[str, Evidence]) -> None:
    fix = found("dead_units", of("dead_units", faulty)).fix
    assert fix is None or fix.experiment.model.start is None


def test_ten_sigmoid_layers_are_found_also_where_a_full_batch_rests_and_no_layer_has_a_mean_gradient() -> None:
    ten = changed(Experiment(), model__hidden_layers=(HiddenLayer(units=4, activation="sigmoid"),) * 10)
    evidence = evidence_after(ten, 300)
    finding = diagnose(evidence)
    assert finding is not None
    assert finding.rule == "vanishing_gradient"
    assert evidence.measures is not None
    assert evidence.measures.gradient < 1e-3
    assert finding.fix is not None
    assert solved_by(finding.fix, 1500) < 0.1


# ---- runs that are watched, and figures that a run seldom has


def test_a_gradient_much_longer_than_usual_is_a_hint() -> None:
    run = ProbedRun(Trainer(SGD))
    told = set[str]()
    for _ in range(6):
        run.trainer.run_epoch()
        told |= {finding.rule for finding in findings(evidence_of(run, RunState.PAUSED))}
    assert "exploding_gradient" not in told
    run.trainer.network.weights[-1][...] *= 300.0
    run.trainer.measure()
    finding = found("exploding_gradient", evidence_of(run, RunState.PAUSED))
    assert finding.gravity is Gravity.HINT
    assert finding.fix is not None
    assert finding.fix.experiment.training.clip_norm is not None


def test_a_derivative_that_is_wrong_is_found_and_a_right_one_is_not(
    monkeypatch: pytest.MonkeyPatch, faulty: dict[str, Evidence]
) -> None:
    for rule in FAULTY:
        measures = of(rule, faulty).measures
        assert measures is not None
        assert measures.gradient_error is None or measures.gradient_error < 1e-5, rule
    monkeypatch.setattr(ACTIVATIONS["tanh"], "derivative", lambda _, z, a, out: np.subtract(1.0, a, out))
    finding = diagnose(evidence_after(HEALTHY, 3))
    assert finding is not None
    assert finding.rule == "wrong_gradient"
    assert finding.proofs[0].value > 0.1


def test_a_layer_of_which_all_units_are_switched_off_is_the_cause_and_one_that_has_a_unit_left_is_not() -> None:
    run = ProbedRun(Trainer(SGD))
    for unit in range(8):
        told = findings(evidence_of(run, RunState.PAUSED))
        assert "layer_switched_off" not in {finding.rule for finding in told}, unit
        run.trainer.network.set_unit_enabled(1, unit, False)
        run.trainer.run_epoch()
    finding = diagnose(evidence_of(run, RunState.PAUSED))
    assert finding is not None
    assert finding.rule == "layer_switched_off"
    assert finding.units == tuple((1, unit) for unit in range(8))


@pytest.mark.parametrize(("train", "test", "told"), [(0.7, 0.95, True), (0.9, 0.97, False), (0.95, 0.99, False)])
def test_a_test_set_that_is_easier_by_more_than_chance_is_told(
    train: float, test: float, told: bool, healthy: Evidence
) -> None:
    assert healthy.measures is not None
    measures = dataclasses.replace(healthy.measures, accuracies=(train, test))
    rules = {finding.rule for finding in findings(dataclasses.replace(healthy, measures=measures))}
    assert ("easier_test_set" in rules) is told


def test_a_high_rate_that_was_is_forgotten_once_the_loss_falls() -> None:
    trainer = Trainer(changed(SGD, training__learning_rate=3.0))
    for _ in range(12):
        trainer.run_epoch()
    run = ProbedRun(trainer)
    assert "worse_than_guessing" in {finding.rule for finding in findings(evidence_of(run, RunState.PAUSED))}
    start = Trainer(SGD)
    trainer.network.restore(start.network.state())
    trainer.apply(SGD, trainer.prepared)
    for _ in range(16):
        trainer.run_epoch()
        told = {finding.rule for finding in findings(evidence_of(run, RunState.PAUSED))}
    assert "worse_than_guessing" not in told


def test_after_an_edit_the_run_has_time_anew() -> None:
    trainer = Trainer(FAULTY["rate_too_low"][0])
    run, told = ProbedRun(trainer), set[str]()
    for _ in range(20):
        trainer.run_epoch()
    finding = diagnose(evidence_of(run, RunState.PAUSED))
    assert finding is not None
    assert finding.fix is not None
    trainer.apply(finding.fix.experiment, trainer.prepared)
    for _ in range(8):
        evidence = evidence_of(run, RunState.PAUSED)
        told |= {each.rule for each in findings(evidence)}
        trainer.run_epoch()
    assert told == set()
    assert evidence.measures is not None
    assert evidence.measures.course.since == 20


def test_a_full_batch_has_more_epochs_before_its_hidden_layers_are_accused() -> None:
    """XOR rests for a hundred epochs before it learns, at a rate of 0.1."""
    slow = with_value(Experiment(seed=1), "training.learning_rate", 0.1)
    trainer = Trainer(slow)
    run = ProbedRun(trainer)
    for _ in range(12):
        for _ in range(40):
            trainer.run_epoch()
        assert diagnose(evidence_of(run, RunState.PAUSED)) is None


def test_the_gate_is_open_where_the_loss_is_low_or_falls(healthy: Evidence, faulty: dict[str, Evidence]) -> None:
    assert not is_stuck(healthy)
    assert not is_stuck(evidence_after(HEALTHY, 12))
    assert is_stuck(of("hidden_layers_at_fault", faulty))


def test_a_regression_and_pictures_are_judged_by_their_own_scale() -> None:
    flat = changed(HEALTHY, data__kind="gaussian_bumps", model__loss="mean_squared_error", model__initializer="zeros")
    told = diagnose(evidence_after(flat, 30))
    assert told is not None
    assert told.rule == "units_alike"
    measures = evidence_after(flat, 3).measures
    assert measures is not None
    targets = Trainer(flat).prepared.Y_train
    assert measures.data.guess == pytest.approx(np.var(targets))
    digits = with_value(HEALTHY, "data.kind", "digits")
    digits = changed(digits, data__samples=200, data__classes=10, model__loss="categorical_cross_entropy")
    evidence = evidence_after(digits, 4)
    assert evidence.measures is not None
    assert evidence.measures.data.guess == pytest.approx(math.log(10), rel=0.02)
    assert "inputs_of_different_scales" not in {finding.rule for finding in findings(evidence)}
