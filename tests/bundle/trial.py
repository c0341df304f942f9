"""Uses what `main.py --bundle` made as a person would, on a system that has no Python and no Qt.

`sudo .venv/bin/python -m tests.bundle.trial --folder /var/tmp/nnplay-trial` makes a bare Debian by debootstrap,
installs the package with apt, starts it from its desktop entry, trains, saves, opens the file by its type, and takes
all away again; then the same with the archive for one's home. Pictures of it are in the folder. It needs debootstrap,
Xvfb, xdotool, openpyxl (of the tests) and the right to chroot.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl

from nnplay.cli.runs import read_run
from nnplay.experiments.export import FORMATS
from tests.bundle.bare_system import PERSON, BareSystem, bare_system
from tests.bundle.screen import Screen, screen, wait_for

ROOT = Path(__file__).parents[2]
ENTRY = "applications/nnplay.desktop"
DESKTOP = "libglib2.0-bin"
"""What a desktop has to start entries and to open files by their type; the package doesn't ask for it."""
TABLE = "Größe;Preis;Stadt\n" + "".join(f"{n},5;{2 * n},25;{('Köln', 'Genf')[n % 2]}\n" for n in range(1, 41))


def say(text: str) -> None:
    print(text, flush=True)


def of_package(system: BareSystem, seen: Screen, package: Path) -> None:
    """Installed by apt, used, and removed without a trace."""
    files, packages = system.files(), system.packages()
    system.install(system.give(package, "tmp"))
    pulled = system.packages() - packages
    say(f"apt installed {len(pulled)} packages: {' '.join(sorted(pulled))}")
    assert not [name for name in system.packages() if "python" in name or "qt" in name], "only what is bare"
    use_command(system, "nnplay")
    system.install(DESKTOP, recommended=False)
    use_window(system, seen, f"/usr/share/{ENTRY}", "package")
    saved = system.home / "xor.nnplay"
    kept = saved.read_bytes()
    system.run("apt-get", "purge", "-y", "nnplay")
    assert not (system.root / "usr/lib/nnplay").exists()
    system.run("apt-get", "autoremove", "--purge", "-y", DESKTOP)
    left = system.files() - files
    say(f"left after the removal: {sorted(left) or 'nothing'}")
    assert saved.read_bytes() == kept
    assert not [path for path in left if "nnplay" in path]


def of_archive(system: BareSystem, seen: Screen, archive: Path, package: Path) -> None:
    """Installed in a home without root, on a system that has what every desktop has, and taken away again."""
    needed = subprocess.run(["dpkg-deb", "-f", str(package), "Depends"], capture_output=True, text=True, check=True)
    names = [each.split("|")[-1].split("(")[0].strip() for each in needed.stdout.split(",")]
    system.install(*names, "shared-mime-info", "desktop-file-utils", DESKTOP, "xz-utils", recommended=False)
    system.run("rm", "-rf", *(f"/home/{PERSON}/{name}" for name in (".local", ".config", ".cache", "xor.nnplay")))
    before = at_home(system)
    inside = system.give(archive)
    system.run("tar", "-xf", inside, person=True)
    unpacked = inside.removesuffix(".tar.xz")
    say(system.run(f"{unpacked}/install", person=True))
    system.run("rm", "-r", unpacked, inside)
    use_command(system, f"/home/{PERSON}/.local/bin/nnplay")
    use_window(system, seen, f"/home/{PERSON}/.local/share/{ENTRY}", "archive")
    say(system.run(f"/home/{PERSON}/.local/lib/nnplay/install", "--remove", person=True))
    own = {path for path in at_home(system) - before if "/nnplay/nnplay" not in path and "/.config" not in path}
    say(f"left in the home, beside settings and copies: {sorted(own)}")
    assert (system.home / "xor.nnplay").exists()


