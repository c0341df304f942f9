"""The tutorial's four points and the reference runs."""

import json
from pathlib import Path

import numpy as np
import pytest

REFERENCE = Path(__file__).parent.parent / "reference"


@pytest.fixture(scope="session")
def article():
    return json.loads((REFERENCE / "article_xor.json").read_text())


@pytest.fixture
def xor():
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return X, np.array([[0.0], [1.0], [1.0], [0.0]])


@pytest.fixture
def generator():
    return np.random.default_rng(7)
