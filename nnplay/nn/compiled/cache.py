"""Where compiled kernels are kept: in the person's own cache folder, those of these very sources."""

import hashlib
import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """A folder of these sources alone: numba doesn't see a change in what a kernel calls."""
    home = Path.home()
    folders = {"win32": home / "AppData/Local", "darwin": home / "Library/Caches"}
    chosen = Path(os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", ""))
    base = chosen if chosen.is_absolute() else folders.get(sys.platform, home / ".cache")
    sources = sorted(Path(__file__).parent.glob("*.py"))
    key = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    return base / "nnplay" / "compiled" / key
