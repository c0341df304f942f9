"""How a run computes: each product in one thread, whoever makes it, so that the same step has the same bits."""

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[Any]:
    """Let products within be computed by one thread: two of them are slower on what is small, and round otherwise."""
    limited: AbstractContextManager[Any] = _libraries().limit(limits=1, user_api="blas")
    return limited


@cache
def _libraries() -> ThreadpoolController:
    """Those that compute in threads; to find them takes as long as many a step."""
    return ThreadpoolController()
