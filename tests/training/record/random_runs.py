"""Runs that are played at random, recorded and beside that kept whole, so that every moment is known."""

from dataclasses import dataclass
from random import Random

import msgspec

from nnplay.errors import DivergedError, InputError
from nnplay.nn import ACTIVATIONS, OPTIMIZERS, SCHEDULES
from nnplay.training.edits import with_value
from nnplay.training.effects import Effect, effect_of
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, ScheduleSpec, TrainingSpec
from nnplay.training.moment import Moment
from nnplay.training.prepared import prepared_after
from nnplay.training.record import ExperimentEdit, OptimizerEdit, ParameterEdit, Recording, RunEdit, UnitEdit
from nnplay.training.record.branch import Branch
from nnplay.training.trainer import Trainer

replace = msgspec.structs.replace


def random_experiment(random: Random) -> Experiment:
    layers = tuple(
        HiddenLayer(units=random.randint(1, 7), activation=random.choice(sorted(ACTIVATIONS)))
        for _ in range(random.randint(0, 3))
    )
    batch_norm = random.random() < 0.3
    return Experiment(
        data=DataSpec(
            kind="moons", samples=random.randint(20, 60), train_share=random.choice([0.5, 0.8, 1.0]), noise=0.2
        ),
        model=ModelSpec(
            hidden_layers=layers,
            batch_norm=batch_norm,
            dropout=random.choice([0.0, 0.0, 0.3]),
            dtype=random.choice(["float64", "float64", "float32"]),
        ),
        training=TrainingSpec(
            optimizer=random.choice(sorted(OPTIMIZERS)),
            learning_rate=random.choice([0.003, 0.03, 0.3, 3.0]),
            batch_size=random.choice([None, 4, 7, 16]),
            l2=random.choice([0.0, 0.01]),
            clip_norm=random.choice([None, None, 1.0]),
            schedule=ScheduleSpec(
                kind=random.choice(sorted(SCHEDULES)), every=3, over=40, warm_up=random.choice([0, 4])
            ),
        ),
        seed=random.randint(0, 99),
    )


def random_edit(random: Random, trainer: Trainer) -> RunEdit | None:
    """One that can be done while the run goes on; None where the dice gave none."""
    kind, sizes = random.random(), trainer.network.layer_sizes
    if kind < 0.2 and len(sizes) > 2:
        layer = random.randrange(len(sizes) - 2)
        return UnitEdit(layer=layer, unit=random.randrange(sizes[layer + 1]), enabled=random.random() < 0.5)
    if kind < 0.4:
        layer = random.randrange(len(sizes) - 1)
        row = random.choice([None, random.randrange(sizes[layer])])
        unit = random.randrange(sizes[layer + 1])
        return ParameterEdit(layer=layer, unit=unit, row=row, value=random.uniform(-2, 2))
    if kind < 0.45:
        return OptimizerEdit.of(trainer.optimizer.snapshot())
    path, values = random.choice(
        [
            ("training.learning_rate", [0.001, 0.01, 0.1]),
            ("training.batch_size", [None, 3, 8, 16]),
            ("training.optimizer", sorted(OPTIMIZERS)),
            ("training.l1", [0.0, 0.01]),
            ("training.schedule.kind", sorted(SCHEDULES)),
            ("training.clip_norm", [None, 0.5]),
            ("training.class_weights", ["none", "balanced"]),
            ("model.dropout", [0.0, 0.2]),
            ("data.noise", [0.1, 0.4]),
            ("data.samples", [24, 50]),
            ("data.seed", [0, 5]),
            ("data.plane", [(-3.0, 3.0, -3.0, 3.0), None]),
        ]
    )
    before = trainer.experiment
    after = with_value(before, path, random.choice(values))
    prepared = prepared_after(trainer.prepared, before, after)
    if effect_of(before, after, trainer.prepared, prepared) is not Effect.AT_ONCE:
        return None
    return ExperimentEdit.between(before, after)


@dataclass
class Played:
    """A recorded run, with each of its moments as it was: (branch's key, step) → the moment."""

    random: Random
    record: Recording
    moments: dict[tuple[int, int], Moment]

    @classmethod
    def begin(cls, seed: int, engine: str = "numpy") -> "Played":
        random = Random(seed)
        while True:
            try:
                trainer = Trainer(with_value(random_experiment(random), "training.engine", engine))
                break
            except InputError:
                continue
        if random.random() < 0.3:  # some begin where another run was left
            for _ in range(random.randint(1, 20)):
                trainer.step()
        record = Recording(trainer, interval=random.choice([8, 32, 64, 256]))
        played = cls(random, record, {})
        played.look()
        return played

    def look(self) -> None:
        self.moments[self.record.current.key, self.record.step] = Moment.of(self.record.trainer)

    def play(self, steps: int) -> None:
        for _ in range(steps):
            try:
                self.record.trainer.step()
            except DivergedError:
                self.look()
                edit = ExperimentEdit(values={"training.learning_rate": 0.001})
                self.record.edit(edit, "a smaller rate")
                self.look()
                continue
            self.look()
            while self.random.random() < 0.04:
                self.edit()

    def advance(self, steps: int) -> None:
        """So many steps, as many at once as may be."""
        while steps > 0:
            try:
                steps -= self.record.trainer.advance(steps).steps
            except DivergedError:
                self.record.edit(ExperimentEdit(values={"training.learning_rate": 0.001}), "a smaller rate")
            self.look()

    def edit(self) -> None:
        edit = random_edit(self.random, self.record.trainer)
        if edit is None:
            return
        try:
            self.record.edit(edit, "an edit")
        except InputError:  # batches too small for batch norm: nothing has changed
            return
        self.look()

    def known(self, branch: Branch, step: int) -> Moment:
        """The moment as it was, on the branch or on the one that it comes from."""
        while (branch.key, step) not in self.moments:
            assert branch.fork is not None
            branch = branch.fork.branch
        return self.moments[branch.key, step]
