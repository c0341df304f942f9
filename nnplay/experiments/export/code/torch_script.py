"""A program in PyTorch that predicts as the run does, and goes on training where it stopped."""

import re

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
    "identity": "z",
    "sigmoid": "torch.sigmoid(z)",
    "tanh": "torch.tanh(z)",
    "relu": "torch.relu(z)",
    "leaky_relu": "F.leaky_relu(z, 0.01)",
    "elu": "F.elu(z)",
    "gelu": 'F.gelu(z, approximate="tanh")',
    "silu": "F.silu(z)",
    "softplus": "F.softplus(z, threshold=50)",
    "sine": "torch.sin(z)",
    "mish": "F.mish(z)",
    "gaussian": "torch.exp(-z.square())",
    "step": "(z > 0).to(z.dtype) + 0 * z",  # a slope of 0, and not none at all
}
LOSS_CODE = {
    "binary_cross_entropy": (
        "torch.sigmoid(logits)",
        'F.binary_cross_entropy_with_logits(logits, Y, reduction="none")',
    ),
    "categorical_cross_entropy": ("torch.softmax(logits, dim=1)", 'F.cross_entropy(logits, Y, reduction="none")'),
    "mean_squared_error": ("logits", "(logits - Y).square()"),
}
"""The outputs, and the terms of the loss."""
OPTIMIZER_CODE = {
    "sgd": "torch.optim.SGD(network.parameters(), lr=LEARNING_RATE)",
    "momentum": "torch.optim.SGD(network.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM)",
    "nesterov": "torch.optim.SGD(network.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM, nesterov=True)",
    "adagrad": "torch.optim.Adagrad(network.parameters(), lr=LEARNING_RATE, eps=EPSILON)",
    "rmsprop": "torch.optim.RMSprop(network.parameters(), lr=LEARNING_RATE, alpha=RHO, eps=EPSILON)",
    "adam": "torch.optim.Adam(network.parameters(), lr=LEARNING_RATE, betas=(BETA_1, BETA_2), eps=EPSILON)",
    "adamw": code("""
    torch.optim.AdamW(
        network.parameters(), lr=LEARNING_RATE, betas=(BETA_1, BETA_2), eps=EPSILON, weight_decay=WEIGHT_DECAY
    )
    """),
}
MEMORY_NAMES = {
    "velocity": "momentum_buffer",
    "squared_sum": "sum",
    "squared_average": "square_avg",
    "first_moment": "exp_avg",
    "second_moment": "exp_avg_sq",
}
"""How PyTorch calls what an optimiser remembers."""


def refused(run: ExportedRun) -> str | None:
    """Why a run can't be such a program; None where it can."""
    return choices.refusal(run, ACTIVATION_CODE, LOSS_CODE, OPTIMIZER_CODE)


def files(run: ExportedRun) -> Files:
    """The program, and its arrays beside it."""
    text = sections(
        _head(run),
        preparing.preparing(run),
        preparing.targets(run),
        _tensors(run),
        bool(run.network.dropout) and _dropout(),
        _module(run),
        _fill(run),
        _outputs(run),
        preparing.predict_function(run, "outputs_of(network(torch.from_numpy(X))).numpy()", "@torch.no_grad()"),
        _optimizer(run),
        choices.has_schedule(run) and choices.schedule_function(run),
        choices.has_batches(run) and choices.batches_function(run),
        _loss(run),
        (run.network.l1 > 0 or run.network.l2 > 0) and _penalty(run),
        run.network.clip_norm is not None and _clip(),
        _train(run),
        _end(),
    )
    return {".py": f"{text}\n".encode(), ".npz": as_npz(saved_arrays(run))}


def _head(run: ExportedRun) -> str:
    double = run.network.dtype == "float64"
    return lines(
        code(f'''
        """{run.title}: {network_in_words(run)}, in PyTorch.

        Run it to train on from where it stopped, or ask it:

            {import_line(run, "predict")}

        Its weights, the optimiser's memory and the samples are in the .npz file beside it.
        Exported by nnplay {__version__}.
        """

        from pathlib import Path

        import numpy as np
        import torch
        '''),
        _uses_functional(run) and "import torch.nn.functional as F",
        code("""
        from torch import nn

        with np.load(Path(__file__).with_suffix(".npz")) as file:
            saved = dict(file)
        """),
        double and "\ntorch.set_default_dtype(torch.float64)",
    )


def _uses_functional(run: ExportedRun) -> bool:
    used = [ACTIVATION_CODE[name] for name in run.network.activations] + [LOSS_CODE[run.network.loss_name][1]]
    return any("F." in each for each in used)


def _tensors(run: ExportedRun) -> str:
    return lines(
        "X_train, Y_train = torch.from_numpy(X_train), torch.from_numpy(Y_train)",
        preparing.weighs_samples(run) and "SAMPLE_WEIGHTS = torch.from_numpy(SAMPLE_WEIGHTS)",
        "",
        choices.numbers(run),
        choices.needs_random(run) and "\n" + choices.generator_code(run),
    )


