"""Tests are skipped where the system lacks what they need, and the last line says what would run them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nnplay.preflight import SCREEN_PACKAGES
from tests import screen_needs
from tests.screen_needs import INPUT, LIBRARIES, NEEDS, SCREEN, TKINTER

ROOT = Path(__file__).parents[1]


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What the system has."""
    there = set(NEEDS)
    monkeypatch.setattr(screen_needs, "is_there", lambda need: need in there)
    monkeypatch.delenv("NNPLAY_REQUIRE_XVFB", raising=False)
    return there


def test_where_all_is_there_the_test_runs(there: set[str]) -> None:
    screen_needs.require(NEEDS)


def test_what_is_missing_skips_a_test_that_needs_it(there: set[str]) -> None:
    there -= {INPUT, LIBRARIES}
    screen_needs.require([SCREEN, TKINTER])
    with pytest.raises(pytest.skip.Exception, match="not installed: xdotool, Qt's libraries for X11"):
        screen_needs.require([SCREEN, INPUT, LIBRARIES])


def test_where_they_are_required_a_skip_is_a_failure(there: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    there.remove(SCREEN)
    monkeypatch.setenv("NNPLAY_REQUIRE_XVFB", "1")
    with pytest.raises(pytest.fail.Exception, match="not installed: Xvfb"):
        screen_needs.require([SCREEN])


def test_the_advice_names_the_packages_of_what_is_missing(there: set[str]) -> None:
    there -= {SCREEN, LIBRARIES}
    assert screen_needs.advice(9) == (
        "nnplay: 9 tests that need more were skipped; "
        f"on Debian or Ubuntu they run after: sudo apt install xvfb {SCREEN_PACKAGES}"
    )
    there.add(LIBRARIES)
    assert screen_needs.advice(1) == (
        "nnplay: 1 test that needs more was skipped; on Debian or Ubuntu it runs after: sudo apt install xvfb"
    )


def run_where_nothing_is_installed(*options: str, required: str) -> tuple[int, list[str]]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, "tests/bootstrap/test_window.py"]
    env = os.environ | {"PATH": "", "NNPLAY_REQUIRE_XVFB": required}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize("options", [[], ["-n", "1"]], ids=["one process", "parallel"])
def test_a_run_without_a_screen_ends_with_the_advice(options: list[str]) -> None:
    code, (*_, closing, last) = run_where_nothing_is_installed(*options, required="")
    assert code == 0
    assert "5 skipped in" in closing
    assert last.startswith("nnplay: 5 tests that need more were skipped; on Debian or Ubuntu they run after: ")
    assert "sudo apt install xvfb xdotool" in last


def test_a_run_that_requires_a_screen_fails_without_one() -> None:
    code, (*_, last) = run_where_nothing_is_installed(required="1")
    assert code == 1
    assert "5 errors in" in last
