"""Kernels are kept for these sources alone, by one process at a time, and those of former sources go."""

import ast
import os
import threading
from itertools import product
from pathlib import Path

import pytest

from nnplay.nn.compiled import cache
from nnplay.nn.compiled.cache import KEPT, TAKEN_FROM, cache_folder, compiling_alone, is_kept, mark_kept


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    return cache_folder().parent


@pytest.mark.usefixtures("folder")
def test_who_compiles_is_alone_and_others_wait() -> None:
    order, begun = list[str](), threading.Event()

    def compile_too() -> None:
        begun.set()
        with compiling_alone():
            order.append("the other")

    other = threading.Thread(target=compile_too)
    with compiling_alone():
        other.start()
        begun.wait(10)
        other.join(0.1)
        order.append("the first")
    other.join(10)
    assert order == ["the first", "the other"]


def test_where_nothing_can_be_kept_nobody_waits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    with compiling_alone(), compiling_alone():
        mark_kept("float64")
    assert not is_kept("float64")


def test_the_folders_that_were_used_last_stay(folder: Path) -> None:
    for age in range(2 * KEPT):
        other = folder / f"other-{age}"
        other.mkdir(parents=True)
        (other / "kernel").touch()
        os.utime(other, (1e9 - age, 1e9 - age))
    assert not is_kept("float64")
    mark_kept("float64")
    assert is_kept("float64") and not is_kept("float32")
    assert {each.name for each in folder.iterdir()} == {cache_folder().name, *(f"other-{n}" for n in range(KEPT - 1))}


@pytest.mark.usefixtures("folder")
def test_sources_of_another_time_or_place_have_a_folder_of_their_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "package"
    package.mkdir()
    sources = [package / "cache.py", *(tmp_path / name for name in TAKEN_FROM)]
    for source in sources:
        source.write_text("")
    found = [cache_folder()]
    monkeypatch.setattr(cache, "__file__", str(sources[0]))
    for source, time in product(sources, (1e9, 2e9)):
        os.utime(source, (time, time))
        found.append(cache_folder())
    assert len(set(found)) == 1 + 2 * len(sources)


def test_every_number_that_is_compiled_in_has_its_source_in_the_name_of_the_folder() -> None:
    taken = set[str]()
    for path in Path(cache.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and any(each.name.isupper() for each in node.names):
                taken.add(node.module)
    elsewhere = {name for name in taken if name.startswith("nnplay.") and not name.startswith("nnplay.nn.compiled")}
    assert elsewhere == {f"nnplay.nn.{name.removesuffix('.py')}" for name in TAKEN_FROM}
