"""The check boxes below the canvas: in which way the output and the points are shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nnplay.gui.panels.output.check_row import CheckRow
from nnplay.gui.session.remembered import Remembered
from nnplay.texts import tr
from nnplay.training.prepared import PreparedData


class ViewSwitches(CheckRow):
    """Six of them, as they were left; the last one is off at the start, since what it lights hides all else.

    Attributes
    ----------
    discrete, test_points, misclassified, shapes, folds, influence
        The boxes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.discrete = self.add(tr("Discrete"), tr("Show the likeliest class alone, or a number in bands"))
        self.test_points = self.add(
            tr("Test points"), tr("Show the points that don't train, hollow"), short=tr("Test"), checked=True
        )
        self.misclassified = self.add(
            tr("Misclassified"), tr("Ring the points whose class the network doesn't give"), short=tr("Errors")
        )
        self.shapes = self.add(tr("Shapes"), tr("Give each class a marker of its own shape"))
        self.folds = self.add(
            tr("Folds"),
            tr("Draw where ReLU units bend; between these lines the network is one formula, read while it is paused"),
        )
        self.influence = self.add(
            tr("Influence"),
            tr("Point at a place: the training points that made the answer there light up, as far as that can be told"),
        )
        for box in (
            self.discrete, self.test_points, self.misclassified, self.shapes, self.folds, self.influence,
        ):  # fmt: skip
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def remember(self, remembered: Remembered) -> None:
        """Set them as they were left; what they do is connected already."""
        remembered.switch("output/discrete", self.discrete)
        remembered.switch("output/test_points", self.test_points)
        remembered.switch("output/misclassified", self.misclassified)
        remembered.switch("output/shapes", self.shapes)
        remembered.switch("output/folds", self.folds)

    def show_data(self, prepared: PreparedData) -> None:
        """Those that can change anything can be used."""
        classes = prepared.table.task == "classification"
        self.discrete.setEnabled(classes or not prepared.plane_is_line)
        self.test_points.setEnabled(len(prepared.test) > 0)
        self.misclassified.setEnabled(classes)
        self.shapes.setEnabled(classes)
