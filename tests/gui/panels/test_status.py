"""The figures of the status line are those of the run."""

from nnplay.gui.panels.status import figures_text
from nnplay.training.history import Figures, Metrics


def test_loss_penalty_and_accuracy_stand_beside_each_other():
    figures = Figures(3, Metrics(0.25, 0.955), Metrics(0.5, 0.9), 0.125)
    assert (
        figures_text(figures)
        == "loss 0.2500 · penalty 0.1250 · accuracy 95.5 % · test loss 0.5000 · test accuracy 90.0 %"
    )


def test_a_regression_without_a_test_set_has_no_accuracy():
    assert figures_text(Figures(0, Metrics(1.0, None), None, 0.0)) == "loss 1.0000 · penalty 0.0000"
