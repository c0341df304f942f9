"""Files that are there whole or not at all: the old ones stay until the new ones are complete on the disk."""

import contextlib
import glob
import os
import secrets
import time
from collections.abc import Mapping
from pathlib import Path

HALF_WRITTEN_AFTER = 600
"""Seconds without a byte after which nobody can be writing a file any more."""


def write_whole(files: Mapping[Path, bytes], *, private: bool = False) -> None:
    """Write files that belong together; where one of them can't be written, none is.

    Parameters
    ----------
    private
        For nobody else to read; else an old file's permissions stay, and a new one's are as usual.

    Raises
    ------
    OSError, ValueError
        A file can't be written.
    """
    written: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            _remove_halves(path)
            fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
            written[path] = fresh
            _write(fresh, data, 0o600 if private else _mode_of(path))
        for path, fresh in written.items():
            fresh.replace(path)
    except BaseException:
        for fresh in written.values():
            with contextlib.suppress(OSError):
                fresh.unlink()
        raise
    for folder in {path.parent for path in files}:
        _flush_folder(folder)


def _mode_of(path: Path) -> int | None:
    return path.stat().st_mode & 0o777 if path.exists() else None


def _write(fresh: Path, data: bytes, mode: int | None) -> None:
    first = 0o666 if mode is None else 0o600  # what is private is so from its first byte
    with open(fresh, "xb", opener=lambda name, flags: os.open(name, flags, first)) as file:
        if mode is not None:
            fresh.chmod(mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(path: Path) -> None:
    if os.name == "nt":
        return
    folder = os.open(path, os.O_RDONLY)  # the new name, too, is on the disk only when its folder is
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _remove_halves(path: Path) -> None:
    """Remove what was half written of this file by processes that were killed."""
    with contextlib.suppress(OSError):
        for half in path.parent.glob(f".{glob.escape(path.name)}.????????.new"):
            if time.time() - half.stat().st_mtime > HALF_WRITTEN_AFTER:
                half.unlink()
