"""MNIST and its relatives from the files that a person has on disk."""

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox
from pytestqt.qtbot import QtBot

from nnplay.data.idx import FASHION_NAMES
from nnplay.gui.files.labels_dialog import LabelsDialog
from nnplay.gui.window.main_window import MainWindow
from nnplay.training import suggested
from nnplay.training.experiment import Experiment
from tests.gui.files.idx_files import COUNT, IMAGES, LABELS, encoded, write
from tests.gui.window.test_drops import drag

WindowMaker = Callable[[Experiment], MainWindow]
WhenOpen = Callable[..., list[QDialog]]
Press = Callable[[MainWindow, str], None]
TypeName = Callable[..., list[str]]
Refusal = Callable[[], list[str]]
XOR = Experiment(seed=42)
LEFT = Qt.MouseButton.LeftButton
OK, CANCEL = QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel


def imported(window: MainWindow) -> bool:
    return window.session.prepared.table.inputs.shape == (COUNT, 784)


@pytest.mark.parametrize(
    ("images", "labels"),
    [
        ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
        ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"),
        ("train-images.idx3-ubyte", "train-labels.idx1-ubyte"),
    ],
)
def test_images_are_imported_with_the_labels_beside_them(
    qtbot: QtBot,
    make_window: WindowMaker,
    tmp_path: Path,
    press: Press,
    type_name: TypeName,
    images: str,
    labels: str,
):
    window = make_window(XOR)
    path, _ = write(tmp_path / images, IMAGES), write(tmp_path / labels, LABELS)
    type_name(str(path))
    press(window, "Ctrl+Shift+I")
    qtbot.waitUntil(lambda: imported(window))
    session = window.session
    qtbot.waitUntil(window.panel("output").digits.isVisible)
    assert f"with the labels of {labels}" in window.statusBar().currentMessage()
    assert session.prepared.table.class_names == tuple("0123456789")
    assert session.trainer.network.layer_sizes[0] == 784
    assert session.prepared.outputs == 10
    assert session.experiment.model.loss == "categorical_cross_entropy"
    assert session.experiment.model.dtype == "float64"
    press(window, "Right")
    qtbot.waitUntil(lambda: session.trainer.epoch == 1 and not session.running)
    press(window, "Ctrl+Z")
    assert session.experiment == XOR


def test_fashion_has_the_names_of_clothes(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path):
    window = make_window(XOR)
    path = write(tmp_path / "Fashion-MNIST" / "t10k-images-idx3-ubyte.gz", IMAGES)
    write(path.with_name("t10k-labels-idx1-ubyte.gz"), LABELS)
    window.digits.import_path(path)
    qtbot.waitUntil(lambda: imported(window))
    assert window.session.prepared.table.class_names == FASHION_NAMES


def test_labels_that_are_not_beside_the_images_are_asked_for(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, when_open: WhenOpen, type_name: TypeName
):
    window = make_window(XOR)
    images = write(tmp_path / "train-images-idx3-ubyte", IMAGES)
    labels = write(tmp_path / "elsewhere" / "what they are", LABELS)
    seen: list[str] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, LabelsDialog)
        seen.extend(label.text() for label in dialog.findChildren(type(dialog.chosen)))
        assert not dialog.buttons.button(OK).isEnabled()
        type_name(str(labels))
        qtbot.mouseClick(dialog.choose, LEFT)
        assert dialog.chosen.text() == "what they are: 30 labels"
        qtbot.mouseClick(dialog.buttons.button(OK), LEFT)

    when_open(LabelsDialog, answer)
    window.digits.import_path(images)
    qtbot.waitUntil(lambda: imported(window))
    assert "train-images-idx3-ubyte holds 30 images of 28 × 28 pixels." in seen
    assert any("called train-labels-idx1-ubyte" in text for text in seen)


def test_wrong_labels_are_said_and_cancel_leaves_everything(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, when_open: WhenOpen, type_name: TypeName
):
    window = make_window(XOR)
    images = write(tmp_path / "pictures", IMAGES)
    few = write(tmp_path / "few", encoded(np.zeros(3, np.uint8)))
    said: list[str] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, LabelsDialog)
        for wrong in (few, images):
            type_name(str(wrong))
            qtbot.mouseClick(dialog.choose, LEFT)
            said.append(dialog.chosen.text())
            assert not dialog.buttons.button(OK).isEnabled()
        qtbot.mouseClick(dialog.buttons.button(CANCEL), LEFT)

    when_open(LabelsDialog, answer)
    window.digits.import_path(images)
    assert said[0] == "few: has 3 labels; 30 were expected, one an image"
    assert said[1].startswith("pictures: holds IDX images; a file of labels was expected")
    assert window.session.experiment == XOR
    assert window.session.undo_stack.count() == 0


