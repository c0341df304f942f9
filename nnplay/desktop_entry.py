"""nnplay among the programs of one person's Linux desktop: the entry in the applications menu, and the file type.

By the desktop's own rules (the freedesktop.org specifications of desktop entries, shared MIME types and icon themes)
that is a handful of files below a `share` folder: of the system for a package, of a person's home for what is added
here. Taken away again, nothing of it is left.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from nnplay.errors import NnplayError
from nnplay.resources import resource_path
from nnplay.texts import tr

ENTRY = "applications/nnplay.desktop"
SIZES = (16, 24, 32, 48, 64, 128, 256)
SHARED = {
    "desktop/nnplay.desktop": ENTRY,
    "desktop/nnplay-mime.xml": "mime/packages/nnplay.xml",
    "desktop/icons/nnplay.svg": "icons/hicolor/scalable/apps/nnplay.svg",
    "desktop/icons/application-x-nnplay.svg": "icons/hicolor/scalable/mimetypes/application-x-nnplay.svg",
    **{f"desktop/icons/nnplay/{size}.png": f"icons/hicolor/{size}x{size}/apps/nnplay.png" for size in SIZES},
    **{
        f"desktop/icons/application-x-nnplay/{size}.png": (
            f"icons/hicolor/{size}x{size}/mimetypes/application-x-nnplay.png"
        )
        for size in SIZES
    },
}
"""A file of `resources` → its place below a folder `share`."""

_DATABASES = (("update-mime-database", "mime"), ("update-desktop-database", "applications"))
_UNQUOTED = re.compile(r"[\w@+./:=,-]+")


def can_be_added() -> bool:
    """Tell whether there is a menu here to add it to: on Linux, unless a package has done so for everyone."""
    everyones = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    installed = any((Path(folder) / ENTRY).is_file() for folder in everyones.split(":") if folder)
    return sys.platform.startswith("linux") and not installed


def is_added() -> bool:
    """Tell whether it is in the menu of this account."""
    return (own_share() / ENTRY).is_file()


def add(command: Sequence[str] | None = None) -> None:
    """Write the entry and the type for this account.

    Parameters
    ----------
    command
        What starts nnplay; None for what started it now.

    Raises
    ------
    NnplayError
        Something can't be written; nothing of it is left then.
    """
    share = own_share()
    try:
        for name, place in SHARED.items():
            data = resource_path(name).read_bytes()
            if place == ENTRY:
                data = entry_text(data.decode(), command or started_by()).encode()
            target = share / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    except OSError as error:
        with contextlib.suppress(NnplayError):
            remove()
        raise _refused(error, share) from error
    _update(share)


def remove() -> None:
    """Take the entry and the type of this account away, with the folders that were made for them.

    Raises
    ------
    NnplayError
        Something can't be deleted.
    """
    share = own_share()
    try:
        for place in SHARED.values():
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                (share / place).unlink()
    except OSError as error:
        raise _refused(error, share) from error
    _update(share)
    _tidy(share)


def own_share() -> Path:
    """The folder `share` of this account."""
    named = os.environ.get("XDG_DATA_HOME", "")
    return Path(named) if Path(named).is_absolute() else Path.home() / ".local" / "share"


def started_by() -> list[str]:
    """The command that starts nnplay as now: of a bundle, of a checkout with its ``main.py``, or an installed one."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    main = Path(__file__).resolve().parents[1] / "main.py"
    if main.is_file():
        return [sys.executable, str(main)]
    script = Path(sys.executable).with_name("nnplay")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "nnplay"]


def entry_text(text: str, command: Sequence[str]) -> str:
    """The desktop entry with this command, quoted by the rules of its specification."""
    quoted = " ".join(map(_quoted, command))
    return re.sub(r"^Exec=.*$", lambda _: f"Exec={quoted} %f", text, flags=re.MULTILINE)


def _quoted(argument: str) -> str:
    if _UNQUOTED.fullmatch(argument):
        return argument
    escaped = re.sub(r'(["`$\\])', r"\\\1", argument).replace("%", "%%")
    return '"' + escaped.replace("\\", "\\\\") + '"'  # the value of a key is escaped once more


def _update(share: Path) -> None:
    """Let the desktop look at what there is; where it has no such program, it looks by itself."""
    for program, folder in _DATABASES:
        found = shutil.which(program)
        if found is not None and (share / folder).is_dir():
            subprocess.run([found, str(share / folder)], capture_output=True, check=False)


def _tidy(share: Path) -> None:
    """Take away what is made from the files of all programs where none is left, and the folders that are empty then."""
    if not any((share / "mime" / "packages").glob("*.xml")):
        shutil.rmtree(share / "mime", ignore_errors=True)
    if not any((share / "applications").glob("*.desktop")):
        with contextlib.suppress(OSError):
            (share / "applications" / "mimeinfo.cache").unlink()
    for place in SHARED.values():
        for folder in Path(place).parents[:-1]:
            with contextlib.suppress(OSError):  # others have files in it, and keep it
                (share / folder).rmdir()


def _refused(error: OSError, share: Path) -> NnplayError:
    return NnplayError(
        tr("{folder} can't be written to ({reason})", folder=error.filename or share, reason=error.strerror)
    )
