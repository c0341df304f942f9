"""The confusion matrix: counts, colours, and the sentence under the pointer."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF
from pytestqt.qtbot import QtBot

from nnplay.gui.files.export import picture_of
from nnplay.gui.paint.figure import figure_of
from nnplay.gui.panels.plots.confusion_matrix import STRENGTH, ConfusionMatrix
from nnplay.gui.theme.palette import DARK, LIGHT, contrast, ink_on, mix
from nnplay.gui.theme.theme import Mode, Theme
from nnplay.training.probes.confusion import Confusion

DIGITS = tuple("0123456789")


def confusion(counts: list[list[int]] | np.ndarray) -> Confusion:
    table = np.array(counts)
    return Confusion("test", table, int(table.sum()), int(table.sum()))


@pytest.fixture
def matrix(qtbot: QtBot, theme: Theme) -> ConfusionMatrix:
    matrix = ConfusionMatrix(theme)
    qtbot.addWidget(matrix)
    matrix.resize(360, 184)
    matrix.show()
    return matrix


def digits() -> Confusion:
    counts = np.diag(np.full(10, 170))
    counts[7, 2], counts[7, 7] = 12, 178
    return confusion(counts)


def point(qtbot: QtBot, matrix: ConfusionMatrix, row: int, column: int) -> None:
    qtbot.mouseMove(matrix, QPoint(1, 1))
    qtbot.mouseMove(matrix, matrix.cell_rect(row, column).center().toPoint())


def test_the_pointer_tells_count_and_share(qtbot: QtBot, matrix: ConfusionMatrix):
    matrix.show_confusion(digits(), DIGITS)
    point(qtbot, matrix, 7, 2)
    assert matrix.card.isVisible()
    assert (matrix.card.title.text(), matrix.card.value.text()) == ("7 classified as 2", "12 of 190, 6.3 %")
    assert matrix.sentence(7, 2) == "7 classified as 2: 12 of 190, 6.3 %"
    qtbot.mouseMove(matrix, QPoint(1, 1))
    assert not matrix.card.isVisible()


def test_a_screen_reader_hears_what_is_misclassified(matrix: ConfusionMatrix):
    matrix.show_confusion(digits(), DIGITS)
    assert matrix.accessibleDescription() == "7 classified as 2: 12 of 190, 6.3 %"
    matrix.show_confusion(confusion([[3, 0], [0, 4]]), ("class 0", "class 1"))
    assert matrix.accessibleDescription() == "Every sample gets its own class"


def test_cells_have_the_colour_of_the_predicted_class_by_the_root_of_the_share(matrix: ConfusionMatrix):
    matrix.show_confusion(confusion([[75, 25], [0, 50]]), ("class 0", "class 1"))
    picture = matrix.grab().toImage()
    for row, column, share in ((0, 0, 0.75), (0, 1, 0.25), (1, 0, 0.0), (1, 1, 1.0)):
        corner = matrix.cell_rect(row, column).topLeft().toPoint() + QPoint(8, 8)
        expected = mix(LIGHT.field, LIGHT.classes[column], STRENGTH * share**0.5)
        assert picture.pixelColor(corner).name().upper() == expected


def test_a_class_without_samples_is_said(matrix: ConfusionMatrix):
    matrix.show_confusion(confusion([[0, 0], [1, 4]]), ("class 0", "class 1"))
    assert matrix.sentence(0, 1) == "class 0 classified as class 1: no sample of this class"
    matrix.grab()


def test_columns_too_narrow_for_the_names_have_the_short_ones(matrix: ConfusionMatrix):
    names, labels = tuple(f"class {k}" for k in range(6)), tuple("012345")
    matrix.resize(240, 184)
    matrix.show_confusion(confusion(np.eye(6, dtype=int)), names, labels)
    assert matrix._heads(12) == labels
    matrix.resize(900, 184)
    assert matrix._heads(12) == names


@pytest.mark.parametrize("size", [(310, 92), (350, 184), (900, 600)])
@pytest.mark.parametrize("classes", [2, 5, 10])
def test_every_cell_is_inside(matrix: ConfusionMatrix, size: tuple[int, int], classes: int):
    matrix.resize(*size)
    matrix.show_confusion(confusion(np.full((classes, classes), 1234)), [f"a long name {k}" for k in range(classes)])
    last = matrix.cell_rect(classes - 1, classes - 1)
    assert last.right() <= size[0]
    assert last.bottom() <= size[1]
    assert last.width() > 10
    matrix.grab()


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_counts_can_be_read_on_every_colour(palette):
    for colour in palette.classes:
        for share in np.linspace(0, 1, 11):
            background = mix(palette.field, colour, STRENGTH * share**0.5)
            assert contrast(ink_on(background), background) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_count_of_nothing_can_be_read_too(matrix: ConfusionMatrix, theme: Theme, mode: Mode):
    theme.set_mode(mode)
    palette = theme.palette
    matrix.show_confusion(confusion([[3, 0], [1, 4]]), ("class 0", "class 1"))
    picture, cell = picture_of(figure_of(matrix), palette.panel, 4.0), matrix.cell_rect(0, 1).adjusted(6, 6, -6, -6)
    inside = picture.copy(QRectF(cell.topLeft() * 4, cell.size() * 4).toRect())
    colours = {inside.pixelColor(x, y).name() for x in range(inside.width()) for y in range(inside.height())}
    assert max(contrast(colour, palette.field) for colour in colours) >= 4.5


def test_without_samples_it_says_why(matrix: ConfusionMatrix):
    matrix.show_sentence("No samples")
    assert matrix.accessibleDescription() == "No samples"
    matrix.grab()


@pytest.mark.parametrize("size", [(360, 184), (240, 100)])
def test_64_classes_can_be_read(qtbot: QtBot, matrix: ConfusionMatrix, size: tuple[int, int]):
    matrix.resize(*size)
    counts = np.diag(np.full(64, 3))
    counts[40, 7] = 2
    matrix.show_confusion(confusion(counts), [f"species no. {k}" for k in range(64)])
    named = sorted(matrix._named_rows(None, 8))
    height = matrix.cell_rect(0, 0).height()
    assert named[0] == 0
    assert min(np.diff(named)) * height >= 8  # no name covers another
    assert matrix.cell_rect(63, 63).bottom() <= matrix.height()
    assert 41 in matrix._named_rows(41, 8)
    assert not {39, 40} & matrix._named_rows(41, 8)
    point(qtbot, matrix, 40, 7)
    assert matrix.card.title.text() == "species no. 40 classified as species no. 7"
    matrix.grab()
