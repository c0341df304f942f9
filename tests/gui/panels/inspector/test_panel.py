"""The inspector: opened by what is selected, about one unit, weight or bias and one sample, while a run goes on too."""

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.gui.panels.inspector.formula_list import Row
from nnplay.gui.panels.inspector.sections import Stage
from nnplay.gui.session.selection import UnitAddress, WeightAddress
from nnplay.training.arithmetic.text import line_text
from nnplay.training.experiment import YOURS, DataSpec
from nnplay.training.phases import PhaseKind
from nnplay.training.probes.step import SamplePlace
from tests.gui.panels.inspector.conftest import CIRCLES, XOR, Open, Opened

replace = msgspec.structs.replace


def rows(opened: Opened) -> list[Row]:
    return opened.panel.numbers.view.list.rows


def sections(opened: Opened) -> list[str]:
    return list(dict.fromkeys(row.item.section for row in rows(opened)))


def values(opened: Opened) -> dict[str, float]:
    """The results by their quantity; the last one where there are several."""
    return {
        row.item.line.result.part.quantity: row.item.line.result.number
        for row in rows(opened)
        if row.item.line.result.part
    }


def test_without_a_selection_a_hint_says_what_to_click(opened: Open):
    it = opened(XOR)
    assert it.panel.numbers.hint.isVisible()
    assert "Click a unit" in it.panel.numbers.hint.text()
    it.session.selection.pin(0, 1)
    assert not it.panel.numbers.hint.isVisible()
    assert it.panel.header.subject.title == "Unit 2 of layer 1"
    it.session.selection.pin(-1, -1)
    assert it.panel.numbers.hint.isVisible()


def test_without_a_step_to_make_it_says_why(opened: Open, qtbot: QtBot):
    it = opened(XOR)
    it.session.selection.pin(0, 1)
    hint = it.panel.numbers.hint
    it.panel.header.tabs.setCurrentIndex(1)
    it.session.trainer.network.weights[0][...] = 1e308
    it.session.trainer.network.weights[1][...] = 1e308
    it.session.selection.point_at_sample((1.0, 0.0))
    qtbot.waitUntil(hint.isVisible)
    assert "numbers overflow" in hint.text()
    it.session.undo_stack.settle()
    it.session.reset()
    qtbot.waitUntil(it.panel.matrices.isVisible)
    none = Table(np.empty((0, 2)), np.empty(0), "classification", ("x1", "x2"), ("a", "b"))
    it.session.change("No points", replace(it.session.experiment, data=DataSpec(kind=YOURS, table=none)))
    qtbot.waitUntil(lambda: "nothing to train on" in hint.text() and hint.isVisible())


@pytest.mark.parametrize(
    ("address", "title", "wanted"),
    [
        (UnitAddress(0, 1), "Unit 2 of layer 1", ["Forward", "Backward"]),
        (UnitAddress(1, 0), "Output", ["Forward", "Loss", "Backward"]),
        (WeightAddress(0, 1, 2), "Weight from x₂ to unit 3 of layer 1", ["Forward", "Backward", "Gradient", "Update"]),
        (WeightAddress(1, None, 0), "Bias of output", ["Forward", "Loss", "Backward", "Gradient", "Update"]),
    ],
)
def test_the_sections_of_a_unit_a_weight_and_a_bias(
    opened: Open, address: UnitAddress | WeightAddress, title: str, wanted: list[str]
):
    it = opened(XOR)
    if isinstance(address, UnitAddress):
        it.session.selection.pin(*address)
    else:
        it.session.selection.inspect(address)
    assert it.panel.header.subject.title == title
    assert sections(it) == wanted


