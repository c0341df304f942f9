"""Everything that a network may have, trained by both engines: `python -m tests.soak.compiled`.

Tens of thousands of small networks for fifty steps each, in some minutes; `--every 10` takes each tenth. Ends with a
line of figures, and with exit code 1 where the two aren't alike.
"""

import argparse
import sys

from tests.nn.compiled.pairs import differences, every_case


def main() -> int:
    """Train all of them, print those that differ, and answer 1 where there is one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="of so many cases one")
    cases = every_case()[:: parser.parse_args().every]
    found = 0
    for case in cases:
        what = differences(case)
        if what:
            found += 1
            print(case, ", ".join(what), flush=True)
    print(f"{len(cases):,} networks, {found:,} differ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
