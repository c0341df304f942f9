"""The tabs of gradients, activations and confusion, used as a person does."""

from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.files.export import picture_of, svg_of
from nnplay.gui.paint.figure import figure_of
from nnplay.gui.panels.plots.panel import PlotsPanel
from nnplay.gui.window.dock_area import NARROW_RIGHT, RIGHT_WIDTH
from nnplay.gui.window.main_window import MainWindow
from nnplay.nn import confusion_matrix
from nnplay.resources import resource_path
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec
from nnplay.training.landscape import ObjectiveProbe
from nnplay.training.observer import Observer
from nnplay.training.probes.activations import ActivationsProbe
from nnplay.training.probes.confusion import ConfusionProbe
from nnplay.training.probes.curves import CurvesProbe
from nnplay.training.probes.gradients import GradientsProbe

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
LEFT = Qt.MouseButton.LeftButton
PATIENCE = 20_000
LOSS, ACCURACY, GRADIENTS, ACTIVATIONS, CONFUSION, SURFACE = OF_CLASSES = (0, 1, 5, 6, 7, 8)
replace = msgspec.structs.replace
XOR = Experiment(seed=1)
CIRCLES = Experiment(data=DataSpec(kind="circles", samples=60, train_share=0.5))
FLAT = replace(CIRCLES, model=replace(CIRCLES.model, hidden_layers=()))
BUMPS = Experiment(data=DataSpec(kind="gaussian_bumps", samples=40), model=ModelSpec(loss="mean_squared_error"))


def choose(qtbot: QtBot, window: MainWindow, index: int) -> PlotsPanel:
    panel = window.panel("plots")
    qtbot.mouseClick(panel.tabs, LEFT, pos=panel.tabs.tabRect(index).center())
    assert panel.tabs.currentIndex() == index
    return panel


