"""The figures of the bar: what they say, that nothing moves beside them, and that nothing is cut where it is narrow."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, product

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QLabel, QLayout, QWidget
from pytestqt.qtbot import QtBot

from nnplay.experiments import read_document
from nnplay.gui.guard import Guarded
from nnplay.gui.widgets.choice_box import FlatCombo
from nnplay.gui.widgets.number_format import glance_text
from nnplay.gui.widgets.titled import baseline_in
from nnplay.gui.window.main_window import MainWindow
from nnplay.gui.window.transport import Transport
from nnplay.resources import resource_path
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from tests.gui.window_hands import rests, step

replace = msgspec.structs.replace
WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
PATIENCE = 30_000
CIRCLES = read_document(resource_path("presets/circles.nnplay")).experiment
PENALISED = replace(CIRCLES, training=replace(CIRCLES.training, l2=0.01))
BUMPS = Experiment(
    data=DataSpec(kind="gaussian_bumps", samples=60, train_share=0.5),
    model=ModelSpec(loss="mean_squared_error", hidden_layers=(HiddenLayer(units=3, activation="tanh"),)),
    training=TrainingSpec(learning_rate=0.01, batch_size=10),
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.0000"), (0.01234, "0.0123"), (1.23456, "1.2346"), (12.3456, "12.346"), (99999.9, "100000"),
        (123456.0, "1.23e5"), (4.371e-4, "4.37e−4"), (1.5e-12, "1.5e−12"), (1e-300, "1e−300"), (float("inf"), "–"),
        (-0.5, "−0.5000"),
    ],
)  # fmt: skip
def test_a_figure_at_a_glance_has_seven_characters_at_most(value: float, text: str):
    assert glance_text(value) == text
    assert len(text) <= 7


def test_loss_penalty_and_accuracy_of_a_run_are_read_off(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(PENALISED)
    step(qtbot, window, press, 5)
    bar, prepared, network = window.transport, window.session.prepared, window.session.trainer.network
    penalty = 0.5 * 0.01 * sum(float((weights**2).sum()) for weights in network.weights)
    for X, Y, loss_shown, accuracy_shown in (
        (prepared.X_train, prepared.Y_train, bar.loss.train, bar.score.train),
        (prepared.X_test, prepared.Y_test, bar.loss.test, bar.score.test),
    ):
        loss, outputs = network.evaluate(X, Y)
        hit = float(np.mean((outputs > 0.5) == (Y > 0.5)))
        qtbot.waitUntil(lambda shown=loss_shown, loss=loss: shown.text() == f"{loss:.4f}")
        assert accuracy_shown.text() == f"{100 * hit:.1f} %"
    assert bar.penalty_figure.text() == f"{penalty:.4f}"


def test_of_a_regression_there_is_r_squared(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(BUMPS)
    step(qtbot, window, press, 3)
    bar, figures = window.transport, window.session.trainer.figures
    qtbot.waitUntil(lambda: bar.score.train.text() == f"{figures.train.r2:.3f}".replace("-", "−"))
    assert (bar.score.label.text(), bar.score.test.accessibleName()) == ("R²", "Test R²")
    assert "RMSE" in bar.score.train.toolTip()
    window.file_dialogs.new("circles")
    qtbot.waitUntil(lambda: bar.score.train.text().endswith("%"))
    assert (bar.score.label.text(), bar.score.test.accessibleName()) == ("Accuracy", "Test accuracy")
    assert "RMSE" not in bar.score.train.toolTip()


def test_there_is_a_penalty_only_where_there_is_one_and_a_test_only_with_test_samples(
    qtbot: QtBot, make_window: WindowMaker, press: Press
):
    window = make_window(Experiment())
    bar = window.transport
    assert not bar.penalty.isVisible()
    assert not bar.loss.test.isVisible()
    assert not bar.score.test.isVisible()
    window.file_dialogs.new("circles")
    assert bar.loss.test.isVisible()
    box = window.panel("training").boxes["l2"]
    window.place("training").raise_()
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "0.1")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert bar.penalty.isVisible()
    press(window, "Ctrl+Z")
    assert not bar.penalty.isVisible()


def test_without_a_point_there_is_no_loss_to_name(qtbot: QtBot, make_window: WindowMaker):
    window = make_window(Experiment())
    qtbot.waitUntil(lambda: window.transport.loss.train.text() != "–")
    qtbot.mouseClick(window.panel("data").draw, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.transport.loss.train.text() == "–")


def test_batches_are_counted_within_an_epoch(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(CIRCLES)
    batch = window.transport.epoch_figure.batch
    batches = window.session.trainer.batches
    qtbot.waitUntil(lambda: batch.text() == f"{batches} batches")
    step(qtbot, window, press, 3, "Shift+Right")
    qtbot.waitUntil(lambda: batch.text() == f"batch 3 of {batches}")
    step(qtbot, window, press, 1)
    qtbot.waitUntil(lambda: batch.text() == f"{batches} batches")
    samples = len(window.session.prepared.X_train)
    tip = f"An epoch is one pass over all {samples} training samples: in {batches} batches"
    assert window.transport.epoch.toolTip() == tip
    press(window, "Ctrl+N")
    qtbot.waitUntil(lambda: batch.text() == "")


def test_while_a_slow_epoch_goes_on_its_batches_are_counted(qtbot: QtBot, make_window: WindowMaker, press: Press):
    units = tuple(HiddenLayer(units=400, activation="tanh") for _ in range(3))
    data, training = replace(CIRCLES.data, samples=5000), replace(CIRCLES.training, batch_size=1)
    window = make_window(Experiment(data=data, model=replace(CIRCLES.model, hidden_layers=units), training=training))
    seen: set[str] = set()

    def counted() -> bool:
        seen.add(window.transport.epoch_figure.batch.text())
        return len([text for text in seen if text.startswith("batch ")]) > 3

    press(window, "Space")
    qtbot.waitUntil(counted, timeout=2 * PATIENCE)
    press(window, "Space")
    qtbot.waitUntil(lambda: rests(window), timeout=PATIENCE)


def test_nothing_moves_however_long_the_run(make_window: WindowMaker, qtbot: QtBot):
    window = make_window(CIRCLES)
    bar = window.transport
    places = {part: part.geometry() for part in bar.findChildren(QWidget) if part.isVisible()}
    for epoch in (1, 999_999, 1_000_000, 12_345_678, 123_456_789):
        bar.epoch_figure.show_epoch(epoch)
        for figures in (("0.6931", "100000"), ("1.5e−12", "4.37e−4")):
            bar.loss.show_texts(*figures)
        qtbot.wait(1)
        label = bar.epoch
        assert label.text() == (f"{epoch:,}" if epoch >= 1e6 else f"{epoch:07,}")
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
    assert {part: part.geometry() for part in places} == places


class Requests(Guarded, QObject):
    """Counts how often the bar, or something in it, is laid out."""

    def __init__(self, bar: Transport) -> None:
        super().__init__(bar)
        self.count = 0
        for widget in (bar, *bar.findChildren(QWidget)):
            widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_a_frame_lays_nothing_out(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(PENALISED)
    press(window, "Space")
    qtbot.waitUntil(lambda: window.session.trainer.epoch > 5, timeout=PATIENCE)
    requests, seen = Requests(window.transport), set()

    def frames() -> int:
        seen.add(window.transport.epoch.text())
        return len(seen)

    qtbot.waitUntil(lambda: frames() > 15, timeout=PATIENCE)
    assert requests.count == 0


def alone(qtbot: QtBot, window: MainWindow, width: int) -> Transport:
    """The bar as a window of its own, of any width."""
    bar = window.transport
    bar.setParent(None)
    bar.layout().setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # as within a window
    qtbot.addWidget(bar)
    bar.resize(width, 200)
    bar.show()
    qtbot.wait(1)
    return bar


def on_lines(bar: Transport) -> dict[str, set[int]]:
    """Where in the bar the baselines of titles and of values are."""
    found: dict[str, set[int]] = {"titles": set(), "values": set()}
    for widget in bar.findChildren(QLabel) + bar.findChildren(FlatCombo):
        below = bar.epoch_figure.lines.below and widget in (bar.loss.test_label, bar.loss.test, bar.pace.figure)
        small = widget in (bar.epoch_figure.batch, bar.score.test_label, bar.score.test)
        if not widget.isVisible() or below or (small and bar.epoch_figure.lines.below):
            continue
        top = widget.mapTo(bar, QPoint(0, 0)).y()
        kind = "titles" if widget.property("role") == "title" or widget is bar.epoch_figure.batch else "values"
        found[kind].add(top + baseline_in(widget))
    return found


def alone_at(
    qtbot: QtBot, window: MainWindow, sizes: Iterable[tuple[int, float]]
) -> Iterator[tuple[Transport, int, float]]:
    """The bar alone, of each of these widths and scales, and each time the two."""
    bar = alone(qtbot, window, 1100)
    window.hide()
    for width, factor in sizes:
        window.session.theme.set_scale(factor)
        bar.resize(width, 200)
        qtbot.wait(1)
        yield bar, width, factor


def test_titles_stand_on_one_line_and_values_on_another(qtbot: QtBot, make_window: WindowMaker):
    sizes = product([1100, 1440], [0.8, 1.0, 1.5])
    for bar, width, factor in alone_at(qtbot, make_window(PENALISED), sizes):
        lines = on_lines(bar)
        assert all(max(each) - min(each) <= 1 for each in lines.values()), (width, factor, lines)


@pytest.mark.parametrize("experiment", [Experiment(), PENALISED, BUMPS])
def test_nothing_is_cut_or_overlaps(qtbot: QtBot, make_window: WindowMaker, experiment: Experiment):
    sizes = [(1100, 1.0), (1280, 1.0), (1366, 1.0), (1440, 1.0), (1280, 1.5), (1440, 2.0), (1280, 2.0), (1100, 0.8)]
    for bar, width, factor in alone_at(qtbot, make_window(experiment), sizes):
        bar.epoch_figure.show_batch(1, 12_345, 60_000)
        qtbot.wait(1)
        assert_nothing_is_cut(bar, width, factor)


def assert_nothing_is_cut(bar: Transport, width: int, factor: float) -> None:
    at = (width, factor)
    parts = [each for each in bar.children() if isinstance(each, QWidget) and each.isVisible()]
    parts.sort(key=lambda part: part.x())
    for left, right in pairwise(parts):
        assert left.geometry().right() < right.x(), (at, left, right)
    assert parts[-1].geometry().right() < width, at
    for part in parts:
        assert part.width() >= part.minimumSizeHint().width(), (at, part)
        for inside in part.findChildren(QWidget):
            assert not inside.isVisible() or part.rect().contains(inside.geometry()) or inside.parent() is not part
    for kept in (bar.train, bar.epoch, bar.loss.train, bar.score.train):
        assert kept.isVisible(), at
    if width / factor >= 850:
        for kept in (bar.pace, bar.rate, bar.activation, bar.optimizer):
            assert kept.isVisible(), at
