"""Classifier and Regressor: they learn, and scikit-learn takes them for its own where it is there."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nnplay.errors import InputError
from nnplay.nn import Classifier, Regressor
from tests.heavy import needs

POINTS = np.random.default_rng(0).normal(size=(90, 2))


@pytest.mark.filterwarnings("ignore")
@needs("sklearn")
@pytest.mark.parametrize("kind", [Classifier, Regressor])
def test_scikit_learns_own_checks_pass(kind: type[Classifier | Regressor]) -> None:
    from sklearn.utils.estimator_checks import check_estimator

    results = check_estimator(kind(epochs=60), on_fail=None)
    failed = {each["check_name"]: each["exception"] for each in results if each["status"] == "failed"}
    assert failed == {}
    assert sum(each["status"] == "passed" for each in results) > 30


@needs("sklearn")
def test_they_stand_in_pipelines_and_searches() -> None:
    from sklearn.model_selection import GridSearchCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import PolynomialFeatures

    labels = np.where(np.hypot(*POINTS.T) < 1.1, "inside", "outside")
    pipeline = make_pipeline(PolynomialFeatures(2), Classifier(epochs=30))
    search = GridSearchCV(pipeline, {"classifier__hidden_layers": [(2,), (4, 4)]}, cv=3).fit(POINTS, labels)
    assert search.best_score_ > 0.8


def test_classes_have_the_names_that_they_were_given() -> None:
    labels = np.array(["left", "middle", "right"])[np.digitize(POINTS[:, 0], [-0.5, 0.5])]
    model = Classifier(epochs=150).fit(POINTS, labels)
    assert model.score(POINTS, labels) > 0.9
    assert set(model.predict(POINTS)) <= set(model.classes_)
    np.testing.assert_allclose(model.predict_proba(POINTS).sum(axis=1), 1)


def test_two_classes_are_one_output() -> None:
    model = Classifier(epochs=50).fit(POINTS, POINTS[:, 0] > 0)
    assert model.network_.layer_sizes[-1] == 1
    np.testing.assert_array_equal(model.predict(POINTS), model.predict_proba(POINTS)[:, 1] > 0.5)


def test_numbers_of_any_size_are_learnt() -> None:
    targets = 1e6 + 1e5 * POINTS[:, 0]
    model = Regressor(epochs=150).fit(POINTS, targets)
    assert model.score(POINTS, targets) > 0.95
    assert model.predict(POINTS).shape == (90,)


def test_the_same_seed_gives_the_same_network() -> None:
    first, second = (Regressor(epochs=5).fit(POINTS, POINTS[:, 0]) for _ in range(2))
    np.testing.assert_array_equal(first.network_.parameters, second.network_.parameters)


def test_parameters_are_read_and_set_by_name() -> None:
    model = Classifier(hidden_layers=(3,))
    assert model.set_params(epochs=7).get_params()["epochs"] == 7
    assert repr(model) == "Classifier(epochs=7, hidden_layers=(3,))"
    with pytest.raises(InputError, match="depth is 3; allowed is one of the parameters activation, "):
        model.set_params(depth=3)


def test_who_asks_before_it_is_fitted_is_told() -> None:
    with pytest.raises((ValueError, AttributeError), match="Regressor is not fitted yet"):
        Regressor().predict(POINTS)


def test_they_do_without_scikit_learn() -> None:
    code = (
        "import sys, numpy as np; from nnplay.nn import Classifier\n"
        "X = np.random.default_rng(0).normal(size=(20, 2)); y = X[:, 0] > 0\n"
        "Classifier(epochs=2).fit(X, y).score(X, y)\n"
        "assert 'sklearn' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
