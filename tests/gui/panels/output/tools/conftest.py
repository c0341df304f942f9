"""A board that only remembers, so that tools are tested without a window."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from nnplay.data import PLANE, Table
from nnplay.gui.panels.output.tools.tool import NOTHING, Indices, Place, Plane, Preview


@dataclass
class FakeBoard:
    """Takes what tools do."""

    table: Table
    plane: Plane = PLANE
    selection: Indices = field(default_factory=lambda: NOTHING)
    chosen: float = 0.0
    generator: np.random.Generator = field(default_factory=lambda: np.random.default_rng(3))
    shown: Preview = field(default_factory=Preview)
    edits: list[str] = field(default_factory=list)

    def target(self, second: bool) -> float:
        return self.chosen + second

    def reach(self) -> Place:
        return 0.25, 0.25

    def preview(self, preview: Preview) -> None:
        self.shown = preview

    def select(self, indices: Indices) -> None:
        self.selection = indices

    def commit(self, text: str, table: Table, *, keep_selection: bool = False) -> None:
        self.edits.append(text)
        self.table = table
        if not keep_selection:
            self.selection = NOTHING


@pytest.fixture
def board() -> FakeBoard:
    """Four points, two a class, at the corners of a square."""
    inputs = np.array([[-3.0, -3.0], [3.0, 3.0], [-3.0, 3.0], [3.0, -3.0]])
    return FakeBoard(Table(inputs, np.array([0.0, 0.0, 1.0, 1.0]), "classification", (), ("0", "1")))
