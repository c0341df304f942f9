"""The code of a notebook: an experiment from its start, with plots; the network's parts are those of the program."""

import base64
import textwrap

from nnplay.experiments.export.code import choices, numpy_script, preparing
from nnplay.experiments.export.code.numpy_pieces import COUNTS_STEPS
from nnplay.experiments.export.code.writing import as_npz, code, lines, saved_arrays, sections, value
from nnplay.experiments.export.exported import ExportedRun
from nnplay.pictures.colours import MIDDLE, NEGATIVE, POSITIVE, class_colour

INITIALIZER_CODE = {
    "he_normal": "return generator.standard_normal((I, O)) * np.sqrt(2 / I)",
    "he_uniform": "bound = np.sqrt(6 / I)\nreturn generator.uniform(-bound, bound, (I, O))",
    "xavier_normal": "return generator.standard_normal((I, O)) * np.sqrt(2 / (I + O))",
    "xavier_uniform": "bound = np.sqrt(6 / (I + O))\nreturn generator.uniform(-bound, bound, (I, O))",
    "lecun_normal": "return generator.standard_normal((I, O)) * np.sqrt(1 / I)",
    "orthogonal": code("""
    Q, R = np.linalg.qr(generator.standard_normal((max(I, O), min(I, O))))
    Q = Q * np.where(np.diagonal(R) < 0, -1, 1)
    return Q.T if I < O else Q
    """),
    "zeros": "return np.zeros((I, O))",
    "normal": "return generator.standard_normal((I, O)) * {scale!r}",
}
PREPARED = ("inputs", "targets", "train", "test", "feature_mean", "feature_standard_deviation", "feature_rounding")
"""What a notebook carries of a run: its points, and what prepares them."""

IMPORTS = code("""
import base64
import io

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

%matplotlib inline
""")


def points(run: ExportedRun) -> str:
    """The points, packed."""
    kept = {name: array for name, array in saved_arrays(run).items() if name in PREPARED}
    packed = "\n".join(textwrap.wrap(base64.b64encode(as_npz(kept)).decode(), 100))
    return (
        code('packed = """')
        + f'\n{packed}\n"""\n'
        + code("""
    with np.load(io.BytesIO(base64.b64decode(packed))) as file:
        saved = dict(file)
    """)
    )


def preparation(run: ExportedRun) -> str:
    """From points to what the network sees."""
    shapes = 'print("training:", X_train.shape, "test:", X_test.shape)'
    return sections(preparing.preparing(run), lines(preparing.targets(run), shapes))


def picture_of_points(run: ExportedRun) -> str:
    """A plot of the data."""
    table = run.table
    if table.picture is not None:
        return code(f"""
        fig, axes = plt.subplots(2, 8, figsize=(10, 3))
        for ax, pixels, target in zip(axes.flat, inputs, targets):
            ax.imshow(pixels.reshape({table.picture}), cmap="gray_r")
            ax.set_title(f"{{target:g}}")
            ax.axis("off")
        """)
    if table.inputs.shape[1] < 2:
        return code("""
        plt.scatter(inputs[train_rows, 0], targets[train_rows], s=12, label="training")
        plt.scatter(inputs[test_rows, 0], targets[test_rows], s=12, marker="x", label="test")
        plt.legend()
        """)
    across, up = run.experiment.data.plane_inputs
    names = table.input_names
    place = f"inputs[of_class, {across}], inputs[of_class, {up}]"
    classes = code(f"""
    for k, (name, colour) in enumerate(zip(CLASSES, COLOURS)):
        of_class = targets == k
        plt.scatter({place}, s=18, color=colour, edgecolors="white", linewidths=0.5, label=name)
    plt.legend()
    """)
    values = code(f"""
    plt.scatter(inputs[:, {across}], inputs[:, {up}], s=18, c=targets, cmap=BETWEEN, edgecolors="gray", linewidths=0.5)
    plt.colorbar()
    """)
    return lines(
        classes if run.classes else values,
        f"plt.xlabel({value(names[across])})",
        f"plt.ylabel({value(names[up])})",
    )


def colours(run: ExportedRun) -> str:
    """The colours of plots: a colour a class, and from low to high."""
    named = bool(run.classes)
    return lines(
        named and f"CLASSES = {value(list(run.classes))}",
        named and f"COLOURS = {value([class_colour(place) for place in range(len(run.classes))])}",
        f"BETWEEN = LinearSegmentedColormap.from_list({value('low to high')}, {value([NEGATIVE, MIDDLE, POSITIVE])})",
    )


def start(run: ExportedRun) -> str:
    """The network as it begins: drawn from the experiment's seed, or with the weights that it brings."""
    net, model = run.network, run.experiment.model
    hidden = list(net.layer_sizes[1:-1])
    body = INITIALIZER_CODE[model.initializer].replace("{scale!r}", repr(model.initializer_scale))
    norms = code(f"""
    gamma = [np.ones(units, dtype=np.{net.dtype}) for units in {hidden}]
    beta = [np.zeros_like(each) for each in gamma]
    running_mean = [np.zeros_like(each) for each in gamma]
    running_variance = [np.ones_like(each) for each in gamma]
    """)
    return sections(
        lines(
            f"SIZES = {list(net.layer_sizes)}",
            f"generator = np.random.default_rng({run.experiment.seed})",
            "",
            choices.numbers(run),
        ),
        lines("def draw(I, O):", lines(f'"""The weights [I, O] of a layer: {model.initializer}."""', body, depth=1)),
        lines(
            f"W = [draw(I, O).astype(np.{net.dtype}) for I, O in zip(SIZES[:-1], SIZES[1:])]",
            f"b = [np.zeros(O, dtype=np.{net.dtype}) for O in SIZES[1:]]",
            bool(net.gammas) and norms,
            numpy_script.parameters(run),
            model.start is not None and _given(run),
        ),
    )


