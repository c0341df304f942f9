"""`main.py --bundle`: a folder that runs without Python, and what is handed on of it, in `dist/`.

It is built from the locked environment by PyInstaller, which makes programs only for the system that it runs on.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from nnplay import __version__
from nnplay.bootstrap.bundle import linux
from nnplay.bootstrap.bundle.freezing import freeze
from nnplay.bootstrap.bundle.places import full_name, package_name
from nnplay.bootstrap.fetching import StartError
from nnplay.texts import tr


def build(checkout: Path, arguments: Sequence[str], say: Callable[[str], None]) -> int:
    """Build the bundle for this system.

    Returns
    -------
    int
        0; 1 where it can't be built, which is said; 2 where arguments are given: there are none.
    """
    if arguments:
        say(tr("--bundle takes no arguments; it got {arguments}", arguments=" ".join(arguments)))
        return 2
    try:
        _build(checkout / "build" / "bundle", checkout / "dist", say)
    except StartError as failure:
        say(str(failure))
        return 1
    except OSError as error:
        say(tr("the bundle can't be built ({reason})", reason=error))
        return 1
    return 0


def _build(work: Path, dist: Path, say: Callable[[str], None]) -> None:
    say(tr("building the bundle; this takes some minutes …"))
    frozen = freeze(work)
    dist.mkdir(exist_ok=True)
    folder = dist / full_name(__version__) / frozen.name
    shutil.rmtree(folder.parent, ignore_errors=True)
    shutil.copytree(frozen, folder, symlinks=True)
    for made in [folder, *_packed(folder, work, dist)]:
        say(tr("{file}: {size} MB", file=made, size=f"{_megabytes(made):.1f}"))


def _packed(folder: Path, work: Path, dist: Path) -> list[Path]:
    """The files to hand on, written."""
    name = full_name(__version__)
    if sys.platform.startswith("linux"):
        archive, package = dist / f"{name}.tar.xz", dist / package_name(__version__)
        linux.make_archive(folder, work / "archive", archive)
        if shutil.which("dpkg-deb") is None:
            return [archive]
        linux.make_deb(folder, work / "deb", package)
        return [archive, package]
    archive = dist / f"{name}.zip"
    archive.unlink(missing_ok=True)
    if sys.platform == "darwin":  # ditto keeps the links and rights inside of an .app
        command = ["ditto", "-c", "-k", "--keepParent", str(folder), str(archive)]
        if subprocess.run(command, check=False).returncode:
            raise StartError(tr("{file} can't be written", file=archive))
    else:
        shutil.make_archive(str(dist / name), "zip", folder.parent, folder.name)
    return [archive]


def _megabytes(path: Path) -> float:
    files = [path] if path.is_file() else [each for each in path.rglob("*") if not each.is_symlink()]
    return sum(each.stat().st_size for each in files if each.is_file()) / 1e6
