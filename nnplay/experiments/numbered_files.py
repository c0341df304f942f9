"""A folder of files that belong together: it is there with all of them, or not at all."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from nnplay.experiments.chosen_files import check_folder, check_writable, fresh_beside, unwritable
from nnplay.experiments.explain import DocumentError
from nnplay.texts import tr


def check_new_folder(path: Path) -> None:
    """Refuse a folder that is there already, or that can't be made.

    Raises
    ------
    DocumentError
        With its name.
    """
    check_folder(path)
    if path.exists():
        raise DocumentError(str(path), tr("this is there already, and nothing in it is replaced: choose another name"))
    check_writable(path)


def write_numbered(path: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Make a folder with these files, (name, bytes) each, which are written as they come; how many bytes they have.

    Raises
    ------
    DocumentError
        It can't be written; nothing is left of it. Nor is where `files` raises.
    """
    check_new_folder(path)
    fresh, size = fresh_beside(path), 0
    try:
        fresh.mkdir()
        for name, data in files:
            (fresh / name).write_bytes(data)
            size += len(data)
        if path.exists():  # since it was checked; a rename would replace an empty one
            check_new_folder(path)
        fresh.rename(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return size
