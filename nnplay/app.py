"""The entry point: reads the arguments, then opens the window or does the work on the command line.

Each of the two is imported only when it is asked for, so that `nnplay train` runs where there is no Qt.
"""

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from nnplay import __version__
from nnplay.preflight import system_problem, tell
from nnplay.texts import tr

COMMANDS = ("train", "predict", "export", "check", "worked", "options", "conditions")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run nnplay with these arguments, those of the process where None are given.

    Returns
    -------
    int
        The exit code: 0, 1 where the window can't be opened or --smoke failed, 2 for bad arguments or a bad file.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments and arguments[0] in COMMANDS:
        from nnplay.cli import main as run_command

        return run_command(arguments)
    options = _parser().parse_args(arguments)
    problem = system_problem()
    if problem is not None:
        tell(problem)
        return 1
    gc.disable()  # `run_window` collects, when Qt is at rest; what is imported is no garbage anyway
    if options.smoke:
        from nnplay.gui.window.smoke import run_smoke

        return run_smoke()
    from nnplay.gui.window.start import run_window

    file: Path | None = options.file
    return run_window(file)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nnplay",
        description=tr("Open the window: a neural network that you can see, stop, rewind and take apart."),
        epilog=tr(
            "Without a window: nnplay train FILE and nnplay train --data TABLE train, nnplay predict RUN --data TABLE "
            "predicts, nnplay export takes a run to other tools, nnplay check compares its gradients with differences, "
            "nnplay worked writes one step of a small network out, "
            "nnplay options lists an experiment's options, nnplay conditions what a training can end at."
        ),
    )
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help=tr("an experiment to open (.nnplay), or a table to import")
    )
    parser.add_argument(
        "--smoke", action="store_true", help=tr("open the window, train XOR, save it and read it again, and end")
    )
    parser.add_argument("--version", action="version", version=f"nnplay {__version__}")
    return parser
