"""The data panel as a person uses it: gallery, formula, classes, standardising, seeds."""

from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from nnplay.data import DATA_SETS, Table
from nnplay.gui.panels.data.panel import DataPanel
from nnplay.gui.session.session import Session
from nnplay.training.edits import with_data_set, with_table
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from tests.gui.conftest import WindowMaker

replace = msgspec.structs.replace
SessionMaker = Callable[[Experiment], Session]
MSE = "mean_squared_error"
CIRCLES = Experiment(data=DataSpec(kind="circles", samples=100, train_share=0.5))


@pytest.fixture
def make_panel(qtbot: QtBot, make_session: SessionMaker) -> Callable[[Experiment], tuple[DataPanel, Session]]:
    def make(experiment: Experiment) -> tuple[DataPanel, Session]:
        session = make_session(experiment)
        panel = DataPanel(session)
        qtbot.addWidget(panel)
        panel.resize(248, 700)
        panel.show()
        panel.activateWindow()
        qtbot.waitExposed(panel).__enter__()
        return panel, session

    return make


def choose(qtbot: QtBot, panel: DataPanel, key: str) -> None:
    qtbot.mouseClick(panel.gallery.button(key), Qt.MouseButton.LeftButton)


def picture(panel: DataPanel, key: str) -> QImage:
    return panel.gallery.button(key).icon().pixmap(56, 56).toImage()


def drawn(points: int, classes: int) -> Table:
    inputs = np.random.default_rng(0).uniform(-5, 5, (points, 2))
    names = tuple(str(k) for k in range(classes))
    return Table(inputs, np.arange(points) % max(1, min(points, 2)), "classification", (), names)


def test_the_gallery_has_every_set_of_the_problem_and_ones_own(make_panel):
    panel, _ = make_panel(CIRCLES)
    sets = [key for key, one in DATA_SETS.items() if one.task == "classification"]
    assert panel.gallery.names() == [*sets, "yours"]
    for key in panel.gallery.names():
        button = panel.gallery.button(key)
        assert button.accessibleName()
        assert button.toolTip()
        assert picture(panel, key) != QImage()
        text = button.fontMetrics().horizontalAdvance(button.text())
        assert text <= button.width(), "the caption must not be cut off"


def test_a_regression_has_its_own_gallery(make_panel):
    panel, _ = make_panel(replace(CIRCLES, data=DataSpec(kind="plane", samples=50), model=ModelSpec(loss=MSE)))
    assert panel.gallery.names() == ["plane", "gaussian_bumps", "sine_ridge", "formula_regression", "yours"]
    for button in map(panel.gallery.button, panel.gallery.names()):
        assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width()


def test_a_formula_is_checked_while_typing_and_taken_on_enter(qtbot: QtBot, make_panel):
    panel, session = make_panel(CIRCLES)
    assert not panel.formula.isVisible()
    choose(qtbot, panel, "formula")
    edit = panel.formula.edit
    assert panel.formula.isVisible()
    assert edit.text() == "y - 3*sin(x)"
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "y - x^")
    assert "Character 7" in panel.formula.sentence.text()
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert session.experiment.data.formula == "y - 3*sin(x)"
    qtbot.keyClicks(edit, "2/3")
    assert "Character" not in panel.formula.sentence.text()
    assert session.experiment.data.formula == "y - 3*sin(x)", "nothing happens before Enter"
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert session.experiment.data.formula == "y - x^2/3"
    table = session.prepared.table
    np.testing.assert_array_equal(table.labels, table.inputs[:, 1] - table.inputs[:, 0] ** 2 / 3 > 0)
    session.undo_stack.undo()
    assert edit.text() == "y - 3*sin(x)"


def test_a_formula_that_parts_nothing_is_told_in_a_sentence(qtbot: QtBot, make_panel):
    panel, session = make_panel(replace(CIRCLES, data=DataSpec(kind="formula", samples=100, formula="y - x")))
    edit = panel.formula.edit
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "x*x + 1")
    assert "positive in one part" in panel.formula.sentence.text()
    assert panel.formula.sentence.property("role") == "alarm"
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.text() == "y - x"
    assert panel.formula.sentence.property("role") == "quiet"
    assert session.undo_stack.count() == 0


