import os
import socket
from pathlib import Path

import pytest

from nnplay.data.file_error import FileError
from nnplay.data.idx import read_idx, read_shape
from nnplay.data.regular_file import is_regular, open_regular
from nnplay.data.tables.reading import read_file
from nnplay.errors import NnplayError
from nnplay.experiments import read_document

READERS = {
    "experiment": read_document,
    "CSV": read_file,
    "IDX": lambda path: read_idx(path, 3),
    "IDX header": lambda path: read_shape(path, 3),
}


def test_a_regular_file_is_opened_with_its_size(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    handle, size = open_regular(tmp_path / "a", 3)
    with handle:
        assert (handle.read(), size) == (b"abc", 3)
    with pytest.raises(FileError, match="a: has 0 MB; files up to 0 MB can be read"):
        open_regular(tmp_path / "a", 2)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX only")
def test_nothing_waits_for_a_pipe_a_device_or_a_socket(reader, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        for path in (tmp_path / "pipe", tmp_path / "socket", Path("/dev/zero")):
            with pytest.raises(NnplayError, match="this is a pipe, a device or a socket, and not a file"):
                reader(path)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "x." * 150, "a\0b", "gone"])
def test_names_that_no_file_has_are_refused(reader, name: str, tmp_path: Path) -> None:
    assert not is_regular(tmp_path / name)
    with pytest.raises(NnplayError, match=r"no such file|can't be read \("):
        reader(tmp_path / name)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert not is_regular(tmp_path)
    for reader in READERS.values():
        with pytest.raises(NnplayError, match="this is a folder, and not a file"):
            reader(tmp_path)
