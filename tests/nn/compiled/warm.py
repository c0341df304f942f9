"""Compiled kernels for tests, which are skipped where numba isn't there."""

import os

from nnplay.nn.compiled.cache import cache_folder
from tests.heavy import needs

needs_numba = needs("numba")
"""The mark of a test that trains by the kernel."""


def keep_kernels() -> None:
    """Let the kernels that tests compile be kept where a person's are, whose home the tests don't see."""
    os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_folder()))
