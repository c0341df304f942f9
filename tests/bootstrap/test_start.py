"""`main.py`: who is refused, who starts at once, and who starts again in the environment."""

import ast
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import nnplay.bootstrap as bootstrap
from nnplay.bootstrap import bundle, checks
from nnplay.bootstrap.environment import Environment, Group
from nnplay.bootstrap.fetching import StartError

ROOT = Path(__file__).parents[2]
Started = list[tuple[Path, list[str]]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """What `main` starts instead of nnplay itself, which is noted here as well."""
    calls: Started = []

    def note(python: Path, arguments: Sequence[str]) -> int:
        calls.append((python, list(arguments)))
        return 0

    def run(arguments: Sequence[str]) -> int:
        calls.append((Path(sys.executable), list(arguments)))
        return 0

    monkeypatch.setattr(bootstrap, "_start_again", note)
    monkeypatch.setattr(bootstrap, "_run_nnplay", run)
    monkeypatch.delenv(bootstrap.STARTED_BY, raising=False)
    return calls


def test_an_old_python_can_read_main_py_and_is_refused_before_anything_is_imported() -> None:
    text = (ROOT / "main.py").read_text(encoding="utf-8")
    module = ast.parse(text, feature_version=(3, 0))
    text.encode("ascii")  # Python 2 reads nothing else without being told
    names = [type(statement).__name__ for statement in module.body]
    assert names == ["Expr", "Import", "If", "ImportFrom", "If"]
    assert ast.unparse(module.body[1]) == "import sys"
    refusal = "import sys; sys.version_info = (3, 10, 2); sys.version = '3.10.2 (main)'\n" + text
    done = subprocess.run([sys.executable, "-c", refusal], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "nnplay: Python 3.11 or newer is needed; this is Python 3.10.2.\n"


def test_where_the_packages_are_nnplay_starts_at_once(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Environment, "importable", lambda self: True)
    assert bootstrap.main(["train", "x.nnplay"]) == 0
    assert started == [(Path(sys.executable), ["train", "x.nnplay"])]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--tests", "-k", "adam"], "tests -k adam"),
        (["--tests", "--all", "-k", "adam"], "tests -k adam"),
        (["--checks"], "checks"),
    ],
)
def test_the_test_tools_belong_to_the_tests_and_to_the_checks(
    started: Started,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    expected: str,
) -> None:
    monkeypatch.setattr(Environment, "importable", lambda self: "xdist" in self.modules)
    monkeypatch.setattr(checks, "run_tests", lambda checkout, arguments, _: print("tests", *arguments) or 3)
    monkeypatch.setattr(checks, "run_checks", lambda checkout: print("checks") or 3)
    assert bootstrap.main(arguments) == 3
    assert capsys.readouterr().out == f"{expected}\n"
    assert started == []


