"""A program in Keras that predicts as the run does; it trains on with Keras's own optimisers and random numbers."""

from nnplay import __version__
from nnplay.experiments.export.code import choices, preparing
from nnplay.experiments.export.code.writing import (
    as_npz,
    code,
    import_line,
    lines,
    network_in_words,
    saved_arrays,
    sections,
)
from nnplay.experiments.export.exported import ExportedRun, Files

ACTIVATION_CODE = {
    "identity": '"linear"',
    "sigmoid": '"sigmoid"',
    "tanh": '"tanh"',
    "relu": '"relu"',
    "leaky_relu": "leaky_relu",
    "elu": '"elu"',
    "gelu": "gelu",
    "silu": '"silu"',
    "softplus": '"softplus"',
    "sine": "sine",
    "mish": '"mish"',
    "gaussian": "gaussian",
    "step": "step",
}
OWN_FUNCTIONS = {
    "leaky_relu": "return keras.ops.leaky_relu(z, 0.01)",
    "gelu": "return keras.ops.gelu(z, approximate=True)",
    "sine": "return keras.ops.sin(z)",
    "gaussian": "return keras.ops.exp(-keras.ops.square(z))",
    "step": "return keras.ops.cast(z > 0, z.dtype) + 0 * z",
}
"""Those that Keras has no name for, or another form of."""
LOSS_CODE = {
    "binary_cross_entropy": ('"sigmoid"', '"binary_crossentropy"'),
    "categorical_cross_entropy": ('"softmax"', '"categorical_crossentropy"'),
    "mean_squared_error": ('"linear"', '"mean_squared_error"'),
}
"""The activation of the outputs, and the loss."""
OPTIMIZER_CODE = {
    "sgd": "SGD(LEARNING_RATE{more})",
    "momentum": "SGD(LEARNING_RATE, momentum=MOMENTUM{more})",
    "nesterov": "SGD(LEARNING_RATE, momentum=MOMENTUM, nesterov=True{more})",
    "adagrad": "Adagrad(LEARNING_RATE, initial_accumulator_value=0.0, epsilon=EPSILON{more})",
    "rmsprop": "RMSprop(LEARNING_RATE, rho=RHO, epsilon=EPSILON{more})",
    "adam": "Adam(LEARNING_RATE, BETA_1, BETA_2, EPSILON{more})",
    "adamw": "AdamW(LEARNING_RATE, WEIGHT_DECAY, BETA_1, BETA_2, EPSILON{more})",
}


def refused(run: ExportedRun) -> str | None:
    """Why a run can't be such a program; None where it can."""
    return choices.refusal(run, ACTIVATION_CODE, LOSS_CODE, OPTIMIZER_CODE)


def files(run: ExportedRun) -> Files:
    """The program, and its arrays beside it."""
    own = [name for name in dict.fromkeys(run.network.activations) if name in OWN_FUNCTIONS]
    text = sections(
        _head(run),
        preparing.preparing(run),
        preparing.targets(run),
        choices.numbers(run),
        *(f"def {name}(z):\n    {OWN_FUNCTIONS[name]}" for name in own),
        bool(run.network.disabled_units) and _switched_off(),
        _model(run),
        preparing.predict_function(run, "model.predict(X, verbose=0)"),
        choices.has_schedule(run) and choices.schedule_function(run),
        _compile(run),
        _train(run),
        code("""
        if __name__ == "__main__":
            model.summary()
            for loss in train(10):
                print(f"training loss {loss:.6g}")
        """),
    )
    memory = tuple(run.optimizer.memory)
    arrays = {name: array for name, array in saved_arrays(run).items() if not name.startswith(memory or ("rest_of",))}
    return {".py": f"{text}\n".encode(), ".npz": as_npz(arrays)}


def _head(run: ExportedRun) -> str:
    return code(f'''
    """{run.title}: {network_in_words(run)}, in Keras 3.

    Run it to train on, or ask it:

        {import_line(run, "predict")}

    Its weights and the samples are in the .npz file beside it. What it predicts is what nnplay predicts; training
    begins with an empty memory of the optimiser, and draws other random numbers than nnplay would.
    Exported by nnplay {__version__}.
    """

    from pathlib import Path

    import keras
    import numpy as np

    with np.load(Path(__file__).with_suffix(".npz")) as file:
        saved = dict(file)

    keras.config.set_floatx("{run.network.dtype}")
    ''')


def _switched_off() -> str:
    return code('''
    def switched_off(k):
        """A layer that silences the units of hidden layer k that are off."""
        return keras.layers.Lambda(lambda a: keras.ops.multiply(a, saved[f"enabled.{k}"]))
    ''')


def _model(run: ExportedRun) -> str:
    net, training = run.network, run.experiment.training
    penalties = ", ".join(["l1=L1"] * (training.l1 > 0) + ["l2=L2 / 2"] * (training.l2 > 0))
    more = f", kernel_regularizer=keras.regularizers.L1L2({penalties})" if penalties else ""
    layers = [f"keras.Input(({net.layer_sizes[0]},))"]
    for k, name in enumerate(net.activations):
        layers.append(f"keras.layers.Dense({net.layer_sizes[k + 1]}{more})")
        if net.batch_norm:
            layers.append("keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-5)")
        layers.append(f"keras.layers.Activation({ACTIVATION_CODE[name]})")
        if net.dropout:
            layers.append("keras.layers.Dropout(DROPOUT)")
        if net.disabled_units:
            layers.append(f"switched_off({k})")
    layers.append(f"keras.layers.Dense({net.layer_sizes[-1]}{more})")
    layers.append(f"keras.layers.Activation({LOSS_CODE[net.loss_name][0]})")
    fill_norms = code("""
    norms = [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]
    for k, layer in enumerate(norms):
        names = ("gammas", "betas", "running_means", "running_variances")
        layer.set_weights([saved[f"{name}.{k}"] for name in names])
    """)
    return lines(
        "model = keras.Sequential(",
        lines("[", lines(*(f"{layer}," for layer in layers), depth=1), "]", depth=1),
        ")",
        code("""
        dense = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]
        for k, layer in enumerate(dense):
            layer.set_weights([saved[f"weights.{k}"], saved[f"biases.{k}"]])
        """),
        net.batch_norm and fill_norms,
    )


def _compile(run: ExportedRun) -> str:
    more = ", global_clipnorm=CLIP_NORM" if run.network.clip_norm is not None else ""
    optimizer = OPTIMIZER_CODE[run.optimizer.name].format(more=more)
    return lines(
        f"optimizer = keras.optimizers.{optimizer}",
        f"model.compile(optimizer, loss={LOSS_CODE[run.network.loss_name][1]})",
    )


def _train(run: ExportedRun) -> str:
    weighs, changes = preparing.weighs_samples(run), choices.has_schedule(run)
    size = "BATCH_SIZE" if choices.has_batches(run) else "len(X_train)"
    factor = f"float(LEARNING_RATE * schedule({run.trainer.epoch} + epoch))"
    rate = f"rate = keras.callbacks.LearningRateScheduler(lambda epoch: {factor})"
    return lines(
        code('''
        def train(epochs):
            """Train for some epochs; the mean of the losses of each one's batches."""
        '''),
        lines(
            changes and rate,
            "history = model.fit(",
            lines(
                "X_train,",
                "Y_train,",
                f"batch_size={size},",
                "epochs=epochs,",
                weighs and "sample_weight=SAMPLE_WEIGHTS,",
                changes and "callbacks=[rate],",
                "verbose=0,",
                depth=1,
            ),
            ")",
            'return history.history["loss"]',
            depth=1,
        ),
    )
