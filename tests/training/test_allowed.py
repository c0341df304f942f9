"""What a field takes, in words, for the types and ranges that a record may have."""

from typing import Annotated

import pytest
from msgspec import Meta, Struct, inspect

from nnplay.training.allowed import allowed_by


class Record(Struct):
    units: int
    name: str


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        (bool, "true or false"),
        (int, "a whole number"),
        (Annotated[int, Meta(ge=1, le=512)], "a whole number from 1 to 512"),
        (Annotated[int, Meta(gt=0)], "a whole number from 1"),
        (Annotated[int, Meta(lt=10)], "a whole number to 9"),
        (float, "a number"),
        (Annotated[float, Meta(ge=0.0, lt=1.0)], "a number from 0 to below 1"),
        (Annotated[float, Meta(gt=0.0, le=1000.0)], "a number above 0 and at most 1000"),
        (Annotated[float, Meta(gt=0.0, lt=0.5)] | None, "a number above 0 and below 0.5 or null"),
        (Annotated[str, Meta(max_length=200)], "a text of at most 200 characters"),
        (tuple[float, float], "a list of 2 values, each a number"),
        (tuple[float], "a list of 1 value, each a number"),
        (Annotated[tuple[str, ...], Meta(min_length=1)], "a list of at least 1 value, each a text"),
        (Annotated[tuple[int, ...], Meta(max_length=10)], "a list of at most 10 values, each a whole number"),
        (
            Annotated[tuple[int, ...], Meta(min_length=2, max_length=10)],
            "a list of 2 to 10 values, each a whole number",
        ),
        (dict[str, list[float]], "an object of values, each a list of values, each a number"),
        (Record, "an object with the keys units, name"),
        (int | str | None, "a whole number or a text or null"),
    ],
)
def test_what_a_field_takes(hint: object, words: str) -> None:
    assert allowed_by(inspect.type_info(hint)) == words
