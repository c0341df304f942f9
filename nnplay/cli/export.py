"""`nnplay export`: a trained run in the format of another tool."""

import argparse
from pathlib import Path

from nnplay.cli.runs import read_run
from nnplay.experiments.export import FORMATS, ExportedRun, check_target, export_run


def export_command(arguments: argparse.Namespace) -> int:
    """Write the run in the format, print what was written; return the exit code.

    Raises
    ------
    DocumentError, InputError, TooLargeError
        What can't be exported.
    """
    wanted, out = FORMATS[arguments.to], Path(arguments.out)
    check_target(wanted, out, overwrite=arguments.force)  # said before the run is read
    run = ExportedRun(out.stem, read_run(arguments.file))
    for path in export_run(run, wanted, out, overwrite=arguments.force):
        print(path)
    return 0
