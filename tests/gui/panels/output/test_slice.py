"""More than two inputs: which slice is shown, what sets it, and which points lie beside it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.data import Table
from nnplay.data.tables.preparation import Preparation, SourceColumn
from nnplay.gui.paint.points import FADES
from nnplay.gui.panels.output.panel import OutputPanel
from nnplay.gui.panels.output.slice.row import SliceRow
from nnplay.gui.panels.output.slice.values import value_text
from nnplay.training.experiment import YOURS, DataSpec, Experiment, HiddenLayer, ModelSpec
from nnplay.training.probes.maps import MapsProbe
from tests.gui.panels.output.output_hands import LEFT, PATIENCE, Opener, point_at, replace, session_of
from tests.gui.panels.output.test_one_input import PRICES

GENERATOR = np.random.default_rng(5)
FLOWERS = np.column_stack([GENERATOR.normal(m, s, 60) for m, s in ((5.8, 0.8), (3.0, 0.4), (3.7, 1.7), (1.2, 0.7))])
KINDS = np.digitize(FLOWERS[:, 2], (2.5, 4.8)).astype(float)
NAMES = ("sepal length", "sepal width", "petal length", "petal width")
FLOWER = Experiment(
    data=DataSpec(
        kind=YOURS,
        table=Table(FLOWERS, KINDS, "classification", NAMES, ("setosa", "versicolor", "virginica")),
        standardize=True,
    ),
    model=ModelSpec(loss="categorical_cross_entropy", hidden_layers=(HiddenLayer(units=4, activation="tanh"),)),
)
AGES = np.array([20.0, 31.0, 45.0, 70.0, 8.0, 52.0])
PORTS = np.eye(3)[[0, 1, 2, 2, 2, 0]]
SEX = np.array([0.0, 1.0, 1.0, 1.0, 0.0, 1.0])
PASSENGERS = Experiment(
    data=DataSpec(
        kind=YOURS,
        table=Table(
            np.column_stack([AGES, AGES**2, SEX, PORTS]),
            np.array([0.0, 0.0, 1.0, 0.0, 1.0, 1.0]),
            input_names=("age", "fare", "sex = male", "port = C", "port = Q", "port = S"),
        ),
        preparation=Preparation(
            columns=(
                SourceColumn(name="age"),
                SourceColumn(name="fare"),
                SourceColumn(name="sex", categories=("female", "male")),
                SourceColumn(name="port <b>&", categories=("C", "Q", "S")),
            )
        ),
    ),
)


def many(inputs: int) -> Experiment:
    values = np.random.default_rng(1).normal(size=(300, inputs))
    table = Table(values, values[:, 5] * 2 + values[:, 9] * 1.5, "regression")
    return Experiment(data=DataSpec(kind=YOURS, table=table), model=ModelSpec(loss="mean_squared_error"))


def row_of(panel: OutputPanel, name: str) -> SliceRow:
    return next(row for row in panel.slice.rows if row.input.name == name)


def answer_at(panel: OutputPanel, point: list[float]) -> np.ndarray:
    prepared, network = session_of(panel).prepared, session_of(panel).trainer.network
    outputs: np.ndarray = network.forward(prepared.as_seen(np.array([point])))[0]
    return outputs


def drag_to(qtbot: QtBot, row: SliceRow, share: float) -> None:
    slider = row.slider
    y = slider.height() // 2
    qtbot.mousePress(slider, LEFT, pos=QPoint(slider.width() // 2, y))
    qtbot.mouseMove(slider, QPoint(round(share * slider.width()), y))
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(round(share * slider.width()), y))


def test_the_slice_is_said_and_goes_through_the_mean(open_panel: Opener):
    panel = open_panel(FLOWER)
    mean = FLOWERS.mean(axis=0)
    assert panel.slice.sentence.text() == f"Slice at petal length {mean[2]:.4g}, petal width {mean[3]:.4g}"
    assert panel.slice.sentence.toolTip() == panel.slice.sentence.text()
    assert [row.input.name for row in panel.slice.rows] == ["petal length", "petal width"]
    assert not panel.slice.back.isEnabled()


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.75834, "3.758"), (9876.54, "9877"), (123_456.7, "123457"), (-45_678.9, "−45679"), (2.5e9, "2.5e9"), (0.0, "0")],
)
def test_amounts_of_usual_size_have_no_power_of_ten(value: float, text: str):
    assert value_text(value) == text


def test_two_inputs_have_no_slice(open_panel: Opener):
    panel = open_panel(FLOWER)
    table = FLOWER.data.table
    two = replace(FLOWER.data, table=Table(FLOWERS[:, :2], KINDS, "classification", NAMES[:2], table.class_names))
    session_of(panel).change("two", replace(FLOWER, data=two))
    assert not panel.slice.isVisible()
    session_of(panel).undo_stack.undo()
    assert panel.slice.isVisible()


def test_a_slider_moves_the_slice_the_map_and_the_readout(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FLOWER)
    session = session_of(panel)
    before = panel._shown.answer
    drag_to(qtbot, row_of(panel, "petal length"), 0.9)
    value = session.selection.slice[2]
    assert value > FLOWERS[:, 2].mean()
    qtbot.waitUntil(lambda: panel._shown.answer is not before)
    left, _, low, _ = panel.view.plane
    corner = answer_at(panel, [left, low, value, FLOWERS[:, 3].mean()])
    np.testing.assert_allclose(panel._shown.answer.layers[-1][:, 0, 0], corner, atol=1e-4)
    assert f"petal length {value:.4g}" in panel.slice.sentence.text()
    point_at(qtbot, panel, 6.0, 3.0)
    x1, x2 = panel.view.to_plane(QPointF(panel.to_widget(QPointF(6.0, 3.0))))
    expected = answer_at(panel, [x1, x2, value, FLOWERS[:, 3].mean()])
    assert panel.readout.text().split("  ")[2:] == [f"{p:.3f}" for p in expected]
    assert session.experiment == FLOWER
    assert not session.undo_stack.canUndo()


def test_a_number_is_typed_and_an_odd_one_refused(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FLOWER)
    session, box = session_of(panel), row_of(panel, "petal width").box
    refusals: list[str] = []
    session.refused.connect(refusals.append)
    box.setFocus()
    box.lineEdit().selectAll()
    qtbot.keyClicks(box, "7,5")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert session.selection.slice[3] == 7.5, "beyond what the slider has"
    box.lineEdit().selectAll()
    qtbot.keyClicks(box, "wide")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert session.selection.slice[3] == 7.5
    assert refusals == ["petal width is 'wide'; allowed is a finite number of at most 1e100 in magnitude"]


def test_keys_move_the_slice_and_a_double_click_or_the_button_brings_the_mean_back(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FLOWER)
    selection = session_of(panel).selection
    length, width = row_of(panel, "petal length"), row_of(panel, "petal width")
    for row in (length, width):
        row.slider.setFocus()
        for _ in range(3):
            qtbot.keyClick(row.slider, Qt.Key.Key_Right)
    assert (np.array(selection.slice)[2:] > FLOWERS.mean(axis=0)[2:]).all()
    qtbot.mouseDClick(length.slider, LEFT)
    assert selection.slice[2] == pytest.approx(FLOWERS[:, 2].mean())
    assert selection.slice[3] > FLOWERS[:, 3].mean()
    qtbot.mouseClick(panel.slice.back, LEFT)
    assert selection.slice is None
    assert width.box.text() == f"{FLOWERS[:, 3].mean():.4g}"


def test_points_fade_with_their_distance_from_the_slice(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FLOWER)

    def opacities() -> dict[float, list[float]]:
        """Petal lengths of the points drawn in each opacity."""
        found: dict[float, list[float]] = {}
        left, right, low, high = panel.view.plane
        for (_, _, fade), scatter in panel.view.points._scatters.items():
            assert scatter.opacity() == FADES[fade]
            x, y = scatter.getData()
            for place in zip(np.asarray(x) * (right - left) + left, np.asarray(y) * (high - low) + low, strict=True):
                index = int(np.argmin(np.abs(FLOWERS[:, :2] - place).sum(axis=1)))
                found.setdefault(FADES[fade], []).append(FLOWERS[index, 2])
        return found

    drag_to(qtbot, row_of(panel, "petal length"), 0.98)
    near, far = max(opacities()), min(opacities())
    assert near > far
    assert np.mean(opacities()[near]) > np.mean(opacities()[far]) + 1.0
    assert sum(len(lengths) for lengths in opacities().values()) == 60


def test_each_point_can_have_the_colour_of_its_own_answer(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FLOWER)
    session, box = session_of(panel), panel.slice.own_answers
    prepared = session.prepared

    def own() -> np.ndarray:
        classes: np.ndarray = session.trainer.network.forward(prepared.as_seen(FLOWERS)).argmax(axis=1)
        return classes

    assert panel.view.points._answers is None
    qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    assert panel.view.points._answers.tolist() == own().tolist()
    before = own()
    session.toggle_training()
    qtbot.waitUntil(lambda: panel.view.points._answers.tolist() != before.tolist(), timeout=PATIENCE)
    session.pause()
    qtbot.waitUntil(lambda: not session.running)
    qtbot.waitUntil(lambda: panel.view.points._answers.tolist() == own().tolist())
    qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    assert panel.view.points._answers is None


def test_misclassified_are_the_points_themselves_and_not_the_slice_where_they_lie(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FLOWER)
    session, box = session_of(panel), panel.misclassified
    qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    session.toggle_training()
    qtbot.waitUntil(lambda: session.trainer.epoch > 5, timeout=PATIENCE)
    session.pause()
    qtbot.waitUntil(lambda: not session.running)
    classes = session.trainer.network.forward(session.prepared.as_seen(FLOWERS)).argmax(axis=1)
    qtbot.waitUntil(lambda: panel.view.points._ringed.tolist() == np.flatnonzero(classes != KINDS).tolist())


def test_while_it_trains_the_slice_moves_at_once(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FLOWER)
    session = session_of(panel)
    session.toggle_training()
    qtbot.waitUntil(lambda: session.trainer.epoch > 0, timeout=PATIENCE)
    drag_to(qtbot, row_of(panel, "petal width"), 0.1)
    drawn = panel._shown.answer
    assert drawn is not None, "the last picture stays until there is one of the new slice"
    probe = MapsProbe(session.selection.slice)
    assert panel._shown.probe == probe
    qtbot.waitUntil(lambda: panel._shown.answer is not drawn, timeout=PATIENCE)
    assert session.running


def test_categories_are_chosen_by_their_names(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(PASSENGERS)
    session = session_of(panel)
    port, sex = row_of(panel, "port <b>&"), row_of(panel, "sex")
    assert {port.choice.currentText(), sex.choice.currentText()} == {"S", "male"}
    assert "port <b>& S" in panel.slice.sentence.text()
    port.choice.setFocus()
    qtbot.keyClick(port.choice, Qt.Key.Key_Up)
    assert session.selection.slice[3:] == (0.0, 1.0, 0.0)
    qtbot.keyClick(sex.choice, Qt.Key.Key_Up)
    assert session.selection.slice[2] == 0.0
    assert "sex female" in panel.slice.sentence.text()
    qtbot.mouseDClick(port.label, LEFT)
    assert session.selection.slice[2:] == (0.0, 0.0, 0.0, 1.0)


def test_other_axes_are_one_step_and_train_on(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FLOWER)
    session = session_of(panel)
    session.step_epoch()
    qtbot.waitUntil(lambda: session.trainer.epoch == 1 and not session.running, timeout=PATIENCE)
    weights, epoch = session.trainer.network.parameters.copy(), session.trainer.epoch
    across = panel.view.across
    assert (across.text, panel.view.up.text) == ("sepal length", "sepal width")
    across.setFocus()
    qtbot.keyClick(across, Qt.Key.Key_Down)
    assert session.experiment.data.plane_inputs == (1, 0), "the input of the other axis changes places with it"
    qtbot.keyClick(panel.view.across, Qt.Key.Key_Down)
    assert session.experiment.data.plane_inputs == (2, 0)
    assert (across.text, panel.view.up.text) == ("petal length", "sepal length")
    left, right, *_ = panel.view.plane
    assert left < FLOWERS[:, 2].min() < FLOWERS[:, 2].max() < right
    assert {row.input.name for row in panel.slice.rows} == {"petal width", "sepal width"}
    np.testing.assert_array_equal(session.trainer.network.parameters, weights)
    assert session.trainer.epoch == epoch
    assert session.undo_stack.undoText() == "Axes petal length and sepal length"
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.experiment == FLOWER
    assert across.text == "sepal length"


def test_an_axis_can_be_the_answer_and_the_other_inputs_are_set_then(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FLOWER)
    session = session_of(panel)
    up = panel.view.up
    up.setFocus()
    qtbot.keyClick(up, Qt.Key.Key_End)
    assert session.experiment.data.plane_inputs == (0, 0)
    assert up.text == "probability"
    assert len(panel.slice.rows) == 3
    qtbot.waitUntil(lambda: panel._shown.answer is not None)
    drag_to(qtbot, row_of(panel, "petal length"), 0.1)
    point = list(session.selection.slice)
    qtbot.waitUntil(
        lambda: np.allclose(panel._shown.answer.layers[-1][:, 0], answer_at(panel, [panel.view.plane[0], *point[1:]]))
    )


def test_the_slice_stays_with_its_data(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(FLOWER)
    session = session_of(panel)
    drag_to(qtbot, row_of(panel, "petal length"), 0.9)
    kept = session.selection.slice
    model = replace(FLOWER.model, hidden_layers=(HiddenLayer(units=2),))
    session.change("fewer units", replace(session.experiment, model=model))
    assert session.selection.slice == kept
    other = Table(FLOWERS + 1.0, KINDS, "classification", NAMES, ("a", "b", "c"))
    session.change("other data", replace(FLOWER, data=replace(FLOWER.data, table=other)))
    assert session.selection.slice is None
    assert row_of(panel, "petal length").box.value() == pytest.approx(FLOWERS[:, 2].mean() + 1)
    drag_to(qtbot, row_of(panel, "petal length"), 0.9)
    session.change("one input", PRICES)
    assert session.selection.slice is None
    assert not panel.slice.isVisible()
    session.undo_stack.undo()
    assert session.selection.slice is None


@pytest.mark.parametrize("inputs", [30, 98])
def test_many_inputs_scroll_within_a_third_of_the_panel(qtbot: QtBot, open_panel: Opener, inputs: int):
    panel = open_panel(many(inputs))
    assert panel.slice.height() <= panel.height() / 3 + 1
    assert [row.input.inputs[0] for row in panel.slice.rows[:2]] == [5, 9]
    assert len(panel.slice.rows) < 15
    bar = panel.slice._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert len(panel.slice.rows) == inputs - 2
    assert panel.slice.rows[-1].visibleRegion().boundingRect().height() == panel.slice.rows[-1].height()
    panel.slice.rows[0].slider.setFocus()
    assert bar.value() == 0, "what has the focus comes into sight"
    assert panel.slice.sentence.text().endswith(f"and {inputs - 2 - 12} more")


def test_tab_goes_through_rows_that_were_not_made_yet(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(many(30))
    panel.slice.rows[0].slider.setFocus()
    for _ in range(40):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is panel.slice.rows[20].slider


def test_the_order_stays_while_it_trains(qtbot: QtBot, open_panel: Opener):
    panel = open_panel(many(30))
    order = [one.name for one in panel.slice.inputs]
    session_of(panel).step_epoch()
    qtbot.waitUntil(lambda: not session_of(panel).running, timeout=PATIENCE)
    session_of(panel).selection.set_slice((9.0,) * 30)
    assert [one.name for one in panel.slice.inputs] == order


def test_a_hundred_measurements_are_no_pictures(open_panel: Opener):
    panel = open_panel(many(100))
    assert panel.canvas.isVisible()
    assert panel.slice.isVisible()


def test_every_control_of_a_slice_says_what_it_is(open_panel: Opener):
    panel = open_panel(PASSENGERS)
    controls = [panel.slice.own_answers, panel.slice.back, panel.view.across, panel.view.up]
    for row in panel.slice.rows:
        controls += [row.choice] if row.input.categories else [row.slider, row.box]
    for control in controls:
        assert control.accessibleName() or control.text()
        assert control.toolTip()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