def _dropout() -> str:
    return code('''
    class Dropout(nn.Module):
        """Dropout whose random numbers are those that nnplay would draw; nn.Dropout(DROPOUT) draws others."""

        def forward(self, a):
            if not self.training:
                return a
            kept = torch.from_numpy(generator.random(tuple(a.shape)) < 1 - DROPOUT)
            return a * kept / (1 - DROPOUT)
    ''')


def _module(run: ExportedRun) -> str:
    net = run.network
    sizes, hidden = net.layer_sizes, len(net.activations)
    made, passed = [], []
    for k in range(hidden + 1):
        source = "X" if k == 0 else "a"
        made.append(f"self.dense_{k + 1} = nn.Linear({sizes[k]}, {sizes[k + 1]})")
        if k == hidden:
            passed.append(f"return self.dense_{k + 1}({source})")
            break
        z = f"self.dense_{k + 1}({source})"
        if net.batch_norm:
            made.append(f"self.norm_{k + 1} = nn.BatchNorm1d({sizes[k + 1]}, eps=1e-5, momentum=0.1)")
            z = f"self.norm_{k + 1}({z})"
        passed += _activated(net.activations[k], z)
        if net.dropout:
            passed.append("a = self.dropout(a)")
        if net.disabled_units:
            passed.append(f'a = a * torch.from_numpy(saved["enabled.{k}"])  # 0 for a unit that is off')
    if net.dropout and hidden:
        made.append("self.dropout = Dropout()")
    return lines(
        code(f'''
        class Network(nn.Module):
            """{" → ".join(map(str, sizes))} units."""

            def __init__(self):
                super().__init__()
        '''),
        lines(*made, depth=2),
        "",
        lines("def forward(self, X):", depth=1),
        lines('"""The logits [N, O] for X [N, I]."""', *passed, depth=2),
    )


def _activated(name: str, z: str) -> list[str]:
    """The lines from a pre-activation to `a`: one, unless the activation needs it several times."""
    used = ACTIVATION_CODE[name]
    if used == "z":
        return [f"a = {z}"]
    if len(re.findall(r"\bz\b", used)) > 1:
        return [f"z = {z}", f"a = {used}"]
    return ["a = " + re.sub(r"\bz\b", lambda _: z, used)]


def _fill(run: ExportedRun) -> str:
    layers, norms = len(run.network.weights), len(run.network.gammas)
    fill_norms = code(f"""
    for k in range({norms}):
        norm = getattr(network, f"norm_{{k + 1}}")
        norm.weight.copy_(torch.from_numpy(saved[f"gammas.{{k}}"]))
        norm.bias.copy_(torch.from_numpy(saved[f"betas.{{k}}"]))
        norm.running_mean.copy_(torch.from_numpy(saved[f"running_means.{{k}}"]))
        norm.running_var.copy_(torch.from_numpy(saved[f"running_variances.{{k}}"]))
    """)
    return lines(
        "network = Network().eval()",
        f'layers = [getattr(network, f"dense_{{k + 1}}") for k in range({layers})]',
        code("""
        with torch.no_grad():  # nnplay's weights are [inputs, outputs], PyTorch's the other way round
            for k, dense in enumerate(layers):
                dense.weight.copy_(torch.from_numpy(saved[f"weights.{k}"].T))
                dense.bias.copy_(torch.from_numpy(saved[f"biases.{k}"]))
        """),
        norms > 0 and lines(fill_norms, depth=1),
    )


def _outputs(run: ExportedRun) -> str:
    outputs = LOSS_CODE[run.network.loss_name][0]
    return code(f'''
    def outputs_of(logits):
        """{"The logits themselves" if outputs == "logits" else "Probabilities"}."""
        return {outputs}
    ''')


def _optimizer(run: ExportedRun) -> str:
    memory = run.optimizer.memory
    making = f"optimizer = {OPTIMIZER_CODE[run.optimizer.name]}"
    if not memory:
        return making
    norms = len(run.network.gammas)
    steps = run.optimizer.name in ("adagrad", "rmsprop", "adam", "adamw")
    entries = [f'"{MEMORY_NAMES[name]}": remembered("{name}", i)' for name in memory]
    if steps:
        entries.insert(0, f'"step": torch.tensor({float(run.optimizer.steps)})')
    norm_parameters = 'norms = [getattr(network, f"norm_{k + 1}") for k in range(' + str(norms) + ")]"
    ordered = "[*(dense.weight for dense in layers), *(dense.bias for dense in layers)]"
    with_norms = code("""
    [
        *(dense.weight for dense in layers),
        *(dense.bias for dense in layers),
        *(norm.weight for norm in norms),
        *(norm.bias for norm in norms),
    ]
    """)
    head = lines(
        making,
        norms > 0 and norm_parameters,
        "# in the order of what is saved",
        f"parameters = {with_norms if norms else ordered}",
    )
    remembered = code('''
    def remembered(name, i):
        """What the optimiser remembers of a parameter."""
        array = torch.from_numpy(saved[f"{name}.{i}"])
        return array.T.contiguous() if array.ndim == 2 else array
    ''')
    joined = ", ".join(entries)
    state = f"    optimizer.state[p] = {{{joined}}}"
    if len(state) > 110:
        parts = "\n".join(f"        {entry}," for entry in entries)
        state = f"    optimizer.state[p] = {{\n{parts}\n    }}"
    return sections(head, remembered, f"for i, p in enumerate(parameters):\n{state}")


