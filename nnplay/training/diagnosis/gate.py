"""The gate: whether a run is stuck at all. Behind it stand the rules that look for a cause."""

import numpy as np

from nnplay.training.diagnosis.evidence import Course, DataFacts, Evidence, Measures
from nnplay.training.diagnosis.finding import Gravity
from nnplay.training.run_control import RunState

FIRST_EPOCH = 3
"""No rule speaks earlier, but of a run that diverged."""
SOLVED = 0.15
"""A loss below this part of that of the best constant answer is no trouble."""
LEAST_FALL, WINDOW = 0.05, 10
"""A loss that fell by less than this part of itself in so many epochs rests."""
WORSE = 1.1
"""Times H: a network that always gave the same answer would do better."""
WRONG_START, LARGE = 1.5, 4.0
"""Times H, above which a first loss is wrong; and how many times too large the weights are then."""
RISE = 0.1
"""Times H, by which the loss rises where the rate is too high; one that only fell, from a start above H, is no sign."""
LEAST_STEPS = 500
"""In fewer a network can't be said to have learnt all it will."""
NEAR_FLOOR = 0.95
"""Part of the loss, above which the floor is near it."""
LONG, LONG_WITHOUT_SLOPE = 40, 20
"""Epochs for which the loss rests before hidden layers are accused: while they learn, the floor falls."""
NO_SLOPE = 1e-3
"""Length of the gradient, as a part of the loss, below which nothing moves any more."""


def has_diverged(evidence: Evidence) -> bool:
    """Whether the run ended beyond the finite numbers; also one that is looked at there again."""
    measures = evidence.measures
    ended = measures is not None and not np.isfinite(measures.course.highest).all()
    return ended or evidence.state is RunState.DIVERGED


def is_stuck(evidence: Evidence) -> bool:
    """Whether the loss is high and rests: above 0.15 H, and less than 5 % lower than ten epochs ago."""
    measures = evidence.measures
    return measures is not None and is_high(measures) and rests(measures.course)


def is_high(measures: Measures) -> bool:
    """Whether the training loss says that there is still much to learn."""
    return has_much_left(measures.course, measures.data)


def has_much_left(course: Course, data: DataFacts) -> bool:
    """The same, of what is known before anything else is measured."""
    return not course.train[-1] <= SOLVED * data.scale


def recovers(measures: Measures) -> bool:
    """Whether the loss falls, and for ten epochs was below that of the best constant answer and hardly rose."""
    course, start = measures.course, float(measures.course.epochs[-1]) - WINDOW
    highest, guess = float(course.highest[course.epochs >= start].max()), measures.data.guess
    return highest < guess and course.rise(start) <= RISE * guess and not rests(course)


def is_of_the_start(measures: Measures) -> bool:
    """Whether the weights were far too large at the start, and the loss for some epochs above that of a guess."""
    course = measures.course
    first = course.train[course.epochs <= FIRST_EPOCH]
    return began_far_off(measures) and bool((first > WORSE * measures.data.guess).all())


def began_far_off(measures: Measures) -> bool:
    """Whether the weights were far too large at the start, and the first loss far above that of a guess."""
    course, guess = measures.course, measures.data.guess
    if course.epochs[0] > 0.0 or not guess > 0.0 or not measures.start_size > LARGE:
        return False
    return bool(course.train[0] > WRONG_START * guess)


def promised_fall(measures: Measures) -> float | None:
    """The part of the loss by which the slope lets it fall in ten epochs; None of steps that don't follow it."""
    promise = measures.steps.promise
    return None if promise is None else promise * WINDOW * measures.course.steps / max(measures.loss, 1e-300)


def fails(measures: Measures) -> bool:
    """Whether the loss is high after ten epochs, and rests, or rises, or goes up and down."""
    return is_high(measures) and measures.course.fall(WINDOW) is not None and not recovers(measures)


def weight_of(measures: Measures) -> Gravity:
    """What a fault of the data is: a cause where nothing is learnt, a hint while it still is, a fact where it was."""
    if not is_high(measures):
        return Gravity.FACT
    return Gravity.HINT if recovers(measures) else Gravity.CAUSE


def has_rested(course: Course, epochs: int) -> bool:
    """Whether the loss has hardly fallen for so many epochs and 500 steps, which of a full batch are more epochs."""
    fall = course.fall(max(epochs, LEAST_STEPS / course.steps))
    return fall is not None and fall < LEAST_FALL


def long_at_rest(course: Course, gradient: float, loss: float) -> bool:
    """Whether it has, for as long as hidden layers are given."""
    return has_rested(course, LONG_WITHOUT_SLOPE if gradient < NO_SLOPE * loss else LONG)


def rests(course: Course) -> bool:
    """Whether the training loss hardly falls any more."""
    fall = course.fall(WINDOW)
    return fall is not None and fall < LEAST_FALL
