"""The status line: what happened last, and how the run stands."""

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from nnplay.gui.session import Session
from nnplay.gui.theme.fonts import tabular
from nnplay.gui.theme.style import set_role
from nnplay.training.history import Figures
from nnplay.training.run_control import RunState
from nnplay.training.snapshot import Snapshot, SnapshotRequest

STATES = {
    RunState.RESTING: "Resting",
    RunState.RUNNING: "Training",
    RunState.DIVERGED: "Diverged",
    RunState.FAILED: "Stopped by an error",
}


class StatusLine(QStatusBar):
    """Left: one sentence about the last act. Right: state, epochs per second, losses, penalty and accuracies."""

    needs = SnapshotRequest(maps=False, history=False, weights=False)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Status")
        self.setSizeGripEnabled(False)
        self._session = session
        self.setContentsMargins(16, 2, 16, 6)
        self._state = QLabel()
        set_role(self._state, "quiet")
        self._state.setFont(tabular(self._state.font()))
        self._state.setAccessibleName("State of the run")
        self._figures = ""
        self.addPermanentWidget(self._state)
        session.message.connect(self.showMessage)
        session.state_changed.connect(self._on_state_changed)
        session.add_viewer(self)
        self._on_state_changed(session.state)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Called at frame rate."""
        self._figures = figures_text(snapshot.figures)
        self._show(self._session.state, snapshot.epochs_per_second)

    def _on_state_changed(self, state: RunState) -> None:
        self._show(state, 0.0)

    def _show(self, state: RunState, rate: float) -> None:
        speed = f" · {rate:,.0f} epochs/s" if state is RunState.RUNNING and rate > 0 else ""
        self._state.setText(f"{STATES[state]}{speed}    {self._figures}")


def figures_text(figures: Figures) -> str:
    """Data loss, penalty and accuracy beside each other, of training and, where there is one, of the test set."""
    parts = [f"loss {figures.train.loss:.4f}", f"penalty {figures.penalty:.4f}"]
    if figures.train.accuracy is not None:
        parts.append(f"accuracy {100 * figures.train.accuracy:.1f} %")
    if figures.test is not None:
        parts.append(f"test loss {figures.test.loss:.4f}")
        if figures.test.accuracy is not None:
            parts.append(f"test accuracy {100 * figures.test.accuracy:.1f} %")
    return " · ".join(parts)
