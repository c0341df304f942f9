"""Compiled kernels for tests, which are skipped where numba isn't there."""

import os

from nnplay.nn.compiled.cache import forget_old, user_cache
from tests.heavy import needs

needs_numba = needs("numba")
"""The mark of a test that trains by the kernel."""


def keep_kernels() -> None:
    """Let the kernels that tests compile be kept where a person's are, whose home the tests don't see; not for ever."""
    os.environ["NUMBA_CACHE_DIR"] = str(user_cache())
    forget_old()
