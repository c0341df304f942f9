"""Kinds of tables that people have, as they write them, through `nnplay train --data`."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnplay.cli import main

RANDOM = np.random.default_rng(8)
N = 30
U, V = (RANDOM.normal(size=N).round(3).tolist() for _ in range(2))
KIND = ["ja" if u + v > 0 else "nein" for u, v in zip(U, V, strict=True)]


def joined(header: str | None, columns: Iterable[Iterable[object]], separator: str = ",") -> str:
    lines = [separator.join(map(str, cells)) for cells in zip(*columns, strict=True)]
    return "\n".join([*([] if header is None else [header]), *lines, ""])


def german(value: float) -> str:
    return f"{1000 * abs(value) + 1000:,.2f}".translate(str.maketrans(",.", ".,"))


def digits(*, label_first: bool) -> str:
    place = np.linspace(-1, 1, 8)
    disc = np.hypot(*np.meshgrid(place, place)) < RANDOM.uniform(0.5, 0.9, (N, 1, 1))
    pixels = (disc * RANDOM.integers(9, 17, (N, 8, 8))).reshape(N, -1).T.tolist()
    label = [k % 10 for k in range(N)]
    return joined(None, [label, *pixels] if label_first else [*pixels, label])


KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "an unnamed index of pandas, shuffled": (
        joined(",u,v,kind", [RANDOM.permutation(N), U, V, KIND]),
        {"inputs": ["u", "v"], "target": "kind"},
    ),
    "row names": (
        joined("name,u,v,kind", [[f"car {k}" for k in range(N)], U, V, KIND]),
        {"inputs": ["u", "v"], "target": "kind"},
    ),
    "ids and dates": (
        joined(
            "customerId,since,u,v,kind",
            [RANDOM.permutation(90000)[:N], [f"2024-0{1 + k % 9}-01" for k in range(N)], U, V, KIND],
        ),
        {"inputs": ["u", "v"], "target": "kind"},
    ),
    "years as an input": (
        joined("year,u,v", [range(1990, 1990 + N), U, V]),
        {"inputs": ["year", "u"], "target": "v", "task": "regression"},
    ),
    "yes and no": (
        joined("smoker,v,class", [["yes", "no", "no"] * 10, V, KIND]),
        {"inputs": ["smoker=yes", "v"], "target": "class"},
    ),
    "true and false as the class": (
        joined("u,v,churn", [U, V, ["True", "False", "False"] * 10]),
        {"inputs": ["u", "v"], "target": "churn", "classes": ["False", "True"]},
    ),
    "a target with a telling name in the middle": (
        joined("u,species,v,island", [U, KIND, V, ["x", "y", "z"] * 10]),
        {"inputs": ["u", "v", "island=x", "island=y", "island=z"], "target": "species"},
    ),
    "prices in German, with text columns": (
        joined("Ort;Preis;Fläche", [["Kiel", "Ulm", "Bonn"] * 10, map(german, U), map(german, V)], ";"),
        {"target": "Ort", "task": "classification", "classes": ["Bonn", "Kiel", "Ulm"]},
    ),
    "labels before pixels, without a header": (
        digits(label_first=True),
        {"input_count": 64, "target": "column 1", "task": "classification"},
    ),
    "labels behind pixels, without a header": (
        digits(label_first=False),
        {"input_count": 64, "target": "column 65", "task": "classification"},
    ),
    "a class in front of measurements, without a header": (
        joined(None, [[1, 2, 3] * 10, *RANDOM.normal(size=(12, N)).round(3).tolist()]),
        {"input_count": 12, "target": "column 1", "task": "classification"},
    ),
    "columns that are nearly empty": (
        joined("u,cabin,v,kind", [U, ["C85", *[""] * (N - 1)], V, KIND]),
        {"rows": N, "inputs": ["u", "v"], "target": "kind"},
    ),
    "many classes": (
        joined("u,v,letter", [U, V, ["abcdefghij"[k % 10] for k in range(N)]]),
        {"target": "letter", "class_count": 10},
    ),
    "a tiny target": (
        joined("u,v,y", [U, V, [f"{1e-9 * (u - v):.4g}" for u, v in zip(U, V, strict=True)]]),
        {"inputs": ["u", "v"], "target": "y", "task": "regression", "min_r2": 0.9},
    ),
    "a large target far from zero": (
        joined("u,v,y", [U, V, [f"{1e6 + 1000 * (u - v):.1f}" for u, v in zip(U, V, strict=True)]]),
        {"inputs": ["u", "v"], "target": "y", "task": "regression", "min_r2": 0.9},
    ),
    "as many classes as there can be": (
        joined("u,v,letter", [U * 5, V * 5, [f"c{k % 64}" for k in range(5 * N)]]),
        {"inputs": ["u", "v"], "target": "letter", "class_count": 64},
    ),
    "a dose that counts": (
        joined("dose,v,kind", [range(1, N + 1), V, KIND]),
        {"inputs": ["dose", "v"], "target": "kind"},
    ),
    "a few rows, one column of which counts": (
        joined("a,b,class", [[9, 2, 7, 4, 5], range(1, 6), "xyxyx"]),
        {"inputs": ["a", "b"], "target": "class"},
    ),
    "ids with decimals": (
        joined("id,u,v,kind", [[f"{k}.0" for k in range(N)], U, V, KIND]),
        {"inputs": ["u", "v"], "target": "kind"},
    ),
    "points without a class": (
        joined("x,y", [U, V]),
        {"inputs": ["x"], "target": "y", "task": "regression"},
    ),
}
CHECKS: dict[str, Callable[[dict[str, Any], Any], bool]] = {
    "input_count": lambda data, wanted: len(data["inputs"]) == wanted,
    "class_count": lambda data, wanted: len(data["classes"]) == wanted,
}


@pytest.mark.parametrize("name", KINDS)
def test_a_kind(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, wanted = KINDS[name]
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    assert main(["train", "--data", str(path), "--epochs", "300" if "min_r2" in wanted else "2", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    data = figures["data"]
    least = wanted.get("min_r2")
    assert least is None or figures["train"]["r2"] >= least
    for key in wanted.keys() - {"min_r2"}:
        assert CHECKS[key](data, wanted[key]) if key in CHECKS else data[key] == wanted[key], (key, data)