def test_the_file_of_labels_in_place_of_the_images_is_explained(
    make_window: WindowMaker, tmp_path: Path, read_refusal: Refusal
):
    window = make_window(XOR)
    said = read_refusal()
    window.digits.import_path(write(tmp_path / "train-labels-idx1-ubyte", LABELS))
    assert said == [
        "train-labels-idx1-ubyte: holds IDX labels; a file of images was expected, usually called …-images-idx3-ubyte"
    ]
    assert window.session.experiment == XOR


@pytest.mark.parametrize(
    ("images", "labels", "part"),
    [
        (IMAGES[:-5], LABELS, "values; 23,520 were expected"),
        (b"\0\0\x0d\x03" + IMAGES[4:], LABELS, "begins with 0x00000d03; 0x00000803 was expected"),
        (IMAGES, LABELS[:-1] + b"\x0b", "has the label 11; 0 to 9 were expected"),
        (IMAGES, b"", "begins with nothing"),
    ],
)
def test_broken_files_leave_the_data_as_they_were(
    qtbot: QtBot,
    make_window: WindowMaker,
    tmp_path: Path,
    read_refusal: Refusal,
    images: bytes,
    labels: bytes,
    part: str,
):
    window = make_window(XOR)
    path = write(tmp_path / "train-images-idx3-ubyte", images)
    write(tmp_path / "train-labels-idx1-ubyte", labels)
    said = read_refusal()
    window.digits.import_path(path)
    qtbot.waitUntil(lambda: bool(said))
    assert part in said[0]
    assert window.session.experiment == XOR


@pytest.mark.parametrize("name", ["train-images-idx3-ubyte", "T10K-images-idx3-ubyte.GZ", "a.idx3-ubyte"])
def test_images_are_dropped_onto_the_window(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, name: str):
    window = make_window(XOR)
    path = write(tmp_path / name, IMAGES)
    write(tmp_path / name.replace("images", "labels").replace("idx3", "idx1"), LABELS)
    assert drag(window, window.panel("network").canvas, path)
    qtbot.waitUntil(lambda: imported(window))


def test_very_many_pixels_train_in_32_bits(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, press: Press
):
    monkeypatch.setattr(suggested, "MANY_VALUES", 10_000)
    window = make_window(XOR)
    path = write(tmp_path / "train-images-idx3-ubyte", IMAGES)
    write(tmp_path / "train-labels-idx1-ubyte", LABELS)
    window.digits.import_path(path)
    qtbot.waitUntil(lambda: imported(window))
    assert window.session.prepared.X_train.dtype == np.float32
    qtbot.mouseClick(window.panel("data").gallery.button("circles"), LEFT)
    assert window.session.experiment.model.dtype == "float64"


def test_training_goes_on_with_the_pictures(qtbot: QtBot, make_window: WindowMaker, tmp_path: Path):
    window = make_window(XOR)
    path = write(tmp_path / "train-images-idx3-ubyte", IMAGES)
    write(tmp_path / "train-labels-idx1-ubyte", LABELS)
    window.session.toggle_training()
    window.digits.import_path(path)
    qtbot.waitUntil(lambda: imported(window))
    assert window.session.running
    qtbot.waitUntil(lambda: window.transport.epoch.text().replace(",", "").lstrip("0") != "")


def test_what_a_person_changes_while_pictures_are_read_stays(
    qtbot: QtBot, make_window: WindowMaker, tmp_path: Path, press: Press
):
    window = make_window(XOR)
    path = write(tmp_path / "train-images-idx3-ubyte", IMAGES)
    write(tmp_path / "train-labels-idx1-ubyte", LABELS)
    window.digits.import_path(path)
    press(window, "Shift+R")  # the thread's last word can't come before this change is through
    seed = window.session.experiment.seed
    qtbot.waitUntil(lambda: imported(window))
    assert window.session.experiment.seed == seed


def test_pictures_that_need_too_much_memory_are_refused_by_their_header(
    make_window: WindowMaker, tmp_path: Path, read_refusal: Refusal
):
    window = make_window(XOR)
    said = read_refusal()
    header = b"\x00\x00\x08\x03" + struct.pack(">3I", 2**31, 28, 28)
    window.digits.import_path(write(tmp_path / "train-images-idx3-ubyte", header))
    assert "GB of memory; allowed is up to 1 GB" in said[0]
    assert window.session.experiment == XOR
