"""The record of a run in a file: what comes back is what was, within its bytes, and what doesn't fit is refused."""

import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.experiments import Document, read_document, record_file, record_reading, write_document
from nnplay.experiments.documenting import recording_in
from nnplay.experiments.explain import DocumentError
from nnplay.experiments.record_file import MOST_SAVED, RecordingRecord, TakenRecord
from nnplay.experiments.record_reading import recording_of
from nnplay.experiments.run_record import record_of, resumed
from nnplay.training.experiment import encode_extra
from nnplay.training.moment import Moment
from nnplay.training.record import ExperimentEdit, OptimizerEdit, ParameterEdit, Recording, UnitEdit
from nnplay.training.record.replay import Replay
from nnplay.training.trainer import Trainer
from tests.training.conditions.full_record import MOONS
from tests.training.record.random_runs import Played
from tests.training.record.same_moment import assert_same_moment

FIGURES = [0.5] * 5
REFERENCE = Path(__file__).parents[1] / "reference"


def through_a_file(record: Recording, path: Path) -> Recording:
    """Write the run with its record, and open it."""
    saved = TakenRecord(record).record()
    assert saved is not None
    run = record_of(Moment.of(record.trainer))
    write_document(Document(experiment=record.trainer.experiment, run=run, record=saved), path)
    document = read_document(path)
    assert document.run is not None
    return recording_in(document, resumed(document.experiment, document.run), path.name)


@pytest.mark.parametrize("seed", range(400, 415))
def test_a_run_has_its_record_again(seed: int, tmp_path: Path) -> None:
    played = Played.begin(seed)
    played.play(150)
    record, random = played.record, played.random
    for _ in range(random.randint(0, 3)):
        record.branch_from(random.randint(0, record.step), "a branch")
        played.look()
        played.play(random.randint(1, 120))
    if len(record.branches) > 2:
        record.delete(random.choice([branch for branch in record.branches if branch is not record.current]))
    if any(not np.isfinite(array).all() for array in Moment.of(record.trainer).optimizer.arrays.values()):
        return  # after a divergence a file lets the optimiser begin anew
    again = through_a_file(record, tmp_path / "run.nnplay")
    assert [branch.name for branch in again.branches] == [branch.name for branch in record.branches]
    for branch, other in zip(record.branches, again.branches, strict=True):
        assert [(entry.step, entry.words) for entry in other.log] == [(entry.step, entry.words) for entry in branch.log]
        assert again.end_of(other) == record.end_of(branch)
        for step in (0, record.end_of(branch), *(random.randint(0, record.end_of(branch)) for _ in range(6))):
            assert_same_moment(again.moment_at(step, other), played.known(branch, step))
        assert (
            again.history_at(again.end_of(other), other)[0].shape
            == record.history_at(record.end_of(branch), branch)[0].shape
        )
    again.trainer.step()
    assert again.step == record.step + 1


def test_the_moments_that_fit_are_evenly_spread() -> None:
    record = Recording(Trainer(MOONS), interval=64)
    for _ in range(3000):
        record.trainer.run_epoch()
    whole = TakenRecord(record).record()
    part = TakenRecord(record).record(200_000)
    assert whole is not None
    assert part is not None
    size = len(msgspec.json.encode(part))
    assert 150_000 < size <= 200_000
    assert len(msgspec.json.encode(whole)) <= MOST_SAVED
    steps = [moment.step for moment in part.branches[0].moments]
    assert steps == sorted(steps)
    assert max(np.diff([0, *steps, record.step])) < 4 * record.step / len(steps)
    assert len(whole.branches[0].moments) > 2 * len(steps)
    logs = TakenRecord(record).record(100)  # what a person did is kept, whatever there is room for
    assert logs is not None
    assert [branch.moments for branch in logs.branches] == [[]]


