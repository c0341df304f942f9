"""What is written to a file: checked before the long work, and there whole or not at all."""

import contextlib
import os
from pathlib import Path

from nnplay.experiments.explain import DocumentError
from nnplay.texts import tr


def check_folder(path: Path | None) -> None:
    """Refuse a file that there is no folder for.

    Raises
    ------
    DocumentError
        With the file's name.
    """
    if path is not None and not _has_folder(path):
        raise DocumentError(str(path), tr("there is no such folder to write to"))


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8; an old file stays whole until the new one is complete.

    Raises
    ------
    DocumentError
        It can't be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            temporary.write_text(text, encoding="utf-8", errors="replace", newline="")
            temporary.replace(path)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DocumentError(str(path), tr("the file can't be written ({error})", error=reason)) from error


def _has_folder(path: Path) -> bool:
    try:
        return path.resolve().parent.is_dir()
    except (OSError, ValueError, RuntimeError):  # a name too long, a NUL in it, links that lead to each other
        return False