def test_the_numbers_are_those_of_the_coming_step(qtbot: QtBot, opened: Open):
    it = opened(XOR)
    it.choose(2)
    it.session.selection.inspect(WeightAddress(0, 0, 1))
    qtbot.waitUntil(lambda: it.panel.look is not None and it.panel.look.step.row == 2)
    trace = it.session.trainer.coming_step()
    layer, found = trace.layers[0], values(it)
    assert found["z"] == layer.z[2, 1]
    assert found["a"] == layer.a[2, 1]
    assert found["delta"] == pytest.approx(4 * layer.delta[2, 1])
    assert found["weight"] == layer.weights_after[0, 1], "the last line is the update"
    words = [row.item.line.words for row in rows(it) if row.item.section == "Gradient"]
    assert words[:2] == ["This sample's own", "The mean over the batch"]
    own, mean, *_ = (row.item.line for row in rows(it) if row.item.section == "Gradient")
    assert own.result.number == pytest.approx(layer.inputs[2, 0] * 4 * layer.delta[2, 1])
    assert mean.result.number == pytest.approx(layer.inputs[:, 0] @ layer.delta[:, 1])


def test_penalty_clipping_and_the_optimiser_s_memory_have_lines_of_their_own(opened: Open):
    it = opened(XOR)
    it.choose(1)
    it.session.selection.inspect(WeightAddress(0, 0, 1))
    texts = [line_text(row.item.line, 4) for row in rows(it)]
    assert any("λ" in text for text in texts)
    assert any("‖∇L‖" in text for text in texts)
    assert [text for text in texts if "m̂" in text], texts


@pytest.mark.parametrize("which", ["test", "other", "free"])
def test_a_sample_that_is_not_in_the_batch_is_computed_by_itself(qtbot: QtBot, opened: Open, which: str):
    it = opened(CIRCLES)
    it.session.selection.inspect(WeightAddress(0, 0, 1))
    prepared, batch = it.session.prepared, it.session.trainer.coming_step()
    if which == "free":
        it.session.selection.choose_sample((0.25, 0.5))
    elif which == "test":
        it.choose(int(prepared.test[0]))
    else:
        it.choose(int(next(i for i in prepared.train if not (batch.inputs == prepared.table.inputs[i]).all(1).any())))
    places = {"free": SamplePlace.FREE, "test": SamplePlace.TEST, "other": SamplePlace.OTHER_BATCH}
    qtbot.waitUntil(lambda: it.panel.look is not None and it.panel.look.step.place is places[which])
    note = it.panel.numbers.view.list.note
    assert ("no target" in note) if which == "free" else ("by itself, without dropout" in note)
    assert ("Backward" in sections(it)) == (which != "free")
    x = np.array([it.session.selection.sample])
    z = (x @ it.session.trainer.network.weights[0] + it.session.trainer.network.biases[0])[0, 1]
    assert values(it)["z"] == pytest.approx(z)


def test_with_batch_norm_it_goes_forward_with_the_running_statistics_which_is_said(qtbot: QtBot, opened: Open):
    it = opened(replace(CIRCLES, model=replace(CIRCLES.model, batch_norm=True, dropout=0.2)))
    it.session.step_epoch()
    qtbot.waitUntil(lambda: not it.session.running)
    it.session.selection.pin(0, 1)
    it.choose(int(it.session.prepared.test[0]))
    qtbot.waitUntil(lambda: it.panel.look is not None and it.panel.look.step.place is SamplePlace.TEST)
    assert "running mean and variance" in it.panel.numbers.view.list.note
    assert [row.item.section for row in rows(it)][:4] == ["Forward"] * 4, "z, x̂, u and a"
    assert "Backward" not in sections(it)
    titles = [title for _, title in it.panel.numbers.view.list._titles]
    assert titles == ["Forward", "Gradient of γ", "Update of γ", "Gradient of β", "Update of β"]


