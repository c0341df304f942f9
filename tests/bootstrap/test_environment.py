"""The private environment: made once, begun again after an interruption, completed when a lock changes."""

import os
import subprocess
import sys
from collections.abc import Generator, Sequence
from pathlib import Path

import pytest

from nnplay.bootstrap import environment
from nnplay.bootstrap.environment import Environment
from nnplay.bootstrap.fetching import StartError, Step, drive

NUMBA = "numba==0.68.1 \\\n    --hash=1\n"


class FakeCommands:
    """Stands for `run_steps`: notes each title, and leaves on the disk what the command would."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.fetched = ""
        self.fails_at = ""
        self.home: Environment | None = None

    def __call__(self, steps: Sequence[Step], lock: int | None) -> Generator[str, None, None]:
        assert self.home is not None
        for step in steps:
            yield step.title
            self.titles.append(step.title)
            if "-r" in step.command:
                self.fetched = Path(step.command[step.command.index("-r") + 1]).read_text()
            if step.title == self.fails_at:
                raise StartError("the cable is out")
            base = str(self.home.folder)
            packages = Path(environment.sysconfig.get_path("purelib", "venv", {"base": base, "platbase": base}))
            packages.mkdir(parents=True, exist_ok=True)
            if "private" in step.title:
                self.home.python().parent.mkdir(exist_ok=True)
                self.home.python().touch()
                version = "{}.{}.{}".format(*sys.version_info)
                (self.home.folder / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion = {version}\n")
                (packages / "pip.py").touch()
            else:
                if "--target" in step.command:
                    packages = Path(step.command[step.command.index("--target") + 1])
                    packages.mkdir()
                    (packages / "bin").mkdir()
                for module in self.home.modules:
                    (packages / f"{module}.py").touch()
                    (packages / f"{module}-2.0.dist-info").mkdir(exist_ok=True)


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> FakeCommands:
    fake = FakeCommands()
    monkeypatch.setattr(environment, "run_steps", fake)
    monkeypatch.setattr(environment, "run_beside", fake)
    return fake


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    resources = tmp_path / "a checkout" / "resources"
    resources.mkdir(parents=True)
    (resources / environment.RUN.lock).write_text("numpy==2.4.6\n")
    (resources / environment.TESTS.lock).write_text("pytest==9.2.0\n")
    (resources / environment.READERS.lock).write_text("onnx==1.23.2\n")
    (resources / environment.COMPILED.lock).write_text(f"{NUMBA}numpy==2.4.6 \\\n    --hash=2\n")
    return resources.parent


def make(checkout: Path, commands: FakeCommands, *, tests: bool = False, **asked: bool) -> Environment:
    home = commands.home = Environment(checkout, tests=tests, **asked)
    list(home.make(None))
    return home


def test_a_first_start_makes_it_and_the_second_finds_it_complete(checkout: Path, commands: FakeCommands) -> None:
    assert not Environment(checkout, tests=False).is_complete()
    make(checkout, commands)
    assert Environment(checkout, tests=False).is_complete()
    assert commands.titles == ["making a private environment", "fetching the packages"]


def test_the_test_tools_are_added_to_it_later(checkout: Path, commands: FakeCommands) -> None:
    make(checkout, commands)
    assert not Environment(checkout, tests=True).is_complete()
    commands.titles.clear()
    make(checkout, commands, tests=True)
    assert Environment(checkout, tests=True).is_complete()
    assert commands.titles[0] == "fetching the packages"


def test_pips_beside_each_other_share_no_package(
    checkout: Path, commands: FakeCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, tests = (checkout / "resources" / group.lock for group in (environment.RUN, environment.TESTS))
    run.write_text(
        "numpy==2.4.6 \\\n    --hash=sha256:1 \\\n    --hash=sha256:2\ntqdm==4.7.1 \\\n    --hash=sha256:3\n"
    )
    tests.write_text("attrs==1 \\\n    --hash=sha256:4\nnumpy==2.4.6 \\\n    --hash=sha256:1 \\\n    --hash=sha256:2\n")
    given: list[str] = []

    def run_beside(steps: Sequence[Step], lock: int | None) -> Generator[str, None, None]:
        given.extend(Path(step.command[-1]).read_text().strip() for step in steps)
        return commands(steps, lock)

    monkeypatch.setattr(environment, "run_beside", run_beside)
    make(checkout, commands, tests=True)
    assert given == [run.read_text().strip(), "attrs==1 \\\n    --hash=sha256:4"]


@pytest.mark.parametrize("group", ["readers", "compiled"])
def test_what_is_large_is_added_when_it_is_asked_for(checkout: Path, commands: FakeCommands, group: str) -> None:
    make(checkout, commands, tests=True)
    assert not Environment(checkout, tests=True, **{group: True}).is_complete()
    commands.titles.clear()
    make(checkout, commands, tests=True, **{group: True})
    assert commands.titles == ["fetching the packages"], "nothing that is there"
    assert Environment(checkout, tests=True, **{group: True}).is_complete()


def test_a_group_that_is_added_is_found_and_left_in_the_middle_it_harms_nothing(
    checkout: Path, commands: FakeCommands
) -> None:
    home = make(checkout, commands)
    packages = home._packages()
    (packages / "numba-1.0.dist-info").mkdir()
    before = set(packages.iterdir())
    halfway = home.add(environment.COMPILED, None)
    assert next(halfway) == "fetching the packages"
    halfway.close()
    commands.fails_at = "fetching the packages"
    with pytest.raises(StartError, match="the cable is out"):
        list(home.add(environment.COMPILED, None))
    commands.fails_at = ""
    assert home.is_complete()
    assert set(packages.iterdir()) == before
    assert not Environment(checkout, tests=False, compiled=True).is_complete()
    commands.home = Environment(checkout, tests=False, compiled=True)
    for _ in range(2):
        list(home.add(environment.COMPILED, None))
        assert Environment(checkout, tests=False, compiled=True).is_complete()
        assert commands.fetched == NUMBA, "what a window has loaded stays"
        assert [path.name for path in packages.glob("numba-*")] == ["numba-2.0.dist-info"]
        assert not list(home.folder.glob("nnplay-fetching*"))


def test_what_is_added_to_a_folder_that_cant_be_written_to_is_refused_in_a_sentence(
    checkout: Path, commands: FakeCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make(checkout, commands)

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(StartError, match=r"can't be written to \(Permission denied\)"):
        list(home.add(environment.COMPILED, None))
    assert home.is_complete()


def test_an_interrupted_start_is_begun_again_in_an_empty_folder(checkout: Path, commands: FakeCommands) -> None:
    home = make(checkout, commands)
    halfway = home.make(None)
    (home.folder / "nnplay-requirements.lock").unlink()
    assert next(halfway) == "fetching the packages"
    halfway.close()
    (home.folder / "half a package").touch()
    assert not home.is_complete()
    make(checkout, commands)
    assert home.is_complete()
    assert not (home.folder / "half a package").exists()


def test_a_start_without_a_network_leaves_the_next_one_to_work(checkout: Path, commands: FakeCommands) -> None:
    commands.fails_at = "fetching the packages"
    with pytest.raises(StartError, match="the cable is out"):
        make(checkout, commands)
    assert not Environment(checkout, tests=False).is_complete()
    commands.fails_at = ""
    assert make(checkout, commands).is_complete()


def test_a_changed_lock_is_installed_over_what_is_there(checkout: Path, commands: FakeCommands) -> None:
    home = make(checkout, commands)
    (home.folder / "mine").touch()
    home.locks[0].write_text("numpy==2.5.5\n")
    assert not home.is_complete()
    make(checkout, commands)
    assert home.is_complete()
    assert (home.folder / "mine").exists()


def test_a_package_taken_away_is_fetched_again(checkout: Path, commands: FakeCommands) -> None:
    home = make(checkout, commands)
    next(home.folder.rglob("pyqtgraph.py")).unlink()
    assert not home.is_complete()
    assert make(checkout, commands).is_complete()


def test_an_environment_of_another_python_is_made_anew(checkout: Path, commands: FakeCommands) -> None:
    home = make(checkout, commands)
    (home.folder / "pyvenv.cfg").write_text("version = 3.9.1\n")
    assert not home.is_complete()
    commands.titles.clear()
    make(checkout, commands)
    assert commands.titles[0] == "making a private environment"


def test_a_folder_that_can_not_be_written_is_one_sentence(checkout: Path, commands: FakeCommands) -> None:
    (checkout / ".venv").write_text("in the way")
    with pytest.raises(StartError, match=r"\.venv can't be made \(.+\)\. Copy nnplay to a folder") as caught:
        make(checkout, commands)
    assert "\n" not in str(caught.value)


def test_debian_without_python3_venv_is_told_what_to_install(
    checkout: Path, commands: FakeCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(StartError, match="sudo apt install python3-venv"):
        make(checkout, commands)


def test_packages_too_old_are_not_taken(tmp_path: Path) -> None:
    project = tmp_path / "pyproject.toml"
    for requirement, enough in [("numpy>=2.2", True), ("numpy>=99", False), ("no-such-package>=1", False)]:
        project.write_text(f'[project]\ndependencies = ["{requirement}"]\n')
        assert environment._new_enough(project) is enough


def test_the_locks_have_hashes_and_no_addresses() -> None:
    resources = Path(__file__).parents[2] / "resources"
    for name in (environment.RUN.lock, environment.TESTS.lock):
        text = (resources / name).read_text()
        assert "://" not in text
        assert "--find-links" not in text
        for entry in text.replace("\\\n", " ").strip().splitlines():
            assert "==" in entry
            assert "--hash=sha256:" in entry


def test_the_lock_names_the_sound_release_of_qt() -> None:
    lock = (Path(__file__).parents[2] / "resources" / environment.RUN.lock).read_text()
    assert "pyside6-essentials==6.11.3 " in lock


@pytest.mark.skipif(os.name == "nt", reason="reads bin/python")
def test_a_real_environment_is_made_in_a_path_with_a_space(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "RUN", environment.RUN._replace(modules=()))
    (checkout / "resources" / environment.RUN.lock).write_text("")
    home = Environment(checkout, tests=False)
    drive(home.make(None), print)
    assert home.is_complete()
    prefix = subprocess.run([home.python(), "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True)
    assert Path(prefix.stdout.strip()).samefile(home.folder)


def test_a_bundle_is_built_nowhere_else_though_all_is_importable(
    checkout: Path, commands: FakeCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / "resources" / environment.BUNDLE.lock).write_text("pyinstaller==6.22.3\n")
    monkeypatch.setattr(Environment, "missing", lambda self: [])
    home = commands.home = Environment(checkout, tests=False, bundle=True)
    assert not home.importable()
    list(home.make(None))
    assert home.is_complete()
    assert not home.importable(), "this is another Python"
    monkeypatch.setattr(environment, "is_running_in", lambda folder: folder == home.folder)
    assert home.importable()
    home.locks[-1].write_text("pyinstaller==6.23.0\n")
    assert not home.importable(), "the lock is another one"
