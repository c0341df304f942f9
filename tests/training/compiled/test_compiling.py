"""Another process compiles, a thread loads, and who answers a person waits for neither."""

import threading
from collections.abc import Callable, Iterator

import msgspec
import pytest

from nnplay.errors import InputError
from nnplay.nn.engines import KernelAwaitedError, bring_kernels
from nnplay.training import awaiting, compiling
from nnplay.training.awaiting import answer_people, awaits_kernel, coming_kernel
from nnplay.training.compiling import Kernel
from nnplay.training.experiment import Experiment, TrainingSpec
from nnplay.training.place import EpochUnderWay
from nnplay.training.trainer import Trainer
from tests.nn.compiled.warm import needs_numba

COMPILED = Experiment(training=TrainingSpec(engine="compiled"))
PATIENCE = 120.0


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A program in which none was wanted yet."""
    monkeypatch.setattr(awaiting, "_kernels", {})
    yield
    answer_people(answers=False)


def came(kernel: Kernel) -> Kernel:
    kernel._thread.join(PATIENCE)
    assert not kernel.is_coming
    return kernel


@needs_numba
def test_another_process_compiles_what_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "is_kept", lambda _: False)
    kernel = Kernel("float64")
    assert kernel.is_coming
    assert came(kernel).problem == ""


def test_one_that_is_given_up_ends_its_process_and_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(awaiting, "is_installed", lambda: True)
    monkeypatch.setattr(compiling, "is_kept", lambda _: False)
    monkeypatch.setattr(compiling, "have_kernel", lambda _: pytest.fail("loaded"))
    first = coming_kernel("float64")
    assert first is not None
    assert coming_kernel("float64") is first
    awaiting.give_up()
    assert came(first).is_given_up
    again = coming_kernel("float64")
    assert again is not None
    assert again is not first
    awaiting.give_up()
    came(again)


def test_who_answers_a_person_is_told_and_others_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    release, begun, made = threading.Event(), threading.Event(), list[str]()
    monkeypatch.setattr(awaiting, "is_installed", lambda: True)
    monkeypatch.setattr(compiling, "is_kept", lambda _: True)
    monkeypatch.setattr(compiling, "have_kernel", lambda _: release.wait(PATIENCE))
    trainer = Trainer(COMPILED)
    assert not awaits_kernel(trainer)
    answer_people()
    assert awaits_kernel(trainer)
    assert not awaits_kernel(Trainer(Experiment()))
    with pytest.raises(KernelAwaitedError, match="being compiled"):
        trainer.network.compiled()

    def work() -> None:
        begun.set()
        awaiting._bring("float64")
        made.append("a step")

    other = threading.Thread(target=work)
    other.start()
    begun.wait(PATIENCE)
    assert made == []
    release.set()
    other.join(PATIENCE)
    assert made == ["a step"]
    assert not awaits_kernel(trainer)


def test_what_cant_be_compiled_is_said_to_whoever_makes_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(dtype: str) -> None:
        raise RuntimeError("no room on the disk")

    monkeypatch.setattr(awaiting, "is_installed", lambda: True)
    monkeypatch.setattr(compiling, "is_kept", lambda _: True)
    monkeypatch.setattr(compiling, "have_kernel", refuse)
    answer_people()
    kernel = coming_kernel("float64")
    assert kernel is not None
    came(kernel)
    with pytest.raises(InputError, match="no room on the disk"):
        Trainer(COMPILED).run_epoch()


@pytest.mark.parametrize("way", [Trainer.step, Trainer.trace_step, Trainer.run_epoch])
def test_a_step_that_is_refused_drew_no_order(
    monkeypatch: pytest.MonkeyPatch, way: Callable[[Trainer], object]
) -> None:
    """Who then trains by NumPy has the run that NumPy has."""

    def refuse(dtype: str) -> None:
        raise KernelAwaitedError

    training = msgspec.structs.replace(COMPILED.training, batch_size=2)
    trainer = Trainer(msgspec.structs.replace(COMPILED, training=training))
    bring_kernels(refuse)
    before = trainer.network.generator.bit_generator.state
    with pytest.raises(KernelAwaitedError):
        way(trainer)
    assert trainer.network.generator.bit_generator.state == before
    assert trainer.epoch_under_way() == EpochUnderWay(0, None)


def test_without_a_person_it_is_compiled_where_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    bring_kernels(None)
    monkeypatch.setattr(awaiting, "coming_kernel", lambda _: pytest.fail("wanted"))
    assert not awaits_kernel(Trainer(COMPILED))
