"""Whatever a person does in the time of a run, and in whatever order: each moment is the one that was, to the bit."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from nnplay.gui.theme.theme import Theme
from tests.gui.session.played_session import PlayedSession

ACTS = st.lists(st.tuples(st.sampled_from(PlayedSession.acts()), st.integers(0, 2**16)), max_size=25)


@pytest.mark.window
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(seed=st.integers(0, 10_000), acts=ACTS)
def test_every_moment_is_the_one_that_was(qapp: QApplication, seed: int, acts: list[tuple[str, int]]) -> None:
    played = PlayedSession(seed, Theme(qapp))
    try:
        played.play(acts)
    finally:
        played.session.close()
