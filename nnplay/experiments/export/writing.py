"""From a run to files: checked before anything is made, and there whole or not at all."""

import sys
from pathlib import Path

from nnplay.experiments.explain import DocumentError
from nnplay.experiments.export.exported import ExportedRun
from nnplay.experiments.export.formats import Format
from nnplay.experiments.whole_files import write_whole
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
    try:
        has_folder = path.resolve().parent.is_dir()
    except (OSError, ValueError, RuntimeError):  # a name too long, a NUL in it, links that lead to each other
        has_folder = False
    if not has_folder:
        raise DocumentError(name, tr("there is no such folder to write to"))
    for each in (path, *(path.with_suffix(suffix) for suffix in wanted.beside)):
        if each.is_dir():
            raise DocumentError(str(each), tr("this is a folder"))
        if each.exists() and not overwrite:
            raise DocumentError(str(each), tr("there is such a file already; --force replaces it"))


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
    files = {path.with_suffix(suffix): data for suffix, data in wanted.files(run).items()}
    try:
        write_whole({each.resolve(): data for each, data in reversed(files.items())})  # the file itself last
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DocumentError(str(path), tr("the file can't be written ({error})", error=reason)) from error
    return tuple(files)
