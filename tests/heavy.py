"""Readers of what nnplay exports, and numba: tests that need what is large are skipped where it isn't there."""

import importlib.util
import os

import pytest

COMMAND = "python3 main.py --tests --all"
GIGABYTES = "pip install torch keras, in the environment of the tests, with KERAS_BACKEND=torch"
"""What brings those readers that are in no lock."""


def needs(*modules: str, by: str = COMMAND) -> pytest.MarkDecorator:
    """Skip a test where one of these isn't there, with the command that brings it.

    With NNPLAY_REQUIRE_READERS=1 it fails instead, but for readers that are in no lock.
    """
    lacking = [name for name in modules if importlib.util.find_spec(name) is None]
    required = by == COMMAND and os.environ.get("NNPLAY_REQUIRE_READERS") == "1"
    return pytest.mark.skipif(bool(lacking) and not required, reason=f"needs {', '.join(lacking)}: {by}")
