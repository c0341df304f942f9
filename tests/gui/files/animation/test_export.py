"""What a view showed over the run leaves as an animation: by keys and a dialog, to the pixel, and the window stands."""

import errno
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplay.experiments import chosen_files
from nnplay.gui.files.animation.formats import FORMATS, samples_of
from nnplay.gui.files.animation.page import AnimationPage
from nnplay.gui.files.export import picture_of
from nnplay.gui.paint.figure import titled
from nnplay.gui.theme.theme import Theme
from nnplay.gui.window.main_window import MainWindow
from nnplay.training.edits import with_value
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec

WindowMaker = Callable[[Experiment], MainWindow]
Press = Callable[[MainWindow, str], None]
TypeName = Callable[..., list[str]]
ReadRefusal = Callable[[], list[str]]
PATIENCE = 60_000
EPOCHS = 12
XOR = Experiment(seed=42)
BATCHES = Experiment(
    data=DataSpec(kind="spirals", samples=40, train_share=0.5),
    training=TrainingSpec(batch_size=5, optimizer="adam", learning_rate=0.02),
)
REGRESSION = Experiment(
    data=DataSpec(kind="plane", samples=40, train_share=0.5),
    model=ModelSpec(loss="mean_squared_error"),
    training=TrainingSpec(learning_rate=0.02),
)
DIGITS = Experiment(
    data=DataSpec(kind="digits", samples=100, classes=10, train_share=0.5),
    model=ModelSpec(hidden_layers=(HiddenLayer(units=6),), loss="categorical_cross_entropy"),
    training=TrainingSpec(optimizer="adam", learning_rate=0.01),
)


@dataclass
class Standing:
    """What must be the same before and after."""

    looked_at: int | None
    step: int
    undo: tuple[int, int, str]
    selected: tuple[object, ...]
    experiment: Experiment
    settings: bytes

    @classmethod
    def of(cls, window: MainWindow, settings: Path) -> "Standing":
        session, stack = window.session, window.session.undo_stack
        selection = session.selection
        return cls(
            session.timeline.looked_at,
            session.timeline.step,
            (stack.count(), stack.index(), stack.undoText()),
            (selection.pinned, selection.inspected, selection.chosen_sample, selection.slice),
            session.experiment,
            settings.read_bytes() if settings.exists() else b"",
        )


@pytest.fixture
def trained(make_window: WindowMaker, qtbot: QtBot) -> Callable[[Experiment], MainWindow]:
    def make(experiment: Experiment) -> MainWindow:
        window = make_window(experiment)
        window.resize(1100, 760)
        for _ in range(EPOCHS):
            window.session.step_epoch()
            qtbot.waitUntil(lambda: not window.session.running)
        return window

    return make


def open_page(qtbot: QtBot, window: MainWindow, press: Press) -> AnimationPage:
    press(window, "Ctrl+Shift+E, A")
    page = window.animation.page
    assert page is not None
    qtbot.waitUntil(page.export.isEnabled, timeout=PATIENCE)
    return page


def set_up(qtbot: QtBot, page: AnimationPage, view: str, kind: str, frames: int, width: int = 400) -> None:
    """Go through the form by keys."""
    form = page.form
    for combo, key in ((form.view, view), (form.format, kind)):
        combo.setFocus()
        QTest.keyClick(combo, Qt.Key.Key_Home)
        while combo.value() != key:
            QTest.keyClick(combo, Qt.Key.Key_Down)
    for box, number in ((form.frames, frames), (form.width_, width)):
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, str(number))
        QTest.keyClick(box, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: page.export.isEnabled() and str(width) in page.sentence.text(), timeout=PATIENCE)


def write(qtbot: QtBot, window: MainWindow, page: AnimationPage, type_name: TypeName, path: Path) -> None:
    type_name(str(path))
    with qtbot.waitSignal(
        window.session.message, check_params_cb=lambda said: said.startswith("Wrote "), timeout=PATIENCE
    ):
        QTest.keyClick(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.animation.page is None)


def shown(qtbot: QtBot, window: MainWindow, view: str, step: int, width: int) -> np.ndarray:
    """The pixels of the figure that the panel of the window itself has at a moment."""
    window.session.timeline.look_at(step)
    for _ in range(4):
        QApplication.processEvents()
    figure = titled(window.panel(view).figure(), window.session.theme.palette)
    scale = width / figure.size.toSize().width()
    return pixels(picture_of(figure, window.session.theme.palette.panel, scale))


def pixels(image: QImage) -> np.ndarray:
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).copy()


def frames_of(path: Path) -> list[np.ndarray]:
    if path.is_dir():
        return [pixels(QImage(str(each))) for each in sorted(path.iterdir())]
    with Image.open(path) as image:
        return [np.array(each.convert("RGB")) for each in ImageSequence.Iterator(image)]


