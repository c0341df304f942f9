"""`Classifier` and `Regressor`: a network behind scikit-learn's names, for its pipelines, searches and scores.

    model = Classifier(hidden_layers=(16, 8), activation="tanh").fit(X, labels)
    model.predict(X), model.predict_proba(X), model.score(X, labels)

They know scikit-learn by its conventions alone, and do without it; where it is loaded, its errors and tags are used.
"""

import inspect
import sys
import warnings
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnplay.errors import InputError
from nnplay.nn.network import NeuralNetwork
from nnplay.nn.optimizers import make_optimizer
from nnplay.texts import mark, tr

Floats = NDArray[np.float64]
UNSCALED: tuple[Floats, Floats] = (np.zeros(1), np.ones(1))
NOT_FITTED = mark("this {name} is not fitted yet; fit it before")


class DataConversionWarning(UserWarning):
    """A column of targets where a list of them was expected."""


class _UnfittedError(ValueError, AttributeError):
    """Asked before it was fitted, where scikit-learn, which has an error for it, isn't there."""


class Estimator:
    """What classifier and regressor share.

    Parameters
    ----------
    hidden_layers
        Units of each hidden layer.
    activation, initializer, batch_norm, dropout, l1, l2, clip_norm
        As for `NeuralNetwork`.
    optimizer, learning_rate
        A name of `OPTIMIZERS` and its rate.
    epochs, batch_size
        How long it is trained, on how many samples at a time; None for all of them.
    standardize
        Bring each feature, and the target of a regression, to mean 0 and standard deviation 1 before.
    seed
        Of the start and of the order of samples; None for another one each time.

    Attributes
    ----------
    network_
        The trained network.
    loss_curve_
        (epochs,) the loss before each epoch.
    n_features_in_, feature_names_in_
        How many features there are, and their names where X had some.
    """

    _estimator_type: str

    def __init__(
        self,
        hidden_layers: Sequence[int] = (16,),
        activation: str = "tanh",
        initializer: str = "xavier_normal",
        batch_norm: bool = False,
        dropout: float = 0.0,
        l1: float = 0.0,
        l2: float = 0.0,
        clip_norm: float | None = None,
        optimizer: str = "adam",
        learning_rate: float = 0.01,
        epochs: int = 200,
        batch_size: int | None = 32,
        standardize: bool = True,
        seed: int | None = 0,
    ) -> None:
        self.hidden_layers = hidden_layers
        self.activation = activation
        self.initializer = initializer
        self.batch_norm = batch_norm
        self.dropout = dropout
        self.l1 = l1
        self.l2 = l2
        self.clip_norm = clip_norm
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size
        self.standardize = standardize
        self.seed = seed

    # ---- the conventions

    @classmethod
    def _names(cls) -> list[str]:
        return sorted(name for name in inspect.signature(cls.__init__).parameters if name != "self")

    def get_params(self, deep: bool = True) -> dict[str, Any]:  # noqa: ARG002 - there is nothing deeper
        """The parameters by name."""
        return {name: getattr(self, name) for name in self._names()}

    def set_params(self, **params: Any) -> Self:
        """Set parameters by name.

        Raises
        ------
        InputError
            For one that doesn't exist.
        """
        names = self._names()
        for name, value in params.items():
            if name not in names:
                raise InputError(name, value, tr("one of the parameters {names}", names=", ".join(names)))
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        defaults = inspect.signature(type(self).__init__).parameters
        changed = {name: value for name, value in self.get_params().items() if value != defaults[name].default}
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in changed.items())})"

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "network_")

    def __sklearn_tags__(self) -> Any:
        """What scikit-learn asks of an estimator; only it calls this, and is there then."""
        from sklearn.utils import ClassifierTags, InputTags, RegressorTags, Tags, TargetTags

        is_classifier = self._estimator_type == "classifier"
        return Tags(
            estimator_type=self._estimator_type,
            target_tags=TargetTags(required=True),
            transformer_tags=None,
            classifier_tags=ClassifierTags() if is_classifier else None,
            regressor_tags=None if is_classifier else RegressorTags(),
            input_tags=InputTags(),
        )

    # ---- training and answers

    def _train(self, X: Floats, Y: Floats, loss: str) -> Self:
        """Train a fresh network on features (N, F) and targets (N, K)."""
        mean, deviation = _scale(X) if self.standardize else UNSCALED
        self._mean, self._deviation = mean, deviation
        sizes = (X.shape[1], *self.hidden_layers, Y.shape[1])
        self.network_ = NeuralNetwork(
            sizes, self.activation, loss, self.initializer, batch_norm=self.batch_norm, dropout=self.dropout,
            l1=self.l1, l2=self.l2, clip_norm=self.clip_norm, seed=self.seed,
        )  # fmt: skip
        optimizer = make_optimizer(self.optimizer, learning_rate=self.learning_rate)
        self.loss_curve_ = self.network_.train(
            (X - self._mean) / self._deviation, Y, self.epochs, optimizer=optimizer, batch_size=self.batch_size
        )
        return self

    def _outputs(self, X: ArrayLike) -> Floats:
        """The network's outputs (N, K) for X."""
        if not hasattr(self, "network_"):
            raise _error("NotFittedError", _UnfittedError)(tr(NOT_FITTED, name=type(self).__name__))
        self._check_names(X)
        features = _features(X)
        if features.shape[1] != self.n_features_in_:
            raise ValueError(
                f"X has {features.shape[1]} features, but {type(self).__name__} is expecting {self.n_features_in_} "
                "features as input"
            )
        return self.network_.forward((features - self._mean) / self._deviation).astype(np.float64, copy=False)

    def _remember_features(self, X: ArrayLike, features: Floats) -> None:
        self.n_features_in_ = features.shape[1]
        names = _names_of(X)
        if names is not None:
            self.feature_names_in_ = names
        elif hasattr(self, "feature_names_in_"):
            del self.feature_names_in_

    def _check_names(self, X: ArrayLike) -> None:
        """Features that are called otherwise are others."""
        names, known = _names_of(X), getattr(self, "feature_names_in_", None)
        if names is None and known is not None:
            warnings.warn(
                f"X does not have valid feature names, but {type(self).__name__} was fitted with feature names",
                stacklevel=4,
            )
        elif names is not None and known is None:
            warnings.warn(
                f"X has feature names, but {type(self).__name__} was fitted without feature names", stacklevel=4
            )
        elif names is not None and known is not None and list(names) != list(known):
            raise ValueError(_of_other_names(list(names), list(known)))


