"""From a run to files: checked before anything is made, and there whole or not at all."""

import sys
from pathlib import Path

from nnplay.experiments.chosen_files import check_place, write_chosen
from nnplay.experiments.explain import DocumentError
from nnplay.experiments.export.exported import ExportedRun
from nnplay.experiments.export.formats import Format
from nnplay.texts import mark, tr

IMPORTED = sys.stdlib_module_names | {"numpy", "torch", "keras"}
"""Modules that a program, or what it imports, finds by their names: a file of that name beside it comes first."""


def check_target(wanted: Format, path: Path, *, overwrite: bool = False) -> None:
    """Refuse a name that the format can't have, a folder that isn't there, and files that are.

    Raises
    ------
    DocumentError
        With the file's name.
    """
    name = str(path)
    if path.suffix.lower() != wanted.suffix:
        raise DocumentError(name, tr("the name of this export ends with {suffix}", suffix=wanted.suffix))
    if wanted.suffix == ".py" and path.stem in IMPORTED:
        problem = mark("a program of this name would be imported in place of the module {module}; choose another name")
        raise DocumentError(name, tr(problem, module=path.stem))
    check_place(path, wanted.beside, overwrite=overwrite)


def export_run(run: ExportedRun, wanted: Format, path: Path, *, overwrite: bool = False) -> tuple[Path, ...]:
    """Write a run in a format.

    Returns
    -------
    tuple of Path
        What was written: the file, and what lies beside it.

    Raises
    ------
    DocumentError
        The format can't hold this run, or the file can't be written; nothing is left of it.
    """
    check_target(wanted, path, overwrite=overwrite)
    reason = wanted.refused(run)
    if reason is not None:
        raise DocumentError(str(path), reason)
    return write_chosen(path, wanted.files(run))
