"""For every test: a home of its own, marks for what needs Qt or a real window, cycles collected in time."""

import gc
import tempfile
from collections.abc import Generator, Iterator

import pytest

from tests.nn.compiled.warm import keep_kernels
from tests.screen_needs import advice, require

keep_kernels()

NEEDING = ("real_window", "system_tools")
"""Marks of tests that are skipped where the system lacks what they need."""
WINDOW_FIXTURES = {"qapp", "qtbot"}


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home and a folder for temporary files, of this process and of the programs that it starts."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE"):
            patch.setenv(name, str(folder))
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.delenv(name, raising=False)  # they are in the home then
        temporary = folder / "tmp"
        temporary.mkdir()
        for name in ("TMPDIR", "TEMP", "TMP"):
            patch.setenv(name, str(temporary))
        patch.setattr(tempfile, "tempdir", str(temporary))
        yield


def pytest_make_parametrize_id(val: object) -> str | None:
    """A test's name has nothing of a file: what is packed has the time in it, which changes even its size."""
    return "bytes" if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for Qt's application, and one with a real window, can be left out by `-m "not window"`.

    Those of the compiled step come first: one process compiles for seconds, while others do what needs no kernel.
    """
    items.sort(key=lambda item: item.path.parent.name != "compiled")
    for item in items:
        if WINDOW_FIXTURES & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("real_window"):
            item.add_marker("window")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Real windows, and the system's own tools, only where there is all that they need."""
    for name in NEEDING:
        marker = item.get_closest_marker(name)
        if marker is not None:
            require(marker.args)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Around a test with a window, cycles are collected after it, when nothing holds the window any more.

    Python would collect wherever it happens to be: within a call of Qt, which would wait for its own lock for ever, or
    in the thread by which a parallel run gets its tests, where no widget may end. What is there afterwards is Python's
    and pytest's own; it stays, and looking through it after each test would take longer than many a test.
    """
    if item.get_closest_marker("window") is None:
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    """After pytest's own last line: which packages would have run what was skipped."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:  # a worker of a parallel run, which reports to another process
        return
    skipped = [
        report for report in reporter.stats.get("skipped", ()) if any(name in report.keywords for name in NEEDING)
    ]
    if skipped:
        reporter.write_line(advice(len(skipped)))
