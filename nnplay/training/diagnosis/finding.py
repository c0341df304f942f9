"""What a rule says: a sentence, and where there is one the edit that helps."""

from dataclasses import dataclass

from nnplay.training.experiment import Experiment


@dataclass(frozen=True)
class Fix:
    """A way out, done by one click.

    Attributes
    ----------
    label, tip
        What its button says, and what it does in one sentence.
    experiment
        What holds after it.
    message
        What is said when it is done.
    """

    label: str
    tip: str
    experiment: Experiment
    message: str


@dataclass(frozen=True)
class Finding:
    """What is wrong, in one sentence with the evidence in it, and what helps."""

    sentence: str
    fix: Fix | None = None
