"""A text that is written to a file: there whole or not at all."""

import contextlib
import os
from pathlib import Path

from nnplay.experiments.explain import DocumentError
from nnplay.texts import tr


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