def _given(run: ExportedRun) -> str:
    """The starting weights that the experiment brings, in place of those that were drawn."""
    net = run.network
    arrays = [*net.weights, *net.biases, *net.gammas, *net.betas]
    return sections(
        "",
        lines(
            f"GIVEN = {value([array.tolist() for array in arrays])}",
            "for parameter, given in zip(PARAMETERS, GIVEN):",
            "    parameter[...] = given",
        ),
    )


def forward(run: ExportedRun) -> str:
    """From features to outputs."""
    return sections(
        *numpy_script.activations(run),
        run.network.batch_norm and numpy_script.batch_norm(run),
        numpy_script.forward(run),
        numpy_script.outputs(run),
        numpy_script.predict(run),
    )


def backward(run: ExportedRun) -> str:
    """The loss and its gradient."""
    return sections(numpy_script.loss(run), numpy_script.gradients(run))


def optimizer(run: ExportedRun) -> str:
    """A step, from an empty memory."""
    memory = [f"{name} = [np.zeros_like(p) for p in PARAMETERS]" for name in run.optimizer.memory]
    counts = run.optimizer.name in COUNTS_STEPS
    return sections(lines(*memory, counts and "steps = 0"), numpy_script.descend(run))


def training(run: ExportedRun, epochs: int) -> str:
    """The loop, and the curve of the loss."""
    return sections(numpy_script.training(run), lines(f"losses = train({epochs})", 'print(f"loss {losses[-1]:.6g}")'))


CURVE = code("""
plt.plot(range(1, len(losses) + 1), losses)
plt.yscale("log")
plt.xlabel("epoch")
plt.ylabel("training loss")
""")


def picture_of_answers(run: ExportedRun) -> str | None:
    """What the network says over the plane; None where the inputs span none."""
    plane = run.prepared.plane
    if plane is None or run.table.inputs.shape[1] != 2:
        return None
    left, right, low, high = plane
    grid = code(f"""
    x1, x2 = np.meshgrid(np.linspace({left!r}, {right!r}, 200), np.linspace({low!r}, {high!r}, 200))
    answers = outputs_of(forward(prepare(np.column_stack([x1.ravel(), x2.ravel()])))[0])
    """)
    shown = "plt.contourf(x1, x2, answers[:, 0].reshape(x1.shape), 20, cmap=BETWEEN)\nplt.colorbar()"
    if len(run.classes) > 2 or run.prepared.outputs > 1:
        count = len(run.classes)
        shown = code(f"""
        levels = np.arange({count + 1}) - 0.5
        plt.contourf(x1, x2, answers.argmax(axis=1).reshape(x1.shape), levels, colors=COLOURS, alpha=0.35)
        """)
    elif run.classes:
        shown = code("""
        plt.contourf(x1, x2, answers[:, 0].reshape(x1.shape), np.linspace(0, 1, 41), cmap=BETWEEN, alpha=0.6)
        plt.colorbar(label=f"probability of {CLASSES[1]}", ticks=np.linspace(0, 1, 6))
        """)
    return lines(grid, shown, picture_of_points(run))


def figures(run: ExportedRun) -> str:
    """How good it is, on samples that it wasn't trained on where there are some."""
    rows = "test_rows" if len(run.prepared.test) else "train_rows"
    if not run.classes:
        unit = " * TARGET_STANDARD_DEVIATION + TARGET_MEAN" if run.prepared.target_standardizer is not None else ""
        return code(f"""
        values = outputs_of(forward(X[{rows}])[0])[:, 0]{unit}
        print(f"RMSE {{np.sqrt(np.mean((values - targets[{rows}]) ** 2)):.6g}}")
        plt.scatter(targets[{rows}], values, s=12)
        plt.axline((targets[{rows}].mean(), targets[{rows}].mean()), slope=1, color="gray", linewidth=1)
        plt.xlabel("target")
        plt.ylabel("predicted")
        """)
    count = len(run.classes)
    single = run.prepared.outputs == 1
    found = "(outputs[:, 0] > 0.5).astype(int)" if single else "outputs.argmax(axis=1)"
    return code(f"""
    outputs = outputs_of(forward(X[{rows}])[0])
    predicted, true = {found}, targets[{rows}].astype(int)
    print(f"accuracy {{np.mean(predicted == true):.1%}}")
    confusion = np.zeros(({count}, {count}), dtype=int)
    np.add.at(confusion, (true, predicted), 1)
    plt.imshow(confusion, cmap="Blues")
    for (row, column), samples in np.ndenumerate(confusion):
        dark = samples > confusion.max() / 2
        plt.text(column, row, samples, ha="center", va="center", color="white" if dark else "black")
    plt.xticks(range(len(CLASSES)), CLASSES)
    plt.yticks(range(len(CLASSES)), CLASSES)
    plt.xlabel("predicted")
    plt.ylabel("true")
    """)
