"""Experiments of all kinds, drawn by a seed: small ones, so that a test can make many."""

import random

import msgspec

from nnplay.nn import ACTIVATIONS, OPTIMIZERS, SCHEDULES
from nnplay.training.edits import with_data_set
from nnplay.training.experiment import Experiment, HiddenLayer, ModelSpec, ScheduleSpec, TrainingSpec

DATA_SETS = ("xor", "circles", "spirals", "blobs", "moons", "gaussian_bumps")
replace = msgspec.structs.replace


def random_experiment(seed: int) -> Experiment:
    """Another experiment for each seed, with a rate at which it stays finite."""
    chance = random.Random(seed)
    start = with_data_set(Experiment(), chance.choice(DATA_SETS))
    layers = tuple(
        HiddenLayer(units=chance.randint(1, 5), activation=chance.choice(sorted(ACTIVATIONS)))
        for _ in range(chance.randint(0, 3))
    )
    batch_norm = chance.random() < 0.4
    model = ModelSpec(
        hidden_layers=layers,
        loss=start.model.loss,
        batch_norm=batch_norm,
        dropout=chance.choice((0.0, 0.0, 0.3)),
        dtype=chance.choice(("float64", "float32")),
    )
    training = TrainingSpec(
        optimizer=chance.choice(sorted(OPTIMIZERS)),
        learning_rate=0.003,
        l1=chance.choice((0.0, 0.001)),
        l2=chance.choice((0.0, 0.001)),
        batch_size=chance.choice((None, 2, 3, 10, 1000)),
        clip_norm=chance.choice((None, 0.1, 100.0)),
        schedule=ScheduleSpec(kind=chance.choice(sorted(SCHEDULES)), every=2, over=5, warm_up=chance.choice((0, 3))),
        class_weights=chance.choice(("none", "balanced")) if start.model.loss != "mean_squared_error" else "none",
    )
    data = replace(start.data, train_share=chance.choice((0.6, 1.0)))
    if data.kind != "xor":
        data = replace(data, samples=chance.randint(10, 40))
    return Experiment(data=data, model=model, training=training, seed=seed)
