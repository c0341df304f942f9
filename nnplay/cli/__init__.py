"""nnplay without a display: `train` trains an experiment or a table, `predict` uses it, `export` takes it to other
tools, `check` compares its gradients with differences, `worked` writes one step of it out, `options` lists the
choices, `conditions` what a training can end at.

Exit codes: 0 done; 1 the training diverged, or a gradient is wrong; 2 bad arguments or a bad file; 10 the first
--stop-when ended it, 11 the second, and so on; 130 stopped by Ctrl-C.
"""

import os
import sys
from collections.abc import Sequence

from nnplay.cli.arguments import parsed
from nnplay.cli.check import check_command
from nnplay.cli.conditions_list import conditions_command
from nnplay.cli.export import export_command
from nnplay.cli.options_list import options_command
from nnplay.cli.predict import predict_command
from nnplay.cli.refusing import refuse
from nnplay.cli.train import train_command
from nnplay.cli.worked import worked_command
from nnplay.data.file_error import FileError
from nnplay.errors import InputError, TooLargeError
from nnplay.experiments.explain import DocumentError
from nnplay.texts import tr

COMMANDS = {
    "train": train_command,
    "predict": predict_command,
    "export": export_command,
    "check": check_command,
    "worked": worked_command,
    "options": options_command,
    "conditions": conditions_command,
}


def main(arguments: Sequence[str]) -> int:
    """Do the command that the arguments name.

    Returns
    -------
    int
        The exit code.
    """
    options = parsed(arguments)
    try:
        return COMMANDS[options.command](options)
    except (DocumentError, FileError) as error:  # which begin with the file's name
        return refuse(str(error), 2)
    except (InputError, TooLargeError) as error:
        return refuse(tr("{file}: {problem}", file=str(options.source), problem=error), 2)
    except BrokenPipeError:  # who reads has enough, as head has of many rows
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return refuse(tr("stopped"), 130)