@pytest.mark.parametrize("kept", [True, False], ids=["no room", "not kept"])
def test_the_end_of_a_branch_that_is_not_there_is_computed_again(kept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    record, _ = saved_tree()
    first = record.branches[0]
    end, curve = record.moment_at(first.end, first), record.history_at(first.end, first)
    if not kept:
        first.moments.set_newest(None)  # as of a large network with many branches
    with monkeypatch.context() as patched:
        patched.setattr(Replay, "seek", lambda *_: pytest.fail("whoever saves would wait for it"))
        saved = TakenRecord(record).record(*([100] if kept else []))
    assert saved is not None
    assert [branch.newest for branch in saved.branches] == [None, None]
    again = through_json(saved, record)
    there = again.branches[0]
    assert_same_moment(again.moment_at(there.end, there), end)
    rows, interval = again.history_at(there.end, there)
    assert (rows.tobytes(), interval) == (curve[0].tobytes(), curve[1])
    again.return_to(there)
    assert_same_moment(Moment.of(again.trainer), end)


def through_json(saved: RecordingRecord, record: Recording) -> Recording:
    """What is read of it, beside the same run."""
    run = resumed(record.trainer.experiment, record_of(Moment.of(record.trainer)))
    return recording_of(
        msgspec.json.decode(msgspec.json.encode(saved, enc_hook=encode_extra), type=RecordingRecord), run
    )


def saved_tree() -> tuple[Recording, dict[str, Any]]:
    """The record of a run with an edit of each kind and a branch, as JSON has it."""
    record = Recording(Trainer(MOONS), interval=64)
    edits = [
        ExperimentEdit(values={"training.learning_rate": 0.01}),
        UnitEdit(layer=0, unit=1, enabled=False),
        ParameterEdit(layer=1, row=2, unit=0, value=0.25),
        OptimizerEdit.of(record.trainer.optimizer.snapshot()),
        ExperimentEdit(values={"data": msgspec.structs.replace(MOONS.data, samples=60)}),
    ]
    for edit in edits:
        for _ in range(70):
            record.trainer.step()
        if isinstance(edit, OptimizerEdit):
            edit = OptimizerEdit.of(record.trainer.optimizer.snapshot())
        record.edit(edit, "an edit")
    record.branch_from(200, "a branch")
    for _ in range(150):
        record.trainer.step()
    return record, json.loads(msgspec.json.encode(TakenRecord(record).record(), enc_hook=encode_extra))


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("current", 2, "record.current"),
        ("current", 0, "record.current"),
        ("branches.1.end", 349, "record.current"),
        ("branches.1.end", 100, "record.branches[1]"),
        ("branches.0.end", 5, "record.branches[0].log[0].step"),
        ("branches.0.fork", {"branch": 0, "step": 0, "edits": 0}, "record.branches[0].fork"),
        ("branches.1.fork", None, "record.branches[1].fork"),
        ("branches.1.fork.branch", 1, "record.branches[1].fork.branch"),
        ("branches.1.fork.step", 999, "record.branches[1].fork.step"),
        ("branches.1.fork.edits", 5, "record.branches[1].fork.edits"),
        ("branches.0.log.1.step", 3, "record.branches[0].log[1].step"),
        ("branches.0.log.0.edit.values", {"model.batch_norm": True}, "record.branches[0].log[0].edit.values"),
        ("branches.0.log.0.edit.values", {"training.learning_rate": -1}, "record.branches[0].log[0].edit.values"),
        ("branches.0.log.0.edit.values", {"training.optimizer": "gone"}, "optimizer"),
        ("branches.0.log.1.edit.unit", 8, "record.branches[0].log[1].edit"),
        ("branches.0.log.1.edit.layer", 2, "record.branches[0].log[1].edit"),
        ("branches.0.log.2.edit.row", -1, "record.branches[0].log[2].edit"),
        ("branches.0.log.2.edit.value", 1e300, "record.branches[0].log[2].edit.value"),
        ("branches.0.log.3.edit.memory", {"gone": []}, "record.branches[0].log[3].edit.memory.gone"),
        ("branches.0.log.4.edit.values.data.kind", "digits", "record.branches[0].log[4].edit.values.data"),
        ("branches.0.moments.0.step", 999, "record.branches[0].moments[0].step"),
        ("branches.0.moments.0.edits", 3, "record.branches[0].moments[0].edits"),
        ("branches.0.moments.0.run.parameters", [1.0], "record.branches[0].moments[0].run.parameters"),
        ("branches.0.newest.parameters", [], "record.branches[0].newest.parameters"),
        ("start_values", {"seed": 4}, "record.start_values"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_field(path: str, value: object, field: str) -> None:
    record, tree = saved_tree()
    parent: Any = tree
    *steps, last = path.split(".")
    for step in steps:
        parent = parent[int(step)] if step.isdigit() else parent[step]
    parent[last] = value
    with pytest.raises(InputError) as raised:
        recording_of(msgspec.convert(tree, RecordingRecord), record.trainer)
    assert raised.value.field.startswith(field)


def test_branches_that_would_fill_the_memory_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    record, tree = saved_tree()
    tree["branches"][1:] = [tree["branches"][1]] * 40  # each of which has two entries of the first one's log
    monkeypatch.setattr(record_reading, "MOST_SHARED", 50)
    with pytest.raises(InputError, match="at most") as raised:
        recording_of(msgspec.convert(tree, RecordingRecord), record.trainer)
    assert raised.value.field == "record.branches[26].fork.edits"
    monkeypatch.setattr(record_file, "MOST_SHARED", 1)
    assert TakenRecord(record).record() is None


@pytest.mark.parametrize(
    ("history", "field"),
    [
        ({"history": [[2.0, *FIGURES], [1.0, *FIGURES]]}, "history"),
        ({"history": [[9e9, *FIGURES]]}, "history"),
        ({"history": [[1.0, *FIGURES]], "history_lowest": [[1.0, 0.7, *FIGURES[1:]]]}, "history_lowest[0][1]"),
    ],
)
def test_a_curve_that_is_none_is_refused(history: dict[str, object], field: str) -> None:
    record, tree = saved_tree()
    tree["branches"][0] |= {"newest": None, "history": history}
    with pytest.raises(InputError) as raised:
        recording_of(msgspec.convert(tree, RecordingRecord), record.trainer)
    assert raised.value.field.removeprefix("record.branches[0].history.") == field


def test_another_format_is_refused_in_a_sentence(tmp_path: Path) -> None:
    record, tree = saved_tree()
    document = {
        "schema_version": 1,
        "experiment": msgspec.to_builtins(record.trainer.experiment),
        "record": tree | {"format": 2},
    }
    path = tmp_path / "newer.nnplay"
    path.write_text(json.dumps(document), encoding="utf-8")
    document = read_document(path)  # the run can be opened without it
    with pytest.raises(DocumentError, match=r"newer\.nnplay: record\.format is 2; allowed is"):
        recording_in(document, record.trainer, path.name)


def test_a_file_without_a_record_says_nothing_of_one(tmp_path: Path) -> None:
    write_document(Document(experiment=MOONS), tmp_path / "plain.nnplay")
    assert "record" not in json.loads((tmp_path / "plain.nnplay").read_text())
    assert read_document(tmp_path / "plain.nnplay").record is msgspec.UNSET


def test_the_golden_file_of_record_format_1_is_read_as_ever() -> None:
    document = read_document(REFERENCE / "record_1.nnplay")
    assert document.run is not None
    record = recording_in(document, resumed(document.experiment, document.run), "record_1.nnplay")
    assert [branch.name for branch in record.branches] == ["", "a branch"]
    assert [entry.step for entry in record.branches[0].log] == [70, 140, 210, 280, 350]
    assert record.step == 350
    middle = record.moment_at(200, record.branches[0])
    assert middle.disabled_units == {(0, 1)}
    other = saved_tree()[0].moment_at(200)
    np.testing.assert_allclose(middle.network.parameters, other.network.parameters, rtol=1e-6)
