"""A typed formula of x and y, read through Python's grammar but never run as Python.

The text becomes a syntax tree; each node is looked up in a short list of what may stand in a formula and turned into a
NumPy operation on floats. Whatever is not on the list is refused, and length, depth and exponents are bounded, so that
no formula can hang the program or reach anything outside of it.
"""

import ast
import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnplay.errors import InputError, NnplayError, shortened
from nnplay.texts import tr

Floats = NDArray[np.float64]
_Term = Callable[[Floats, Floats], Floats]

MAX_LENGTH = 200
MAX_DEPTH = 30
MAX_EXPONENT = 64.0

CONSTANTS: dict[str, float] = {"pi": math.pi, "e": math.e}
VARIABLES: tuple[str, ...] = ("x", "y", "x1", "x2")
FUNCTIONS: dict[str, tuple[int, Callable[..., Floats]]] = {
    "sin": (1, np.sin),
    "cos": (1, np.cos),
    "tan": (1, np.tan),
    "asin": (1, np.arcsin),
    "acos": (1, np.arccos),
    "atan": (1, np.arctan),
    "atan2": (2, np.arctan2),
    "sinh": (1, np.sinh),
    "cosh": (1, np.cosh),
    "tanh": (1, np.tanh),
    "exp": (1, np.exp),
    "log": (1, np.log),
    "ln": (1, np.log),
    "sqrt": (1, np.sqrt),
    "abs": (1, np.abs),
    "sign": (1, np.sign),
    "floor": (1, np.floor),
    "ceil": (1, np.ceil),
    "min": (2, np.minimum),
    "max": (2, np.maximum),
    "hypot": (2, np.hypot),
}
"""Every function by its name, with the number of its arguments."""

_OPERATORS: dict[type[ast.operator], Callable[[Floats, Floats], Floats]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.Mod: np.mod,
    ast.Pow: np.power,
}
_TYPED = {"^": "**", "²": "**2", "³": "**3", "·": "*", "×": "*", "÷": "/", "−": "-", "π": "pi", "₁": "1", "₂": "2"}
_REFUSED = frozenset("\"'`#\\@~:;={}[]!?$&|<>")


class FormulaError(InputError):
    """A formula that can't be read.

    Attributes
    ----------
    position
        The character where reading stopped, from 0.
    ended
        Whether it stopped because the text ends too early.
    """

    def __init__(self, position: int, value: object, allowed: str, *, ended: bool = False) -> None:
        self.field, self.value, self.allowed = "formula", value, allowed
        self.position, self.ended = position, ended
        NnplayError.__init__(
            self,
            tr(
                "formula, character {number}, is {value}; allowed is {allowed}",
                number=position + 1,
                value=shortened(repr(value)),
                allowed=allowed,
            ),
        )


@dataclass(frozen=True)
class Formula:
    """A formula that has been read; call it with points.

    Attributes
    ----------
    text
        As it was typed.
    """

    text: str
    _term: _Term

    def __call__(self, points: ArrayLike) -> Floats:
        """The value at each of the points (N, 2), as (N,) float64; NaN or infinite where it has none."""
        plane = np.asarray(points, dtype=np.float64)
        with np.errstate(all="ignore"):
            values = self._term(plane[:, 0], plane[:, 1])
        return np.array(np.broadcast_to(values, len(plane)), dtype=np.float64)


def parse_formula(text: str) -> Formula:
    """Read a formula such as ``y - 3 sin(x)``, written as ``y - 3*sin(x)``.

    ``x`` and ``y`` may be called ``x1`` and ``x2``; a power is ``^`` or ``**``.

    Parameters
    ----------
    text
        At most 200 characters.

    Raises
    ------
    FormulaError
        Anything that is not a formula, with the position in the text.
    """
    if not isinstance(text, str) or not text.strip():
        raise FormulaError(0, text, _an_expression())
    if len(text) > MAX_LENGTH:
        raise FormulaError(MAX_LENGTH, text, tr("a formula of at most {most} characters", most=MAX_LENGTH))
    python, places = _as_python(text)
    # Python would take leading blanks for indentation
    blanks = len(python) - len(python.lstrip())
    python, places = python.strip(), places[blanks:]
    return Formula(text, _Reader(python, places).read(_syntax_tree(python, places), 1))


def _an_expression() -> str:
    return tr(
        "an expression of x and y with + - * / ^ ( ) (write 3*x for 3x), numbers, pi, e and the functions {names}",
        names=", ".join(FUNCTIONS),
    )


