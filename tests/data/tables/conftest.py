from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[..., Path]:
    """Writes points.csv, or a file of another name."""

    def write(content: str | bytes, name: str = "points.csv") -> Path:
        file = tmp_path / name
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return file

    return write