class Classifier(Estimator):
    """A network that learns classes, which may be called whatever one likes: fit, predict, predict_proba, score."""

    _estimator_type = "classifier"

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Train on features (N, F) and the classes (N,) of the samples."""
        features = _features(X, at_least=1)
        labels = _list_of_targets(y, len(features))
        if labels.dtype.kind == "f":
            _check_finite(labels, "y")
            if (labels != np.floor(labels)).any():
                raise ValueError("Unknown label type: continuous. Classes are names or whole numbers")
        self._remember_features(X, features)
        self.classes_, places = np.unique(labels, return_inverse=True)
        if len(self.classes_) == 1:
            raise ValueError(f"Classifier can't train when only one class is present; y has {self.classes_[0]} alone")
        if len(self.classes_) == 2:
            return self._train(features, places[:, None].astype(float), "binary_cross_entropy")
        return self._train(features, np.eye(len(self.classes_))[places], "categorical_cross_entropy")

    def predict_proba(self, X: ArrayLike) -> Floats:
        """The probability of each of `classes_`, (N, C)."""
        outputs = self._outputs(X)
        return np.hstack([1.0 - outputs, outputs]) if outputs.shape[1] == 1 else outputs

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The likeliest class of each sample, (N,)."""
        found: NDArray[Any] = self.predict_proba(X).argmax(axis=1)
        named: NDArray[Any] = self.classes_[found]
        return named

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """The accuracy, 0 to 1."""
        return float(np.mean(self.predict(X) == np.asarray(y)))


