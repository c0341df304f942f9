"""The window used as a person does: clicks and keys, waiting on what is shown."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QThread, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.widgets.card import SectionTitle
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.run_control import RunState

replace = msgspec.structs.replace
LEARNS = 42
"""A seed of the start from which the tutorial's experiment learns XOR."""
XOR = Experiment(seed=LEARNS)
CIRCLES = Experiment(
    data=DataSpec(kind="circles", samples=100, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=3, activation="tanh"),)),
    training=TrainingSpec(learning_rate=0.1, batch_size=10),
)
WindowMaker = Callable[[Experiment], MainWindow]
PATIENCE = 30_000


def loss(window: MainWindow) -> float:
    """Asked for between two steps: figures that are read while a thread trains are measured in its arrays."""
    return window.session.ask(lambda trainer: trainer.figures.train.loss).result()


def epoch_shown(window: MainWindow) -> int:
    return int(window.transport.epoch.text().replace(",", ""))


def press(qtbot: QtBot, window: MainWindow, keys: str) -> None:
    combination = QKeySequence(keys)[0]
    qtbot.keyClick(window, combination.key(), combination.keyboardModifiers())


def threads(window: MainWindow) -> list[QThread]:
    return [thread for thread in window.session.findChildren(QThread) if thread.isRunning()]


