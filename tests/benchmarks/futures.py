"""How soon one sees ahead: `python -m tests.benchmarks.futures`.

For each network and number the window's own bites are made: milliseconds until the first curves could be drawn, which
are to be fewer than 150, until all of 40 epochs of all values are there with their boundaries, which for 16 values of
[2, 8, 8, 1] is to be less than a second, and the longest stop of the window meanwhile.
"""

import time

from nnplay.gui.window.fan.ahead import BITE, PICTURES, RESOLUTION
from nnplay.training.experiment import DataSpec, Experiment, HiddenLayer, ModelSpec, TrainingSpec
from nnplay.training.futures import Futures, TooMuchAheadError
from nnplay.training.trainer import Trainer

REPEATS = 5
NUMBERS = ("training.learning_rate", "training.beta_1", "training.l2", "training.batch_size", "data.noise")


def spirals(*units: int) -> Experiment:
    """250 points for training, in batches of 10."""
    return Experiment(
        data=DataSpec(kind="spirals", samples=500, noise=0.1, train_share=0.5),
        model=ModelSpec(hidden_layers=tuple(HiddenLayer(each, "tanh") for each in units)),
        training=TrainingSpec(optimizer="adam", learning_rate=0.03, batch_size=10),
    )


def digits(*units: int) -> Experiment:
    """1,000 pictures for training, in batches of 32."""
    return Experiment(
        data=DataSpec(kind="digits", samples=1250, train_share=0.8),
        model=ModelSpec(hidden_layers=tuple(map(HiddenLayer, units)), loss="categorical_cross_entropy"),
        training=TrainingSpec(optimizer="adam", learning_rate=0.001, batch_size=32),
    )


def look_ahead(trainer: Trainer, path: str) -> tuple[float, float, float, int]:
    """Milliseconds until the first curves, until all, and of the longest stop; and how many values there are."""
    begin = before = pictured = time.perf_counter()
    futures = Futures(trainer, path)
    first, longest = 0.0, 0.0
    while not futures.is_complete:
        futures.go_on(BITE)
        now = time.perf_counter()
        if futures.is_complete or now - pictured >= PICTURES:
            futures.maps(RESOLUTION)
            pictured = now = time.perf_counter()
        if futures.done and not first:
            first = now - begin
        longest, before = max(longest, now - before), now
    return 1e3 * first, 1e3 * (time.perf_counter() - begin), 1e3 * longest, len(futures.alternatives)


def main() -> None:
    """A line each; of several times the best, since others use the machine, too."""
    runs = {"[2, 8, 8, 1]": spirals(8, 8), "[2, 32, 32, 1]": spirals(32, 32), "[784, 16, 10]": digits(16)}
    print(f"{'network':16}{'number':26}{'values':>7}{'first':>9}{'all':>9}{'stop':>8}")
    for name, experiment in {**runs, "[784, 128, 10]": digits(128)}.items():
        trainer = Trainer(experiment)
        trainer.run_epoch()
        for path in NUMBERS if len(experiment.model.hidden_layers) > 1 else NUMBERS[:1]:
            try:
                taken = [look_ahead(trainer, path) for _ in range(REPEATS)]
            except TooMuchAheadError as error:
                print(f"{name:16}{path:26}{error}")
                continue
            first, whole, longest = (min(each[part] for each in taken) for part in range(3))
            print(f"{name:16}{path:26}{taken[0][3]:>7}{first:>6.0f} ms{whole:>6.0f} ms{longest:>5.0f} ms", flush=True)


if __name__ == "__main__":
    main()