def use_command(system: BareSystem, command: str) -> None:
    """The command line: the version, training, a table in another encoding, predictions, every export."""
    say(system.run(command, "--version", person=True))
    (system.root / "tmp" / "table.csv").write_text(TABLE, encoding="cp1252")
    table = f"/home/{PERSON}/table.csv"
    system.run("cp", "/tmp/table.csv", table, person=True)
    preset = system.give(ROOT / "resources/presets/xor.nnplay")
    figures = system.run(command, "train", preset, "--epochs", "2000", "--json", person=True)
    assert json.loads(figures)["train"]["accuracy"] == 1.0, figures
    run = f"/home/{PERSON}/run.nnplay"
    say(system.run(command, "train", "--data", table, "--target", "Preis", "--out", run, "--epochs", "50", person=True))
    book = openpyxl.Workbook()
    for row in TABLE.splitlines():
        book.active.append(row.split(";"))
    book.save(system.root / "tmp" / "sheet.xlsx")
    sheet = system.give(system.root / "tmp" / "sheet.xlsx")
    system.run(command, "train", "--data", sheet, "--epochs", "5", person=True)
    predicted = system.run(command, "predict", run, "--data", table, "--out", "-", person=True)
    assert len(predicted.splitlines()) > 40, predicted
    exports = f"/home/{PERSON}/exports"
    system.run("mkdir", exports, person=True)
    for key, each in FORMATS.items():
        say(system.run(command, "export", run, "--to", key, "--out", f"{exports}/run_{key}{each.suffix}", person=True))
    say(system.run(command, "--smoke", person=True))
    system.run("rm", "-r", preset, run, table, sheet, exports)


def use_window(system: BareSystem, seen: Screen, entry: str, name: str) -> None:
    """From the menu to an XOR that is learned, which is saved, and opened by its type."""
    program = system.start("gio", "launch", entry)
    seen.window("nnplay")
    seen.picture(f"{name} 1 started")
    seen.key("space")
    wait_for(lambda: program.poll() is not None, "gio")
    seen.picture(f"{name} 2 training")
    seen.key("ctrl+shift+s")
    seen.window("Save")
    saved = f"/home/{PERSON}/xor.nnplay"
    seen.type(saved)
    seen.picture(f"{name} 3 saving")
    seen.key("Return")
    kept = system.root / saved[1:]
    wait_for(kept.is_file, "the saved file")
    seen.window("xor.nnplay")

    def is_learned() -> bool:
        seen.key("ctrl+s")
        return read_run(kept).figures.train.accuracy == 1.0

    wait_for(is_learned, "a run in which every sample is right")
    seen.key("space", "ctrl+s")
    seen.picture(f"{name} 4 learned")
    say(f"XOR was learned, and saved in epoch {read_run(kept).epoch}")
    seen.key("ctrl+q")
    seen.closed("nnplay")
    say(system.run("gio", "mime", "application/x-nnplay", person=True))
    say(system.run("gio", "info", "-a", "standard::content-type,standard::icon", saved, person=True))
    system.start("gio", "open", saved).wait()
    seen.window("xor.nnplay")
    seen.picture(f"{name} 5 opened by its type")
    seen.key("ctrl+q")
    seen.closed("nnplay")


def at_home(system: BareSystem) -> set[str]:
    """All paths of the person's home."""
    return {str(path.relative_to(system.home)) for path in system.home.rglob("*")}


def main() -> int:
    """Try the package and the archive that are in `dist`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--only", choices=("package", "archive"))
    options = parser.parse_args()
    folder: Path = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    package, archive = (max(ROOT.glob(f"dist/{kind}")) for kind in ("*.deb", "*.tar.xz"))
    tries: dict[str, Callable[[BareSystem, Screen], None]] = {
        "package": lambda system, seen: of_package(system, seen, package),
        "archive": lambda system, seen: of_archive(system, seen, archive, package),
    }
    for name, of in tries.items():
        if options.only in (None, name):
            with screen(folder) as seen, bare_system(folder, seen.display) as system:
                of(system, seen)
            say(f"{name}: passed; pictures are in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
