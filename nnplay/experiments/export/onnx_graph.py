"""An ONNX graph that is put together operator by operator, and its model as bytes. Opset 17."""

from collections.abc import Mapping, Sequence

import numpy as np

from nnplay import __version__
from nnplay.experiments.export.protobuf import Single, Value, each, message

OPSET, ML_OPSET, IR_VERSION = 17, 3, 8
ML = "ai.onnx.ml"
"""The domain of operators on texts."""
FLOAT, INT, STRING, FLOATS, INTS, STRINGS = 1, 2, 3, 6, 7, 8
"""Types of attributes."""
TYPES = {"float32": 1, "int64": 7, "str": 8, "bool": 9, "float64": 11}
"""Types of tensors."""
Attribute = int | float | list[int] | list[float] | list[str]


class Graph:
    """Operators in the order they are to be computed in; every method gives the name of what it makes."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []
        self._inputs: list[bytes] = []
        self._outputs: list[bytes] = []

    def input(self, name: str, dtype: str, columns: int) -> str:
        """What is given: (N, columns)."""
        self._inputs.append(_value_info(name, dtype, ["N", columns]))
        return name

    def output(self, name: str, source: str, dtype: str, columns: int | None) -> None:
        """What is asked for: (N, columns), or (N,)."""
        self._nodes.append(_node("Identity", [source], name))
        self._outputs.append(_value_info(name, dtype, ["N"] if columns is None else ["N", columns]))

    def constant(self, value: np.ndarray) -> str:
        """An array that belongs to the graph."""
        name = f"/constant_{len(self._constants)}"
        array = np.ascontiguousarray(value, value.dtype.newbyteorder("<"))
        dims = each(1, value.shape)
        self._constants.append(message(*dims, (2, TYPES[value.dtype.name]), (8, name), (9, array.tobytes())))
        return name

    def apply(self, operator: str, *inputs: str, domain: str = "", **attributes: Attribute) -> str:
        """What an operator makes of these."""
        name = f"/{operator}_{len(self._nodes)}"
        self._nodes.append(_node(operator, inputs, name, domain, attributes))
        return name

    def cast(self, source: str, dtype: str) -> str:
        """The same numbers in another type."""
        return self.apply("Cast", source, to=TYPES[dtype])

    def model(self, name: str, about: Mapping[str, str]) -> bytes:
        """The bytes of the file, with some texts about it."""
        nodes, constants = each(1, self._nodes), each(5, self._constants)
        graph = message(*nodes, (2, name), *constants, *each(11, self._inputs), *each(12, self._outputs))
        opsets = [message((1, ""), (2, OPSET)), message((1, ML), (2, ML_OPSET))]
        texts = [message((1, key), (2, text)) for key, text in about.items()]
        producer = ((2, "nnplay"), (3, __version__))
        return message((1, IR_VERSION), *producer, (7, graph), *each(8, opsets), *each(14, texts))


def _node(
    operator: str,
    inputs: Sequence[str],
    output: str,
    domain: str = "",
    attributes: Mapping[str, Attribute] | None = None,
) -> bytes:
    found = [_attribute(name, value) for name, value in (attributes or {}).items()]
    return message(*each(1, inputs), (2, output), (3, output), (4, operator), *each(5, found), (7, domain))


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, int):
        return message((1, name), (3, value), (20, INT))
    if isinstance(value, float):
        return message((1, name), (2, Single(value)), (20, FLOAT))
    kind: int
    number, kind = (
        (9, STRINGS) if isinstance(value[0], str) else (7, FLOATS) if isinstance(value[0], float) else (8, INTS)
    )
    parts: list[Value] = [Single(part) if isinstance(part, float) else part for part in value]
    return message((1, name), *each(number, parts), (20, kind))


def _value_info(name: str, dtype: str, shape: Sequence[str | int]) -> bytes:
    dims = [message((2, size)) if isinstance(size, str) else message((1, size)) for size in shape]
    tensor = message((1, TYPES[dtype]), (2, message(*each(1, dims))))
    return message((1, name), (2, message((1, tensor))))
