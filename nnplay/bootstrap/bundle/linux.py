"""From the folder to what is handed on on Linux: a Debian package, and an archive with an `install` script."""

import gzip
import lzma
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path

from nnplay import __version__
from nnplay.bootstrap.bundle.places import CHECKOUT, debian_machine, source_date
from nnplay.bootstrap.fetching import StartError
from nnplay.desktop_entry import SHARED
from nnplay.texts import tr

PACKAGES = {
    "libc": "libc6",
    "libm": "libc6",
    "libdl": "libc6",
    "libpthread": "libc6",
    "librt": "libc6",
    "libutil": "libc6",
    "libgcc_s": "libgcc-s1",
    "libstdc++": "libstdc++6",
    "libz": "zlib1g",
    "libzstd": "libzstd1",
    "libGL": "libgl1",
    "libEGL": "libegl1",
    "libX11": "libx11-6",
    "libX11-xcb": "libx11-xcb1",
    "libxcb": "libxcb1",
    "libxcb-glx": "libxcb-glx0",
    "libxcb-randr": "libxcb-randr0",
    "libxcb-render": "libxcb-render0",
    "libxcb-shape": "libxcb-shape0",
    "libxcb-shm": "libxcb-shm0",
    "libxcb-sync": "libxcb-sync1",
    "libxcb-xfixes": "libxcb-xfixes0",
    "libxkbcommon": "libxkbcommon0",
    "libdbus-1": "libdbus-1-3",
    "libfontconfig": "libfontconfig1",
    "libfreetype": "libfreetype6",
    "libglib-2.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0": "libglib2.0-0t64 | libglib2.0-0",
    "libwayland-client": "libwayland-client0",
    "libwayland-cursor": "libwayland-cursor0",
    "libwayland-egl": "libwayland-egl1",
}
"""A library of the system that the bundle asks for, without its version → the packages that bring it."""

RECOMMENDED = ("desktop-file-utils", "hicolor-icon-theme", "shared-mime-info")
"""By these the desktop takes notice of the entry, the icon and the type; a minimal system may do without."""

CONTROL = Path(__file__).with_name("control.txt")
_ELF = b"\x7fELF"


def system_packages(folder: Path) -> list[str]:
    """The Debian packages of all libraries that the bundle asks for and doesn't hold, for `Depends`.

    Raises
    ------
    StartError
        A library of the system that isn't known: it belongs to `PACKAGES`, or into the bundle.
    """
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_elf(path)]
    held = {path.name for path in folder.rglob("*.so*")}
    packages: set[str] = set()
    for path in files:
        for library in sorted(_needed(path) - held):
            stem = library.split(".so")[0]
            if stem.startswith("ld-linux"):
                continue
            if stem not in PACKAGES:
                sentence = tr("{file} needs {library}, of which no package is known", file=path.name, library=library)
                raise StartError(sentence)
            packages.add(PACKAGES[stem])
    packages.discard("libc6")
    newest = max((_libc_version(path) for path in files), default=(2, 28))
    return [f"libc6 (>= {newest[0]}.{newest[1]})", *sorted(packages)]


def make_deb(folder: Path, work: Path, target: Path) -> None:
    """Write the Debian package.

    Parameters
    ----------
    folder
        The bundle.
    work
        Where the package's tree is laid out, anew.
    target
        The file.
    """
    shutil.rmtree(work, ignore_errors=True)
    usr = work / "usr"
    shutil.copytree(folder, usr / "lib" / "nnplay", symlinks=True)
    (usr / "bin").mkdir()
    (usr / "bin" / "nnplay").symlink_to("../lib/nnplay/nnplay")
    copy_shared(usr / "share")
    documents = usr / "share" / "doc" / "nnplay"
    documents.mkdir(parents=True)
    shutil.copy(CHECKOUT / "resources" / "desktop" / "copyright", documents / "copyright")
    changes = (CHECKOUT / "CHANGELOG.md").read_bytes()
    (documents / "changelog.gz").write_bytes(gzip.compress(changes, 9, mtime=source_date()))
    sizes = sum(path.lstat().st_size for path in usr.rglob("*") if not path.is_symlink())
    (work / "DEBIAN").mkdir()
    (work / "DEBIAN" / "control").write_text(control(system_packages(folder), sizes), encoding="utf-8")
    _set_rights_and_times(work)
    command = ["dpkg-deb", "-Zzstd", "-z19", "--root-owner-group", "--build", str(work), str(target)]
    surroundings = dict(os.environ, SOURCE_DATE_EPOCH=str(source_date()))
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StartError(tr("dpkg-deb failed: {reason}", reason=done.stderr.strip()))


def control(depends: Iterable[str], size: int) -> str:
    """The package's description, for its size in bytes."""
    return CONTROL.read_text(encoding="utf-8").format(
        version=__version__,
        architecture=debian_machine(),
        size=size // 1024,
        depends=", ".join(depends),
        recommended=", ".join(RECOMMENDED),
    )


def make_archive(folder: Path, work: Path, target: Path) -> None:
    """Write the archive for one person's home: the bundle, what the desktop reads, and `install`."""
    shutil.rmtree(work, ignore_errors=True)
    tree = work / target.name.removesuffix(".tar.xz")
    shutil.copytree(folder, tree / "nnplay", symlinks=True)
    copy_shared(tree / "share")
    shutil.copy(Path(__file__).with_name("install.sh"), tree / "install")
    shutil.copy(CHECKOUT / "LICENSE", tree / "LICENSE")
    _set_rights_and_times(tree)
    machine_code = {"id": lzma.FILTER_X86} if debian_machine() == "amd64" else None
    filters = [*([machine_code] if machine_code else []), {"id": lzma.FILTER_LZMA2, "preset": 9}]
    with lzma.open(target, "wb", filters=filters) as packed, tarfile.open(fileobj=packed, mode="w") as tar:
        for path in [tree, *sorted(tree.rglob("*"))]:
            entry = tar.gettarinfo(path, str(path.relative_to(work)))
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = "root"
            if entry.isreg():
                with path.open("rb") as file:
                    tar.addfile(entry, file)
            else:
                tar.addfile(entry)


def copy_shared(share: Path) -> None:
    """Lay out what the desktop reads: entry, type, icons, and the description for software centres."""
    resources = CHECKOUT / "resources"
    for name, place in {**SHARED, "desktop/nnplay.metainfo.xml": "metainfo/nnplay.metainfo.xml"}.items():
        (share / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(resources / name, share / place)


def _set_rights_and_times(tree: Path) -> None:
    """The same for everyone who builds: nobody's umask, and no time of building."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or (_is_elf(path) and ".so" not in path.name) or path.name == "install"
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (source_date(), source_date()), follow_symlinks=False)


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == _ELF


def _needed(path: Path) -> set[str]:
    """The libraries that an ELF file asks for, as objdump tells them; PyInstaller needs objdump, too."""
    done = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True)
    return set(re.findall(r"^\s+NEEDED\s+(\S+)$", done.stdout, re.MULTILINE))


def _libc_version(path: Path) -> tuple[int, int]:
    """The newest version of the C library whose functions it uses."""
    found = re.findall(rb"\bGLIBC_2\.(\d+)\b", path.read_bytes())
    return 2, max(map(int, found), default=0)
