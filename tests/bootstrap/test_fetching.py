"""Commands that fetch: what they print becomes a few words, and their failures one sentence."""

import sys
import threading
import time
from pathlib import Path

import pytest

from nnplay.bootstrap.fetching import StartError, Step, drive, explain, progress_of, run_beside, run_steps, single_start

REFUSED = """\
WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<HTTPConnection>: Failed to establish
a new connection: [Errno 111] Connection refused')': /numpy/
ERROR: Could not find a version that satisfies the requirement numpy==2.4.6 (from versions: none)
ERROR: No matching distribution found for numpy==2.4.6"""


def python(code: str, title: str = "counting") -> Step:
    return Step(title, [sys.executable, "-c", code])


def test_words_for_what_pip_prints() -> None:
    line = "  Downloading numpy-2.4.6-cp311-cp311-manylinux_2_27_x86_64.whl.metadata (6.6 kB)"
    assert progress_of(line) == "fetching numpy 2.4.6 (6.6 kB)"
    line = "Downloading http://x.invalid/a/pyside6_essentials-6.11.3-cp310-abi3-manylinux_2_34_x86_64.whl (80.3 MB)"
    assert progress_of(line) == "fetching pyside6_essentials 6.11.3 (80.3 MB)"
    assert progress_of("Installing collected packages: numpy, tqdm") == "installing the packages"
    assert progress_of("Collecting numpy==2.4.6") == ""


@pytest.mark.parametrize(
    ("printed", "cause"),
    [
        (REFUSED, "the package index can't be reached. Check the network"),
        ("ERROR: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: No matching distribution found for msgspec==0.22.0", "there is no msgspec for this Python"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "is not what the lock names"),
        ("ERROR: something new.\nnote: see above", "something new. Try again"),
        ("", "it gave no reason"),
    ],
)
def test_every_failure_is_one_sentence_with_its_cause(printed: str, cause: str) -> None:
    sentence = explain("fetching the packages", printed.splitlines())
    assert sentence.startswith("fetching the packages failed: ")
    assert cause in sentence
    assert "\n" not in sentence


def test_steps_run_in_order_and_say_what_they_do() -> None:
    said: list[str] = []
    drive(run_steps([python("print('Installing collected packages: a')"), python("pass", "resting")]), said.append)
    assert said == ["  counting", "  installing the packages", "  resting"]


def test_a_failing_step_stops_the_ones_behind_it() -> None:
    said: list[str] = []
    with pytest.raises(StartError, match=r"counting failed: out of fingers\. Try again"):
        drive(run_steps([python("print('ERROR: out of fingers'); raise SystemExit(3)"), python("pass")]), said.append)
    assert said == ["  counting"]


def test_commands_beside_each_other_wait_for_all_and_one_that_fails_ends_the_others(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    meet = "import pathlib, time\npathlib.Path({!r}).touch()\nwhile not pathlib.Path({!r}).exists(): time.sleep(0.01)"
    met = python(meet.format(str(here), str(there))), python(meet.format(str(there), str(here)), "waiting")
    said: list[str] = []
    drive(run_beside(met), said.append)
    assert sorted(said) == ["  counting", "  waiting"]
    start = time.monotonic()
    with pytest.raises(StartError, match="counting failed: out of fingers"):
        drive(
            run_beside([python("import time; time.sleep(60)"), python("print('out of fingers'); raise SystemExit(3)")]),
            said.append,
        )
    assert time.monotonic() - start < 30


def test_closing_the_work_ends_the_running_command(tmp_path: Path) -> None:
    code = f"import time, pathlib; pathlib.Path({str(tmp_path / 'here')!r}).touch(); time.sleep(60)"
    work = run_steps([python(code)])
    while not (tmp_path / "here").exists():
        next(work)
    start = time.monotonic()
    work.close()
    assert time.monotonic() - start < 30


def test_two_starts_of_one_folder_come_one_after_the_other(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    order: list[str] = []
    waited = threading.Event()

    def second() -> None:
        with single_start(tmp_path, waiting=waited.set):
            order.append("second")

    with single_start(tmp_path, waiting=lambda: order.append("never")):
        other = threading.Thread(target=second)
        other.start()
        assert waited.wait(30)
        order.append("first")
    other.join()
    assert order == ["first", "second"]


def test_other_folders_do_not_wait(tmp_path: Path) -> None:
    with single_start(tmp_path / "a", waiting=pytest.fail), single_start(tmp_path / "b", waiting=pytest.fail):
        pass
