import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplay.data.formula import CONSTANTS, FUNCTIONS, MAX_LENGTH, FormulaError, parse_formula
from nnplay.errors import InputError

POINTS = np.array([[0.5, 2.0], [-1.5, 3.0], [4.0, -0.25]])
X, Y = POINTS.T


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("y - 3*sin(x)", Y - 3 * np.sin(X)),
        ("x2 - x1", Y - X),
        ("x^2 + y**2 - 9", X**2 + Y**2 - 9),
        ("-x^2", -(X**2)),
        ("2^-x", 2.0**-X),
        ("  (x + y) / 2 % 3 ", (X + Y) / 2 % 3),
        ("+x - -y", X + Y),
        ("x²·π − y³", X**2 * math.pi - Y**3),
        ("x₁ × x₂ ÷ e", X * Y / math.e),
        ("max(x, y) + min(x, 1)", np.maximum(X, Y) + np.minimum(X, 1)),
        ("atan2(y, x) + hypot(x, y)", np.arctan2(Y, X) + np.hypot(X, Y)),
        ("exp(-x) * abs(y) + tanh(x)", np.exp(-X) * np.abs(Y) + np.tanh(X)),
        ("1.5e1", [15.0] * 3),
        (".5 + 1.", [1.5] * 3),
        ("x\n+\ty", X + Y),
    ],
)
def test_reads_formulas(text: str, values: object) -> None:
    formula = parse_formula(text)
    np.testing.assert_allclose(formula(POINTS), values)  # type: ignore[arg-type]
    assert formula.text == text


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_there(name: str) -> None:
    count, function = FUNCTIONS[name]
    arguments = [np.array([0.3]), np.array([0.6])][:count]
    text = f"{name}({', '.join(['x', 'y'][:count])})"
    np.testing.assert_allclose(parse_formula(text)([[0.3, 0.6]]), function(*arguments))


@pytest.mark.parametrize("name", CONSTANTS)
def test_every_constant_is_there(name: str) -> None:
    assert parse_formula(name)([[0.0, 0.0]])[0] == CONSTANTS[name]


def test_without_a_value_it_is_nan_or_infinite_and_warns_nobody() -> None:
    values = parse_formula("sqrt(x) + 1/(y - 2)")(POINTS)
    assert math.isinf(values[0])
    assert math.isnan(values[1])


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        ("   ", 0),
        ("y - ", 3),
        ("y - foo(x)", 4),
        ("y - z", 4),
        ("y = sin(x)", 2),
        ("y - 3 sin(x)", 6),
        ("x)+(y", 1),
        ("y - sin()", 4),
        ("y - sin(x, y)", 4),
        ("max(x)", 0),
        ("x.real", 0),
        ("x[0]", 1),
        ("'x'", 0),
        ("lambda: x", 6),
        ("x if y else 1", 0),
        ("x and y", 0),
        ("not x", 0),
        ("x < y", 2),
        ("~x", 0),
        ("x // y", 0),
        ("x @ y", 2),
        ("(x, y)", 0),
        ("[x]", 0),
        ("{x}", 0),
        ("x; y", 1),
        ("x # y", 2),
        ("True", 0),
        ("None", 0),
        ("1j", 0),
        ("x:=1", 1),
        ("sin(*x)", 4),
        ("sin(x=1)", 5),
        ("sin", 0),
        ("x(2)", 0),
        ("sin(x)(y)", 0),
        ("(await x)", 1),
        ("(yield)", 1),
        ("é + x", 0),
        ("x + 𝑦", 4),
        ("x\0y", 1),
        ("1e999 + x", 0),
        ("x^100", 2),
        ("x^-65", 2),
        ("9^9^9", 2),
        ("2^(1/0)", 3),
        ("__import__('os').system('ls')", 11),
        ("().__class__", 0),
        ("x.__class__", 0),
        ("exec(x)", 0),
    ],
)
def test_refuses_everything_else_and_says_where(text: str, position: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    assert caught.value.position == position
    assert caught.value.field == "formula"
    assert f"character {position + 1}," in str(caught.value)


@pytest.mark.parametrize(("text", "ended"), [("x *", True), ("x +", True), ("x + )", False), ("x = 3", False)])
def test_it_tells_whether_the_text_ends_too_early(text: str, ended: bool) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)
    assert caught.value.ended is ended


def test_position_counts_what_was_typed() -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula("x²·π + foo")
    assert caught.value.position == 7


@pytest.mark.parametrize(
    "text",
    [
        "x + " * 60 + "x",
        "-" * 150 + "x",
        "sin(" * 40 + "x" + ")" * 40,
        "x**" * 60 + "x",
        "9" * (MAX_LENGTH + 1),
    ],
)
def test_length_and_depth_are_bounded(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_formula(text)


def test_brackets_alone_cost_nothing() -> None:
    np.testing.assert_array_equal(parse_formula("(" * 90 + "x" + ")" * 90)(POINTS), X)


def test_a_long_sum_fits() -> None:
    text = "+".join(["x"] * 25)
    np.testing.assert_allclose(parse_formula(text)(POINTS), 25 * X)


def test_no_exponent_explodes() -> None:
    values = parse_formula("((x^64)^64)^64 - (y^x)^x")(POINTS)
    assert values.shape == (3,)


def test_something_else_than_text_is_refused() -> None:
    with pytest.raises(FormulaError):
        parse_formula(None)  # type: ignore[arg-type]


pieces = st.sampled_from(
    ["x", "y", "1", "2.5", "+", "-", "*", "/", "^", "**", "(", ")", "sin", "max", ",", " ", "e", "1e9", "%", ".", "²"]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(pieces, max_size=25).map("".join) | st.text(max_size=40))
def test_any_text_is_a_formula_or_an_input_error(text: str) -> None:
    try:
        formula = parse_formula(text)
    except InputError:
        return
    values = formula(POINTS)
    assert values.shape == (3,)
    assert values.dtype == np.float64
