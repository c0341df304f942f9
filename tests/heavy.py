"""Readers of other people's formats, which are large: tests that need them are skipped where they aren't there."""

import importlib.util

import pytest

COMMAND = "python3 main.py --tests --all"


def needs(*modules: str, by: str = COMMAND) -> pytest.MarkDecorator:
    """Skip a test where one of these isn't there, with the command that runs it."""
    lacking = [name for name in modules if importlib.util.find_spec(name) is None]
    return pytest.mark.skipif(bool(lacking), reason=f"needs {', '.join(lacking)}: {by}")