def test_space_trains_xor_until_it_is_learnt(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(XOR)
    press(qtbot, window, "Space")
    qtbot.waitUntil(lambda: loss(window) < 0.05, timeout=PATIENCE)
    press(qtbot, window, "Space")
    qtbot.waitUntil(lambda: not window.session.running, timeout=PATIENCE)
    assert window.session.trainer.figures.train.accuracy == 1.0


def test_right_steps_one_epoch(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(XOR)
    press(qtbot, window, "Right")
    qtbot.waitUntil(lambda: epoch_shown(window) == 1 and not window.session.running, timeout=PATIENCE)
    assert window.session.trainer.epoch == 1


def test_shift_right_steps_one_batch_and_tells_its_loss(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    for batch in (1, 2):
        press(qtbot, window, "Shift+Right")
        qtbot.waitUntil(lambda b=batch: window.session.trainer.batch == b and not window.session.running)
        prepared, network = window.session.prepared, window.session.trainer.network
        now, _ = network.evaluate(prepared.X_train, prepared.Y_train)
        qtbot.waitUntil(lambda loss=now: window.transport.loss.train.text() == f"{loss:.4f}")
        assert window.transport.epoch_figure.batch.text() == f"batch {batch} of {window.session.trainer.batches}"
    assert window.session.trainer.epoch == 0


def test_pause_ends_the_thread_and_the_epoch_stays(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    qtbot.mouseClick(window.transport.train, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: epoch_shown(window) > 0, timeout=PATIENCE)
    assert len(threads(window)) == 1
    qtbot.mouseClick(window.transport.train, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not threads(window) and window.session.state is RunState.PAUSED, timeout=PATIENCE)
    qtbot.waitUntil(lambda: epoch_shown(window) == window.session.trainer.epoch, timeout=PATIENCE)


def test_closing_while_it_trains_leaves_no_thread(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    press(qtbot, window, "Space")
    qtbot.waitUntil(lambda: epoch_shown(window) > 0, timeout=PATIENCE)
    window.close()
    assert not threads(window)
    assert not window.session.running


def test_reset_brings_the_same_start_back_and_new_start_another(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    start = window.session.trainer.network.parameters.copy()
    press(qtbot, window, "Right")
    qtbot.waitUntil(lambda: window.session.trainer.epoch == 1 and not window.session.running, timeout=PATIENCE)
    trained = window.session.trainer.network.parameters.copy()
    press(qtbot, window, "R")
    np.testing.assert_array_equal(window.session.trainer.network.parameters, start)
    assert window.session.trainer.epoch == 0
    press(qtbot, window, "Shift+R")
    assert not np.array_equal(window.session.trainer.network.parameters, start)
    press(qtbot, window, "Ctrl+Z")
    press(qtbot, window, "Ctrl+Z")
    np.testing.assert_array_equal(window.session.trainer.network.parameters, trained)
    assert window.session.trainer.epoch == 1


def test_a_learning_rate_is_taken_over_while_training_goes_on(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    press(qtbot, window, "Space")
    qtbot.waitUntil(lambda: epoch_shown(window) > 3, timeout=PATIENCE)
    combo = window.transport.rate.combo
    combo.setFocus()
    row = next(i for i in range(combo.count()) if combo.itemData(i) == 0.03)
    while combo.currentIndex() != row:
        qtbot.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() < row else Qt.Key.Key_Up)
    assert window.session.experiment.training.learning_rate == 0.03
    assert window.session.running
    assert window.session.trainer.epoch > 0
    assert "at once" in window.statusBar().currentMessage()
    qtbot.waitUntil(lambda: window.session.trainer.optimizer.learning_rate == 0.03, timeout=PATIENCE)


def test_choosing_a_data_set_in_the_gallery(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(XOR)
    gallery = window.panel("data").gallery
    qtbot.mouseClick(gallery.button("spirals"), Qt.MouseButton.LeftButton)
    assert window.session.experiment.data.kind == "spirals"
    assert "fresh start" in window.statusBar().currentMessage()
    press(qtbot, window, "Ctrl+Z")
    assert window.session.experiment == XOR
    assert gallery.button("xor").isChecked()


def test_nothing_happens_before_a_drag_ends(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    slider = window.panel("data").noise.slider
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(8, slider.height() // 2))
    qtbot.mouseMove(slider, QPoint(slider.width() - 8, slider.height() // 2))
    assert window.session.experiment == CIRCLES
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 8, slider.height() // 2))
    assert window.session.experiment.data.noise == 0.5
    assert window.session.undo_stack.count() == 1


def test_light_and_dark(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(XOR)
    before = window.grab().toImage().pixelColor(2, window.height() // 2).lightness()
    press(qtbot, window, "Ctrl+D")
    after = window.grab().toImage().pixelColor(2, window.height() // 2).lightness()
    assert before > 200
    assert after < 60


def test_divergence_stops_the_run_and_is_told(qtbot: QtBot, make_window: WindowMaker):
    layers = (HiddenLayer(units=8, activation="identity"),) * 3
    diverging = Experiment(
        data=DataSpec(kind="plane", samples=100, train_share=0.5),
        model=ModelSpec(hidden_layers=layers, loss="mean_squared_error"),
        training=TrainingSpec(learning_rate=10.0, batch_size=10),
    )
    window = make_window(diverging)
    press(qtbot, window, "Space")
    qtbot.waitUntil(lambda: window.session.state is RunState.DIVERGED, timeout=PATIENCE)
    assert "Diverged at epoch" in window.banner.sentence.text()
    assert np.isfinite(window.session.trainer.network.parameters).all()


@pytest.mark.parametrize("click", [QPointF(-3, -3), QPointF(4, 2)])
def test_a_click_on_the_output_draws_a_point_there(qtbot: QtBot, make_window: WindowMaker, click: QPointF):
    window = make_window(XOR)
    qtbot.mouseClick(window.panel("data").draw, Qt.MouseButton.LeftButton)
    assert len(window.session.prepared.table) == 0
    place = window.panel("output").to_widget(click)
    qtbot.mouseClick(window.panel("output").canvas, Qt.MouseButton.LeftButton, pos=place)
    table = window.session.prepared.table
    np.testing.assert_allclose(table.inputs, [[click.x(), click.y()]], atol=0.1)


def test_xor_is_drawn_by_mouse_and_learnt(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(replace(XOR, seed=3))
    qtbot.mouseClick(window.panel("data").draw, Qt.MouseButton.LeftButton)
    panel = window.panel("output")
    for x1, x2, button in ((-3, -3, "Left"), (3, 3, "Left"), (-3, 3, "Right"), (3, -3, "Right")):
        place = panel.to_widget(QPointF(x1, x2))
        qtbot.mouseClick(panel.canvas, Qt.MouseButton[f"{button}Button"], pos=place)
    assert window.session.prepared.table.targets.tolist() == [0, 0, 1, 1]
    press(qtbot, window, "Space")
    qtbot.waitUntil(lambda: loss(window) < 0.05, timeout=PATIENCE)


def test_a_broken_file_is_refused_and_what_is_open_stays(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path):
    window, path = make_window(XOR), tmp_path / "foreign.nnplay"
    path.write_text('{"schema_version": 1, "experiment": {"seed": -4}}')
    said: list[str] = []

    def read() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            said.append(box.text())
            box.accept()

    QTimer.singleShot(0, read)
    window.file_dialogs.open_path(path)
    assert "seed" in said[0]
    assert "-4" in said[0]
    assert window.session.experiment == XOR


def test_a_file_opened_goes_on_where_it_was_saved_and_opening_can_be_taken_back(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path
):
    window = make_window(CIRCLES)
    for epoch in (1, 2, 3):
        press(qtbot, window, "Right")
        qtbot.waitUntil(lambda e=epoch: window.session.trainer.epoch == e and not window.session.running)
    saved = window.files.document().run
    window.files.save(tmp_path / "run")
    press(qtbot, window, "Ctrl+N")
    assert window.session.experiment.data.kind == "xor"
    window.files.open(tmp_path / "run.nnplay")
    assert window.files.document().run == saved
    press(qtbot, window, "Ctrl+Z")
    press(qtbot, window, "Ctrl+Z")
    assert window.files.document().run == saved


def test_the_unit_under_the_pointer_is_shown_large_and_follows_the_training(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    canvas, view = window.panel("network").canvas, window.panel("output").view
    qtbot.waitUntil(lambda: window.panel("network").snapshot is not None)

    def shown() -> bytes:
        picture = view.grab().toImage()
        return bytes(picture.constBits())

    output = shown()
    qtbot.mouseMove(canvas, QPoint(3, 3))
    qtbot.mouseMove(canvas, canvas.view.to_widget(*canvas.layout_.box(Unit(1, 1)).centre).toPoint())
    assert view.overlay.caption == "Unit 2 of layer 1"
    unit = shown()
    assert unit != output
    press(qtbot, window, "Right")
    qtbot.waitUntil(lambda: epoch_shown(window) == 1 and not window.session.running, timeout=PATIENCE)
    qtbot.waitUntil(lambda: shown() != unit)
    assert view.overlay.caption == "Unit 2 of layer 1"
    trained = shown()
    qtbot.mouseMove(window.statusBar(), QPoint(3, 3))
    qtbot.waitUntil(lambda: view.overlay.caption == "")
    assert shown() not in (trained, output)


def test_discrete_adds_no_point_to_the_chart(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(CIRCLES)
    plot, box, session = window.panel("plots").tab.plot, window.panel("output").discrete, window.session

    def step(epoch: int) -> None:
        press(qtbot, window, "Right")
        qtbot.waitUntil(lambda: epoch_shown(window) == epoch and not session.running, timeout=PATIENCE)

    for epoch in (1, 2):
        step(epoch)
    qtbot.waitUntil(lambda: len(plot._epochs) == 3)
    for checked in (True, False):
        before = window.panel("output").view.grab().toImage()
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
        assert box.isChecked() is checked
        qtbot.waitUntil(lambda before=before: window.panel("output").view.grab().toImage() != before)
        assert len(plot._epochs) == 3
    step(3)
    qtbot.waitUntil(lambda: plot._epochs[-1] == 3)
    assert plot._epochs.tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("factor", [0.8, 1.0, 1.5])
def test_the_titles_of_network_and_output_stand_on_one_line(qtbot: QtBot, make_window: WindowMaker, factor: float):
    window = make_window(CIRCLES)
    window.session.theme.set_scale(factor)
    qtbot.wait(1)
    labels = [each for each in window.findChildren(SectionTitle) if each.text() in ("Network", "Output")]
    middles = [label.mapTo(window, QPoint(0, 0)).y() + label.height() / 2 for label in labels if label.isVisible()]
    assert len(middles) == 2
    assert abs(middles[0] - middles[1]) <= 1
