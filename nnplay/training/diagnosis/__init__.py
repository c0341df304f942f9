"""Why learning fails: rules, each from evidence to a finding, in the order in which they speak."""

from collections.abc import Callable

from nnplay.training.diagnosis.evidence import Evidence
from nnplay.training.diagnosis.finding import Finding, Fix
from nnplay.training.diagnosis.rate import rate_too_large

Rule = Callable[[Evidence], Finding | None]

RULES: tuple[Rule, ...] = (rate_too_large,)
"""Every rule; the first that finds something is the one that speaks."""

__all__ = ["RULES", "Evidence", "Finding", "Fix", "Rule", "diagnose"]


def diagnose(evidence: Evidence) -> Finding | None:
    """What the first rule finds that finds anything; None where none does."""
    return next(filter(None, (rule(evidence) for rule in RULES)), None)
