from pathlib import Path

import pytest

from nnplay import resources
from nnplay.errors import NnplayError


def test_the_digits_and_their_credit_are_there() -> None:
    assert resources.resource_path("data/mnist_5k.npz").is_file()
    assert "CC BY-SA 3.0" in resources.resource_path("data/README.md").read_text("utf-8")


def test_an_installed_package_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "nnplay"
    (package / "_resources").mkdir(parents=True)
    (package / "_resources" / "thing").write_text("x", "utf-8")
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.resource_path("thing") == package / "_resources" / "thing"
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "thing").write_text("x", "utf-8")
    assert resources.resource_path("thing") == tmp_path / "resources" / "thing"


def test_a_missing_file_is_named() -> None:
    with pytest.raises(NnplayError, match=r"data/nothing\.npz"):
        resources.resource_path("data/nothing.npz")
