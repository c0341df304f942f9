"""Batch norm brings each unit's pre-activation to mean 0 and variance 1 over the batch, then scales and shifts it.

    x̂ = (z − mean) / √(variance + ε)        y = γ x̂ + β

While training, mean and variance are the batch's; afterwards the running ones stand in. Ioffe & Szegedy, 2015.
"""

import numpy as np

from nnplay.nn.arrays import Array, Product

EPSILON = 1e-5
RUNNING_MOMENTUM = 0.1


class BatchNorm:
    """Batch norm of one hidden layer: its parameters, their gradients and its running statistics.

    Parameters
    ----------
    gamma, beta
        (…, U) scale and shift, views into the network's parameters.
    gamma_gradient, beta_gradient
        (…, U) views into the network's gradient.
    running_mean, running_variance
        (…, U) views into the network's statistics.
    """

    def __init__(
        self,
        gamma: Array,
        beta: Array,
        gamma_gradient: Array,
        beta_gradient: Array,
        running_mean: Array,
        running_variance: Array,
    ) -> None:
        self.gamma, self.beta = gamma[..., None, :], beta[..., None, :]
        self.gamma_gradient, self.beta_gradient = gamma_gradient[..., None, :], beta_gradient[..., None, :]
        self.running_mean, self.running_variance = running_mean, running_variance


class BatchNormWorkspace:
    """Batch norm on batches of one size.

    Attributes
    ----------
    mean, variance
        (…, 1, U) of the last batch; the variance is the biased one, which divides by N.
    normalized
        (…, N, U), x̂.
    output
        (…, N, U), y = γ x̂ + β.
    delta
        (…, N, U), ∂L/∂y, to be filled before `backward`.
    """

    def __init__(self, norm: BatchNorm, z: Array, z_delta: Array, product: Product) -> None:
        self.norm = norm
        self._z, self._z_delta = z, z_delta
        self._product = product
        samples, units = z.shape[-2:]
        self._samples = samples
        self._averages = np.full((1, samples), 1.0 / samples, z.dtype)
        self.mean, self.variance, self.inverse_standard_deviation = (
            np.empty((*z.shape[:-2], 1, units), z.dtype) for _ in range(3)
        )
        self.normalized, self.output, self.delta, self._work = (np.empty(z.shape, z.dtype) for _ in range(4))

    def forward(self, training: bool) -> None:
        """Normalise z into `output`."""
        if training:
            self._product(self._averages, self._z, self.mean)  # mean = 1/N Σ z
            np.subtract(self._z, self.mean, self.normalized)
            np.multiply(self.normalized, self.normalized, self._work)
            self._product(self._averages, self._work, self.variance)  # variance = 1/N Σ (z − mean)²
            variance = self.variance
        else:
            np.subtract(self._z, self.norm.running_mean[..., None, :], self.normalized)
            variance = self.norm.running_variance[..., None, :]
        np.add(variance, EPSILON, self.inverse_standard_deviation)
        np.sqrt(self.inverse_standard_deviation, self.inverse_standard_deviation)
        np.reciprocal(self.inverse_standard_deviation, self.inverse_standard_deviation)
        np.multiply(self.normalized, self.inverse_standard_deviation, self.normalized)  # x̂
        np.multiply(self.normalized, self.norm.gamma, self.output)
        np.add(self.output, self.norm.beta, self.output)  # y = γ x̂ + β

    def backward(self) -> None:
        """From ∂L/∂y to ∂L/∂γ = Σ x̂ ∂L/∂y, ∂L/∂β = Σ ∂L/∂y and ∂L/∂z.

        ∂L/∂z = γ / √(variance + ε) · (∂L/∂y − 1/N ∂L/∂β − x̂ 1/N ∂L/∂γ)
        """
        norm, work = self.norm, self._work
        np.multiply(self.delta, self.normalized, work)
        np.sum(work, axis=-2, keepdims=True, out=norm.gamma_gradient)
        np.sum(self.delta, axis=-2, keepdims=True, out=norm.beta_gradient)
        np.multiply(self.normalized, norm.gamma_gradient, work)
        np.add(work, norm.beta_gradient, work)
        work /= self._samples
        np.subtract(self.delta, work, self._z_delta)
        np.multiply(self._z_delta, norm.gamma * self.inverse_standard_deviation, self._z_delta)

    def update_running_statistics(self) -> None:
        """running ← 0.9 running + 0.1 batch's, the variance being the unbiased one (of a single sample: 0)."""
        norm = self.norm
        unbiased = self._samples / max(self._samples - 1, 1)
        for running, batch in ((norm.running_mean, self.mean), (norm.running_variance, unbiased * self.variance)):
            step = RUNNING_MOMENTUM * (batch[..., 0, :] - running)
            # in a stack, a network that has left the finite numbers keeps its last finite statistics
            np.add(running, step, running, where=np.isfinite(step))
