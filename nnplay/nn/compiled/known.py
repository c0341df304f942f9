"""What a kernel knows, each at its number; whatever else there is, NumPy's step trains with."""

ACTIVATIONS = {
    name: number
    for number, name in enumerate(
        (
            "identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu", "silu", "softplus", "sine", "mish",
            "gaussian", "step",
        )
    )
}  # fmt: skip
LOSSES = {
    ("binary_cross_entropy", "sigmoid"): 0,
    ("categorical_cross_entropy", "softmax"): 1,
    ("mean_squared_error", "identity"): 2,
    ("mean_squared_error", "sigmoid"): 3,
    ("mean_squared_error", "softmax"): 4,
}
"""The losses by their names and by what makes the outputs."""
OPTIMIZERS = {
    name: number for number, name in enumerate(("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"))
}
HYPERPARAMETERS = ("momentum", "rho", "epsilon", "beta_1", "beta_2", "weight_decay")
"""The optimisers' numbers, in the order in which a kernel takes them."""