class Regressor(Estimator):
    """A network that learns numbers: fit, predict, score."""

    _estimator_type = "regressor"

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Train on features (N, F) and the targets (N,) of the samples."""
        features = _features(X, at_least=1)
        targets = np.asarray(_list_of_targets(y, len(features)), dtype=np.float64)
        _check_finite(targets, "y")
        self._remember_features(X, features)
        mean, deviation = _scale(targets[:, None]) if self.standardize else UNSCALED
        self._target_mean, self._target_deviation = mean, deviation
        return self._train(features, (targets[:, None] - mean) / deviation, "mean_squared_error")

    def predict(self, X: ArrayLike) -> Floats:
        """The value of each sample, (N,)."""
        found: Floats = (self._outputs(X) * self._target_deviation + self._target_mean)[:, 0]
        return found

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """R²: 1 is perfect, 0 no better than the mean of the targets."""
        wanted = np.asarray(y, dtype=np.float64).reshape(-1)
        total = float(np.square(wanted - wanted.mean()).sum())
        missed = float(np.square(wanted - self.predict(X)).sum())
        return 1.0 - missed / total if total else float(missed == 0.0)


def _scale(values: Floats) -> tuple[Floats, Floats]:
    """The mean and the standard deviation of each column; 1 for one that never changes."""
    deviation = values.std(axis=0)
    return values.mean(axis=0), np.where(deviation > 0.0, deviation, 1.0)


def _features(X: ArrayLike, at_least: int = 0) -> Floats:
    """X as a table (N, F) of finite numbers."""
    if hasattr(X, "toarray") or hasattr(X, "tocsr"):
        raise TypeError("Sparse data was passed, but dense data is required. Use X.toarray() to convert it")
    array = np.asarray(X)
    if array.dtype.kind == "c":
        raise ValueError("Complex data not supported")
    if array.ndim != 2:
        raise ValueError(f"Expected 2D array, got {array.ndim}D array instead. Reshape your data")
    if array.dtype.kind == "O" and any(isinstance(each, dict | list) for each in array.ravel()):
        raise TypeError("argument must be a string or a number: X has objects that are none")
    floats = array.astype(np.float64)
    if len(floats) == 0 or len(floats) < at_least:
        raise ValueError(f"Found array with {len(floats)} sample(s) while a minimum of 1 is required.")
    if floats.shape[1] == 0:
        raise ValueError(f"Found array with 0 feature(s) (shape={floats.shape}) while a minimum of 1 is required.")
    _check_finite(floats, "X")
    return floats


def _check_finite(values: Floats, name: str) -> None:
    if not np.isfinite(values).all():
        raise ValueError(f"Input {name} contains NaN or infinity")


def _list_of_targets(y: ArrayLike | None, samples: int) -> NDArray[Any]:
    """Y as a list (N,), one for each sample."""
    if y is None:
        raise ValueError("requires y to be passed, but the target y is None")
    if hasattr(y, "toarray"):
        raise TypeError("Sparse data was passed for y, but dense data is required")
    array = np.asarray(y)
    if array.dtype.kind == "c":
        raise ValueError("Complex data not supported")
    if array.ndim == 2 and array.shape[1] == 1:
        kind = _error("DataConversionWarning", DataConversionWarning)
        warnings.warn("A column-vector y was passed when a 1d array was expected", kind, stacklevel=3)
        array = array[:, 0]
    if array.ndim != 1:
        raise ValueError(f"y should be a 1d array, got an array of shape {array.shape} instead.")
    if len(array) != samples:
        raise ValueError(f"Found input variables with inconsistent numbers of samples: [{samples}, {len(array)}]")
    return array


def _names_of(X: object) -> NDArray[np.object_] | None:
    """The names of a table's columns, where it has names that are texts."""
    columns = getattr(X, "columns", None)
    if columns is None:
        return None
    names = list(columns)
    return np.array(names, dtype=object) if names and all(isinstance(name, str) for name in names) else None


def _of_other_names(names: list[str], known: list[str]) -> str:
    """What scikit-learn says where the features aren't those that were fitted."""
    told = ["The feature names should match those that were passed during fit."]
    unseen, missing = sorted(set(names) - set(known)), sorted(set(known) - set(names))
    if unseen:
        told += ["Feature names unseen at fit time:", *(f"- {name}" for name in unseen)]
    if missing:
        told += ["Feature names seen at fit time, yet now missing:", *(f"- {name}" for name in missing)]
    if not unseen and not missing:
        told.append("Feature names must be in the same order as they were in fit.")
    return "\n".join(told) + "\n"


def _error(name: str, own: type[Any]) -> type[Any]:
    """Scikit-learn's kind of error or warning where it is loaded, else our own."""
    loaded = sys.modules.get("sklearn.exceptions")
    found: type[Any] = getattr(loaded, name, own)
    return found
