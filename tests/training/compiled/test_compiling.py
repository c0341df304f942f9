"""Another process compiles, and whoever would wait for it is told so."""

import pytest

from nnplay.training import compiling
from nnplay.training.awaiting import awaits_kernel
from nnplay.training.compiling import Compilation
from nnplay.training.experiment import Experiment, TrainingSpec
from nnplay.training.trainer import Trainer
from tests.nn.compiled.warm import needs_numba

COMPILED = Experiment(training=TrainingSpec(engine="compiled"))
PATIENCE = 120.0


@needs_numba
def test_a_step_awaits_its_kernel_until_the_process_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "is_kept", lambda _: False)
    monkeypatch.setattr(compiling, "_begun", {})
    trainer = Trainer(COMPILED)
    assert awaits_kernel(trainer)
    assert not awaits_kernel(Trainer(Experiment()))
    process = compiling._begun["float64"]._process
    assert process is not None and process.wait(PATIENCE) == 0
    assert not awaits_kernel(trainer)


def test_what_is_kept_is_not_awaited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "is_kept", lambda _: True)
    assert Compilation("float64").done