def test_every_format_is_written_by_keys_and_the_window_stands_where_it_stood(
    trained: Callable[[Experiment], MainWindow], qtbot: QtBot, press: Press, type_name: TypeName, tmp_path: Path
):
    window = trained(BATCHES)
    session = window.session
    session.change("Batch size 4", with_value(session.experiment, "training.batch_size", 4))
    session.step_epoch()
    qtbot.waitUntil(lambda: not session.running)
    session.selection.pin(0, 1)
    session.timeline.look_at(9)
    QApplication.processEvents()
    before = Standing.of(window, tmp_path / "settings.ini")
    written = {}
    for key, each in FORMATS.items():
        page = open_page(qtbot, window, press)
        set_up(qtbot, page, "network", key, 5)
        steps = page.form.steps
        written[key] = tmp_path / f"{key}{each.suffix}"
        write(qtbot, window, page, type_name, written[key])
        assert Standing.of(window, tmp_path / "settings.ini") == before
    assert len(steps) == 5
    assert steps[-1] == session.timeline.record.step
    assert sorted(each.name for each in written["png"].iterdir()) == [f"png-000{n}.png" for n in range(1, 6)]
    exact = frames_of(written["png"])
    assert {frame.shape[1] for frame in exact} == {400}
    for one, other in zip(exact, frames_of(written["exact_webp"]), strict=True):
        assert np.array_equal(one, other)
    for key in ("webp", "gif"):
        for one, other in zip(exact, frames_of(written[key]), strict=True):
            assert np.abs(one.astype(int) - other.astype(int)).mean() < 3
    with Image.open(written["gif"]) as image:
        assert (image.n_frames, image.info["loop"]) == (5, 0)
        times = [each.info["duration"] for each in ImageSequence.Iterator(image)]
    assert times == [70, 60, 70, 70, 2060]
    assert not any(each.name.startswith(".") for each in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("experiment", "mode"),
    [(BATCHES, "light"), (REGRESSION, "dark"), (DIGITS, "dark")],
    ids=["batches", "regression", "digits"],
)
def test_each_frame_is_the_figure_of_its_moment_to_the_pixel(
    trained: Callable[[Experiment], MainWindow],
    qtbot: QtBot,
    press: Press,
    type_name: TypeName,
    tmp_path: Path,
    theme: Theme,
    mode: str,
    experiment: Experiment,
):
    theme.set_mode(mode)
    window = trained(experiment)
    output = window.panel("output")
    output.checks.discrete.click()
    output.checks.misclassified.click()
    pad = output.digits.pad
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=pad.rect().center())  # seen where there are pictures
    qtbot.mouseMove(pad, pad.rect().center() + QPoint(0, 30))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton)
    window.session.selection.pin(0, 2)
    for view in ("network", "output"):
        page = open_page(qtbot, window, press)
        set_up(qtbot, page, view, "png", 3)
        page.form.caption.setChecked(False)
        steps = page.form.steps
        write(qtbot, window, page, type_name, tmp_path / view)
        frames = frames_of(tmp_path / view)
        assert len(frames) == 3
        assert not np.array_equal(frames[0], frames[2])
        for frame, step in zip(frames, steps, strict=True):
            assert np.array_equal(frame, shown(qtbot, window, view, step, 400)), (view, step)
        window.session.timeline.leave()


