"""One option of an experiment: what it is called, what it does to learning, and what it takes.

Its range is that of the experiment's record; its labels and helps are read when they are asked for, in the person's
language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
from msgspec import inspect

from nnplay.errors import InputError, one_of
from nnplay.texts import mark, tr
from nnplay.training.allowed import allowed_by, either
from nnplay.training.edits import with_value
from nnplay.training.experiment import Experiment
from nnplay.training.reading import number_in, whole_in

OFF = mark("off")
"""How a person writes that there is none, where there can be none."""
EACH_LAYER = "N"
"""Stands in a path for the number of a hidden layer, from 0."""


@dataclass(frozen=True)
class Option:
    """One choice of an experiment.

    Attributes
    ----------
    path
        Where it stands in the record, such as ``training.learning_rate``.
    marked_label, marked_help, marked_unit
        Those of `label`, `help` and `unit`, as `mark` leaves them.
    ladder
        Numbers that are usual, in rising order.
    names
        For one of several: what each name is called, as `mark` leaves it; None for everything else.
    helps
        For one of several: what each name does, in one sentence; None where there is nothing to say.
    """

    path: str
    marked_label: str
    marked_help: str
    marked_unit: str = ""
    ladder: Sequence[float] = ()
    names: Callable[[], Mapping[str, str]] | None = None
    helps: Callable[[], Mapping[str, str]] | None = None

    @property
    def label(self) -> str:
        """What it is called."""
        return tr(self.marked_label)

    @property
    def help(self) -> str:
        """What it does to learning, in one sentence."""
        return tr(self.marked_help)

    @property
    def unit(self) -> str:
        """What it is counted in; "" for a plain number, a name or a switch."""
        return self.marked_unit and tr(self.marked_unit)

    @property
    def field(self) -> str:
        """The last step of its path."""
        return self.path.rpartition(".")[2]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(name, label) of all that can be chosen."""
        return [(name, tr(label)) for name, label in self.names().items()] if self.names is not None else []

    @property
    def choice_helps(self) -> dict[str, str]:
        """Name → what it does, in one sentence; empty where there is nothing to say."""
        return {name: tr(tip) for name, tip in self.helps().items()} if self.helps is not None else {}

    @property
    def off(self) -> str:
        """How its absence is written; "" where it can't be absent."""
        return tr(OFF) if any(isinstance(kind, inspect.NoneType) for kind in self._kinds) else ""

    @property
    def allowed(self) -> str:
        """What it takes, as the end of a sentence: ``"a whole number from 1 to 512"``."""
        if self.names is not None:
            several = any(isinstance(kind, inspect.VarTupleType) for kind in self._kinds)
            names = one_of(self.names())
            return tr("a list of values, each {item}", item=names) if several else names
        kinds = [allowed_by(kind) for kind in self._kinds if not isinstance(kind, inspect.NoneType)]
        return either([*kinds, tr("the word {word}", word=self.off)] if self.off else kinds)

    @property
    def has_values(self) -> bool:
        """Whether it is a number, or one of several names."""
        numbers = (inspect.IntType, inspect.FloatType)
        return any(isinstance(kind, numbers) for kind in self._kinds) or (
            self.names is not None and any(isinstance(kind, inspect.StrType) for kind in self._kinds)
        )

    @property
    def default(self) -> object:
        """What it is until a person changes it."""
        return _value(Experiment(), self.path.replace(EACH_LAYER, "0"))

    def of(self, experiment: Experiment) -> Any:
        """What it is in `experiment`."""
        return _value(experiment, self.path)

    def put(self, experiment: Experiment, value: object) -> Experiment:
        """`experiment` with another value of it."""
        return with_value(experiment, self.path, value)

    def read(self, text: str, name: str = "") -> float:
        """The number that a person's text says.

        Parameters
        ----------
        name
            What a refusal calls it; the option's label if left out.

        Raises
        ------
        InputError
            It says none, or one out of range.
        """
        whole = any(isinstance(kind, inspect.IntType) for kind in self._kinds)
        try:
            value: float = msgspec.convert(whole_in(text) if whole else number_in(text), self._hint)
        except ValueError:  # msgspec's own error is one too
            raise InputError(name or self.label, text, self.allowed) from None
        return value

    @cached_property
    def _hint(self) -> Any:
        return hint_at(self.path)

    @cached_property
    def _kinds(self) -> tuple[inspect.Type, ...]:
        kind = inspect.type_info(self._hint)
        return tuple(kind.types) if isinstance(kind, inspect.UnionType) else (kind,)


def _value(experiment: Experiment, path: str) -> Any:
    value: Any = experiment
    for step in path.split("."):
        value = value[int(step)] if step.isdigit() else getattr(value, step)
    return value


def hint_at(path: str) -> Any:
    """The type, with its range, of the field at a path of the experiment."""
    hint: Any = Experiment
    for step in path.split("."):
        if step != EACH_LAYER:
            record = record_in(hint)
            assert record is not None
            hint = get_type_hints(record, include_extras=True)[step]
    return hint


def record_in(hint: Any) -> type[msgspec.Struct] | None:
    """The record that a field holds, alone or in a list; None where it holds none."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    inner = get_args(hint)[0] if get_origin(hint) is tuple else hint
    return inner if isinstance(inner, type) and issubclass(inner, msgspec.Struct) else None