def test_while_a_step_is_walked_through_its_lines_are_done_at_work_or_to_come(qtbot: QtBot, opened: Open):
    it = opened(XOR)
    it.choose(2)
    it.session.selection.inspect(WeightAddress(0, 0, 1))
    it.session.step_phase()
    walk = it.session.walk.walk
    assert walk is not None
    qtbot.waitUntil(lambda: it.panel.look is not None and it.panel.look.step.batch is walk.trace)
    for phase in walk.phases[1:]:
        it.session.step_phase()
        qtbot.waitUntil(lambda phase=phase: it.panel.look.walk is not None and it.panel.look.walk.phase == phase)
        qtbot.waitUntil(lambda: it.panel.numbers._shown[-1] == walk.cursor)
        at_work = {row.item.section for row in rows(it) if row.item.stage is Stage.AT_WORK}
        if phase.layer in (0, None):
            wanted = {
                PhaseKind.PRE_ACTIVATION: "Forward",
                PhaseKind.ACTIVATION: "Forward",
                PhaseKind.DELTA: "Backward",
                PhaseKind.GRADIENT: "Gradient",
                PhaseKind.PENALTY: "Gradient",
                PhaseKind.CLIPPING: "Gradient",
                PhaseKind.UPDATE: "Update",
            }.get(phase.kind)
            assert at_work == ({wanted} if wanted else set()), phase
        stages = [row.item.stage for row in rows(it)]
        order = {Stage.DONE: 0, Stage.AT_WORK: 1, Stage.TO_COME: 2}
        assert [order[stage] for stage in stages] == sorted(order[stage] for stage in stages)
        assert it.panel.look.step.batch is walk.trace
    assert values(it)["weight"] == it.session.trainer.network.weights[0][0, 1]


def test_a_run_that_goes_on_is_followed_and_the_lines_stay_where_they_are(qtbot: QtBot, opened: Open):
    it = opened(CIRCLES)
    it.choose(int(it.session.prepared.train[0]))
    it.session.selection.inspect(WeightAddress(0, 0, 1))
    it.session.toggle_training()
    first = it.panel.look
    assert first is not None
    qtbot.waitUntil(lambda: it.panel.look.step.batch.step > first.step.batch.step + 5)
    kept, note = rows(it), it.panel.numbers.view.list.note
    assert "While training goes on" in note
    for _ in range(5):
        seen = it.panel.look
        qtbot.waitUntil(lambda seen=seen: it.panel.look is not seen)
        assert rows(it) is kept, "the same lines with other numbers"
        assert it.panel.numbers.view.list.note == note
    it.session.pause()
    qtbot.waitUntil(lambda: not it.session.running)
    qtbot.waitUntil(lambda: it.panel.look.step.batch.step == it.session.trainer.optimizer.steps + 1)


def test_a_closed_inspector_asks_for_nothing(qtbot: QtBot, opened: Open):
    it = opened(XOR)
    it.window.place("inspector").close()
    shown = it.panel.look
    it.session.step_epoch()
    qtbot.waitUntil(lambda: not it.session.running)
    it.session.refresh()
    qtbot.waitUntil(lambda: it.window.transport.epoch.text().endswith("1"))
    assert it.panel.look is shown


def test_other_data_leave_nothing_of_the_old_ones(qtbot: QtBot, opened: Open):
    it = opened(CIRCLES)
    it.session.selection.inspect(WeightAddress(2, 2, 0))
    assert it.panel.header.subject.title == "Weight from unit 3 of layer 2 to output"
    it.session.change("XOR", XOR)
    qtbot.waitUntil(lambda: it.panel.look is not None and it.panel.look.names.layers == 2)
    assert it.panel.numbers.hint.isVisible()
    assert it.panel.header.subject.title == ""


def test_the_worked_example_is_asked_for(qtbot: QtBot, opened: Open):
    it = opened(XOR)
    with qtbot.waitSignal(it.session.requests.action) as asked:
        qtbot.mouseClick(it.panel.header.by_hand, Qt.MouseButton.LeftButton)
    assert asked.args == ["worked_example"]


def test_a_sample_beside_the_walk_s_batch_keeps_its_numbers_when_the_step_is_made(qtbot: QtBot, opened: Open):
    it = opened(CIRCLES)
    it.choose(int(it.session.prepared.test[0]))
    it.session.selection.inspect(WeightAddress(0, 0, 1))
    it.session.step_phase()
    walk = it.session.walk.walk
    assert walk is not None
    qtbot.waitUntil(lambda: it.panel.look.step.batch is walk.trace)
    own, before = it.panel.look.step.own, values(it)["z"]
    assert own is not None
    assert "Not in the batch of this step" in it.panel.numbers.view.list.note
    while not walk.through:
        it.session.step_phase()
    qtbot.waitUntil(lambda: it.panel.numbers._shown[-1] == walk.cursor)
    assert it.panel.look.step.own is not None
    assert values(it)["z"] == before
    assert values(it)["weight"] == it.session.trainer.network.weights[0][0, 1]
