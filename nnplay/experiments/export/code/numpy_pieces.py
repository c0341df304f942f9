"""What a plain NumPy program is made of: activations, losses, optimisers and schedules as code."""

from nnplay.experiments.export.code.writing import code

ACTIVATION_CODE = {
    "identity": ("z", "np.ones_like(z)"),
    "sigmoid": ("1 / (1 + np.exp(-np.maximum(z, -80)))", "a * (1 - a)"),
    "tanh": ("np.tanh(z)", "1 - a**2"),
    "relu": ("np.maximum(z, 0)", "np.sign(a)"),
    "leaky_relu": ("np.maximum(z, 0.01 * z)", "np.where(z > 0, 1, 0.01).astype(z.dtype)"),
    "elu": ("np.maximum(z, np.expm1(np.minimum(z, 0)))", "np.exp(np.minimum(z, 0))"),
    "gelu": (
        "0.5 * z * (1 + np.tanh(0.7978845608028654 * (z + 0.044715 * z**3)))",
        "_gelu_slope(z)",
    ),
    "silu": ("z * sigmoid(z)", "sigmoid(z) + a * (1 - sigmoid(z))"),
    "softplus": ("np.logaddexp(0, z)", "sigmoid(z)"),
    "sine": ("np.sin(z)", "np.cos(z)"),
    "mish": (
        "z * np.tanh(np.logaddexp(0, z))",
        "np.tanh(np.logaddexp(0, z)) + z * (1 - np.tanh(np.logaddexp(0, z)) ** 2) * sigmoid(z)",
    ),
    "gaussian": ("np.exp(-(z**2))", "-2 * z * a"),
    "step": ("(z > 0).astype(z.dtype)", "np.zeros_like(z)"),
}
"""f(z), and its slope by z and a = f(z)."""
WITH_SIGMOID = frozenset({"silu", "softplus", "mish"})
GELU_SLOPE = code("""
def _gelu_slope(z):
    t = np.tanh(0.7978845608028654 * (z + 0.044715 * z**3))
    return 0.5 * (1 + t) + 0.5 * z * (1 - t**2) * 0.7978845608028654 * (1 + 3 * 0.044715 * z**2)
""")


def activation_functions(name: str) -> list[str]:
    """The functions of an activation and of its slope."""
    value, slope = ACTIVATION_CODE[name]
    functions = [f"def {name}(z):\n    return {value}", f"def {name}_slope(z, a):\n    return {slope}"]
    return [GELU_SLOPE, *functions] if name == "gelu" else functions


LOSS_CODE = {
    "binary_cross_entropy": (
        code('''
        def outputs_of(logits):
            """Probabilities of class 1: the sigmoid of the logits."""
            return sigmoid(logits)
        '''),
        code("""
        # −log of the probability that the target has, from the logits, so that nothing overflows
        signs = 1 - 2 * Y
        terms = np.logaddexp(0, signs * logits)
        delta = signs * np.exp(signs * logits - terms)
        """),
        "Y.size",
    ),
    "categorical_cross_entropy": (
        code('''
        def outputs_of(logits):
            """Probabilities of the classes: the softmax of the logits."""
            powers = np.exp(logits - logits.max(axis=1, keepdims=True))
            return powers / powers.sum(axis=1, keepdims=True)
        '''),
        code("""
        # −log of the probability that the target has, from the logits, so that nothing overflows
        shifted = logits - logits.max(axis=1, keepdims=True)
        terms = Y * (np.log(np.exp(shifted).sum(axis=1, keepdims=True)) - shifted)
        delta = outputs_of(logits) - Y
        """),
        "len(Y)",
    ),
    "mean_squared_error": (
        code('''
        def outputs_of(logits):
            """The logits themselves."""
            return logits
        '''),
        code("""
        terms = (logits - Y) ** 2
        delta = 2 * (logits - Y)
        """),
        "Y.size",
    ),
}
"""The outputs; the terms of the loss and their slopes by the logits; and how many terms there are in the mean."""

OPTIMIZER_CODE = {
    "sgd": code('''
        """Gradient descent."""
        for p, g in zip(PARAMETERS, gradients):
            p -= rate * g
    '''),
    "momentum": code('''
        """Gradient descent with momentum."""
        for p, g, v in zip(PARAMETERS, gradients, velocity):
            v[...] = MOMENTUM * v + g
            p -= rate * v
    '''),
    "nesterov": code('''
        """Momentum that looks one step ahead."""
        for p, g, v in zip(PARAMETERS, gradients, velocity):
            v[...] = MOMENTUM * v + g
            p -= rate * (g + MOMENTUM * v)
    '''),
    "adagrad": code('''
        """AdaGrad: each parameter has its own, ever smaller rate."""
        for p, g, s in zip(PARAMETERS, gradients, squared_sum):
            s += g**2
            p -= rate * g / (np.sqrt(s) + EPSILON)
    '''),
    "rmsprop": code('''
        """RMSProp: AdaGrad that forgets."""
        for p, g, s in zip(PARAMETERS, gradients, squared_average):
            s[...] = RHO * s + (1 - RHO) * g**2
            p -= rate * g / (np.sqrt(s) + EPSILON)
    '''),
    "adam": code('''
        """Adam: momentum over RMSProp, both freed from their start at zero."""
        for p, g, m, v in zip(PARAMETERS, gradients, first_moment, second_moment):
            m[...] = BETA_1 * m + (1 - BETA_1) * g
            v[...] = BETA_2 * v + (1 - BETA_2) * g**2
            p -= rate * (m / (1 - BETA_1**steps)) / (np.sqrt(v / (1 - BETA_2**steps)) + EPSILON)
    '''),
    "adamw": code('''
        """Adam with weight decay apart from the gradient."""
        for p, g, m, v in zip(PARAMETERS, gradients, first_moment, second_moment):
            m[...] = BETA_1 * m + (1 - BETA_1) * g
            v[...] = BETA_2 * v + (1 - BETA_2) * g**2
            decay = rate * WEIGHT_DECAY * p
            p -= rate * (m / (1 - BETA_1**steps)) / (np.sqrt(v / (1 - BETA_2**steps)) + EPSILON) + decay
    '''),
}
"""What a step does with `gradients` at a `rate`: the body of a function."""
COUNTS_STEPS = frozenset({"adam", "adamw"})

SCHEDULE_CODE = {
    "constant": "return 1.0",
    "step": "return FACTOR ** (t // EVERY)",
    "exponential": "return FACTOR**t",
    "cosine": "return 0.5 * (1 + np.cos(np.pi * min(t / OVER, 1)))",
}
"""The factor of the learning rate, t epochs after the warm-up."""
SCHEDULE_NUMBERS = {"constant": (), "step": ("every", "factor"), "exponential": ("factor",), "cosine": ("over",)}