def test_axes_and_caption_hold_still_while_the_curve_grows(
    trained: Callable[[Experiment], MainWindow], qtbot: QtBot, press: Press, type_name: TypeName, tmp_path: Path
):
    window = trained(XOR)
    plots = window.panel("plots")
    plots.tabs.setCurrentIndex(1)
    plots.switches.epochs.click()
    page = open_page(qtbot, window, press)
    set_up(qtbot, page, "plots", "png", 4, 500)
    write(qtbot, window, page, type_name, tmp_path / "plots")
    frames = frames_of(tmp_path / "plots")
    height = len(frames[0])
    for frame in frames[1:]:
        assert np.array_equal(frame[-height // 6 :], frames[0][-height // 6 :])  # the epochs below
        assert np.array_equal(frame[:, :40], frames[0][:, :40])  # the shares at the left
        assert np.array_equal(frame[:30, :420], frames[0][:30, :420])  # title, and "Epoch"
        assert not np.array_equal(frame, frames[0])
    assert page.form.steps[-1] == EPOCHS


def test_all_views_stand_as_in_the_window(
    trained: Callable[[Experiment], MainWindow], qtbot: QtBot, press: Press, type_name: TypeName, tmp_path: Path
):
    window = trained(XOR)
    page = open_page(qtbot, window, press)
    set_up(qtbot, page, "", "png", 3, 700)
    write(qtbot, window, page, type_name, tmp_path / "all")
    frames = frames_of(tmp_path / "all")
    places = [window.place("network").parentWidget(), window.place("output"), window.place("plots")]
    assert len(frames) == 3
    across = places[1].mapTo(window, QPoint()).x() - places[0].mapTo(window, QPoint()).x()
    scale = 700 / (across + places[1].width() + 32)
    changed = (frames[0] != frames[2]).any(axis=(0, 2))
    columns = np.flatnonzero(changed)
    assert columns[0] < scale * across < columns[-1]  # something in the network, and something beside it
    ground = QColor(window.session.theme.palette.window)
    assert tuple(frames[0][0, 0]) == (ground.red(), ground.green(), ground.blue())


def test_frames_have_one_size_whatever_stands_on_them(
    trained: Callable[[Experiment], MainWindow], qtbot: QtBot, press: Press, type_name: TypeName, tmp_path: Path
):
    window = trained(BATCHES)
    window.place("inspector").show()
    window.session.selection.pin(0, 1)
    QApplication.processEvents()
    page = open_page(qtbot, window, press)
    set_up(qtbot, page, "inspector", "webp", 6, 500)  # its lines are more and less
    write(qtbot, window, page, type_name, tmp_path / "inspector.webp")
    assert [frame.shape[1] for frame in frames_of(tmp_path / "inspector.webp")] == 6 * [500]


def test_cancel_leaves_nothing_and_what_was_chosen(
    trained: Callable[[Experiment], MainWindow], qtbot: QtBot, press: Press, type_name: TypeName, tmp_path: Path
):
    window = trained(BATCHES)
    page = open_page(qtbot, window, press)
    for kind in ("png", "gif"):
        set_up(qtbot, page, "output", kind, 60)
        type_name(str(tmp_path / "film"))
        QTest.keyClick(page, Qt.Key.Key_Return)
        assert page.writing
        qtbot.waitUntil(lambda: page.progress > 0.05, timeout=PATIENCE)
        QTest.keyClick(page, Qt.Key.Key_Escape)
        assert not page.writing
        qtbot.waitUntil(lambda: not [each for each in tmp_path.iterdir() if "film" in each.name], timeout=PATIENCE)
        assert page.isVisible()
        assert page.form.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.animation.page is None


def test_what_cannot_be_is_said_before_anything_is_written(
    trained: Callable[[Experiment], MainWindow],
    make_window: WindowMaker,
    qtbot: QtBot,
    press: Press,
    type_name: TypeName,
    read_refusal: ReadRefusal,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
):
    window = trained(XOR)
    page = open_page(qtbot, window, press)
    (tmp_path / "there").mkdir()
    monkeypatch.setattr(page, "_folder", tmp_path)
    for kind, name, problem in (
        ("png", "there", "there: this is there already"),
        ("webp", "there.webp/film.webp", "there is no such folder to write to"),
        ("gif", "n" * 251 + ".gif", "the file can't be written (File name too long)"),
    ):
        set_up(qtbot, page, "network", kind, 2)
        monkeypatch.setattr("nnplay.gui.files.animation.page.ask_where", lambda *_, name=name: tmp_path / name)
        said = read_refusal()
        QTest.keyClick(page, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda said=said: bool(said))
        assert problem in said[0]
        assert not page.writing
    assert {each.name for each in tmp_path.iterdir()} <= {"there", "settings.ini", "kept"}


def test_a_full_disk_leaves_the_old_file_whole(
    trained: Callable[[Experiment], MainWindow],
    qtbot: QtBot,
    press: Press,
    read_refusal: ReadRefusal,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
):
    window = trained(XOR)
    page = open_page(qtbot, window, press)
    set_up(qtbot, page, "network", "webp", 2)
    path = tmp_path / "film.webp"
    path.write_bytes(b"old")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("nnplay.gui.files.animation.page.ask_where", lambda *_: path)
    monkeypatch.setattr(chosen_files, "write_whole", full)
    said = read_refusal()
    QTest.keyClick(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE)
    assert "No space left on device" in said[0]
    assert path.read_bytes() == b"old"
    assert page.form.isEnabled()


def test_a_run_that_has_not_begun_has_nothing_to_animate(make_window: WindowMaker, qtbot: QtBot, press: Press):
    window = make_window(XOR)
    with qtbot.waitSignal(window.session.refused, check_params_cb=lambda said: "nothing to animate" in said):
        press(window, "Ctrl+Shift+E, A")
    assert window.animation.page is None


def test_the_part_of_a_branch_and_the_window_that_closes(
    trained: Callable[[Experiment], MainWindow], qtbot: QtBot, press: Press, type_name: TypeName, tmp_path: Path
):
    window = trained(XOR)
    session = window.session
    session.timeline.look_at_epoch(5)
    session.toggle_training()
    qtbot.waitUntil(lambda: session.timeline.record.trainer.epoch > 20)
    page = open_page(qtbot, window, press)  # which pauses
    assert not session.running
    form, end = page.form, session.timeline.record.step
    assert form.part.isVisible()
    assert form.ends == (0, end)
    form.part.setFocus()
    QTest.keyClick(form.part, Qt.Key.Key_Down)
    form.part.activated.emit(form.part.currentIndex())
    assert form.ends == (5, end)
    assert form.steps[0] == 5
    set_up(qtbot, page, "output", "webp", 100)
    type_name(str(tmp_path / "film"))
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.writing
    window.close()  # ends the thread, which waits for a picture
    assert not (tmp_path / "film.webp").exists()


def test_a_palette_is_made_from_the_ends_too():
    assert samples_of(2) == [0, 1]
    assert samples_of(100)[0] == 0
    assert samples_of(100)[-1] == 99
    assert len(samples_of(100)) == 7
