"""A program in plain NumPy that predicts as the run does, and goes on training where it stopped."""

from nnplay import __version__
from nnplay.experiments.export.code import choices, preparing
from nnplay.experiments.export.code.numpy_pieces import (
    ACTIVATION_CODE,
    COUNTS_STEPS,
    LOSS_CODE,
    OPTIMIZER_CODE,
    WITH_SIGMOID,
    activation_functions,
)
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


def refused(run: ExportedRun) -> str | None:
    """Why a run can't be such a program; None where it can."""
    return choices.refusal(run, ACTIVATION_CODE, LOSS_CODE, OPTIMIZER_CODE)


def files(run: ExportedRun) -> Files:
    """The program, and its arrays beside it."""
    text = sections(
        _head(run),
        preparing.preparing(run),
        samples(run),
        network(run),
        *activations(run),
        (run.network.batch_norm and batch_norm(run)) or None,
        forward(run),
        outputs(run),
        predict(run),
        loss(run),
        gradients(run),
        optimizer(run),
        training(run),
        _end(run),
    )
    return {".py": f"{text}\n".encode(), ".npz": as_npz(saved_arrays(run))}


def _head(run: ExportedRun) -> str:
    return code(f'''
    """{run.title}: {network_in_words(run)}, as plain NumPy.

    Run it to train on from where it stopped, or ask it:

        {import_line(run, "predict")}

    Its weights, the optimiser's memory and the samples are in the .npz file beside it.
    Exported by nnplay {__version__}.
    """

    from pathlib import Path

    import numpy as np

    with np.load(Path(__file__).with_suffix(".npz")) as file:
        saved = dict(file)
    ''')


def samples(run: ExportedRun) -> str:
    """The samples and their targets."""
    return preparing.targets(run)


def network(run: ExportedRun) -> str:
    """The arrays of the network, and the numbers of training."""
    layers, hidden = len(run.network.weights), len(run.network.gammas)
    norm = bool(hidden)
    return lines(
        "# weights [I, O] and biases [O] of each layer",
        f'W = [saved[f"weights.{{k}}"] for k in range({layers})]',
        f'b = [saved[f"biases.{{k}}"] for k in range({layers})]',
        norm and f'gamma = [saved[f"gammas.{{k}}"] for k in range({hidden})]',
        norm and f'beta = [saved[f"betas.{{k}}"] for k in range({hidden})]',
        norm and f'running_mean = [saved[f"running_means.{{k}}"] for k in range({hidden})]',
        norm and f'running_variance = [saved[f"running_variances.{{k}}"] for k in range({hidden})]',
        bool(run.network.disabled_units)
        and f'enabled = [saved[f"enabled.{{k}}"] for k in range({layers - 1})]  # 0 for a unit that is off',
        parameters(run),
        "",
        choices.numbers(run),
        choices.needs_random(run) and "\n" + choices.generator_code(run),
    )


def parameters(run: ExportedRun) -> str:
    """All arrays that an optimiser changes."""
    return "PARAMETERS = [*W, *b, *gamma, *beta]" if run.network.gammas else "PARAMETERS = [*W, *b]"


def activations(run: ExportedRun) -> list[str]:
    """The functions of each activation that there is, and which layer has which."""
    names = list(dict.fromkeys(run.network.activations))
    needs_sigmoid = run.network.loss_name == "binary_cross_entropy" or WITH_SIGMOID.intersection(names)
    if needs_sigmoid and "sigmoid" not in names:
        names.insert(0, "sigmoid")
    pairs = ", ".join(f"({name}, {name}_slope)" for name in run.network.activations)
    functions = [function for name in names for function in activation_functions(name)]
    if "sigmoid" not in run.network.activations:
        functions = [each for each in functions if not each.startswith("def sigmoid_slope")]
    return [*functions, lines("# each hidden layer's activation, and its slope", f"ACTIVATIONS = [{pairs}]")]