def test_yours_shows_a_pencil_until_something_is_drawn(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    panel, session = window.panel("data"), window.session
    pencil = picture(panel, "yours")
    choose(qtbot, panel, "yours")
    assert session.experiment.data.kind == "yours"
    assert len(session.prepared.table) == 0
    assert panel.counts.text() == "No points yet"
    key = session.experiment.data.key
    assert "yours" not in panel.gallery.names()
    assert picture(panel, key).convertToFormat(pencil.format()) == pencil
    data = replace(session.experiment.data, table=drawn(20, 2))
    session.change("20 points", replace(session.experiment, data=data))
    assert picture(panel, key).convertToFormat(pencil.format()) != pencil
    choose(qtbot, panel, "moons")
    choose(qtbot, panel, key)
    assert len(session.prepared.table) == 20, "what was drawn is kept"


def test_classes_of_ones_own_points(qtbot: QtBot, make_panel):
    data = DataSpec(kind="yours", table=drawn(20, 3))
    model = ModelSpec(loss="categorical_cross_entropy")
    panel, session = make_panel(replace(CIRCLES, data=data, model=model))
    assert panel.classes.isVisible()
    assert panel.classes.values() == (2, 3, 4, 5, 6), "two classes have points and can't go"
    assert panel.classes.value() == 3
    slider = panel.classes.slider
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_End)
    qtbot.keyClick(slider, Qt.Key.Key_Return)
    assert session.experiment.data.table.classes == 6
    assert session.prepared.outputs == 6
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    qtbot.keyClick(slider, Qt.Key.Key_Return)
    assert session.prepared.outputs == 1
    assert session.experiment.model.loss == "binary_cross_entropy"


@pytest.mark.parametrize("kind", ["blobs", "spirals", "stripes", "yours"])
def test_two_classes_stand_in_one_place(qtbot: QtBot, make_panel, kind: str):
    panel, _ = make_panel(CIRCLES)
    choose(qtbot, panel, kind)
    assert panel.classes.values()[0] == 2
    assert panel.classes.value() == 2


def test_a_class_with_points_cant_go(qtbot: QtBot, make_panel):
    model = ModelSpec(loss="categorical_cross_entropy")
    table = Table(np.zeros((3, 2)), np.arange(3.0))
    panel, session = make_panel(replace(CIRCLES, data=DataSpec(kind="yours", table=table), model=model))
    refused: list[str] = []
    session.refused.connect(refused.append)
    panel.classes.slider.setFocus()
    qtbot.keyClick(panel.classes.slider, Qt.Key.Key_Home)
    qtbot.keyClick(panel.classes.slider, Qt.Key.Key_Return)
    assert refused == ["There are points of more than 2 classes"]
    assert session.prepared.table.classes == 3
    assert panel.classes.value() == 3


