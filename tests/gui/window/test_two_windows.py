"""Two windows at once, each a program of its own, as two double clicks open them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nnplay.experiments import Document, read_document, write_document
from nnplay.training.experiment import Experiment

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


class Program:
    """A window in a process of its own that does what it is told, a line each, and answers with a line of JSON."""

    def __init__(self, home: Path, *arguments: str) -> None:
        env = os.environ | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "told_window.py"), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=env,
            text=True,
        )

    def begun(self) -> "Program":
        """Once its window is there."""
        self.answer()
        return self

    def do(self, *words: str) -> object:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self) -> object:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the program ended"
        return json.loads(line)

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(60) == 0

    def end(self) -> None:
        """However it is: nothing of it stays."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()


@pytest.fixture
def programs() -> Iterator[list[Program]]:
    """Those that a test has started, and not closed."""
    started: list[Program] = []
    yield started
    for program in started:
        program.end()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two experiments that a person has."""
    made = [tmp_path / "one.nnplay", tmp_path / "two.nnplay"]
    for seed, path in enumerate(made):
        write_document(Document(experiment=Experiment(seed=seed)), path)
    return made


def test_files_choices_and_copies_of_both_are_there_for_the_next_one(
    programs: list[Program], files: list[Path], tmp_path: Path
) -> None:
    programs += [Program(tmp_path, str(path)).begun() for path in files]
    names = ["two.nnplay", "one.nnplay"]
    assert [program.do("recent") for program in programs] == [names, names]
    copies = [str(program.do("copy?")) for program in programs]
    assert len(set(copies)) == 2
    programs[1].do("theme", "dark")
    programs[1].do("close panel", "data")
    programs[1].close()
    programs[0].close()  # which takes no choice back
    assert [read_document(Path(copy)).experiment.seed for copy in copies] == [0, 1]
    programs.append(Program(tmp_path).begun())
    assert programs[2].do("recent") == names
    assert programs[2].do("theme?") == "dark"
    assert programs[2].do("panel?", "data") is False


def test_of_one_file_in_two_windows_the_second_save_asks(
    programs: list[Program], files: list[Path], tmp_path: Path
) -> None:
    programs += [Program(tmp_path, str(files[0])) for _ in range(2)]
    for program in programs:
        program.begun()
    for program, epochs in zip(programs, (3, 5), strict=True):
        for _ in range(epochs):
            program.do("epoch")
    assert programs[0].do("save", "") == ""
    asked = str(programs[1].do("save", "Cancel"))
    assert asked.startswith("one.nnplay was saved by another window or program since it was opened here.")
    run = read_document(files[0]).run
    assert run is not None
    assert run.epoch == 3, "what the first has saved is still there"
    assert programs[1].do("save", "Replace")
    run = read_document(files[0]).run
    assert run is not None
    assert run.epoch == 5
    assert programs[1].do("save", "") == "", "what it saved itself is no other's"
