import threading

import pytest

from nnplay.data.file_error import ReadCancelled
from nnplay.data.tables.reading import read_text
from nnplay.data.tables.text import text_reader


def test_who_cancels_waits_for_nothing_that_pandas_has_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    finished, calls = threading.Event(), []

    def slow(*_args: object, **_options: object) -> None:
        finished.wait(60)

    def progress(*counts: int) -> None:
        calls.append(counts)
        if len(calls) > 5:
            raise ReadCancelled("cancelled")

    monkeypatch.setattr(text_reader, "_PATIENCE", 0.001)
    monkeypatch.setattr(text_reader._Reading, "_frame", slow)
    try:
        with pytest.raises(ReadCancelled):
            read_text("a,b\n1,x\n2,y\n", progress=progress)
    finally:
        finished.set()
    assert all(done <= size for done, size in calls)
