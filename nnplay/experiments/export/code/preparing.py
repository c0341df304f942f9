"""The data's way to the network as code, in NumPy for every program: columns, features, standardising, targets."""

import numpy as np

from nnplay.data.tables.preparation import Preparation
from nnplay.experiments.export.code.writing import code, lines, sections, value
from nnplay.experiments.export.exported import ExportedRun
from nnplay.texts import tr
from nnplay.training.left_out import counting

FEATURE_CODE = {
    "x1": "x1",
    "x2": "x2",
    "x1^2": "x1**2",
    "x2^2": "x2**2",
    "x1*x2": "x1 * x2",
    "sin(x1)": "np.sin(x1)",
    "sin(x2)": "np.sin(x2)",
    "cos(x1)": "np.cos(x1)",
    "cos(x2)": "np.cos(x2)",
}


def unknown_feature(run: ExportedRun) -> str | None:
    """Why a program can't make the features of a run; None where it can."""
    for name in run.experiment.data.features if run.spans_plane else ():
        if name not in FEATURE_CODE:
            return tr("there is no code for the feature {name} in this format", name=name)
    return None


def preparing(run: ExportedRun) -> str:
    """The functions that make inputs of a table's rows, and features of inputs."""
    preparation = run.preparation
    return sections(*([] if preparation is None else [_columns(preparation), ROWS]), _prepare(run))


def _columns(preparation: Preparation) -> str:
    columns = [(column.name, list(column.categories), column.fill) for column in preparation.columns]
    return lines(
        "# the table's columns: (name, categories, what stands for a missing cell)", f"COLUMNS = {value(columns)}"
    )


ROWS = code('''
def inputs_of(rows):
    """Rows of a table, a dict of cells each, as inputs [N, I]: numbers as they are, categories as 0 and 1.

    Of two categories the second one is 1; of more each has an input of its own.
    """
    inputs = []
    for number, row in enumerate(rows, 1):
        inputs.append([])
        for name, categories, fill in COLUMNS:
            cell = row.get(name)
            if cell is None or cell == "" or cell != cell:
                cell = fill
            if cell is None:
                raise ValueError(f"row {number} has no value in {name}")
            if not categories:
                inputs[-1].append(float(cell))
            elif str(cell) not in categories:
                raise ValueError(f"row {number}: unknown category {cell!r} in {name}")
            elif len(categories) > 2:
                inputs[-1] += [float(str(cell) == category) for category in categories]
            else:
                inputs[-1].append(float(categories.index(str(cell)) == 1))
    return np.array(inputs)
''')


def _prepare(run: ExportedRun) -> str:
    """The function from inputs to what the network sees."""
    size, standardizer = run.prepared.inputs, run.prepared.standardizer
    names = run.experiment.data.features
    features = ", ".join(FEATURE_CODE[name] for name in names)
    plain = not run.spans_plane or names == ("x1", "x2")
    inputs = "[N, 2]" if run.spans_plane else f"[N, {size}]"
    rounded = standardizer is not None and standardizer.rounded.size > 0
    return lines(
        "def prepare(inputs):",
        lines(
            f'"""Inputs {inputs} as the network sees them, [N, {size}]."""',
            "X = np.asarray(inputs, dtype=float)" if plain else "x1, x2 = np.asarray(inputs, dtype=float).T",
            None if plain else f"X = np.column_stack([{features}])",
            standardizer is not None and 'X = X - saved["feature_mean"]',
            rounded and 'X = np.where(np.abs(X) <= saved["feature_rounding"], 0.0, X)  # no more than rounding',
            standardizer is not None and 'X = X / saved["feature_standard_deviation"]',
            f"return X.astype(np.{run.network.dtype})",
            depth=1,
        ),
    )


def targets(run: ExportedRun) -> str:
    """The targets as the loss takes them, and the samples that train and test."""
    scaled, outputs = run.prepared.target_standardizer, run.prepared.outputs
    if run.classes:
        encoded = "Y = targets[:, None]" if outputs == 1 else f"Y = np.eye({outputs})[targets.astype(int)]"
    elif scaled is None:
        encoded = "Y = targets[:, None]"
    else:
        encoded = "Y = (targets[:, None] - TARGET_MEAN) / TARGET_STANDARD_DEVIATION"
    return lines(
        scaled is not None and f"TARGET_MEAN = {float(scaled.mean[0])!r}",
        scaled is not None and f"TARGET_STANDARD_DEVIATION = {float(scaled.standard_deviation[0])!r}",
        'inputs, targets = saved["inputs"], saved["targets"]',
        'train_rows, test_rows = saved["train"], saved["test"]  # which samples train, and which test',
        encoded,
        f"X, Y = prepare(inputs), Y.astype(np.{run.network.dtype})",
        "X_train, Y_train, X_test, Y_test = X[train_rows], Y[train_rows], X[test_rows], Y[test_rows]",
        weighs_samples(run) and _sample_weights(run),
    )


def weighs_samples(run: ExportedRun) -> bool:
    """Whether some samples count otherwise than others."""
    return run.trainer.sample_weights is not None


def _sample_weights(run: ExportedRun) -> str:
    training = run.experiment.training
    counts = counting(run.prepared, training.left_out)
    balanced = training.class_weights == "balanced" and bool(run.classes)
    places = None if counts is None else np.flatnonzero(~counts).tolist()
    return lines(
        _class_weights(run) if balanced else f"SAMPLE_WEIGHTS = np.ones(len(train_rows), np.{run.network.dtype})",
        places is not None and f"SAMPLE_WEIGHTS[{places}] = 0  # samples that are left out",
    )


def _class_weights(run: ExportedRun) -> str:
    return code(f"""
    # each class counts the same, however few samples it has
    labels = targets.astype(int)
    counts = np.bincount(labels[train_rows], minlength={len(run.classes)})
    weights_of_classes = len(train_rows) / (np.count_nonzero(counts) * np.maximum(counts, 1))
    SAMPLE_WEIGHTS = weights_of_classes[labels[train_rows]].astype(np.{run.network.dtype})
    """)


def predict_function(run: ExportedRun, outputs: str, decorator: str | None = None) -> str:
    """The function that a program is asked by; `outputs` is the expression for what the network outputs for X."""
    rows = run.preparation is not None
    told = "rows of the table, a dict of cells each" if rows else "inputs [N, I]"
    if run.classes:
        what = f"The probabilities [N, {len(run.classes)}] of CLASSES for {told}."
    else:
        what = f"The values [N, 1] for {told}, in the target's own unit."
    single, scaled = run.prepared.outputs == 1, run.prepared.target_standardizer is not None
    function = lines(
        decorator,
        f"def predict({'rows' if rows else 'inputs'}):",
        lines(
            f'"""{what}"""',
            f"X = prepare({'inputs_of(rows)' if rows else 'inputs'})",
            f"outputs = {outputs}",
            bool(run.classes) and single and "return np.hstack([1 - outputs, outputs])",
            bool(run.classes) and not single and f"return outputs[:, :{len(run.classes)}]",
            not run.classes and scaled and "return outputs * TARGET_STANDARD_DEVIATION + TARGET_MEAN",
            not run.classes and not scaled and "return outputs",
            depth=1,
        ),
    )
    return sections(bool(run.classes) and f"CLASSES = {value(list(run.classes))}", function)
