"""A kernel is loaded or compiled, whatever its cache is: of another process, broken, or without a place."""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from nnplay.nn.compiled.cache import cache_folder, compiling_alone, is_kept
from tests.nn.compiled.warm import needs_numba

pytestmark = needs_numba
Have = Callable[[], int]


def twice(x: float) -> float:
    return 2.0 * x


@pytest.fixture
def have_small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Have:
    """Has a small kernel as another process would, in a cache of its own; says how often it was compiled for that."""
    import numba

    from nnplay.nn.compiled import jit

    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(jit, "FOLDER", cache_folder())

    def have() -> int:
        kernel = jit.kernel(twice)
        jit.have(kernel, (numba.float64,), "small")
        assert kernel(21.0) == 42.0
        return len(kernel._cache_misses) if is_kept("small") else -1

    return have


def test_it_is_compiled_once_and_who_loads_it_waits_for_nobody(have_small: Have) -> None:
    assert have_small() == 1
    with compiling_alone():
        assert have_small() == 0


def test_it_is_compiled_again_where_what_is_kept_is_broken(have_small: Have) -> None:
    cut, no_text = (lambda kept: kept[:30]), (lambda kept: kept.replace(b"a", b"\xff"))
    for ending, broken in product(("nbc", "nbi"), (cut, no_text)):
        assert have_small() == 1
        (kept,) = cache_folder().rglob(f"*.{ending}")
        kept.write_bytes(broken(kept.read_bytes()))
    assert have_small() == 1
    assert have_small() == 0


def test_it_is_there_also_where_nothing_can_be_kept(have_small: Have, tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    assert have_small() == -1


def test_it_is_there_also_where_there_is_no_room_for_it(have_small: Have) -> None:
    resource = pytest.importorskip("resource")  # not of Windows
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        assert have_small() == -1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert have_small() == 1
