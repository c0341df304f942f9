"""Errors: one sentence with the field, the value and what is allowed, in the person's language."""

import pytest

from nnplay import texts
from nnplay.errors import InputError, a_number, one_of, shortened


def test_the_sentence_names_field_value_and_what_is_allowed() -> None:
    error = InputError("model.loss", "hinge", one_of(["mean_squared_error", "binary_cross_entropy"]))
    assert str(error) == "model.loss is 'hinge'; allowed is one of mean_squared_error, binary_cross_entropy"
    assert (error.field, error.value) == ("model.loss", "hinge")


def test_a_long_value_is_shortened() -> None:
    assert str(InputError("table", "x" * 1000, "a list")).startswith("table is 'xxx")
    assert len(str(InputError("table", "x" * 1000, "a list"))) < 100
    assert shortened("12345", 4) == "123…"
    assert shortened("1234", 4) == "1234"


def test_another_language_may_order_it_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    german = {
        "{field} is {value}; allowed is {allowed}": "Erlaubt ist {allowed}, aber {field} ist {value}",
        "a number from {low} to {high}": "eine Zahl von {low} bis {high}",
    }
    monkeypatch.setattr(texts, "_translate", lambda text, note, number: german[text])
    assert str(InputError("noise", 2, a_number(0, 0.5))) == "Erlaubt ist eine Zahl von 0 bis 0.5, aber noise ist 2"
