"""Each phase of a step on the drawing: what is at work is lit in its colours, the rest steps back, a key says what."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network import weight_numbers
from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.panel import NetworkPanel
from nnplay.gui.panels.network.phase_texts import change_text, signed_small_text, small_text
from nnplay.gui.theme.palette import DARK, LIGHT
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.phases import Phase, PhaseKind
from tests.gui.panels.network.network_hands import DIGITS, LEFT, PanelMaker, edge_place, place, tab_into

XOR = Experiment(
    data=DataSpec(kind="xor"),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=4, activation="relu"),)),
    training=TrainingSpec(learning_rate=0.5),
)
FULL = Experiment(
    data=DataSpec(kind="circles", samples=40),
    model=ModelSpec(
        hidden_layers=(HiddenLayer(units=4, activation="tanh"), HiddenLayer(units=3, activation="relu")),
        batch_norm=True,
        dropout=0.4,
    ),
    training=TrainingSpec(batch_size=8, l2=0.05, clip_norm=0.1, learning_rate=0.3),
)
REGRESSION = Experiment(
    data=DataSpec(kind="sine_ridge", samples=40),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=4, activation="tanh"),), loss="mean_squared_error"),
    training=TrainingSpec(batch_size=8),
)


def phases(panel: NetworkPanel) -> Iterator[Phase]:
    """Every phase of the coming step, shown one after the other."""
    panel.session.step_phase()
    walk = panel.session.walk.walk
    yield walk.phase
    while not walk.through:
        panel.session.step_phase()
        yield walk.phase


def come_to(panel: NetworkPanel, kind: PhaseKind, layer: int | None = None) -> None:
    assert any(phase == Phase(kind, layer) for phase in phases(panel))


def picture(panel: NetworkPanel) -> QImage:
    return panel.canvas.grab().toImage()


def choose_row(panel: NetworkPanel, row: int) -> None:
    """Choose the sample that is in this row of the batch."""
    panel.session.step_phase()
    prepared, inputs = panel.session.prepared, panel.session.walk.walk.trace.inputs[row]
    trained = np.flatnonzero((prepared.X_train == inputs).all(axis=1))[0]
    panel.session.back_phase()
    panel.session.selection.choose_sample(tuple(prepared.table.inputs[prepared.train[trained]].tolist()))


def around(panel: NetworkPanel, unit: Unit, image: QImage) -> QImage:
    x, y, width, height = map(round, panel.canvas.layout_.box(unit))
    return image.copy(x + 3, y + 3, width - 6, height - 6)


def foot(panel: NetworkPanel, image: QImage) -> QImage:
    return image.copy(0, image.height() - panel.canvas.foot, image.width(), panel.canvas.foot)


def between(panel: NetworkPanel, layer: int, image: QImage) -> QImage:
    """The edges of a dense layer, without the units at their ends."""
    left, right = panel.canvas.layout_.columns[layer : layer + 2]
    start, end = round(left.x + left.side / 2) + 8, round(right.x - right.side / 2) - 8
    return image.copy(start, 0, end - start, round(right.bottom))


def of_hue(image: QImage, colour: str) -> int:
    """How many pixels have the hue of this colour, and are no shade of grey."""
    rows = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = {rows.pixel(x, y) for x in range(rows.width()) for y in range(rows.height())}
    found = [QColor.fromRgb(pixel) for pixel in pixels]
    wanted = QColor(colour).hue()
    return sum(abs(one.hue() - wanted) <= 8 and one.saturation() > 60 for one in found)


def strongest(panel: NetworkPanel, layer: int, image: QImage) -> float:
    """How far the edges of a layer stand out of the background at most, 0 to 255."""
    rows = between(panel, layer, image).convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(rows.constBits(), np.uint8).reshape(rows.height(), rows.bytesPerLine() // 4, 4)
    return float((255 - pixels[..., :3].astype(int)).max())


@pytest.mark.parametrize("experiment", [XOR, FULL, REGRESSION, DIGITS], ids=["xor", "full", "regression", "digits"])
def test_every_phase_has_a_picture_of_its_own_and_none_moves_anything(
    make_panel: PanelMaker, qtbot: QtBot, experiment: Experiment
) -> None:
    panel = make_panel(experiment)
    seen, places = list[QImage](), list[object]()
    for phase in phases(panel):
        assert panel.phases.state.phase == phase
        seen.append(picture(panel))
        places.append(panel.canvas.layout_.columns)
    assert all(place == places[0] for place in places)
    assert all(one != other for one, other in pairwise(seen))


def test_z_is_on_the_units_and_its_edges_alone_are_lit(make_panel: PanelMaker) -> None:
    panel = make_panel(XOR, 660, 760)
    choose_row(panel, 2)
    come_to(panel, PhaseKind.PRE_ACTIVATION, 1)
    trace = panel.session.walk.walk.trace
    shown = panel.canvas.painter.phase.values
    assert shown[Unit(2, 0)].text == f"{trace.layers[1].z[2, 0]:.2f}".replace("-", "−")
    assert shown[Unit(1, 0)].text == f"{trace.layers[0].a[2, 0]:.2f}".replace("-", "−")
    image = picture(panel)
    assert strongest(panel, 1, image) > 2 * strongest(panel, 0, image)


def test_backward_has_colours_and_a_key_of_its_own(make_panel: PanelMaker) -> None:
    panel = make_panel(XOR)
    come_to(panel, PhaseKind.LOSS)
    forward = picture(panel)
    panel.session.step_phase()
    panel.session.step_phase()
    assert panel.phases.state.phase == Phase(PhaseKind.GRADIENT, 1)
    backward = picture(panel)
    for colour in (LIGHT.back_positive, LIGHT.back_negative):
        assert of_hue(foot(panel, backward), colour)
        assert not of_hue(foot(panel, forward), colour)
    for colour in (LIGHT.positive, LIGHT.negative):
        assert of_hue(foot(panel, forward), colour)
        assert not of_hue(foot(panel, backward), colour)
    edges = between(panel, 1, backward)
    assert of_hue(edges, LIGHT.back_positive) + of_hue(edges, LIGHT.back_negative)
    assert not of_hue(edges, LIGHT.positive)


def test_in_the_dark_too(make_panel: PanelMaker) -> None:
    panel = make_panel(XOR)
    panel.session.theme.set_mode("dark")
    come_to(panel, PhaseKind.DELTA, 0)
    image = picture(panel)
    assert of_hue(foot(panel, image), DARK.back_positive)
    assert of_hue(foot(panel, image), DARK.back_negative)
    edges = between(panel, 1, image)
    assert of_hue(edges, DARK.back_positive) + of_hue(edges, DARK.back_negative)


def test_targets_stand_above_the_outputs_at_the_loss_and_the_loss_at_the_foot(make_panel: PanelMaker) -> None:
    panel = make_panel(XOR)
    choose_row(panel, 0)
    come_to(panel, PhaseKind.LOSS)
    trace, phase = panel.session.walk.walk.trace, panel.canvas.painter.phase
    assert phase.targets[Unit(2, 0)].text == f"y = {trace.targets[0, 0]:.0f}"
    assert f"{float(trace.loss):.4f}" in phase.words[0]
    before = picture(panel)
    panel.session.step_phase()
    assert not panel.canvas.painter.phase.targets
    assert around(panel, Unit(2, 0), picture(panel)) != around(panel, Unit(2, 0), before)


def test_the_loss_of_standardised_targets_is_said_to_be_one(make_panel: PanelMaker) -> None:
    data = DataSpec(kind="sine_ridge", samples=40, standardize_target=True)
    panel = make_panel(msgspec.structs.replace(REGRESSION, data=data))
    come_to(panel, PhaseKind.LOSS)
    assert "standardised targets" in panel.canvas.painter.phase.words[0]


def test_units_that_dropout_silenced_are_crossed_out_for_that_sample(make_panel: PanelMaker) -> None:
    panel = make_panel(FULL)
    panel.session.step_phase()
    mask = panel.session.walk.walk.trace.layers[0].mask
    panel.session.back_phase()
    row = int(np.flatnonzero((mask == 0).any(axis=1))[0])
    choose_row(panel, row)
    come_to(panel, PhaseKind.ACTIVATION, 0)
    before = picture(panel)
    panel.session.step_phase()
    silent = {Unit(1, unit) for unit in np.flatnonzero(mask[row] == 0).tolist()}
    assert panel.canvas.painter.phase.crossed == silent
    after = picture(panel)
    for unit in silent:
        x, y = panel.canvas.layout_.box(unit).centre
        assert after.pixelColor(round(x), round(y)).lightness() < before.pixelColor(round(x), round(y)).lightness()


def test_the_update_says_old_and_new_on_edges_and_dots(make_panel: PanelMaker) -> None:
    panel = make_panel(XOR)
    old = [w.copy() for w in panel.session.trainer.network.weights]
    come_to(panel, PhaseKind.UPDATE)
    new, texts = panel.session.trainer.network.weights, panel.canvas.painter.phase.texts
    for layer, bundle in enumerate(panel.canvas.layout_.bundles):
        for text, row, unit in zip(texts.edges[layer], bundle.rows, bundle.targets, strict=True):
            assert text == change_text(old[layer][row, unit], new[layer][row, unit] - old[layer][row, unit])
    assert set(texts.biases) == {Unit(1, unit) for unit in range(4)} | {Unit(2, 0)}


def test_a_walk_has_its_numbers_on_the_edges_whatever_the_switch_says(make_panel: PanelMaker, qtbot: QtBot) -> None:
    painted: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weight_numbers, "_paint", lambda _painter, _place, text, _palette: painted.append(text))
        panel = make_panel(XOR)
        picture(panel)
        assert not painted
        come_to(panel, PhaseKind.PRE_ACTIVATION, 0)
        picture(panel)
        shown = set(painted)
        texts = panel.canvas.painter.phase.texts
        assert shown == {text for edges in texts.edges for text in edges} | set(texts.biases.values())
        assert not panel.header.weights.isChecked()
        qtbot.mouseClick(panel.header.weights, LEFT)
        painted.clear()
        picture(panel)
        assert set(painted) == shown
        qtbot.mouseClick(panel.header.weights, LEFT)
        panel.session.settle()
        painted.clear()
        picture(panel)
        assert not painted, "the walk is over"


def test_where_old_and_new_find_no_room_the_change_stands_alone(make_panel: PanelMaker, qtbot: QtBot) -> None:
    for width, height, has_room in ((560, 420, False), (1400, 1000, True)):
        panel = make_panel(FULL, width, height)
        qtbot.mouseClick(panel.header.weights, LEFT)
        come_to(panel, PhaseKind.UPDATE)
        painter, layout = panel.canvas.painter, panel.canvas.layout_
        shown = painter._numbers.fitting(layout, painter._changes, painter.phase.texts)
        assert ("→" in shown.edges[2][0]) == has_room
        places = [place for bundle in painter._numbers.places(layout, painter._changes, shown) for place in bundle]
        if has_room:
            for index, place in enumerate(places):
                covered = [other.intersected(place) for other in places[index + 1 :]]
                assert all(part.width() * part.height() < 0.1 * place.width() * place.height() for part in covered)


def test_no_number_covers_another_one_however_narrow_the_drawing_is(make_panel: PanelMaker, qtbot: QtBot) -> None:
    painted: list[QRectF] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weight_numbers, "_paint", lambda _painter, place, *_others: painted.append(place))
        panel = make_panel(FULL, 420, 400)
        qtbot.mouseClick(panel.header.weights, LEFT)
        for _phase in phases(panel):
            painted.clear()
            picture(panel)
            for place, other in combinations(painted, 2):
                part = place.intersected(other)
                assert part.isEmpty() or part.width() * part.height() <= 0.3 * place.width() * place.height()
    assert painted


def test_without_a_sample_in_the_batch_the_mean_is_shown_and_said(make_panel: PanelMaker) -> None:
    panel = make_panel(FULL)
    panel.session.step_phase()
    trace = panel.session.walk.walk.trace
    shown = panel.canvas.painter.phase
    assert shown.values[Unit(0, 0)].text == f"{trace.inputs[:, 0].mean():.2f}".replace("-", "−")
    assert "mean" in shown.words[1]
    panel.session.selection.choose_sample((9.0, 9.0))
    assert "not in it" in panel.canvas.painter.phase.words[1]
    choose_row(panel, 3)
    panel.session.step_phase()
    shown = panel.canvas.painter.phase
    assert shown.values[Unit(0, 1)].text == f"{trace.inputs[3, 1]:.2f}".replace("-", "−")
    assert "4 of 8" in shown.words[1]


def test_a_digit_goes_through_as_a_picture_and_gradients_come_back_as_pictures(make_panel: PanelMaker) -> None:
    panel = make_panel(DIGITS)
    choose_row(panel, 1)
    come_to(panel, PhaseKind.PRE_ACTIVATION, 0)
    flowing = around(panel, Unit(1, 0), picture(panel))
    while panel.phases.state.phase != Phase(PhaseKind.GRADIENT, 0):
        panel.session.step_phase()
    image = picture(panel)
    assert around(panel, Unit(1, 0), image) != flowing
    units = [around(panel, Unit(1, index), image) for index in range(6)]
    hues = {unit.pixelColor(x, y).hue() // 30 for unit in units for x in range(0, unit.width(), 2) for y in (8, 14)}
    assert hues & {9, 10}  # purple


def test_when_the_walk_is_over_the_drawing_is_the_network_s_again(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(XOR)
    come_to(panel, PhaseKind.GRADIENT, 0)
    panel.session.undo_stack.undo()
    assert panel.canvas.painter.phase is None
    qtbot.waitUntil(lambda: panel.canvas.painter.keyed is panel.canvas.painter.edges)


def test_the_card_says_the_numbers_of_the_phase(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(XOR)
    choose_row(panel, 2)
    come_to(panel, PhaseKind.UPDATE)
    trace = panel.session.walk.walk.trace
    layer = trace.layers[0]
    qtbot.mouseMove(panel.canvas, place(panel, Unit(1, 2)))

    def text(value: float) -> str:
        return f"{value:.3f}".replace("-", "−")

    z, a, delta = layer.z[2, 2], layer.a[2, 2], 4 * layer.delta[2, 2]
    assert panel.card.value.text() == f"z {text(z)} · a {text(a)} · δ {text(delta)}"
    qtbot.mouseMove(panel.canvas, edge_place(panel, 0, 0, 2))
    said = panel.card.value.text()
    assert f"{text(layer.weights_before[0, 2])} → {text(layer.weights_after[0, 2])}" in said
    assert f"∂L/∂w {text(layer.weight_gradient[0, 2])}" in said
    assert panel.card.value.text() in panel.canvas.accessibleDescription()


def test_who_walks_by_keys_is_told_the_phase_s_values(make_panel: PanelMaker, qtbot: QtBot) -> None:
    panel = make_panel(XOR)
    tab_into(panel, qtbot)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Right)
    assert panel.canvas.walked_to.column == 1
    come_to(panel, PhaseKind.PRE_ACTIVATION, 0)
    before = panel.canvas.accessibleDescription()
    assert "z " in before
    panel.session.step_phase()
    assert " · a " in panel.canvas.accessibleDescription()


def test_an_exported_picture_shows_the_phase_with_its_key(make_panel: PanelMaker) -> None:
    panel = make_panel(XOR)
    come_to(panel, PhaseKind.GRADIENT, 1)
    figure = panel.figure()
    image = QImage(figure.size.toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.panel))
    painter = QPainter(image)
    figure.paint(painter)
    painter.end()
    assert of_hue(foot(panel, image), LIGHT.back_positive)
    edges = between(panel, 1, image)
    assert of_hue(edges, LIGHT.back_positive) + of_hue(edges, LIGHT.back_negative)


def test_the_flow_stands_still_in_a_walk(make_panel: PanelMaker) -> None:
    panel = make_panel(XOR)
    come_to(panel, PhaseKind.ACTIVATION, 0)
    assert panel.canvas._look().flow is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((0.0, "0.00"), (1e-17, "0.00"), (0.123, "0.12"), (-0.0031, "−0.0031"), (-0.000021, "−2e−5"), (12.34, "12.3")),
        *((0.0998, "0.10"), (0.1002, "0.10"), (-0.00998, "−0.010"), (-0.01002, "−0.010"), (0.000999, "0.0010")),
    ],
)
def test_small_numbers_are_written_in_two_figures(value: float, text: str) -> None:
    assert small_text(value) == text


def test_a_change_is_written_with_the_figures_in_which_it_is_seen() -> None:
    assert change_text(0.51, -0.04) == "0.51 → 0.47"
    assert change_text(0.5101, 0.002) == "0.510 → 0.512"
    assert change_text(0.51, 0.00998) == change_text(0.51, 0.01002) == "0.51 → 0.52"
    assert change_text(0.5, 3e-5) == "+3e−5"
    assert change_text(-0.54, 0.0) == "−0.54 → −0.54"
    assert signed_small_text(-0.2) == "−0.20"
    assert signed_small_text(0.0) == "0.00"


def test_the_chosen_sample_stays_while_the_pointer_is_at_another_place(make_panel: PanelMaker) -> None:
    panel = make_panel(FULL)
    panel.session.step_phase()
    choose_row(panel, 3)
    shown, told = panel.canvas.painter.phase.words, panel.caption.lines.accessibleDescription()
    assert "sample 4 of" in shown[1]
    panel.session.selection.point_at_sample((0.123, 0.456))
    assert panel.canvas.painter.phase.words == shown
    assert panel.caption.lines.accessibleDescription() == told
