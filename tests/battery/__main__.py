"""The diagnosis's rules on runs that are healthy and runs with a fault: `python -m tests.battery --seed 1`.

Printed are each rule's false alarms (of the healthy runs that learnt) and how many of the runs with its fault it finds,
after 20 epochs and at the end; what is told first; and how many of the runs are solved by the button of what is told.
"""

import argparse
import sys
import time

from tests.battery.cases import DATA, FAULTS, OTHERS, battery, others
from tests.battery.running import Looked, after_fix, has_learnt, looked
from tests.battery.table import rows, told_first
from tests.battery.xor_starts import print_xor_starts

LINE = "{:<28}{:<18}{:<12}{:<18}{}"


def main() -> int:
    """Run what the arguments ask for, and print the tables; 1 where the starts of XOR are others than they were."""
    parser = argparse.ArgumentParser(prog="python -m tests.battery", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--samples", type=int, default=500, help="points, of which half train")
    parser.add_argument("--data", nargs="+", default=list(DATA))
    parser.add_argument("--units", type=int, nargs="+", default=[8, 8])
    parser.add_argument("--fixes", action="store_true", help="use the fix of what is told first, and look again")
    parser.add_argument("--xor", type=int, metavar="STARTS", help="so many starts of [2, 4, 1] on XOR instead")
    arguments = parser.parse_args()
    if arguments.xor:
        return 0 if print_xor_starts(arguments.xor, arguments.seed) else 1
    began = time.perf_counter()
    cases = battery(arguments.seed, arguments.samples, tuple(arguments.data), tuple(arguments.units))
    cases += others(arguments.seed, arguments.samples)
    runs = [looked(case) for case in cases]
    healthy = [run for run in runs if not run.case.fault]
    print(f"{len(runs)} runs, {sum(run.solved for run in healthy)} of {len(healthy)} healthy ones learnt, "
          f"{time.perf_counter() - began:.0f} s\n")  # fmt: skip
    print(LINE.format("rule", "false", "to reach", "found", "to reach"))
    for row in rows(runs):
        print(LINE.format(*row))
    print()
    for fault, early, late in told_first(runs):
        print(f"{fault}:\n    early {early}\n    late  {late}")
    if arguments.fixes:
        print_fixes(runs)
    return 0


def print_fixes(runs: list[Looked]) -> None:
    """How many of the runs with each fault learn by the fix of what is told first."""
    print("\nlearnt after the fix, of the runs that hadn't")
    for fault in (*FAULTS, *OTHERS):
        stuck = [run for run in runs if run.case.fault == fault and not run.solved]
        fixed = [(run, run.late[0].fix) for run in stuck if run.late and run.late[0].fix is not None]
        learnt = sum(has_learnt(after_fix(run, fix, run.case.epochs)) for run, fix in fixed if fix is not None)
        print(f"{fault:<28}{learnt} of {len(stuck)}")


if __name__ == "__main__":
    sys.exit(main())