def test_arrows_go_from_tab_to_tab(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    panel = window.panel("plots")
    panel.tabs.setFocus(Qt.FocusReason.TabFocusReason)
    seen = [panel.tab.title]
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        seen.append(panel.tab.title)
    assert seen == ["Loss", "Accuracy", "Gradients", "Activations", "Confusion"]
    assert window.session.trainer.epoch == 0
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert panel.tab.title == "Activations"
    assert all(len(panel.tabs.tabToolTip(index).split()) > 5 for index in OF_CLASSES)


def test_the_logarithm_is_for_the_loss_alone(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    seen = [choose(qtbot, window, index).switches.values.isVisible() for index in OF_CLASSES]
    assert seen == [True, False, False, False, False, False]


@pytest.mark.parametrize("size", [(1440, 900), (1100, 700)])
def test_no_tab_is_cut(qtbot: QtBot, make_window: WindowMaker, size: tuple[int, int]):
    window = make_window(CIRCLES)
    window.resize(*size)
    panel = window.panel("plots")
    qtbot.waitUntil(lambda: window.size().toTuple() == size)
    qtbot.waitUntil(lambda: window.place("plots").width() == (RIGHT_WIDTH if size[0] == 1440 else NARROW_RIGHT))
    metrics = panel.tabs.fontMetrics()
    for chosen in (CONFUSION, SURFACE, LOSS):
        choose(qtbot, window, chosen)
        for index in OF_CLASSES:
            rect = panel.tabs.tabRect(index)
            assert rect.left() >= 0
            assert rect.right() < panel.tabs.width()
            assert rect.width() >= metrics.horizontalAdvance(panel.tabs.tabText(index))
    plot = panel.tab.plot
    assert plot.mapTo(panel, plot.legend.geometry().topRight()).x() < panel.switches.geometry().left()


def test_only_the_tab_that_is_seen_asks(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    assert [choose(qtbot, window, index).needs for index in OF_CLASSES] == [
        {CurvesProbe()},
        {CurvesProbe()},
        {GradientsProbe()},
        {ActivationsProbe()},
        {ConfusionProbe("test")},
        {ObjectiveProbe()},
    ]


def test_ten_sigmoid_layers_are_seen_to_vanish(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(read_document(resource_path("presets/ten_sigmoid_layers.nnplay")).experiment)
    chart = choose(qtbot, window, GRADIENTS).tab.chart
    qtbot.waitUntil(lambda: chart.rows == 11)
    first, last = (float(chart.row_texts(row)[1].replace("−", "-")) for row in (0, 10))
    assert first < 1e-4 * last
    assert chart._decades.low <= np.log10(first)


def test_gradients_follow_the_training_and_are_exact_at_rest(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(CIRCLES)
    chart = choose(qtbot, window, GRADIENTS).tab.chart
    qtbot.waitUntil(lambda: chart.rows == 2)
    before = chart.text()
    press(window, "Space")
    qtbot.waitUntil(lambda: chart.text() != before, timeout=PATIENCE)
    press(window, "Space")
    qtbot.waitUntil(lambda: not window.session.running, timeout=PATIENCE)

    def agrees() -> bool:
        exact = Observer(window.session.trainer).snapshot(frozenset({GradientsProbe()})).answer(GradientsProbe())
        return np.array_equal(chart._gradients.sizes, exact.sizes)

    qtbot.waitUntil(agrees, timeout=PATIENCE)


def test_while_it_trains_it_asks_now_and_then(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    tab = choose(qtbot, window, ACTIVATIONS).tab
    tab.note_measured()
    assert tab.needs(running=True) == frozenset()
    assert tab.needs(running=False) == {ActivationsProbe()}
    qtbot.waitUntil(lambda: tab.needs(running=True) == {ActivationsProbe()})


def test_without_hidden_layers_the_activations_say_so(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(FLAT)
    chart = choose(qtbot, window, ACTIVATIONS).tab.chart
    qtbot.waitUntil(lambda: "no hidden layer" in chart.accessibleDescription())
    deep = replace(CIRCLES, model=replace(CIRCLES.model, hidden_layers=(HiddenLayer(units=3, activation="silu"),)))
    window.session.change("A hidden layer", deep)
    qtbot.waitUntil(lambda: chart.rows == 1)
    assert chart.row_texts(0)[0] == "1  SiLU"


def test_confusion_counts_the_test_set_or_the_training_set(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    tab = choose(qtbot, window, CONFUSION).tab
    trainer, data = window.session.trainer, window.session.prepared
    qtbot.waitUntil(lambda: tab.samples.text() != "")
    expected = confusion_matrix(trainer.network.forward(data.X_test), data.Y_test)
    np.testing.assert_array_equal(tab.matrix._confusion.counts, expected)
    assert tab.accuracy.text() == f"accuracy {100 * trainer.figures.test.accuracy:.1f} %"
    qtbot.mouseClick(tab.buttons["training"], LEFT)
    qtbot.waitUntil(lambda: tab.matrix._confusion.sample_set == "training")
    expected = confusion_matrix(trainer.network.forward(data.X_train), data.Y_train)
    np.testing.assert_array_equal(tab.matrix._confusion.counts, expected)


def test_a_cell_under_the_pointer_is_a_sentence(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    tab = choose(qtbot, window, CONFUSION).tab
    qtbot.waitUntil(lambda: tab.samples.text() != "")
    qtbot.mouseMove(tab.matrix, QPoint(1, 1))
    qtbot.mouseMove(tab.matrix, tab.matrix.cell_rect(1, 0).center().toPoint())
    counts = tab.matrix._confusion.counts
    assert tab.matrix.card.title.text() == "class 1 classified as class 0"
    share = 100 * counts[1, 0] / counts[1].sum()
    assert tab.matrix.card.value.text() == f"{counts[1, 0]} of {counts[1].sum()}, {share:.1f} %"


def test_where_there_is_no_test_set_the_training_set_is_counted(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(XOR)
    tab = choose(qtbot, window, CONFUSION).tab
    qtbot.waitUntil(lambda: tab.samples.text() == "4 samples")
    assert not tab.buttons["test"].isEnabled()
    assert tab.buttons["training"].isChecked()
    window.session.change("Circles", CIRCLES)
    qtbot.waitUntil(lambda: tab.samples.text() == "30 samples")
    assert tab.buttons["test"].isChecked()


def test_a_regression_has_no_confusion(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    panel = choose(qtbot, window, CONFUSION)
    window.session.change("Bumps", BUMPS)
    assert not panel.tabs.isTabVisible(CONFUSION)
    assert panel.tab.title == "Loss"


@pytest.mark.parametrize("index", [GRADIENTS, ACTIVATIONS, CONFUSION])
def test_pictures_of_the_panel_have_the_tab_in_them(qtbot: QtBot, make_window: WindowMaker, index: int):
    window = make_window(CIRCLES)
    panel = choose(qtbot, window, index)
    page = panel.pages.currentWidget()
    chart = page.matrix if index == CONFUSION else page.chart
    qtbot.waitUntil(lambda: chart.accessibleDescription() != "")
    background = window.session.theme.palette.panel
    seen, drawn = picture_of(figure_of(panel), background, 1.0), QImage(panel.size(), QImage.Format.Format_RGB32)
    painter = QPainter(drawn)
    QSvgRenderer(svg_of(figure_of(panel), background, "plots", panel.logicalDpiX())).render(painter)
    painter.end()
    inside = chart.geometry().translated(page.mapTo(panel, QPoint(0, 0)))
    places = [(x, y) for x in range(inside.left(), inside.right(), 4) for y in range(inside.top(), inside.bottom(), 4)]
    painted = [seen.pixelColor(*place).name().upper() != background for place in places]
    assert sum(painted) > 0.02 * len(painted)
    near = [abs(drawn.pixelColor(*place).lightness() - seen.pixelColor(*place).lightness()) < 32 for place in places]
    assert sum(near) > 0.95 * len(near)


def test_digits_have_their_names(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(read_document(resource_path("presets/digits.nnplay")).experiment)
    tab = choose(qtbot, window, CONFUSION).tab
    qtbot.waitUntil(lambda: tab.samples.text() == "1,000 samples", timeout=PATIENCE)
    assert tab._names == tuple("0123456789")
    assert tab.matrix.cell_rect(9, 9).bottom() <= tab.matrix.height()
