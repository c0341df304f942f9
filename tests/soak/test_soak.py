"""A short run of each command of the soak, and whether each counts what it is there for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.nn.compiled.warm import needs_numba
from tests.soak import bombs, compiled, history, kills, memory, mutants, shortening, timeline
from tests.soak.faults import Fault
from tests.soak.player import Played, play
from tests.soak.readers import READERS, Reader

ROOT = Path(__file__).parents[2]


def lines(path: Path, *acts: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(act) for act in acts), encoding="utf-8")
    return path


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=ROOT)


def test_a_short_play_breaks_nothing(tmp_path: Path):
    done = run("tests.soak.player", "--seed", "1", "--acts", "40", "--out", str(tmp_path / "out"))
    assert done.stdout.splitlines()[-1].startswith("seed 1: 40 acts in 1 plays")
    faults = tmp_path / "out/play-1000/faults.jsonl"
    found = faults.read_text() if faults.exists() else ""
    # how long the window doesn't answer is the machine's, too
    assert [line for line in found.splitlines() if json.loads(line)["kind"] != "freeze"] == []


def test_a_session_played_in_time_is_what_its_logs_say(qapp: QApplication, capsys: pytest.CaptureFixture[str]):
    assert timeline.soak(1, 0) == 0
    assert "in 1 sessions, 0 broken" in capsys.readouterr().out


def test_a_session_whose_log_lacks_an_edit_is_found_and_shortened(
    qapp: QApplication, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def unlogged(played: timeline.PlayedSession, _random: object) -> None:
        played.session.trainer.network.parameters[0] += 1.0

    monkeypatch.setattr(timeline.PlayedSession, "_act_weight", unlogged)
    monkeypatch.setattr(
        timeline, "acts_of", lambda _seed: [("batches", 1), ("epochs", 2), ("weight", 3), ("batches", 4)]
    )
    assert timeline.soak(1, 0) == 1
    assert "session 1000000: [('weight', 3)]" in capsys.readouterr().out


def test_a_player_finds_faults(tmp_path: Path):
    kinds = ["exception", "warning", "crash"]
    acts = lines(tmp_path / "acts.jsonl", *({"do": "fault", "kind": kind} for kind in kinds))
    played = play(tmp_path / "out", 1, 0, acts)
    assert [(fault.kind, fault.act) for fault in played.faults if fault.kind != "freeze"] == [
        (kind, act) for act, kind in enumerate(kinds)
    ]


def test_a_play_is_shortened_to_the_acts_that_matter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def pretended(folder: Path, _seed: int, _acts: int, file: Path) -> Played:
        numbers = [json.loads(line)["number"] for line in file.read_text().splitlines()]
        faults = [Fault("exception", "both", "", len(numbers) - 1)] if {3, 7} <= set(numbers) else []
        return Played(folder, len(numbers), faults)

    monkeypatch.setattr(shortening, "play", pretended)
    acts = lines(tmp_path / "acts.jsonl", *({"number": number} for number in range(20)))
    assert shortening.shorten(acts, 1, "", tmp_path / "out") == 0
    assert (tmp_path / "out/short.jsonl").read_text() == '{"number": 3}\n{"number": 7}\n'
    assert "both: 20 acts shortened to 2" in capsys.readouterr().out


@pytest.mark.parametrize("name", READERS)
def test_a_few_mutants_are_taken_or_refused(name: str):
    tally = mutants.try_mutants(name, 0, 40)
    assert {key: text for key, (_, text) in tally.broken.items()} == {}
    assert tally.taken + tally.refused == 40


def test_a_reader_that_breaks_is_found(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(READERS, "number", Reader(lambda: [b"1"], lambda *_: [][0]))
    tally = mutants.try_mutants("number", 0, 3)
    assert tally.times == {"IndexError at ?": 3}


@pytest.mark.parametrize("name", ["deep-in-the-generator", "a-folder", "formula-powers"])
def test_a_bomb_is_refused(name: str):
    told = bombs.throw([name])[name]
    assert told["result"] in ("refused", "taken"), told
    assert told["megabytes"] < bombs.MOST_MEGABYTES


def test_a_bomb_that_goes_off_is_found():
    mild = {"result": "refused", "seconds": 1.0, "processor": 1.0, "megabytes": 10.0}
    assert bombs.within(mild)
    for harm in ({"result": "a foreign KeyError"}, {"processor": 3.0}, {"seconds": 20.0}, {"megabytes": 600.0}):
        assert not bombs.within(mild | harm)


def test_a_window_that_is_killed_comes_back():
    done = run("tests.soak.kills", "--seed", "1", "--count", "1", "--way", "killed at a random moment")
    assert done.returncode == 0, done.stdout
    assert done.stdout == "seed 1: 1 windows ended, 0 with a loss: killed at a random moment 1 (0 lost)\n"


def test_what_is_lost_is_told():
    told = [{"mark": number, "time": float(number)} for number in range(1, 9)]
    assert kills.lost(told, {7}, 8.5) == ""
    assert kills.lost(told, {2}, 8.5) == "5.5 s"
    assert kills.lost(told, {100}, 8.5) == "all of it"


def test_growth_and_slowness_are_told(capsys: pytest.CaptureFixture[str]):
    even = [memory.Look(float(i), i / 2, 100 * i, 50.0) for i in range(100)]
    assert memory.report("even", even) == 0
    assert memory.report("growing", [look._replace(size=50.0 + look.clock) for look in even]) == 1
    assert memory.report("slow", [look._replace(epochs=round(1000 * look.clock**0.3)) for look in even]) == 1
    assert "(1.00 of it for the same time of the processor)" in capsys.readouterr().out


@needs_numba
def test_some_of_all_networks_are_compiled_as_numpy_trains_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "argv", ["compiled", "--every", "3000"])
    assert compiled.main() == 0
    assert capsys.readouterr().out.endswith("10 networks, 0 differ\n")


def test_every_spike_of_a_short_run_is_found(qapp: QApplication, capsys: pytest.CaptureFixture[str]):
    assert history.soak(3, 20_000, 40) == 0
    told = capsys.readouterr().out
    assert told.startswith("seed 3: 20,000 epochs, 40 spikes: 40 in the history, 40 in the picture, ")


def test_a_spike_that_the_history_lost_is_told(
    qapp: QApplication, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    whole = history.figures_at
    lost = history.spikes_of(3, 3000, 8)[5].epoch
    monkeypatch.setattr(history, "figures_at", lambda epoch, spikes: whole(epoch, {} if epoch == lost else spikes))
    assert history.soak(3, 3000, 8) == 1
    assert (
        "7 in the history, 7 in the picture, 7 in the picture of a logarithmic axis, 7 in the export, 7 in the file"
        in (capsys.readouterr().out)
    )