def batch_norm(run: ExportedRun) -> str:  # noqa: ARG001 - as the other parts
    """Batch norm, forward and back."""
    return code('''
    def normalise(k, z, layer, training):
        """Bring the units of hidden layer k to mean 0 and variance 1, then scale and shift them."""
        if not training:
            normal = (z - running_mean[k]) / np.sqrt(running_variance[k] + 1e-5)
            return gamma[k] * normal + beta[k]
        mean, variance = z.mean(axis=0), z.var(axis=0)
        layer["deviation"] = np.sqrt(variance + 1e-5)
        layer["normal"] = (z - mean) / layer["deviation"]
        running_mean[k] += 0.1 * (mean - running_mean[k])
        running_variance[k] += 0.1 * (variance * len(z) / max(len(z) - 1, 1) - running_variance[k])
        return gamma[k] * layer["normal"] + beta[k]


    def normalise_back(k, delta, layer):
        """From the slope by what comes out of batch norm to that by what goes in; and by gamma and beta."""
        d_gamma, d_beta = (delta * layer["normal"]).sum(axis=0), delta.sum(axis=0)
        delta = gamma[k] / layer["deviation"] * (delta - (d_beta + layer["normal"] * d_gamma) / len(delta))
        return delta, d_gamma, d_beta
    ''')


def forward(run: ExportedRun) -> str:
    """From features to logits."""
    dropout, off = run.network.dropout > 0, bool(run.network.disabled_units)
    mask = code("""
    mask = np.ones_like(a)
    if training:  # silence random units, and scale the others up
        mask = (generator.random(a.shape) < 1 - DROPOUT) * a.dtype.type(1 / (1 - DROPOUT))
    """)
    return lines(
        code('''
        def forward(X, training=False):
            """The logits for X, and what each layer keeps for the way back."""
            layers, a = [], X
            for k, (activation, _) in enumerate(ACTIVATIONS):
                layer = {"inputs": a}
                z = a @ W[k] + b[k]
        '''),
        lines(
            run.network.batch_norm and "z = normalise(k, z, layer, training)",
            "a = activation(z)",
            'layer["z"], layer["a"] = z, a',
            dropout and mask,
            dropout and off and "mask = mask * enabled[k]",
            off and not dropout and "mask = enabled[k]",
            (dropout or off) and 'layer["mask"] = mask',
            (dropout or off) and "a = a * mask",
            "layers.append(layer)",
            depth=2,
        ),
        lines('layers.append({"inputs": a})', "return a @ W[-1] + b[-1], layers", depth=1),
    )


def outputs(run: ExportedRun) -> str:
    """From logits to outputs."""
    return LOSS_CODE[run.network.loss_name][0]


def predict(run: ExportedRun) -> str:
    """The function that is asked."""
    return preparing.predict_function(run, "outputs_of(forward(X)[0])")


def loss(run: ExportedRun) -> str:
    """The loss of logits, and the delta that the way back begins with."""
    _, body, count = LOSS_CODE[run.network.loss_name]
    weighs = preparing.weighs_samples(run)
    return lines(
        code(f'''
        def loss_of(logits, Y{", weights" if weighs else ""}):
            """The mean loss, and its slope by the logits."""
        '''),
        lines(
            body,
            weighs and "terms, delta = terms * weights[:, None], delta * weights[:, None]",
            f"return terms.sum() / {count}, delta / {count}",
            depth=1,
        ),
    )


def gradients(run: ExportedRun) -> str:
    """Backpropagation."""
    net, weighs = run.network, preparing.weighs_samples(run)
    norm, masked = net.batch_norm, net.dropout > 0 or bool(net.disabled_units)
    given = ", weights" if weighs else ""
    d_norm = ", d_gamma, d_beta" if norm else ""
    penalty = "".join((" + L2 * W[k]" if net.l2 else "", " + L1 * np.sign(W[k])" if net.l1 else ""))
    found = f"[*dW, *db{', *d_gamma[:-1], *d_beta[:-1]' if norm else ''}]"
    clip = code("""
    norm = np.sqrt(sum(np.sum(g**2) for g in found))
    if norm > CLIP_NORM:
        found = [g * (CLIP_NORM / norm) for g in found]
    """)
    return lines(
        code(f'''
        def gradients(X, Y{given}):
            """How the loss of a batch changes with each of PARAMETERS: the chain rule, from the last layer back."""
            logits, layers = forward(X, training=True)
            _, delta = loss_of(logits, Y{given})
            dW, db{d_norm} = {", ".join(["[None] * len(W)"] * (4 if norm else 2))}
            for k in reversed(range(len(W))):
                dW[k] = layers[k]["inputs"].T @ delta{penalty}
                db[k] = delta.sum(axis=0)
                if k > 0:
                    layer, slope = layers[k - 1], ACTIVATIONS[k - 1][1]
                    delta = delta @ W[k].T
        '''),
        lines(
            masked and 'delta = delta * layer["mask"]',
            'delta = delta * slope(layer["z"], layer["a"])',
            norm and "delta, d_gamma[k - 1], d_beta[k - 1] = normalise_back(k - 1, delta, layer)",
            depth=3,
        ),
        lines(
            net.clip_norm is None and f"return {found}",
            net.clip_norm is not None and f"found = {found}",
            net.clip_norm is not None and clip,
            net.clip_norm is not None and "return found",
            depth=1,
        ),
    )


