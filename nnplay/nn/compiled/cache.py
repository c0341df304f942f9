"""Where compiled kernels are kept: in the person's own cache folder, those of these very sources and versions."""

import hashlib
import os
import platform
import sys
from importlib import metadata
from pathlib import Path


def cache_folder() -> Path:
    """A folder of these sources alone: numba doesn't see a change in what a kernel calls."""
    home = Path.home()
    folders = {"win32": home / "AppData/Local", "darwin": home / "Library/Caches"}
    chosen = Path(os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", ""))
    base = chosen if chosen.is_absolute() else folders.get(sys.platform, home / ".cache")
    sources = [source.read_bytes() for source in sorted(Path(__file__).parent.glob("*.py"))]
    made_with = (sys.version, platform.machine(), *map(_version, ("numba", "llvmlite", "numpy")))
    key = hashlib.sha256(b"".join([*sources, *(each.encode() for each in made_with)])).hexdigest()[:16]
    return base / "nnplay" / "compiled" / key


def mark_kept(dtype: str) -> None:
    """Remember that the kernel of this precision is kept."""
    mark = cache_folder() / f"{dtype}.kept"
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()


def is_kept(dtype: str) -> bool:
    """Whether the kernel of this precision was compiled before, and needs only to be loaded."""
    return (cache_folder() / f"{dtype}.kept").exists()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
