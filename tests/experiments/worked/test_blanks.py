"""Blanks take what is right in the digits shown, and nothing else."""

import math

import pytest

from nnplay.experiments.worked.blanks import (
    BlankKey,
    Blanks,
    answer_of,
    blanks_of,
    is_blank,
    is_right,
    with_shown_numbers,
)
from nnplay.experiments.worked.example import TEACHERS
from nnplay.experiments.worked.sheet import sheet_of
from nnplay.training.arithmetic.shown import shown
from nnplay.training.arithmetic.text import BLANK, line_text
from tests.experiments.worked.examples import EXAMPLES, XOR, written_sheet


def test_without_blanks_there_are_none() -> None:
    assert sheet_of(XOR).blanks == ()


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_result_is_a_blank_and_its_value_stands_nowhere_in_its_line(name: str) -> None:
    sheet = written_sheet(EXAMPLES[name], Blanks.RESULTS)
    assert [blank.key for blank in sheet.blanks] == [BlankKey(each.number, 0) for each in sheet.lines]
    assert all(line_text(each.line, 4, is_blank).endswith(BLANK) for each in sheet.lines)


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_earlier_lines_came_to_are_blanks_too(name: str) -> None:
    sheet = written_sheet(EXAMPLES[name], Blanks.NUMBERS)
    results = {each.number: each.line.result for each in sheet.lines}
    inner = [blank for blank in sheet.blanks if blank.key.place]
    assert inner
    assert len({blank.key for blank in sheet.blanks}) == len(sheet.blanks)
    for blank in inner:
        earlier = [r.number for number, r in results.items() if number < blank.key.line]
        assert any(math.isclose(blank.number, number, rel_tol=1e-9, abs_tol=1e-12) for number in earlier)
    given = {"input", "target", "mask"}
    assert not [blank for blank in inner if blank.part is not None and blank.part.quantity in given]


@pytest.mark.parametrize("digits", [2, 4, 7])
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_answer_is_right_and_another_number_is_not(name: str, digits: int) -> None:
    for blank in written_sheet(EXAMPLES[name], Blanks.NUMBERS).blanks:
        answer = answer_of(blank, digits)
        assert is_right(answer, blank, digits)
        assert is_right(f" {answer} ".replace("−", "-").replace(".", ","), blank, digits)
        low, high = shown(blank.number, digits).bounds
        far = float(high) + 100 * float(high - low) + abs(blank.number)
        assert not is_right(repr(far), blank, digits)


@pytest.mark.parametrize("typed", ["", "x", "1 + 1", "nan", "inf", "0.3.1", "1e999"])
def test_what_is_no_number_is_not_right(typed: str) -> None:
    blank = sheet_of(TEACHERS, Blanks.RESULTS).blanks[0]
    assert not is_right(typed, blank, 4)


def test_who_works_with_the_numbers_shown_is_right() -> None:
    """Each rounded number moves the result a little; that is not the learner's fault."""
    sheet = sheet_of(XOR, Blanks.RESULTS)
    moved = 0
    for each in sheet.lines:
        (blank,) = blanks_of(each.line)
        worked = with_shown_numbers(each.line.expression, 2).value
        typed = shown(worked, 2).short
        assert is_right(typed, blank, 2)
        moved += typed != answer_of(blank, 2)
    assert moved > 5


def test_more_digits_than_are_shown_may_be_typed() -> None:
    blank = sheet_of(TEACHERS, Blanks.RESULTS).blanks[1]  # 0.574442…
    assert is_right("0.574443", blank, 4)
    assert is_right("0.5744", blank, 4)
    assert not is_right("0.57", blank, 4)
    assert is_right("0.57", blank, 2)
