"""What the rules found of the battery's runs, as a table beside the figures that they are to reach."""

from collections.abc import Iterable, Sequence

import numpy as np

from nnplay.training.diagnosis import RULES, Finding, Gravity
from tests.battery.cases import FAULTS, OTHERS
from tests.battery.running import Looked

RULE_OF = {
    "rate too high": "worse_than_guessing",
    "rate too low": "rate_too_low",
    "dropout too strong": "dropout_too_strong",
    "no hidden layer": "no_hidden_layer",
    "zeros": "units_alike",
    "collapsed": "penalty_too_strong",
    "dead": "dead_units",
    "saturated": "saturated_units",
    "deep sigmoid": "vanishing_gradient",
    "diverging": "rate_too_large",
    "by heart": "learnt_by_heart",
    "unscaled": "inputs_of_different_scales",
    "imbalanced": "one_class_larger",
    "linear": "only_linear",
    "too small": "too_small",
    "noisy steps": "noisy_gradient",
}
"""The rule that is to find each fault."""
TO_REACH = {
    "worse_than_guessing": (".00/.01", "1.00"),
    "rate_too_low": (".00/.00", "1.00"),
    "oscillates": (".03/.21", ""),
    "hidden_layers_at_fault": (".00/.00", "1.00 of XOR starts"),
    "output_layer_at_fault": (".00/.00", ""),
    "dropout_too_strong": ("", ".33/1.00"),
    "no_hidden_layer": (".00/.00", "1.00"),
    "units_alike": (".00/.00", "1.00"),
    "dead_units": (".00/.00", ""),
    "saturated_units": (".00/.03", ""),
    "vanishing_gradient": (".00/.00", ".33/.83"),
    "learnt_by_heart": (".00/.06", ".83/1.00"),
    "inputs_of_different_scales": (".00/.00", "1.00"),
    "one_class_larger": (".00/.00", "1.00"),
}
"""Rule → (false alarms, recall) early and late, as they were measured before."""


def rows(runs: Sequence[Looked]) -> Iterable[tuple[str, ...]]:
    """(rule, false, to reach, faults found, to reach), false of the healthy runs that learnt, without facts."""
    healthy = [run for run in runs if not run.case.fault and run.solved]
    for rule in (rule.__name__ for rule in RULES):
        false = [_alarms(run, rule) for run in healthy]
        faults = [fault for fault in RULE_OF if RULE_OF[fault] == rule]
        faulty = [run.found(rule) for run in runs if run.case.fault in faults and not _is_harmless(run)]
        reach = TO_REACH.get(rule, ("", ""))
        yield rule, _shares(false), reach[0], _shares(faulty), reach[1]


def _alarms(run: Looked, rule: str) -> tuple[bool, bool]:
    early, late = (
        any(each.rule == rule and each.gravity is not Gravity.FACT for each in found) for found in (run.early, run.late)
    )
    return early, late


def _is_harmless(run: Looked) -> bool:
    """Whether a run with such a fault learnt all the same."""
    return run.case.fault in ("rate too high", "dropout too strong", "saturated", "noisy steps") and run.solved


def _shares(found: Sequence[tuple[bool, bool]]) -> str:
    if not found:
        return ""
    early, late = np.mean(np.array(found), axis=0)
    return f"{early:.2f}/{late:.2f} of {len(found)}"


def told_first(runs: Sequence[Looked]) -> Iterable[tuple[str, str, str]]:
    """(fault, what is told first after 20 epochs, at the end), how often each."""
    for fault in ("", *FAULTS, *OTHERS):
        own = [run for run in runs if run.case.fault == fault and (fault or run.solved)]
        yield fault or "healthy", _counted(run.early for run in own), _counted(run.late for run in own)


def _counted(found: Iterable[tuple[Finding, ...]]) -> str:
    first = [next((each.rule for each in many if each.gravity is Gravity.CAUSE), "–") for many in found]
    rules = sorted(set(first), key=first.count, reverse=True)
    return ", ".join(f"{first.count(rule)} {rule}" for rule in rules)
