"""Makes `step_cases.json`: one training step of random networks, computed by PyTorch's autograd and nothing of nnplay.

    python -m tests.reference.step_cases

needs PyTorch, which is in no lock: `pip install torch`. The cases are the same whenever they are made.
"""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - as everybody calls it

FILE = Path(__file__).with_suffix(".json")
SAMPLES = 4

ACTIVATIONS = {
    "identity": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": F.relu,
    "leaky_relu": lambda z: F.leaky_relu(z, 0.01),
    "elu": F.elu,
    "gelu": lambda z: F.gelu(z, approximate="tanh"),
    "silu": F.silu,
    "softplus": F.softplus,
    "sine": torch.sin,
    "mish": F.mish,
    "gaussian": lambda z: torch.exp(-(z**2)),
    "step": lambda z: (z > 0).double() + 0.0 * z,
}
OUTPUTS = {"binary_cross_entropy": 1, "categorical_cross_entropy": 3, "mean_squared_error": 2}


def main() -> None:
    """Write all cases."""
    cases = [case(f"activation-{name}", activation=name) for name in ACTIVATIONS]
    cases += [case(f"loss-{name}", loss=name) for name in OUTPUTS]
    cases += [case(f"weighted-{name}", loss=name, weighted=True) for name in OUTPUTS]
    cases += [case("several-binary", outputs=3), case("one-number", loss="mean_squared_error", outputs=1)]
    cases += [case(f"batch-norm-{name}", activation=name, batch_norm=True) for name in ("relu", "tanh", "gelu")]
    cases += [
        case("penalties", l1=0.02, l2=0.3),
        case("clipped", clip_norm=0.05),
        case("dropout", dropout=0.4),
        case("unit-off", off=[0, 1]),
        case("one-sample", samples=1),
        case("no-hidden-layer", sizes=[3]),
        case("deep", sizes=[2, 4, 4, 4], activation="elu"),
        case("everything", loss="categorical_cross_entropy", activation="silu", batch_norm=True, dropout=0.3, l1=0.01,
             l2=0.1, clip_norm=0.2, weighted=True, off=[1, 0]),
    ]  # fmt: skip
    FILE.write_text(json.dumps(cases) + "\n")


def case(
    name: str,
    *,
    sizes: list[int] | None = None,
    outputs: int | None = None,
    loss: str = "binary_cross_entropy",
    activation: str = "tanh",
    samples: int = SAMPLES,
    batch_norm: bool = False,
    dropout: float = 0.0,
    off: list[int] | None = None,
    weighted: bool = False,
    l1: float = 0.0,
    l2: float = 0.0,
    clip_norm: float | None = None,
) -> dict[str, Any]:
    """One case: what goes into the step, and what comes out of it."""
    draw = np.random.default_rng([ord(letter) for letter in name])
    layer_sizes = [*(sizes or [2, 4, 3]), OUTPUTS[loss] if outputs is None else outputs]
    X = draw.normal(size=(samples, layer_sizes[0]))
    Y = _targets(draw, loss, samples, layer_sizes[-1])
    weights = draw.uniform(0.2, 3.0, samples) if weighted else None
    masks = [
        np.where(draw.random((samples, units)) < 1 - dropout, 1 / (1 - dropout), 0.0) for units in layer_sizes[1:-1]
    ]
    if off is not None:
        masks[off[0]][:, off[1]] = 0.0
    parameters = _parameters(draw, layer_sizes, batch_norm)
    step = _Step(loss, activation, batch_norm, l1, l2)
    found = step.run(X, Y, weights, masks if dropout or off else [None] * len(masks), parameters)
    norm = found["gradient_norm"]
    if clip_norm is not None and norm > clip_norm:
        for key in (f"{name}_gradients" for name in parameters):
            found[key] = [(np.array(each) * (clip_norm / norm)).tolist() for each in found[key]]
    return {
        "name": name, "layer_sizes": layer_sizes, "loss": loss, "activation": activation, "batch_norm": batch_norm,
        "dropout": dropout, "off": off, "l1": l1, "l2": l2, "clip_norm": clip_norm, "X": X.tolist(), "Y": Y.tolist(),
        "sample_weights": None if weights is None else weights.tolist(),
        "masks": [mask.tolist() for mask in masks] if dropout or off else None,
        "parameters": {key: [each.tolist() for each in arrays] for key, arrays in parameters.items()},
        "expected": found,
    }  # fmt: skip


