"""`main.py --tests` and `--checks`: an outcome for every check, the tests in any case, and one exit code for all."""

import re
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from nnplay.bootstrap import checks
from nnplay.bootstrap.fetching import StartError

ROOT = Path(__file__).parents[2]
Codes = dict[str, int]
PARALLEL = "-n logical --maxprocesses 8 --dist worksteal"


@pytest.fixture
def codes(monkeypatch: pytest.MonkeyPatch) -> Codes:
    """The exit codes that tools give, by a word of their command; 0 for the others. Nothing is really run."""
    chosen: Codes = {}

    class Started:
        """A tool that was started, and says something at its end."""

        def __init__(self, command: list[str], *, env: dict[str, str], **_options: object) -> None:
            line = " ".join(command)
            self.returncode = next((code for word, code in chosen.items() if word in line), 0)
            assert env["QT_QPA_PLATFORM"] == "offscreen"
            assert "PYTHONDONTWRITEBYTECODE" not in env, "each of hundreds of processes would compile nnplay anew"
            if "pytest" in line:
                print("-- pytest", *command[3:])

        def communicate(self) -> tuple[str, None]:
            return "what it found\n", None

        def __enter__(self) -> "Started":
            return self

        def __exit__(self, *_: object) -> None:
            print("-- over")

        def terminate(self) -> None:
            print("-- ended")

    def run(command: list[str], *, check: bool, **options: object) -> Started:
        return Started(command, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(checks.subprocess, "run", run)
    monkeypatch.setattr(checks.subprocess, "Popen", Started)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    return chosen


def test_all_passed(codes: Codes, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert checks.run_tests(tmp_path, ["-k", "adam"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "ruff check      passed",
        "ruff format     passed",
        "mypy --strict   passed",
        "import-linter   passed",
        "-- pytest -k adam",
    ]


def test_a_failed_check_shows_its_words_and_the_tests_run_all_the_same(
    codes: Codes, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    codes["mypy"] = 1
    assert checks.run_tests(tmp_path, []) == 1
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("mypy --strict   FAILED")
    assert lines[at + 1] == "what it found"
    assert lines[-1] == f"-- pytest {PARALLEL}"


def test_beside_the_checks_the_many_tests_are_compiled_as_far_as_it_gets(
    codes: Codes, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert checks.run_tests(tmp_path, []) == 0
    first, *between, ended, over, last = capsys.readouterr().out.splitlines()
    assert first == "-- pytest --collect-only -qq -p no:cacheprovider"
    assert len(between) == len(checks.CHECKS)
    assert (ended, over, last) == ("-- ended", "-- over", f"-- pytest {PARALLEL}")


@pytest.mark.parametrize("fails", [False, True])
def test_while_the_checks_run_what_only_the_tests_need_is_fetched(
    codes: Codes, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    begun: list[object] = []
    start = checks._start
    monkeypatch.setattr(checks, "_start", lambda *given: begun.append(given) or start(*given))

    def fetch() -> None:
        assert len(begun) == len(checks.CHECKS)
        print("-- fetched")
        if fails:
            raise StartError("the cable is out.")

    with pytest.raises(StartError) if fails else nullcontext():
        checks.run_tests(tmp_path, ["-k", "adam"], fetch)
    first, *outcomes = capsys.readouterr().out.splitlines()
    assert first == "-- fetched"
    assert [line.endswith(" passed") for line in outcomes[:4]] == 4 * [True]
    assert outcomes[4:] == ([] if fails else ["-- pytest -k adam"])


@pytest.mark.parametrize(("code", "outcome"), [(0, "passed"), (1, "FAILED")])
def test_the_checks_alone(
    codes: Codes, capsys: pytest.CaptureFixture[str], tmp_path: Path, code: int, outcome: str
) -> None:
    codes["importlinter"] = code
    assert checks.run_checks(tmp_path) == code
    lines = capsys.readouterr().out.splitlines()
    assert lines[3] == f"import-linter   {outcome}"
    assert not any("pytest" in line for line in lines)


@pytest.mark.parametrize(
    ("arguments", "parallel"),
    [
        ("", True),
        ("-x --durations=9", True),
        ("-m not_window", True),
        ("-k adam", False),
        ("tests/nn", False),
        ("-m window tests/gui/files", False),
        ("-n 3", False),
    ],
)
def test_a_run_of_many_tests_is_shared_out(
    codes: Codes, capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: str, parallel: bool
) -> None:
    checks.run_tests(tmp_path, arguments.split())
    expected = ["-- pytest", *([PARALLEL] if parallel else []), *arguments.split()]
    assert capsys.readouterr().out.splitlines()[-1] == " ".join(expected)


def test_a_commit_is_held_to_the_same_checks() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"entry: (.*)", hooks) == ["python3 main.py --checks"]
    assert re.findall(r"repo: (.*)", hooks) == ["local"]


@pytest.mark.parametrize(("given", "expected"), [(1, 1), (5, 5), (-11, 1)])
def test_failed_tests_fail_the_whole(codes: Codes, tmp_path: Path, given: int, expected: int) -> None:
    codes["pytest"] = given
    assert checks.run_tests(tmp_path, []) == expected


def test_a_missing_library_is_said_before_anything_runs(
    codes: Codes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(checks, "system_problem", lambda *, needs_screen: "libEGL is missing.")
    assert checks.run_tests(tmp_path, []) == 1
    assert capsys.readouterr() == ("", "nnplay: libEGL is missing.\n")


def test_the_commands_are_there() -> None:
    for _, command in checks.CHECKS[:3]:
        done = subprocess.run([sys.executable, *command[:2], "--version"], capture_output=True)
        assert done.returncode == 0
