"""Texts with named places, in English and through a translation."""

from collections.abc import Iterator

import pytest

from nnplay import texts
from nnplay.texts import mark, tr


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    texts.install(None)


def test_places_are_filled_by_name() -> None:
    assert tr("{count} of {total} units", count=2, total=4) == "2 of 4 units"


def test_a_text_without_places_may_have_braces() -> None:
    assert tr("a set {0, 1}") == "a set {0, 1}"


def test_a_place_that_nothing_is_given_for_is_an_error() -> None:
    with pytest.raises(KeyError, match="total"):
        tr("{count} of {total}", count=1)


@pytest.mark.parametrize(("number", "text"), [(0, "0 units"), (1, "1 unit"), (2, "2 units"), (12345, "12,345 units")])
def test_a_number_chooses_the_form(number: int, text: str) -> None:
    assert tr("{n} unit|{n} units", "", number) == text


def test_a_translation_may_order_the_places_otherwise_and_have_more_forms() -> None:
    def polish(text: str, note: str, number: int | None) -> str:
        assert note == "of a layer"
        return {1: "{n} neuron"}.get(number or 0, "{n} neurony" if number in (2, 3, 4) else "{n} neuronów")

    texts.install(polish)
    forms = [tr("{n} unit|{n} units", "of a layer", number) for number in (1, 3, 5)]
    assert forms == ["1 neuron", "3 neurony", "5 neuronów"]
    texts.install(lambda text, note, number: "{total} / {count}")
    assert tr("{count} of {total}", count=2, total=4) == "4 / 2"


def test_a_marked_text_is_translated_where_it_is_shown() -> None:
    label = mark("Learning rate")
    texts.install(lambda text, note, number: {"Learning rate": "Lernrate"}[text])
    assert label == "Learning rate"
    assert tr(label) == "Lernrate"
