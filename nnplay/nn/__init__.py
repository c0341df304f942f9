"""Neural networks from scratch, in NumPy alone: what the tutorial builds, and what it says to add next.

    network = NeuralNetwork([2, 4, 1], activation="relu", loss="binary_cross_entropy", seed=42)
    losses = network.train(X, Y, epochs=5000, learning_rate=0.5)
    predictions = network.forward(X)

Samples come first: X is (N, I), a layer's weights are (I, O), and z = X W + b.

To read it from the start:

1. `losses`: how wrong the outputs are, and the delta that backpropagation begins with
2. `layers`: dense, batch norm, activation and dropout, forward and back; with `activations`, `batch_norm`, `dropout`
3. `workspace`: all layers on one batch, from the inputs to the gradient; with `parameters` and `structure`
4. `network`: the front door, and what a step of training is; with `adjusting` (what may be set at any time),
   `batches`, `epochs`, `initializers`, `penalties`, `divergence`
5. `optimizers`: how a gradient becomes an update; with `schedules`
6. `compiled`: the same step once more, compiled by numba and tested against this one; `engines` says where it is used,
   `stretch` what it is asked for: many steps in one call

Beside that way lie `trace` (one step, looked at), `gradient_check`, `metrics` and `estimators` (a network by
scikit-learn's names).
"""

from nnplay.nn.activations import ACTIVATIONS
from nnplay.nn.batches import Batches
from nnplay.nn.engines import ENGINES, NUMPY
from nnplay.nn.estimators import Classifier, Regressor
from nnplay.nn.gradient_check import GradientCheck, GradientComparison, check_gradients, compare_gradients
from nnplay.nn.initializers import INITIALIZERS
from nnplay.nn.losses import LOSSES, OUTPUTS, OWN
from nnplay.nn.metrics import accuracy, confusion_matrix, mean_absolute_error, r_squared
from nnplay.nn.network import NeuralNetwork
from nnplay.nn.network_state import NetworkState
from nnplay.nn.optimizer_base import Hyperparameter
from nnplay.nn.optimizers import (
    OPTIMIZERS,
    SGD,
    AdaGrad,
    Adam,
    AdamW,
    Momentum,
    Nesterov,
    Optimizer,
    OptimizerState,
    RMSProp,
    make_optimizer,
)
from nnplay.nn.pickling import allow_pickling
from nnplay.nn.schedules import SCHEDULES, Schedule, make_schedule
from nnplay.nn.trace import BatchNormTrace, LayerTrace, StepTrace

__all__ = [
    "ACTIVATIONS",
    "ENGINES",
    "INITIALIZERS",
    "LOSSES",
    "NUMPY",
    "OPTIMIZERS",
    "OUTPUTS",
    "OWN",
    "SCHEDULES",
    "SGD",
    "AdaGrad",
    "Adam",
    "AdamW",
    "BatchNormTrace",
    "Batches",
    "Classifier",
    "GradientCheck",
    "GradientComparison",
    "Hyperparameter",
    "LayerTrace",
    "Momentum",
    "Nesterov",
    "NetworkState",
    "NeuralNetwork",
    "Optimizer",
    "OptimizerState",
    "RMSProp",
    "Regressor",
    "Schedule",
    "StepTrace",
    "accuracy",
    "check_gradients",
    "compare_gradients",
    "confusion_matrix",
    "make_optimizer",
    "make_schedule",
    "mean_absolute_error",
    "r_squared",
]

allow_pickling()