class _Step:
    """A network's forward and backward pass in PyTorch."""

    def __init__(self, loss: str, activation: str, batch_norm: bool, l1: float, l2: float) -> None:
        self.loss, self.batch_norm, self.l1, self.l2 = loss, batch_norm, l1, l2
        self.activation = ACTIVATIONS[activation]

    def run(
        self,
        X: np.ndarray,
        Y: np.ndarray,
        weights: np.ndarray | None,
        masks: list[np.ndarray | None],
        start: dict[str, list[np.ndarray]],
    ) -> dict[str, Any]:
        """Every array of the step, by the names of a trace."""
        own = {key: [torch.tensor(each, requires_grad=True) for each in arrays] for key, arrays in start.items()}
        kept: dict[str, list[Tensor]] = {"z": [], "norm_outputs": [], "a": [], "outputs": []}
        taken = torch.tensor(X)
        for i, mask in enumerate(masks):
            z = self._keep(kept, "z", taken @ own["weights"][i] + own["biases"][i])
            u = z
            if self.batch_norm:
                normed = F.batch_norm(z, None, None, own["gammas"][i], own["betas"][i], training=True, eps=1e-5)
                u = self._keep(kept, "norm_outputs", normed)
            a = self._keep(kept, "a", self.activation(u))
            taken = self._keep(kept, "outputs", a if mask is None else a * torch.tensor(mask))
        logits = self._keep(kept, "z", taken @ own["weights"][-1] + own["biases"][-1])
        losses = self._losses(logits, torch.tensor(Y))
        counts = torch.ones(len(X), dtype=torch.float64) if weights is None else torch.tensor(weights)
        loss = (counts * losses).mean()
        penalty = sum(0.5 * self.l2 * (each**2).sum() + self.l1 * each.abs().sum() for each in own["weights"])
        (loss + penalty).backward()
        gradients = [each.grad for arrays in own.values() for each in arrays]
        return {
            "loss": loss.item(),
            "sample_losses": losses.tolist(),
            "penalty": float(torch.as_tensor(penalty).detach()),
            "network_outputs": self._answers(logits).tolist(),
            **{key: [each.tolist() for each in tensors] for key, tensors in kept.items()},
            "deltas": [each.grad.tolist() for each in kept["z"]],
            "norm_deltas": [each.grad.tolist() for each in kept["norm_outputs"]],
            "outputs_gradients": [each.grad.tolist() for each in kept["outputs"]],
            **{f"{key}_gradients": [each.grad.tolist() for each in arrays] for key, arrays in own.items()},
            "gradient_norm": float(torch.sqrt(sum((each**2).sum() for each in gradients))),
        }

    @staticmethod
    def _keep(kept: dict[str, list[Tensor]], name: str, tensor: Tensor) -> Tensor:
        tensor.retain_grad()
        kept[name].append(tensor)
        return tensor

    def _losses(self, logits: Tensor, targets: Tensor) -> Tensor:
        """Each sample's own."""
        if self.loss == "categorical_cross_entropy":
            return F.cross_entropy(logits, targets, reduction="none")
        if self.loss == "mean_squared_error":
            return F.mse_loss(logits, targets, reduction="none").mean(dim=1)
        return F.binary_cross_entropy_with_logits(logits, targets, reduction="none").mean(dim=1)

    def _answers(self, logits: Tensor) -> Tensor:
        if self.loss == "categorical_cross_entropy":
            return torch.softmax(logits, dim=1)
        return logits if self.loss == "mean_squared_error" else torch.sigmoid(logits)


def _targets(draw: np.random.Generator, loss: str, samples: int, outputs: int) -> np.ndarray:
    if loss == "categorical_cross_entropy":
        return np.eye(outputs)[draw.integers(0, outputs, samples)]
    if loss == "mean_squared_error":
        return draw.normal(size=(samples, outputs))
    return (draw.random((samples, outputs)) > 0.5).astype(float)


def _parameters(draw: np.random.Generator, sizes: list[int], batch_norm: bool) -> dict[str, list[np.ndarray]]:
    pairs = list(pairwise(sizes))
    parameters = {
        "weights": [draw.normal(size=pair) for pair in pairs],
        "biases": [0.5 * draw.normal(size=units) for _, units in pairs],
    }
    if batch_norm:
        parameters["gammas"] = [draw.uniform(0.5, 1.5, units) for units in sizes[1:-1]]
        parameters["betas"] = [0.5 * draw.normal(size=units) for units in sizes[1:-1]]
    return parameters


if __name__ == "__main__":
    main()
