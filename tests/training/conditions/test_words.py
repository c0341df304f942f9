"""Conditions in words: read, written, and refused in a sentence that says what is allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplay.errors import InputError
from nnplay.training.conditions import CONDITIONS, Condition, ConditionKind, checked, condition_in, form_of, words_of
from nnplay.training.conditions.words import COUNTED


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("loss<.05", "loss < 0.05"),
        ("  Loss   below 0,05 ", "loss < 0.05"),
        ("train.loss > 2", "loss > 2"),
        ("TEST.LOSS above 1e-3", "test.loss > 0.001"),
        ("test.loss rises for 50 epochs", "test.loss rises for 50"),
        ("accuracy≥0.99", "accuracy >= 0.99"),
        ("accuracy reaches 1", "accuracy >= 1"),
        ("accuracy falls below 0.9", "accuracy falls below 0.9"),
        ("plateau for 1 epoch", "plateau 1"),
        ("unit died", "a unit died"),
        ("epoch 1 000", None),
        ("epoch 1000", "epoch 1000"),
    ],
)
def test_they_are_read_as_people_write_them(written: str, words: str | None) -> None:
    if words is None:
        with pytest.raises(InputError):
            condition_in(written)
    else:
        assert words_of(condition_in(written)) == words


@pytest.mark.parametrize(
    ("written", "allowed"),
    [
        ("loss < x", "[test.]loss < NUMBER, where NUMBER is a number from 0 to 1e100"),
        ("loss < -1", "[test.]loss < NUMBER, where NUMBER is a number from 0 to 1e100"),
        ("accuracy >= 99", "[test.]accuracy >= NUMBER, where NUMBER is a number from 0 to 1"),
        ("epoch 2.5", "epoch NUMBER, where NUMBER is a whole number from 0 to 10000000"),
        ("plateau 0", "[test.]plateau NUMBER, where NUMBER is a whole number from 1 to 10000000"),
        ("unit 0 of layer 1 died", "unit UNIT of layer LAYER died, where UNIT is a whole number from 1"),
        ("unit 1 of layer x died", "unit UNIT of layer LAYER died, where LAYER is a whole number from 1"),
        ("accuracy", "one of [test.]accuracy >= NUMBER, [test.]accuracy falls below NUMBER"),
        ("loss nan", "one of [test.]loss < NUMBER, [test.]loss > NUMBER, [test.]loss best, "),
        ("point right", "one of point POINT right"),
    ],
)
def test_what_says_none_is_refused_with_what_is_allowed(written: str, allowed: str) -> None:
    with pytest.raises(InputError) as raised:
        condition_in(written, "--stop-when")
    assert str(raised.value).startswith(f"--stop-when is {written!r}; allowed is {allowed}")


@pytest.mark.parametrize("written", ["", "   ", "learn", "∞", "loss < < 1" * 50, "\0"])
def test_anything_else_is_told_all_that_there_are(written: str) -> None:
    with pytest.raises(InputError) as raised:
        condition_in(written)
    if "loss" not in written:
        assert all(form_of(kind) in str(raised.value) for kind in CONDITIONS.values())


def test_what_can_end_no_run_is_not_offered_for_that() -> None:
    assert condition_in("test.loss best").of == "test"
    with pytest.raises(InputError, match="known when it happens"):
        condition_in("test.loss best", stops=True)
    with pytest.raises(InputError) as raised:
        condition_in("loss", stops=True)
    assert "best" not in str(raised.value)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    kind = draw(st.sampled_from(list(CONDITIONS.values())))
    places = {name: draw(st.integers(0, 10**8)) for name in COUNTED if f"{{{name}}}" in kind.words}
    of = draw(st.sampled_from(["train", "test"])) if "{set}" in kind.words else "train"
    return Condition(kind=kind.key, number=_number(draw, kind), of=of, **places)


def _number(draw: st.DrawFn, kind: ConditionKind) -> float | None:
    if kind.number is None:
        return None
    low, high = kind.number.low, kind.number.high
    if kind.number.whole:
        return float(draw(st.integers(int(low or 0), int(high or 0))))
    return draw(st.floats(low, high))


@given(conditions())
def test_written_and_read_it_is_the_same(condition: Condition) -> None:
    assert condition_in(words_of(condition)) == condition
    assert checked(condition) is condition


@given(st.text() | st.sampled_from([kind.words for kind in CONDITIONS.values()]))
def test_no_text_is_more_than_refused(text: str) -> None:
    try:
        condition = condition_in(text)
    except InputError:
        return
    assert condition_in(words_of(condition)) == condition


@pytest.mark.parametrize(
    ("condition", "field"),
    [
        (Condition(kind="gone"), "condition.kind"),
        (Condition(kind="loss_below"), "condition.number"),
        (Condition(kind="loss_below", number=-1.0), "condition.number"),
        (Condition(kind="plateau", number=2.5), "condition.number"),
        (Condition(kind="loss_best", of="all"), "condition.of"),
        (Condition(kind="point_right"), "condition.sample"),
        (Condition(kind="unit_died", layer=-1, unit=0), "condition.layer"),
        (Condition(kind="weight_sign", layer=0, unit=0), "condition.row"),
    ],
)
def test_a_condition_of_a_file_is_checked(condition: Condition, field: str) -> None:
    with pytest.raises(InputError) as raised:
        checked(condition)
    assert raised.value.field == field


def test_every_kind_says_what_it_is() -> None:
    for kind in CONDITIONS.values():
        assert kind.label
        assert kind.help
        assert all(need.marked_label and need.marked_refusal for need in kind.needs)
        if kind.number is not None:
            assert kind.number.allowed
            kind.number.check(kind.number.default, kind.key)
