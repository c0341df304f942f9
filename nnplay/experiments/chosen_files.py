"""Files whose place a person chose: checked before the long work, there whole or not at all, and said why not."""

import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from nnplay.experiments.explain import DocumentError
from nnplay.experiments.whole_files import write_whole
from nnplay.texts import tr


def check_folder(path: Path) -> None:
    """Refuse a file that there is no folder for.

    Raises
    ------
    DocumentError
        With the file's name.
    """
    try:
        has_folder = path.resolve().parent.is_dir()
    except (OSError, ValueError, RuntimeError):  # a name too long, a NUL in it, links that lead to each other
        has_folder = False
    if not has_folder:
        raise DocumentError(str(path), tr("there is no such folder to write to"))


def check_place(path: Path, beside: Iterable[str], *, overwrite: bool) -> None:
    """Refuse a file that there is no folder for, and what is there already.

    Parameters
    ----------
    beside
        Suffixes of what is written beside it, under the same name.

    Raises
    ------
    DocumentError
        With the file's name.
    """
    check_folder(path)
    for each in (path, *map(path.with_suffix, beside)):
        if each.is_dir():
            raise DocumentError(str(each), tr("this is a folder"))
        if each.exists() and not overwrite:
            raise DocumentError(str(each), tr("there is such a file already; --force replaces it"))


def write_chosen(path: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write a file and what lies beside it.

    Parameters
    ----------
    contents
        By suffix, the file itself first.

    Returns
    -------
    tuple of Path
        What was written, in this order.

    Raises
    ------
    DocumentError
        It can't be written; nothing is left of it.
    """
    files = {
        path if place == 0 else path.with_suffix(suffix): data for place, (suffix, data) in enumerate(contents.items())
    }
    try:
        write_whole({each.resolve(): data for each, data in reversed(files.items())})  # the file itself last
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from error
    return tuple(files)


def check_writable(path: Path) -> None:
    """Refuse a name that can't be written at its place, before the long work.

    Raises
    ------
    DocumentError
        With the file's name.
    """
    fresh = fresh_beside(path)
    try:
        fresh.touch(exist_ok=False)
        fresh.unlink()
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from error


def fresh_beside(path: Path) -> Path:
    """The name under which it is written until it is whole."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")


def unwritable(path: Path, error: Exception) -> DocumentError:
    """The error of a file that can't be written."""
    reason = getattr(error, "strerror", None) or str(error)
    return DocumentError(str(path), tr("the file can't be written ({error})", error=reason))
