"""Whether files are on the disk as this window left them: another one, or another program, may have the same open."""

import stat
from pathlib import Path


class OnDisk:
    """What the files looked like when this window read or wrote them last."""

    def __init__(self) -> None:
        self._seen: dict[Path, tuple[int, int] | None] = {}

    def note(self, path: Path) -> None:
        """It is as this window has it."""
        self._seen[path] = _look_of(path)

    def is_another(self, path: Path) -> bool:
        """Whether something else was written there since; not where it is gone."""
        now = _look_of(path)
        return now is not None and path in self._seen and now != self._seen[path]


def _look_of(path: Path) -> tuple[int, int] | None:
    """When it was written, and how large it is; None where there is no such file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size) if stat.S_ISREG(status.st_mode) else None
