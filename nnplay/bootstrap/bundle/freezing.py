"""Makes the folder that runs without Python: PyInstaller, in the locked environment, by nnplay.spec."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from nnplay import __version__
from nnplay.bootstrap.bundle.icon_files import write_icns, write_ico
from nnplay.bootstrap.bundle.places import CHECKOUT, MADE, source_date
from nnplay.bootstrap.fetching import StartError
from nnplay.texts import tr

SPECIFICATION = Path(__file__).with_name("nnplay.spec")
VERSION = SPECIFICATION.with_name("version.txt")
PICTURES = CHECKOUT / "resources" / "desktop" / "icons" / "nnplay"


def freeze(work: Path) -> Path:
    """Build the bundle below `work`, a folder that is made anew.

    Returns
    -------
    Path
        The folder with the program, on macOS ``nnplay.app``.

    Raises
    ------
    StartError
        PyInstaller failed, with its last line and where all of them are.
    """
    shutil.rmtree(work, ignore_errors=True)
    made, frozen = work / "made", work / "frozen"
    made.mkdir(parents=True)
    _make_resources(made)
    log = work / "pyinstaller.log"
    folders = ["--distpath", str(frozen), "--workpath", str(work / "build")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", *folders, str(SPECIFICATION)]
    surroundings = {MADE: str(made), "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(source_date())}
    path = os.pathsep.join(filter(None, (str(CHECKOUT), os.environ.get("PYTHONPATH"))))
    with log.open("wb") as said:
        done = subprocess.run(
            command,
            cwd=work,
            env=dict(os.environ, **surroundings, PYTHONPATH=path),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
        last = next((line for line in reversed(lines) if line.strip()), "")
        raise StartError(tr("PyInstaller failed: {last} (all that it said is in {log})", last=last, log=log))
    if sys.platform == "darwin":
        return frozen / "nnplay.app"
    folder = frozen / "nnplay"
    if sys.platform.startswith("linux"):
        _strip(folder)
    return folder


def _make_resources(made: Path) -> None:
    """The icon and the version resource in the forms of Windows and macOS, which ask for them."""
    pictures = {int(path.stem): path.read_bytes() for path in PICTURES.glob("*.png")}
    write_ico(pictures, made / "nnplay.ico")
    write_icns(pictures, made / "nnplay.icns")
    (made / "version.txt").write_text(version_resource(__version__), encoding="utf-8")


def version_resource(version: str) -> str:
    """What PyInstaller reads for the version resource of an executable of Windows."""
    numbers = (*(int(part) for part in version.split(".")[:3]), 0)
    return VERSION.read_text(encoding="utf-8").format(numbers=numbers, version=version)


def _strip(folder: Path) -> None:
    """Take the symbols for debuggers out of Python's own libraries, which one built by hand still has: 20 MB."""
    strip = shutil.which("strip")
    own = [*folder.rglob("libpython3*.so*"), *folder.glob("_internal/python3*/lib-dynload/*.so")]
    if strip is not None and own:
        subprocess.run([strip, "--strip-unneeded", *map(str, own)], check=True)