def _loss(run: ExportedRun) -> str:
    _, terms = LOSS_CODE[run.network.loss_name]
    rows = run.network.loss_name == "categorical_cross_entropy"
    weighs = preparing.weighs_samples(run)
    weights = "weights" if rows else "weights[:, None]"
    return code(f'''
    def loss_of(logits, Y{", weights" if weighs else ""}):
        """The mean loss."""
        terms = {terms}
        return ({"terms * " + weights if weighs else "terms"}).mean()
    ''').replace("(terms).mean()", "terms.mean()")


def _penalty(run: ExportedRun) -> str:
    l1, l2 = "L1 * dense.weight.abs().sum()", "0.5 * L2 * dense.weight.square().sum()"
    terms = " + ".join([l2] * (run.network.l2 > 0) + [l1] * (run.network.l1 > 0))
    return code(f'''
    def penalty():
        """What large weights cost."""
        return sum({terms} for dense in layers)
    ''')


def _clip() -> str:
    return code('''
    def clip():
        """Shorten the gradient to CLIP_NORM; nn.utils.clip_grad_norm_ does so but for a millionth."""
        gradients = [p.grad for p in network.parameters()]
        norm = torch.sqrt(sum(g.square().sum() for g in gradients))
        if norm > CLIP_NORM:
            for g in gradients:
                g *= CLIP_NORM / norm
    ''')


def _training_loss(run: ExportedRun) -> str:
    weights = ", SAMPLE_WEIGHTS" if preparing.weighs_samples(run) else ""
    unit = " * TARGET_STANDARD_DEVIATION**2" if run.prepared.target_standardizer is not None else ""
    return code(f'''
    @torch.no_grad()
    def training_loss():
        """The loss of all samples that train{", in the square of the target's own unit" if unit else ""}."""
        return float(loss_of(network.eval()(X_train), Y_train{weights})){unit}
    ''')


def _step(run: ExportedRun, batch: str) -> str:
    """An update; `batch` is what chooses the samples, or nothing for all of them."""
    weights = f", SAMPLE_WEIGHTS{batch}" if preparing.weighs_samples(run) else ""
    penalty = " + penalty()" if run.network.l1 or run.network.l2 else ""
    return lines(
        "optimizer.zero_grad()",
        f"loss = loss_of(network(X_train{batch}), Y_train{batch}{weights}){penalty}",
        "loss.backward()",
        run.network.clip_norm is not None and "clip()",
        "optimizer.step()",
    )


def _epoch(run: ExportedRun, *, under_way: bool) -> str:
    """All updates of an epoch."""
    if not choices.has_batches(run):
        return _step(run, "")
    order = "generator.permutation(len(X_train))"
    return lines(
        f"if rest is None:\n    rest = {order}" if under_way else f"order = {order}",
        f"for batch in batches({'rest' if under_way else 'order'}):",
        lines(_step(run, "[batch]"), depth=1),
        under_way and "rest = None",
    )


def _train(run: ExportedRun) -> str:
    under_way = run.trainer.epoch_under_way().position > 0
    place = lines(
        f"epoch = {run.trainer.epoch}",
        under_way and 'rest = saved["rest_of_epoch"]  # the run stopped within an epoch',
    )
    rate = code("""
    for group in optimizer.param_groups:
        group["lr"] = LEARNING_RATE * schedule(epoch)
    """)
    function = lines(
        code(f'''
        def train(epochs):
            """Train for some epochs; the training loss after each of them."""
            global epoch{", rest" if under_way else ""}
            losses = []
            for _ in range(epochs):
                network.train()
        '''),
        lines(
            choices.has_schedule(run) and rate,
            _epoch(run, under_way=under_way),
            "epoch += 1",
            "losses.append(training_loss())",
            depth=2,
        ),
        lines("return losses", depth=1),
    )
    return sections(_training_loss(run), place, function)


def _end() -> str:
    return code("""
    if __name__ == "__main__":
        print(f"epoch {epoch}: training loss {training_loss():.6g}")
        for loss in train(10):
            print(f"training loss {loss:.6g}")
    """)