@pytest.mark.parametrize("module", ["onnx", "numba"])
def test_readers_of_exports_and_numba_are_fetched_only_where_they_are_asked_for(
    started: Started, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(Environment, "importable", lambda self: asked.append(module in self.modules) or True)
    monkeypatch.setattr(bootstrap, "is_running_in", lambda folder: False)
    monkeypatch.setattr(checks, "run_tests", lambda checkout, arguments, meanwhile: 0)
    for arguments in (["--tests"], ["--tests", "--all"], ["--tests", "-k", "--all"]):
        assert bootstrap.main(arguments) == 0
    assert asked == [False, False, True, False]


def test_in_the_environment_they_are_fetched_while_the_checks_run(
    started: Started, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fetched: list[str] = []

    def prepare(here: Environment, *, with_window: bool) -> None:
        fetched.extend(here.modules)
        if here.checkout.name == "offline":
            raise StartError("the cable is out.")

    def run_tests(checkout: Path, arguments: list[str], meanwhile: Callable[[], None]) -> int:
        meanwhile()
        return 3

    monkeypatch.setattr(bootstrap, "is_running_in", lambda folder: True)
    monkeypatch.setattr(Environment, "importable", lambda self: "onnx" not in self.modules)
    monkeypatch.setattr(bootstrap, "_prepare", prepare)
    monkeypatch.setattr(checks, "run_tests", run_tests)
    assert bootstrap.main(["--tests"]) == 3
    assert fetched == []
    assert bootstrap.main(["--tests", "--all"]) == 3
    assert {"pytest", "onnx", "numba"} <= set(fetched)
    monkeypatch.setattr(bootstrap, "HERE", Path("offline"))
    assert bootstrap.main(["--tests", "--all"]) == 1
    assert capsys.readouterr().err == "nnplay: the cable is out.\n"
    assert started == []


def test_where_they_are_not_it_starts_again_in_the_environment(
    started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Environment, "importable", lambda self: False)
    monkeypatch.setattr(Environment, "is_complete", lambda self: True)
    monkeypatch.setattr(bootstrap, "is_running_in", lambda folder: False)
    assert bootstrap.main(["my file.nnplay"]) == 0
    [(python, arguments)] = started
    assert python.is_relative_to(ROOT / ".venv")
    assert arguments == [str(ROOT / "main.py"), "my file.nnplay"]


def test_what_goes_wrong_is_one_sentence_and_exit_code_1(
    started: Started, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def make(self: Environment, lock: int | None) -> object:
        yield "fetching the packages"
        raise StartError("fetching failed: the cable is out.")

    monkeypatch.setattr(Environment, "importable", lambda self: False)
    monkeypatch.setattr(Environment, "is_complete", lambda self: False)
    monkeypatch.setattr(Environment, "make", make)
    monkeypatch.setenv("CI", "true")
    assert bootstrap.main([]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "nnplay: fetching failed: the cable is out."
    assert started == []


def test_ctrl_c_while_fetching_ends_quietly(
    started: Started, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def prepare(here: Environment, *, with_window: bool) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Environment, "importable", lambda self: False)
    monkeypatch.setattr(bootstrap, "_prepare", prepare)
    assert bootstrap.main([]) == 130
    assert "stopped" in capsys.readouterr().err


def test_an_environment_that_lacks_something_all_the_same_is_not_started_for_ever(
    started: Started, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Environment, "importable", lambda self: False)
    monkeypatch.setattr(Environment, "is_complete", lambda self: True)
    monkeypatch.setenv(bootstrap.STARTED_BY, str(ROOT / ".venv"))
    assert bootstrap.main([]) == 1
    assert "Delete that folder" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows always shows it")
@pytest.mark.parametrize(
    ("arguments", "surroundings", "expected"),
    [
        ([], {"DISPLAY": ":0"}, True),
        (["a.nnplay"], {"DISPLAY": ":0"}, True),
        (["--version"], {"DISPLAY": ":0"}, False),
        (["train", "a.nnplay"], {"DISPLAY": ":0"}, False),
        ([], {"DISPLAY": ":0", "CI": "true"}, False),
        ([], {}, sys.platform == "darwin"),
    ],
)
def test_a_double_click_gets_a_progress_window(
    arguments: list[str], surroundings: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "CI"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stderr", None)  # no terminal, as under pythonw
    assert bootstrap._deserves_a_window(arguments) is expected


def test_a_start_needs_nothing_but_the_standard_library() -> None:
    code = (
        "import sys, nnplay.bootstrap, nnplay.bootstrap.checks; "
        "print(sorted(m for m in {name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names))"
    )
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['__main__', 'nnplay']"


def test_a_bundle_is_built_by_the_locked_environment(
    started: Started, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Environment, "importable", lambda self: "PyInstaller" in self.modules)
    monkeypatch.setattr(bundle, "build", lambda checkout, arguments, say: print("bundle", *arguments) or 3)
    assert bootstrap.main(["--bundle", "--fast"]) == 3
    assert capsys.readouterr().out == "bundle --fast\n"
    assert started == []


@pytest.mark.parametrize(
    ("fails", "code", "last"), [(False, 0, "  fetching requirements-compiled.lock"), (True, 1, "the cable is out.")]
)
def test_numba_is_fetched_into_the_environment_alone(
    started: Started,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fails: bool,
    code: int,
    last: str,
) -> None:
    def add(self: Environment, group: Group, lock: int | None) -> Iterator[str]:
        yield f"fetching {group.lock}"
        if fails:
            raise StartError("the cable is out.")

    monkeypatch.setattr(Environment, "importable", lambda self: True)
    monkeypatch.setattr(Environment, "add", add)
    monkeypatch.setattr(bootstrap, "is_running_in", lambda _: True)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert bootstrap.main(["--fetch-compiled"]) == code
    assert capsys.readouterr().err.splitlines()[-1] == f"nnplay: {last}"
    assert started == []