def _no_equation() -> str:
    return tr(
        "an expression of x and y with + - * / ^ ( ) (write 3*x for 3x), numbers, pi, e and the functions {names}; "
        "for y = f(x) write y - f(x)",
        names=", ".join(FUNCTIONS),
    )


def _as_python(text: str) -> tuple[str, list[int]]:
    """The text in plain ASCII as Python writes it, and for each of its characters the typed one it comes from."""
    pieces: list[str] = []
    places: list[int] = []
    for position, typed in enumerate(text):
        piece = _TYPED.get(typed, " " if typed.isspace() else typed)
        if not piece.isascii() or not piece.isprintable() or piece in _REFUSED:
            expected = _no_equation() if piece == "=" else _an_expression()
            raise FormulaError(position, typed, expected)
        pieces.append(piece)
        places.extend([position] * len(piece))
    return "".join(pieces), [*places, len(text)]


def _syntax_tree(python: str, places: list[int]) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(python, mode="eval").body
    except SyntaxError as error:
        # Python counts from 1, and says 0 where the text ends too early
        position = min(error.offset - 1, len(python)) if error.offset else len(python)
        found = python[position : position + 12].strip()
        raise FormulaError(places[position], found or tr("nothing"), _an_expression(), ended=not found) from None
    except (ValueError, MemoryError, RecursionError):
        raise FormulaError(0, python, _an_expression()) from None


class _Reader:
    """Turns a syntax tree into NumPy operations, node by node."""

    def __init__(self, python: str, places: list[int]) -> None:
        self._python = python
        self._places = places

    def read(self, node: ast.expr, depth: int) -> _Term:
        if depth > MAX_DEPTH:
            raise self._error(node, tr("at most {most} levels of brackets, signs and functions", most=MAX_DEPTH))
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return self._number(node, number)
            case ast.Name(id=name):
                return self._name(node, name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                negated = self.read(operand, depth + 1)
                return lambda x, y: np.negative(negated(x, y))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand, depth + 1)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                return self._operation(left, type(op), right, depth)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return self._call(node, name, arguments, depth)
            case _:
                raise self._error(node, _an_expression())

    def _number(self, node: ast.expr, number: float) -> _Term:
        if not math.isfinite(number):
            raise self._error(node, tr("a number below 1e308"))
        value = np.asarray(float(number))
        return lambda _x, _y: value

    def _name(self, node: ast.expr, name: str) -> _Term:
        if name in ("x", "x1"):
            return lambda x, _y: x
        if name in ("y", "x2"):
            return lambda _x, y: y
        if name in CONSTANTS:
            value = np.asarray(CONSTANTS[name])
            return lambda _x, _y: value
        allowed = tr("x, y, a number, pi, e or one of the functions {names}", names=", ".join(FUNCTIONS))
        raise self._error(node, allowed)

    def _operation(self, left: ast.expr, kind: type[ast.operator], right: ast.expr, depth: int) -> _Term:
        operate = _OPERATORS[kind]
        first, second = self.read(left, depth + 1), self.read(right, depth + 1)
        if kind is ast.Pow and not any(isinstance(part, ast.Name) and part.id in VARIABLES for part in ast.walk(right)):
            with np.errstate(all="ignore"):
                exponent = float(second(np.zeros(()), np.zeros(())))
            if not abs(exponent) <= MAX_EXPONENT:
                low, high = f"{-MAX_EXPONENT:g}", f"{MAX_EXPONENT:g}"
                raise self._error(right, tr("an exponent from {low} to {high}", low=low, high=high))
        return lambda x, y: operate(first(x, y), second(x, y))

    def _call(self, node: ast.expr, name: str, arguments: list[ast.expr], depth: int) -> _Term:
        if name not in FUNCTIONS:
            raise self._error(node, tr("one of the functions {names}", names=", ".join(FUNCTIONS)))
        count, function = FUNCTIONS[name]
        if len(arguments) != count:
            allowed = tr("{name} with {n} argument|{name} with {n} arguments", "", count, name=name)
            raise self._error(node, allowed)
        terms = [self.read(argument, depth + 1) for argument in arguments]
        return lambda x, y: function(*(term(x, y) for term in terms))

    def _error(self, node: ast.expr, allowed: str) -> FormulaError:
        start = min(node.col_offset, len(self._python))
        return FormulaError(self._places[start], self._python[start : node.end_col_offset], allowed)
