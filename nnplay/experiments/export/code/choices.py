"""What a program needs of a run's choices: which pieces, with which numbers; and why there may be none of them."""

from collections.abc import Collection, Iterable

from nnplay.experiments.export.code.numpy_pieces import SCHEDULE_CODE, SCHEDULE_NUMBERS
from nnplay.experiments.export.code.preparing import unknown_feature
from nnplay.experiments.export.code.writing import code, lines
from nnplay.experiments.export.exported import ExportedRun
from nnplay.nn import OWN
from nnplay.texts import tr


def refusal(
    run: ExportedRun, activations: Collection[str], losses: Collection[str], optimizers: Collection[str]
) -> str | None:
    """Why there is no code for a run where there is code for these names; None where there is."""
    training = run.experiment.training
    wanted: Iterable[tuple[str, str, Collection[str]]] = (
        *((tr("the activation {name}", name=name), name, activations) for name in run.network.activations),
        (tr("the loss {name}", name=run.network.loss_name), run.network.loss_name, losses),
        (tr("squared errors of {name}", name=run.network.output), run.network.output, (OWN,)),
        (tr("the optimizer {name}", name=training.optimizer), training.optimizer, optimizers),
        (tr("the schedule {name}", name=training.schedule.kind), training.schedule.kind, SCHEDULE_CODE),
    )
    for what, name, known in wanted:
        if name not in known:
            return tr("there is no code for {what} in this format", what=what)
    return unknown_feature(run)


def numbers(run: ExportedRun) -> str:
    """The numbers of training as constants, those that the run reads."""
    training = run.experiment.training
    schedule = training.schedule
    optimizer = [(name.upper(), getattr(training, name)) for name in run.optimizer.hyperparameters]
    named = [
        ("LEARNING_RATE", training.learning_rate),
        *optimizer,
        *((name.upper(), getattr(schedule, name)) for name in SCHEDULE_NUMBERS[schedule.kind]),
        *([("WARM_UP", schedule.warm_up)] if schedule.warm_up else []),
        *([("BATCH_SIZE", training.batch_size)] if has_batches(run) else []),
        *([("DROPOUT", run.network.dropout)] if run.network.dropout else []),
        *([("L1", training.l1)] if training.l1 else []),
        *([("L2", training.l2)] if training.l2 else []),
        *([("CLIP_NORM", training.clip_norm)] if training.clip_norm is not None else []),
    ]
    return "\n".join(f"{name} = {number!r}" for name, number in named)


def has_batches(run: ExportedRun) -> bool:
    """Whether an epoch has several batches, in an order that is drawn."""
    size = run.experiment.training.batch_size
    return size is not None and size < len(run.prepared.train)


def schedule_function(run: ExportedRun) -> str:
    """The factor of the learning rate for an epoch."""
    schedule = run.experiment.training.schedule
    warm_up = code("""
    if epoch < WARM_UP:
        return (epoch + 1) / (WARM_UP + 1)
    """)
    after = "t = epoch - WARM_UP" if schedule.warm_up else "t = epoch"
    body = SCHEDULE_CODE[schedule.kind]
    uses_t = schedule.kind != "constant"
    return lines(
        'def schedule(epoch):\n    """The factor of the learning rate for an epoch, from 0."""',
        lines(schedule.warm_up > 0 and warm_up, uses_t and after, body, depth=1),
    )


def has_schedule(run: ExportedRun) -> bool:
    """Whether the learning rate changes from epoch to epoch."""
    schedule = run.experiment.training.schedule
    return schedule.kind != "constant" or schedule.warm_up > 0


def batches_function(run: ExportedRun) -> str:
    """How an order of samples becomes batches."""
    joins = run.network.least_batch > 1 and len(run.prepared.train) % (run.experiment.training.batch_size or 1) == 1
    joined = code("""
    if len(order) % BATCH_SIZE == 1 and starts:
        starts.pop()  # batch norm learns nothing of a batch of one, which joins the one before it
    """)
    return lines(
        code('''
        def batches(order):
            """The order of an epoch in pieces of BATCH_SIZE; the last one may be smaller."""
            starts = [*range(0, len(order), BATCH_SIZE)][1:]
        '''),
        lines(joins and joined, "return np.split(order, starts)", depth=1),
    )


def generator_code(run: ExportedRun) -> str:
    """The source of random numbers, at the place where the run's is."""
    state = run.network.state().generator
    words = state["state"]
    return code(f"""
    # every random number comes from here, and goes on where the run stopped
    generator = np.random.Generator(np.random.PCG64())
    generator.bit_generator.state = {{
        "bit_generator": "PCG64",
        "state": {{"state": {words["state"]}, "inc": {words["inc"]}}},
        "has_uint32": {state["has_uint32"]},
        "uinteger": {state["uinteger"]},
    }}
    """)


def needs_random(run: ExportedRun) -> bool:
    """Whether training draws anything."""
    return has_batches(run) or run.network.dropout > 0