def test_draw_and_import_stand_in_one_place_and_nothing_is_cut(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    panel = window.panel("data")
    for size in ((1440, 900), (1366, 768)):
        window.resize(*size)
        places = set()
        for key in DATA_SETS:
            window.session.change(key, with_data_set(window.session.experiment, key))
            qtbot.waitUntil(lambda: panel.area.verticalScrollBar().maximum() == 0)
            places.add(tuple(button.mapTo(window, QPoint()).toTuple() for button in (panel.draw, panel.import_points)))
        assert len(places) == 1


@pytest.mark.parametrize("kind", [*DATA_SETS, "yours"])
def test_the_sliders_of_a_row_fill_it(qtbot: QtBot, make_panel, kind: str):
    panel, session = make_panel(CIRCLES)
    if kind == "yours":
        choose(qtbot, panel, kind)
    else:
        session.change(kind, with_data_set(session.experiment, kind))
    sliders = [panel.noise, panel.samples, panel.share, panel.batch, panel.classes]
    qtbot.waitUntil(lambda: panel.share.width() == panel.numbers.width())
    rows: dict[int, list[QRect]] = {}
    for slider in sliders:
        if slider.isVisible():
            rows.setdefault(slider.y(), []).append(slider.geometry())
    for row in rows.values():
        assert min(place.left() for place in row) == 0
        assert max(place.right() for place in row) == panel.numbers.width() - 1


def test_draw_twice_is_one_empty_plane(qtbot: QtBot, make_panel):
    panel, session = make_panel(CIRCLES)
    qtbot.mouseClick(panel.draw, Qt.MouseButton.LeftButton)
    empty = session.experiment
    with qtbot.waitSignal(session.message):
        qtbot.mouseClick(panel.draw, Qt.MouseButton.LeftButton)
    assert session.experiment is empty
    assert session.undo_stack.count() == 1


def test_standardising(qtbot: QtBot, make_panel):
    panel, session = make_panel(CIRCLES)
    box = panel.numbers.standardize
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert session.experiment.data.standardize
    np.testing.assert_allclose(session.prepared.X_train.std(axis=0), 1.0)
    session.undo_stack.undo()
    assert not box.isChecked()


def test_the_dice_draws_other_points(qtbot: QtBot, make_panel):
    panel, session = make_panel(replace(CIRCLES, data=replace(CIRCLES.data, seed=20_000)))
    before = session.prepared.table
    qtbot.mouseClick(panel.numbers.regenerate, Qt.MouseButton.LeftButton)
    assert session.prepared.table != before
    assert panel.numbers.data_seed.value() == session.experiment.data.seed


def test_digits_bring_a_network_that_can_learn_them_and_points_another(qtbot: QtBot, make_panel):
    panel, session = make_panel(CIRCLES)
    choose(qtbot, panel, "digits")
    experiment = session.experiment
    assert experiment.model.hidden_layers == (HiddenLayer(units=32, activation="relu"),)
    assert experiment.model.loss == "categorical_cross_entropy"
    training = experiment.training
    assert (training.optimizer, training.learning_rate, training.batch_size) == ("adam", 0.001, 32)
    assert experiment.data.train_share == 0.8
    assert session.trainer.network.layer_sizes == (784, 32, 10)
    choose(qtbot, panel, "moons")
    assert session.trainer.network.layer_sizes == (2, 4, 1)
    assert session.experiment.training.optimizer == "sgd"
    assert session.experiment.data.train_share == 0.5


def test_between_sets_of_points_the_network_stays(qtbot: QtBot, make_panel):
    layers = (HiddenLayer(units=7, activation="sine"),)
    chosen = replace(
        CIRCLES,
        model=replace(CIRCLES.model, hidden_layers=layers),
        training=TrainingSpec(optimizer="rmsprop", learning_rate=0.003),
    )
    panel, session = make_panel(chosen)
    choose(qtbot, panel, "blobs")
    assert session.experiment.model.hidden_layers == layers
    assert session.experiment.training == chosen.training


def test_samples_are_those_that_the_set_allows(qtbot: QtBot, make_panel):
    panel, _ = make_panel(CIRCLES)
    assert panel.samples.values()[0] == 10
    choose(qtbot, panel, "digits")
    assert panel.samples.values()[0] == 100
    assert panel.samples.value() == 5000


def test_nothing_moves_sideways_when_the_panel_must_scroll(qtbot: QtBot, make_panel):
    panel, _ = make_panel(CIRCLES)
    panel.resize(248, 1200)
    qtbot.waitUntil(lambda: panel.area.verticalScrollBar().maximum() == 0)
    wide = panel.gallery.width()
    panel.resize(248, 300)
    qtbot.waitUntil(lambda: panel.area.verticalScrollBar().maximum() > 0)
    qtbot.waitUntil(lambda: panel.gallery.width() == wide)


def test_a_target_is_scaled_for_a_regression_alone_and_undone(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(Experiment())
    box, session = window.panel("data").numbers.standardize_target, window.session
    assert not box.isVisible()
    session.change("Bumps", with_data_set(session.experiment, "gaussian_bumps"))
    qtbot.waitUntil(box.isVisible)
    assert "own unit" in box.toolTip()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert session.experiment.data.standardize_target
    assert session.prepared.target_standardizer is not None
    assert session.undo_stack.undoText() == "Standardised target"
    session.undo_stack.undo()
    assert not session.experiment.data.standardize_target
    assert not box.isChecked()


def test_the_picture_of_a_table_of_64_classes_has_all_their_colours(qtbot: QtBot, make_window: WindowMaker):
    targets = np.arange(640.0) % 64
    places = np.column_stack([targets % 8, targets // 8]) - 3.5
    window = make_window(with_table(Experiment(), Table(places, targets)))
    assert not window.panel("data").classes.isVisible()  # drawn ones alone are added and taken away
    qtbot.waitUntil(lambda: bool(window.session.experiment.data.key))
    icon = window.panel("data").gallery.button(window.session.experiment.data.key).icon()
    picture = icon.pixmap(56, 56).toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert len(colours) > 20
