import pytest

from nnplay.gui.widgets.plain_text import WIDEST_TIP, cut_inside, tip_text


@pytest.mark.parametrize(
    ("longest", "cut"),
    [(30, "petal width"), (11, "petal width"), (10, "peta…width"), (5, "pe…th"), (3, "p…h"), (2, "…h"), (1, "…")],
)
def test_names_lose_their_middle(longest: int, cut: str):
    assert cut_inside("petal width", longest) == cut


def test_a_long_tooltip_has_several_lines_and_a_short_one_is_as_it_is():
    text = "12 columns left out: " + ", ".join(f"column {k} (one value only)" for k in range(12))
    lines = tip_text(text).split("\n")
    assert max(map(len, lines)) <= WIDEST_TIP
    assert " ".join(lines) == text
    assert tip_text("two  blanks,\ttab\n") == "two  blanks,\ttab\n"
    marked = "<b> & " * 40
    assert "\n" not in tip_text(marked)
    assert "<br>" not in tip_text(marked)
