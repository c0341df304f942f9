from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Writes points.csv."""

    def write(content: str | bytes) -> Path:
        file = tmp_path / "points.csv"
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return file

    return write
