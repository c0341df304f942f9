"""Run ▸ Back Until… and Stop When…: a person chooses a condition, goes back to it, and lets a run end there."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from nnplay.gui.files import work
from nnplay.gui.files.until.back import BackPage
from nnplay.gui.files.until.page import KIND, ConditionPage
from nnplay.gui.files.until.stop import StopPage
from nnplay.gui.session.selection import WeightAddress
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.conditions import condition_in, words_of
from nnplay.training.edits import with_activation, with_value
from nnplay.training.experiment import DataSpec, Experiment, ModelSpec
from nnplay.training.record import Search
from nnplay.training.trainer import Trainer
from tests.gui.conftest import Press, WindowMaker
from tests.gui.files.gate import Gate
from tests.gui.window_hands import PATIENCE
from tests.training.conditions.expected import EXPECTED
from tests.training.conditions.full_record import MOONS, ends_of_epochs, full_record

LEFT = Qt.MouseButton.LeftButton
EPOCHS = 30


def trained(qtbot: QtBot, make_window: WindowMaker) -> MainWindow:
    """A window whose run has come so far."""
    window = make_window(MOONS)
    train(qtbot, window, EPOCHS)
    return window


def train(qtbot: QtBot, window: MainWindow, epoch: int) -> None:
    window.session.stop_when.set_condition(condition_in(f"epoch {epoch}"))
    window.session.toggle_training()
    qtbot.waitUntil(lambda: not window.session.running, timeout=PATIENCE)
    window.session.stop_when.set_condition(None)
    window.banner.dismiss()


def open_back(window: MainWindow, press: Press) -> BackPage:
    press(window, "Ctrl+Shift+B")
    page = window.until.back
    assert page is not None
    assert page.isVisible()
    return page


def open_stop(window: MainWindow, press: Press) -> StopPage:
    press(window, "Ctrl+Shift+T")
    page = window.until.stop
    assert page is not None
    assert page.isVisible()
    return page


def choose(qtbot: QtBot, page: ConditionPage, key: str) -> None:
    """Click a kind in the list."""
    row = next(row for row in range(page.list.count()) if page.list.item(row).data(KIND) == key)
    place = page.list.visualItemRect(page.list.item(row)).center()
    qtbot.mouseClick(page.list.viewport(), LEFT, pos=place)


def type_words(qtbot: QtBot, page: ConditionPage, words: str) -> None:
    page.words.setFocus()
    page.words.selectAll()
    qtbot.keyClicks(page.words, words)


def said(window: MainWindow) -> str:
    return window.statusBar().sentence.text()


def colour(page: ConditionPage, key: str) -> str:
    item = next(page.list.item(row) for row in range(page.list.count()) if page.list.item(row).data(KIND) == key)
    return QColor(item.foreground().color()).name()


def test_a_person_goes_back_again_and_again(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = trained(qtbot, make_window)
    timeline = window.session.timeline
    steps = [updates for _, _, updates in EXPECTED["a unit died"](full_record(Trainer(MOONS), EPOCHS))]
    page = open_back(window, press)
    choose(qtbot, page, "any_unit_died")
    assert page.words.text() == "a unit died"
    for number, step in enumerate(reversed(steps)):
        if number % 2:
            qtbot.mouseClick(page.go, LEFT)
        else:
            qtbot.keyClick(page, Qt.Key.Key_Return)
        epoch, batch = divmod(step, 4)
        where = f"A unit died: epoch {epoch}, batch {batch}" if batch else f"A unit died: epoch {epoch}"
        assert timeline.looked_at == step
        assert said(window) == where
        assert page.answer.text() == f"{where}."
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert said(window) == "A unit died: nowhere before this"
    assert timeline.looked_at == steps[0]
    type_words(qtbot, page, "loss < 1e-9")
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    assert said(window) == "Loss below 1e−9: nowhere in this run up to here"
    assert timeline.looked_at == steps[0]
    assert len(timeline.record.branches) == 1
    timeline.leave()
    window.session.change("Rate", with_value(window.session.experiment, "training.learning_rate", 0.1))
    type_words(qtbot, page, "epoch 2")
    qtbot.keyClick(page.words, Qt.Key.Key_Return)  # to where another experiment holds
    assert (timeline.looked_at, page.answer.text()) == (8, "Epoch 2: epoch 2.")


def test_what_is_true_for_a_while_is_gone_back_to_where_it_began(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = trained(qtbot, make_window)
    timeline = window.session.timeline
    losses = {each.place.epoch: each.losses["train"] for each in full_record(Trainer(MOONS), EPOCHS)}
    page = open_back(window, press)
    level = 1.01 * max(losses[EPOCHS], losses[EPOCHS - 1])
    begin = max(epoch for epoch in losses if losses[epoch] >= level) + 1
    type_words(qtbot, page, f"loss < {level}")
    qtbot.mouseClick(page.go, LEFT)
    assert timeline.looked_at == 4 * begin
    assert said(window).endswith(f": since epoch {begin}")
    timeline.leave()
    type_words(qtbot, page, f"epoch {EPOCHS}")
    qtbot.mouseClick(page.go, LEFT)
    assert said(window) == f"Epoch {EPOCHS}: epoch {EPOCHS}, which is here; press again for what was before"
    qtbot.mouseClick(page.go, LEFT)
    assert said(window) == f"Epoch {EPOCHS}: nowhere before this"
    assert timeline.looked_at is None


def test_words_are_judged_as_they_are_typed_and_remembered(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(MOONS)
    page = open_back(window, press)
    type_words(qtbot, page, "test.loss rises for")
    assert "allowed is one of [test.]loss < NUMBER" in page.answer.text()
    assert not page.go.isEnabled()
    qtbot.keyClicks(page.words, " 50 epochs")
    assert page.answer.text() == ""
    assert page.go.isEnabled()
    assert page.title.text() == "Loss rises"
    assert page.form.numbers["loss_rises"].text() == "50"
    assert page.form.of.value() == "test"
    type_words(qtbot, page, "plateau 0")
    assert "NUMBER is a whole number from 1" in page.answer.text()
    type_words(qtbot, page, "unit 99 of layer 1 died")
    assert page.answer.text() == "This network has no such hidden unit."
    choose(qtbot, page, "accuracy_reached")
    number = page.form.numbers["accuracy_reached"]
    number.setFocus()
    number.lineEdit().selectAll()
    qtbot.keyClicks(number, "0.9")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert page.words.text() == "accuracy >= 0.9"
    assert said(window).startswith("Accuracy 0.9 reached")
    number.lineEdit().selectAll()
    qtbot.keyClicks(number, "9")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert words_of(page.condition) == "accuracy >= 0.9"
    page.close()
    again = open_back(window, press)
    assert again is not page
    assert again.words.text() == "accuracy >= 0.9"
    assert again.title.text() == "Accuracy reached"


def test_it_is_about_what_is_looked_at(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(MOONS)
    selection, table = window.session.selection, window.session.prepared.table
    selection.pin(0, 4)
    selection.choose_sample(tuple(table.inputs[54].tolist()))
    page = open_back(window, press)
    choose(qtbot, page, "unit_died")
    assert page.words.text() == "unit 5 of layer 1 died"
    assert page.part.text() == "Unit 5 of layer 1"
    choose(qtbot, page, "point_right")
    assert page.words.text() == "point 55 right"
    choose(qtbot, page, "bias_sign")
    assert page.words.text() == "bias of unit 5 of layer 1 changes sign"
    selection.inspect(WeightAddress(1, 2, 3))  # as by a click on an edge
    choose(qtbot, page, "weight_sign")
    assert page.words.text() == "weight from 3 to 4 of layer 2 changes sign"
    assert page.part.text() == "Weight from unit 3 of layer 1 to unit 4 of layer 2"
    selection.inspect(WeightAddress(0, 1, 0))
    assert page.words.text() == "weight from 2 to 1 of layer 1 changes sign"
    box = page.form.places["unit"]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Up)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert "to 2 of layer 1" in page.words.text()
    selection.hover(0, 6)  # to point at something changes nothing
    assert "to 2 of layer 1" in page.words.text()


def test_what_the_run_does_not_have_is_grey_and_says_why(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = make_window(MOONS)
    page, palette = open_back(window, press), window.session.theme.palette
    assert {colour(page, page.list.item(row).data(KIND)) for row in range(page.list.count())} == {palette.text.lower()}
    window.session.change("tanh", with_activation(MOONS, "tanh"))
    assert colour(page, "any_unit_died") == colour(page, "unit_died") == palette.disabled.lower()
    choose(qtbot, page, "any_unit_died")
    assert "ReLU" in page.answer.text()
    assert not page.go.isEnabled()
    window.session.change("All", with_value(window.session.experiment, "data.train_share", 1.0))
    type_words(qtbot, page, "test.loss best")
    assert page.answer.text() == "This run has no test set."
    window.session.change(
        "Numbers", Experiment(data=DataSpec(kind="plane", samples=40), model=ModelSpec(loss="mean_squared_error"))
    )
    choose(qtbot, page, "accuracy_lost")
    assert page.answer.text() == "This run learns a number, and has no classes."
    window.session.undo_stack.undo()
    assert page.go.isEnabled()
    page.close()
    stop = open_stop(window, press)
    assert colour(stop, "loss_best") == colour(stop, "loss_rose_most") == palette.disabled.lower()
    choose(qtbot, stop, "loss_best")
    assert stop.answer.text() == "Only what comes later tells when: Back Until finds it."
    assert not stop.go.isEnabled()


def test_a_long_search_can_be_left_and_a_run_that_goes_on_leaves_it(
    qtbot: QtBot, make_window: WindowMaker, press: Press, monkeypatch: pytest.MonkeyPatch
):
    window = trained(qtbot, make_window)
    page, gate, before = open_back(window, press), Gate(), Search.before
    monkeypatch.setattr(work, "AT_ONCE_MS", 0)

    def held(self, here, progress, *, again):
        gate.hold(progress)(0, 1)
        return before(self, here, progress, again=again)

    monkeypatch.setattr(Search, "before", held)
    choose(qtbot, page, "any_unit_died")
    qtbot.mouseClick(page.go, LEFT)
    qtbot.waitUntil(page.bar.isVisible, timeout=PATIENCE)
    assert page.stop.isVisible()
    assert not page.go.isEnabled()
    qtbot.mouseClick(page.stop, LEFT)
    assert page.answer.text() == "The search was left."
    assert not page.bar.isVisible()
    qtbot.mouseClick(page.go, LEFT)
    press(window, "Space")
    assert page.answer.text() == "The search was left, since the run goes on."
    assert window.session.timeline.looked_at is None
    gate.open.set()
    qtbot.mouseClick(page.go, LEFT)  # which pauses it
    qtbot.waitUntil(lambda: window.session.timeline.looked_at is not None, timeout=PATIENCE)
    assert not window.session.running


def test_a_run_stops_there_and_the_status_line_has_a_button_against_it(
    qtbot: QtBot, make_window: WindowMaker, press: Press
):
    window = make_window(MOONS)
    sign = window.statusBar().stop_sign
    assert not sign.isVisible()
    page = open_stop(window, press)
    assert not page.remove.isEnabled()
    type_words(qtbot, page, "a unit died")
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    assert not page.isVisible()
    assert sign.label.text() == "Stops when: a unit died"
    qtbot.waitUntil(lambda: sign.width() == sign.sizeHint().width())
    place = sign.mapTo(window, QPoint(0, 0))
    press(window, "Space")
    qtbot.waitUntil(lambda: not window.session.running, timeout=PATIENCE)
    assert window.session.trainer.place.updates == 1
    assert said(window) == "A unit died: stopped at epoch 0, batch 1"
    assert window.banner.sentence.text() == said(window)
    assert sign.mapTo(window, QPoint(0, 0)) == place
    again = open_stop(window, press)
    assert again.words.text() == "a unit died"
    again.close()
    window.session.change("tanh", with_activation(MOONS, "tanh"))
    assert sign.label.text().startswith("Doesn't stop when: a unit died (")
    qtbot.mouseClick(sign.remove, LEFT)
    assert not sign.isVisible()
    assert window.session.stop_when.condition is None


def test_one_key_goes_back_to_the_best(qtbot: QtBot, make_window: WindowMaker, press: Press):
    window = trained(qtbot, make_window)
    record = full_record(Trainer(MOONS), EPOCHS)
    best = EXPECTED["test.loss best"](record)[-1]
    press(window, "Ctrl+B")
    assert window.session.timeline.step == best[2]
    assert said(window) == f"Best test loss: epoch {best[0]}"
    alone = with_value(MOONS, "data.train_share", 1.0)
    window.session.timeline.leave()
    window.session.change("All", alone)
    window.session.reset()
    train(qtbot, window, EPOCHS)
    press(window, "Ctrl+B")
    losses = [each.losses["train"] for each in ends_of_epochs(full_record(Trainer(alone), EPOCHS))]
    epoch = max(epoch for epoch, loss in enumerate(losses) if loss == min(losses))
    assert said(window) == f"Best training loss: epoch {epoch}"
    assert window.session.trainer.epoch == epoch
