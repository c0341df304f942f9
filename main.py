#!/usr/bin/env python3
"""Start nnplay: `python3 main.py` opens the window, `python3 main.py --tests` runs every test and check.

`python3 main.py --tests --all` fetches other people's tools too, which read back what nnplay exports.
`python3 main.py --checks` runs the checks alone: style, types, imports.
`python3 main.py --bundle` builds a program that runs without Python.

Written so that an old Python, too, can read it and say what it lacks.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("nnplay: Python 3.11 or newer is needed; this is Python " + sys.version.split()[0] + ".")

from nnplay.bootstrap import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
