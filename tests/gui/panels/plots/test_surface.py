"""The loss around the present weights, looked at as a person does."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.plots.panel import PlotsPanel
from nnplay.gui.panels.plots.surface.frame import bar_texts
from nnplay.gui.panels.plots.surface.picture import Heights, picture_of
from nnplay.gui.panels.plots.surface.tab import SurfaceTab
from nnplay.gui.panels.plots.surface.view import STRIDE
from nnplay.gui.session.selection import WeightAddress
from nnplay.gui.theme.palette import DARK, LIGHT
from nnplay.gui.widgets.number_format import figure_text, parameter_text
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec
from nnplay.training.landscape import ObjectiveProbe
from tests.gui.window_hands import step

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
LEFT = Qt.MouseButton.LeftButton
PATIENCE = 20_000
SURFACE = 8
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=40, train_share=0.5), model=ModelSpec(hidden_layers=(HiddenLayer(units=3),))
)


def open_tab(qtbot: QtBot, window: MainWindow, index: int = SURFACE) -> PlotsPanel:
    panel = window.panel("plots")
    qtbot.mouseClick(panel.tabs, LEFT, pos=panel.tabs.tabRect(index).center())
    assert panel.tabs.currentIndex() == index
    return panel


def computed(qtbot: QtBot, panel: PlotsPanel) -> SurfaceTab:
    """The tab, once all of it is there."""
    tab = panel.tab
    assert isinstance(tab, SurfaceTab)

    def is_there() -> bool:
        found = tab.computing.found
        return found is not None and found.is_complete and tab.computing.is_complete and not panel._session.running

    qtbot.waitUntil(is_there, timeout=PATIENCE)
    return tab


def image_of(tab: SurfaceTab) -> QImage:
    return tab.view.grab().toImage()


def test_a_person_looks_around(qtbot: QtBot, make_window: WindowMaker, press: Press) -> None:
    window = make_window(CIRCLES)
    panel, session = open_tab(qtbot, window), window.session
    step(qtbot, window, press, 5)
    tab = computed(qtbot, panel)
    # the middle is the loss that there is, the way ends there, and the arrow goes down
    found, shown = tab.computing.found, tab.view._shown
    assert found is not None
    assert shown is not None
    assert found.losses[32, 32] == pytest.approx(session.trainer.figures.train.loss, rel=1e-12)
    np.testing.assert_allclose(shown.places[-1], 0.0, atol=1e-12)
    assert len(shown.places) > 2
    assert np.abs(shown.places).max() <= found.reach[0]
    assert shown.downhill is not None
    downhill = 1e-4 * shown.downhill / np.linalg.norm(shown.downhill)
    ends = found.directions.parameters_at(np.stack([np.zeros(2), downhill]))
    assert np.diff(found.objective.at(ends))[0] < 0
    assert figure_text(shown.here) in tab.view.text()
    assert shown.moment == "epoch 5"
    # of the path it says how much lies in the plane
    away = tab.computing._path.seen - session.trainer.network.parameters
    both = np.stack([found.directions.first, found.directions.second])
    lying = np.linalg.lstsq(both.T, away.T, rcond=None)[0].T @ both
    share = np.linalg.norm(lying) / np.linalg.norm(away)
    assert shown.shares[0] == f"path: {share:.0%} in this plane".replace("%", " %")

    # another seed is another slice through the same place
    before = found.losses.copy()
    qtbot.mouseClick(tab.choice.another, LEFT)
    other = computed(qtbot, panel).computing.found
    assert other is not None
    assert tab.view._shown.names[0] == "direction 1 of seed 1"
    assert other.losses[32, 32] == pytest.approx(before[32, 32])
    assert not np.allclose(other.losses, before)

    # two weights: the axes are their values, and one that is clicked on the drawing comes first
    tab.choice.weights.trigger()
    computed(qtbot, panel)
    network = session.trainer.network
    shown = tab.view._shown
    assert shown is not None
    assert shown.origin == (network.weights[0][0, 0], network.weights[0][0, 1])
    assert shown.names == ("x₁ to unit 1 of layer 1", "x₁ to unit 2 of layer 1")
    session.selection.inspect(WeightAddress(1, None, 0))
    computed(qtbot, panel)
    shown = tab.view._shown
    assert shown is not None
    assert shown.origin == (network.biases[1][0], network.weights[0][0, 0])
    assert shown.names[0] == "bias of output"
    other = PlotsPanel(session)  # as an animation has it
    qtbot.addWidget(other)
    other.resize(panel.size())
    other.look_as(panel)
    other.show_snapshot(session.look(other.needs))
    other.figure()
    seen = other.tab.view._shown
    assert (seen.names, seen.origin) == (shown.names, shown.origin)
    np.testing.assert_allclose(seen.places[[0, -1]], shown.places[[0, -1]], atol=1e-12)
    assert all(box.isVisible() and tab.view.rect().contains(box.geometry()) for box in tab.choice.boxes)
    tab.choice.random.trigger()
    computed(qtbot, panel)

    # nearer and back
    reach = tab.computing.found.reach
    middle = QPointF(tab.view.area().center())
    turn = QWheelEvent(
        middle, tab.view.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(tab.view, turn)
    assert computed(qtbot, panel).computing.found.reach[0] == pytest.approx(reach[0] / 1.25)
    tab.view.setFocus()
    qtbot.keyClick(tab.view, Qt.Key.Key_PageDown)
    qtbot.keyClick(tab.view, Qt.Key.Key_PageDown)
    assert computed(qtbot, panel).computing.found.reach[0] == pytest.approx(reach[0] * 1.25)
    qtbot.keyClick(tab.view, Qt.Key.Key_Home)
    assert computed(qtbot, panel).computing.found.reach == reach

    # what is under the pointer is told
    qtbot.mouseMove(tab.view, QPoint(2, 2))
    qtbot.mouseMove(tab.view, middle.toPoint())
    assert tab.view.card.isVisible()
    assert tab.view.card.value.text() == figure_text(tab.view._shown.here)
    assert "all 20 training samples" in tab.view.card.hint.text()

    # by keyboard too, once it was reached by Tab; after a click → is the window's again
    tab.view.clearFocus()
    tab.view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.mouseMove(tab.view, QPoint(2, 2))
    for _ in range(3):
        qtbot.keyClick(tab.view, Qt.Key.Key_Right)
    away = tab.view.place_at(tab.view._pointer)
    assert away is not None
    assert away[0] == pytest.approx(tab.computing.found.reach[0] * 2 * 3 / STRIDE)
    assert tab.view.card.value.text() in tab.view.accessibleDescription()

    # the place that is told is the one whose loss it is
    across, up = (np.linspace(-reach, reach, len(tab.view._shown.losses)) for reach in tab.computing.found.reach)
    column, row = (int(np.abs(ends - at).argmin()) for ends, at in zip((across, up), away, strict=True))
    assert tab.view.card.title.text() == f"Loss at {parameter_text(across[column])}, {parameter_text(up[row])}"
    assert tab.view.card.value.text() == figure_text(tab.view._shown.losses[row, column])
    epoch = session.trainer.epoch
    qtbot.mouseClick(tab.view, LEFT, pos=middle.toPoint())
    step(qtbot, window, press, 1)
    assert session.trainer.epoch == epoch + 1

    # a figure of it, and nothing while nobody looks
    figure = panel.figure()
    picture = QImage(figure.size.toSize(), QImage.Format.Format_RGB32)
    picture.fill(0)
    painter = QPainter(picture)
    figure.paint(painter)
    painter.end()
    assert len({picture.pixel(x, picture.height() // 3) for x in range(picture.width())}) > 5
    open_tab(qtbot, window, 0)
    assert ObjectiveProbe() not in panel.needs
    assert not tab.computing._bites.isActive()


def test_it_follows_a_run_that_goes_on(qtbot: QtBot, make_window: WindowMaker, press: Press) -> None:
    window = make_window(CIRCLES)
    panel = open_tab(qtbot, window)
    tab = computed(qtbot, panel)
    at_start, first = tab.computing.found, image_of(tab)
    tab.interval = 0.05
    press(window, "Space")
    qtbot.waitUntil(lambda: len(tab.computing.places) > 2 and tab.computing.found is not at_start, timeout=PATIENCE)
    qtbot.waitUntil(lambda: image_of(tab) != first, timeout=PATIENCE)
    press(window, "Space")
    qtbot.waitUntil(lambda: not window.session.running)
    computed(qtbot, panel)
    assert len(tab.computing.places) > 20
    np.testing.assert_allclose(tab.computing.places[-1], 0.0, atol=1e-9)
    # another run has none of this one's way
    window.session.new_start()
    qtbot.waitUntil(lambda: len(tab.computing.places) == 1, timeout=PATIENCE)


def test_without_samples_it_says_so(qtbot: QtBot, make_window: WindowMaker) -> None:
    window = make_window(CIRCLES)
    panel = open_tab(qtbot, window)
    tab = computed(qtbot, panel)
    window.panel("output").board.clear()
    qtbot.waitUntil(lambda: not len(window.session.prepared.X_train))
    assert tab.view.text().startswith("No training samples")


def test_heights_have_more_ink_where_the_loss_is_higher() -> None:
    across = np.linspace(-1.0, 1.0, 33)
    losses = 0.01 + across[None] ** 2 + 4.0 * across[:, None] ** 2
    losses[0, 0] = np.inf
    heights = Heights(losses)
    shares = heights.shares_of(losses)
    assert (heights.lowest, shares.min(), shares.max()) == (0.01, 0.0, 1.0)
    assert shares[0, 0] == 1.0
    assert heights.shares_of(np.array([0.1, 1.0])) == pytest.approx(np.log([10, 100]) / np.log(heights.highest / 0.01))
    for palette in (LIGHT, DARK):
        image = picture_of(losses, palette, (300, 120)).image
        assert (image.width(), image.height()) == (300, 120)
        middle = image.pixelColor(image.width() // 2, image.height() // 2).lightness()
        corner = image.pixelColor(295, 2).lightness()
        assert (middle < corner) == palette.is_dark
        # what isn't finite is hatched: no height looks so
        hatched = {image.pixelColor(x, image.height() - 1).lightness() for x in range(3)}
        assert len(hatched) == 2
    assert not Heights(np.full((3, 3), 0.5)).shares_of(np.full((3, 3), 0.5)).any()


def test_the_figures_of_the_bar_differ_where_the_losses_do():
    assert bar_texts([0.0842, 0.0857, 0.0891]) == ["0.084", "0.086", "0.089"]
    assert bar_texts([0.1092, 0.1127, 0.1149]) == ["0.109", "0.113", "0.115"]
    assert bar_texts([0.058, 106.9]) == ["0.058", "110"]
    assert bar_texts([0.5, 0.5]) == ["0.5", "0.5"]