def optimizer(run: ExportedRun) -> str:
    """What a step does with the gradients, and what is remembered from step to step."""
    count = 2 * len(run.network.weights) + 2 * len(run.network.gammas)
    memory = [f'{each} = [saved[f"{each}.{{i}}"] for i in range({count})]' for each in run.optimizer.memory]
    counts = run.optimizer.name in COUNTS_STEPS
    return sections(lines(*memory, counts and f"steps = {run.optimizer.steps}"), descend(run))


def descend(run: ExportedRun) -> str:
    """The function of a step."""
    about, body = OPTIMIZER_CODE[run.optimizer.name].split("\n", 1)
    counts = run.optimizer.name in COUNTS_STEPS
    return lines("def descend(gradients, rate):", lines(about, counts and "global steps\nsteps += 1", body, depth=1))


def training(run: ExportedRun) -> str:
    """The loop."""
    return sections(
        choices.has_schedule(run) and choices.schedule_function(run),
        choices.has_batches(run) and choices.batches_function(run),
        _loss_of_all(run),
        _train(run),
    )


def _loss_of_all(run: ExportedRun) -> str:
    weights = ", SAMPLE_WEIGHTS" if preparing.weighs_samples(run) else ""
    scaled = run.prepared.target_standardizer is not None
    unit = " * TARGET_STANDARD_DEVIATION**2" if scaled else ""
    return code(f'''
    def training_loss():
        """The loss of all samples that train{", in the square of the target's own unit" if scaled else ""}."""
        loss, _ = loss_of(forward(X_train)[0], Y_train{weights})
        return float(loss){unit}
    ''')


def _train(run: ExportedRun) -> str:
    under_way = run.trainer.epoch_under_way().position > 0
    factor = " * schedule(epoch)" if choices.has_schedule(run) else ""
    weights = ", SAMPLE_WEIGHTS[batch]" if preparing.weighs_samples(run) else ""
    all_weights = ", SAMPLE_WEIGHTS" if preparing.weighs_samples(run) else ""
    in_batches = code(f"""
    order = generator.permutation(len(X_train))
    for batch in batches(order):
        descend(gradients(X_train[batch], Y_train[batch]{weights}), rate)
    """)
    if under_way:
        in_batches = code(f"""
        if rest is None:
            rest = generator.permutation(len(X_train))
        for batch in batches(rest):
            descend(gradients(X_train[batch], Y_train[batch]{weights}), rate)
        rest = None
        """)
    whole = f"descend(gradients(X_train, Y_train{all_weights}), rate)"
    place = lines(
        f"epoch = {run.trainer.epoch}",
        under_way and 'rest = saved["rest_of_epoch"]  # the run stopped within an epoch',
    )
    function = lines(
        code(f'''
        def train(epochs):
            """Train for some epochs; the training loss after each of them."""
            global epoch{", rest" if under_way else ""}
            losses = []
            for _ in range(epochs):
                rate = LEARNING_RATE{factor}
        '''),
        lines(in_batches if choices.has_batches(run) else whole, depth=2),
        lines("epoch += 1", "losses.append(training_loss())", depth=2),
        lines("return losses", depth=1),
    )
    return sections(place, function)


def _end(run: ExportedRun) -> str:  # noqa: ARG001 - as the other parts
    return code("""
    if __name__ == "__main__":
        print(f"epoch {epoch}: training loss {training_loss():.6g}")
        for loss in train(10):
            print(f"training loss {loss:.6g}")
    """)
