"""A Debian with nothing but the base, made by debootstrap: no Python, no Qt, and a person with a home."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

SUITE = "bookworm"
PERSON, NUMBER = "person", 1000
FLEETING = ("proc", "sys", "dev", "run", "tmp", "var/cache", "var/log", "var/lib/apt", "var/lib/dpkg", "home")
"""Below these a system writes all the time, or files are a person's own."""


class BareSystem:
    """A root file system, in which commands are run by chroot.

    Parameters
    ----------
    root
        Its folder.
    display
        The X server's name, which is reached by its abstract socket.
    """

    def __init__(self, root: Path, display: str) -> None:
        self.root = root
        self.home = root / "home" / PERSON
        self._display = display

    def run(self, *command: str, person: bool = False, check: bool = True) -> str:
        """Run a command as root, or as the person with the screen, and return what it prints."""
        done = subprocess.run(
            self._inside(command, person=person),
            env=self._surroundings(person=person),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if check and done.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}")
        return done.stdout.strip()

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        """Start a command as the person, and don't wait for it."""
        return subprocess.Popen(
            self._inside(command, person=True), env=self._surroundings(person=True), stdin=subprocess.DEVNULL
        )

    def install(self, *packages: str, recommended: bool = True) -> None:
        """Let apt install packages, named or as files."""
        options = [] if recommended else ["--no-install-recommends"]
        self.run("apt-get", "install", "-y", *options, *packages)

    def packages(self) -> set[str]:
        """What is installed."""
        return set(self.run("dpkg-query", "-W", "-f", "${Package}\n").split())

    def files(self) -> set[str]:
        """All paths of the system, without those that are written to all the time."""
        left_out = [str(self.root / each) for each in FLEETING]
        pruned = [part for each in left_out for part in ("-path", each, "-prune", "-o")]
        listed = subprocess.run(
            ["find", str(self.root), "-xdev", *pruned, "-print"], capture_output=True, text=True, check=True
        )
        return {line.removeprefix(str(self.root)) for line in listed.stdout.splitlines()}

    def give(self, file: Path, folder: str = f"home/{PERSON}") -> str:
        """Copy a file into the system, for the person; return its path there."""
        target = self.root / folder / file.name
        shutil.copy(file, target)
        os.chown(target, NUMBER, NUMBER)
        return f"/{folder}/{file.name}"

    def _inside(self, command: Sequence[str], *, person: bool) -> list[str]:
        who = [f"--userspec={NUMBER}:{NUMBER}"] if person else []
        return ["chroot", *who, str(self.root), "env", "-C", f"/home/{PERSON}" if person else "/", *command]

    def _surroundings(self, *, person: bool) -> dict[str, str]:
        path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        own = {"HOME": f"/home/{PERSON}", "DISPLAY": self._display} if person else {"HOME": "/root"}
        return {"PATH": path, "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", **own}


@contextmanager
def bare_system(folder: Path, display: str) -> Iterator[BareSystem]:
    """A fresh one in `folder`, where what debootstrap fetched is kept for the next time."""
    base, root = folder / "base", folder / "root"
    if not (base / "usr").is_dir():
        subprocess.run(["debootstrap", "--variant=minbase", SUITE, str(base)], check=True)
    shutil.rmtree(root, ignore_errors=True)
    subprocess.run(["cp", "-a", str(base), str(root)], check=True)
    shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
    subprocess.run(["mount", "-t", "proc", "proc", str(root / "proc")], check=True)
    try:
        system = BareSystem(root, display)
        system.run("apt-get", "update")
        system.run("useradd", "--create-home", "--uid", str(NUMBER), PERSON)
        yield system
    finally:
        subprocess.run(["umount", "-l", str(root / "proc")], check=False)
