"""Sheets as files: the very numbers of the sheet, blanks and answers, and files that are there whole or not at all."""

import itertools
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from nnplay.experiments import chosen_files
from nnplay.experiments.explain import DocumentError
from nnplay.experiments.worked.blanks import Blanks, blanks_of, numbers_of
from nnplay.experiments.worked.drawing import drawing_of, drawing_svg
from nnplay.experiments.worked.example import TEACHERS
from nnplay.experiments.worked.export import WRITERS, write_sheet
from nnplay.experiments.worked.sheet import SheetLine, WorkedSheet, sheet_of
from nnplay.training.arithmetic.shown import ShownNumber, shown
from nnplay.training.arithmetic.text import Side, line_sides
from tests.experiments.worked.examples import EXAMPLES, XOR, drawn, written_sheet

SOME = [
    "round numbers",
    "xor",
    "three hidden layers",
    "batch norm",
    "dropout",
    "clipped",
    "adamw",
    "mean_squared_error",
]
VOID = {"meta", "rect", "circle", "line"}


def written(sheet: WorkedSheet, suffix: str, *, digits: int = 4, answers: bool = False) -> str:
    return WRITERS[suffix](sheet, digits, answers, "sheet")[suffix]


def shown_numbers(each: SheetLine, digits: int) -> list[ShownNumber]:
    """The numbers that stand in a line, from left to right."""
    sides = line_sides(each.line, digits)
    numbers = list(numbers_of(each.line.expression)) if Side.NUMBERS in sides else []
    if Side.VALUE in sides:
        numbers.append(each.line.result)
    return [shown(n.number, digits, exact=n.exact or n.symbol is None) for n in numbers]


class WellFormed(HTMLParser):
    """Fails on elements that aren't closed in their order, and reads the texts of numbers in formulas."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.tags.add(tag)
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, _attributes: object) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def html_lines(page: str) -> list[str]:
    return re.findall(r'<div class="line">.*?</div>', page)


@pytest.mark.parametrize("name", SOME)
def test_a_page_is_well_formed_and_needs_nothing_else(name: str) -> None:
    page = written(written_sheet(EXAMPLES[name], Blanks.NUMBERS), ".html", answers=True)
    parser = WellFormed()
    parser.feed(page)
    assert parser.open == []
    assert {"math", "svg", "style", "mn"} <= parser.tags
    assert not {"script", "link", "img", "iframe"} & parser.tags
    assert not re.findall(r'(?:src|href)="|@import|url\(', page)
    for formula in re.findall(r"<math.*?</math>", page):
        ElementTree.fromstring(formula)


@pytest.mark.parametrize("digits", [2, 4, 9])
@pytest.mark.parametrize("name", SOME)
def test_the_page_has_the_numbers_of_the_sheet(name: str, digits: int) -> None:
    sheet = written_sheet(EXAMPLES[name])
    found = html_lines(written(sheet, ".html", digits=digits))
    for each, text in zip(sheet.lines, found, strict=True):
        digits_there = iter(re.findall(r"<mn>([\d.]+|∞)</mn>", text))
        assert all(number.digits in digits_there for number in shown_numbers(each, digits)), text
        assert f">({each.number})<" in text


@pytest.mark.parametrize("suffix", [".md", ".tex"])
@pytest.mark.parametrize("name", SOME)
def test_markdown_and_latex_have_the_numbers_of_the_sheet(name: str, suffix: str) -> None:
    sheet = written_sheet(EXAMPLES[name])
    text = written(sheet, suffix)
    begins = r"^\({}\)$" if suffix == ".md" else r"^\\makebox\[3em\]\[r\]{{\({}\)"
    places = [re.search(begins.format(each.number), text, re.MULTILINE) for each in sheet.lines]
    assert all(places)
    starts = [place.start() for place in places if place] + [len(text)]
    for each, (start, end) in zip(sheet.lines, pairwise(starts), strict=True):
        digits_there = iter(re.findall(r"\d+\.?\d*", text[start:end].partition(")")[2].replace("3em", "")))
        assert all(number.digits in digits_there for number in shown_numbers(each, 4)), text[start:end]


@pytest.mark.parametrize("suffix", WRITERS)
def test_every_part_of_the_sheet_is_in_its_file(suffix: str) -> None:
    sheet = written_sheet(XOR)
    text = written(sheet, suffix)
    for section in sheet.sections:
        assert section.title in text
        assert all(group.title in text for group in section.groups)
    assert sheet.title in text
    assert sheet.conclusion in text
    assert "Weights and biases of layer 1 (ReLU)" in text


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("blanks", [Blanks.RESULTS, Blanks.NUMBERS])
def test_what_is_blank_is_a_place_to_write_and_nowhere_told(suffix: str, blanks: Blanks) -> None:
    sheet = sheet_of(TEACHERS, blanks)
    gap = {".html": 'class="blank"', ".md": r"\boxed{\phantom", ".tex": r"\blank{}"}[suffix]
    text, with_answers = written(sheet, suffix), written(sheet, suffix, answers=True)
    assert text.count(gap) == len(sheet.blanks) == with_answers.count(gap)
    told = with_answers[len(text) - 100 :]
    for each in sheet.lines:
        for blank in blanks_of(each.line):
            assert shown(blank.number, 4).digits in told
    if blanks is Blanks.NUMBERS:
        assert "0.5744" not in text  # a₁, which stands in no table either
        assert "0.5744" in with_answers


def test_without_blanks_there_are_no_answers_at_the_end() -> None:
    for suffix in WRITERS:
        assert "Answers" not in written(sheet_of(TEACHERS), suffix, answers=True)


@pytest.mark.parametrize("name", EXAMPLES)
def test_latex_is_plain_and_balanced(name: str) -> None:
    text = written(written_sheet(EXAMPLES[name], Blanks.NUMBERS), ".tex", answers=True)
    assert text.isascii()
    assert "?" not in text.replace("did it help?", "")
    depth = 0
    for sign in re.sub(r"\\[\\{}]", "", text):
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    begun: list[str] = []
    for kind, environment in re.findall(r"\\(begin|end)\{(\w+)\}", text):
        if kind == "begin":
            begun.append(environment)
        else:
            assert begun.pop() == environment
    assert begun == []
    assert len(re.findall(r"(?<!\\)\$", text)) % 2 == 0
    assert text.count(r"\left") - text.count(r"\leftarrow") == text.count(r"\right") - text.count(r"\rightarrow")


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no LaTeX here")
@pytest.mark.parametrize("name", SOME)
def test_latex_compiles(name: str, tmp_path: Path) -> None:
    write_sheet(written_sheet(EXAMPLES[name], Blanks.RESULTS), tmp_path / "sheet.tex", digits=4, answers=True)
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "sheet.tex"]
    made = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120)
    assert made.returncode == 0, made.stdout[-2000:]
    assert (tmp_path / "sheet.pdf").stat().st_size > 10_000


def test_the_drawing_has_each_weight_where_there_is_room() -> None:
    ElementTree.fromstring(WRITERS[".md"](written_sheet(XOR), 4, False, "sheet")[".svg"])
    small, large = drawing_of(XOR, 4), drawing_of(drawn(1, (4, 6, 6, 3)), 4)
    assert all(edge.share is not None for edge in small.edges)
    assert any(edge.share is None for edge in large.edges)
    svg = WRITERS[".md"](written_sheet(XOR), 4, False, "sheet")[".svg"]
    assert all(shown(weight, 4).short in svg for row in XOR.weights[0] for weight in row)


def test_units_are_called_on_the_drawing_as_in_the_formulas() -> None:
    assert all(name in drawing_svg(XOR, 4) for name in ("x₁", "x₂", "a₁⁽¹⁾", "a₂⁽¹⁾", "ŷ"))
    assert all(name in drawing_svg(drawn(1, (4, 6, 3)), 4) for name in ("ŷ₁", "ŷ₃"))
    assert r"$a_{1}^{(1)}$" in written(written_sheet(XOR), ".tex").partition(r"\end{picture}")[0]


@pytest.mark.parametrize("suffix", WRITERS)
def test_each_layer_says_its_activation_the_output_too(suffix: str) -> None:
    assert "Weights and biases of layer 2 (sigmoid)" in written(written_sheet(XOR), suffix)


def files(folder: Path) -> Iterator[str]:
    return iter(sorted(path.name for path in folder.iterdir()))


def test_markdown_brings_its_drawing_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "my [sheet] (1).md"
    assert write_sheet(sheet_of(TEACHERS), path, digits=4) == (path, path.with_suffix(".svg"))
    assert list(files(tmp_path)) == ["my [sheet] (1).md", "my [sheet] (1).svg"]
    assert "(my%20%5Bsheet%5D%20%281%29.svg)" in path.read_text()


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sheet.svg").mkdir()
    with pytest.raises(DocumentError, match="this is a folder"):
        write_sheet(sheet_of(TEACHERS), tmp_path / "sheet.md", digits=4, overwrite=True)
    (tmp_path / "sheet.html").write_text("mine")
    with pytest.raises(DocumentError, match="such a file already"):
        write_sheet(sheet_of(TEACHERS), tmp_path / "sheet.html", digits=4)
    with pytest.raises(DocumentError, match=r"ends with one of \.html, \.md, \.tex"):
        write_sheet(sheet_of(TEACHERS), tmp_path / "sheet.pdf", digits=4)
    with pytest.raises(DocumentError, match="no such folder"):
        write_sheet(sheet_of(TEACHERS), tmp_path / "nowhere" / "sheet.html", digits=4)

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(chosen_files, "write_whole", fails)
    with pytest.raises(DocumentError, match="No space left"):
        write_sheet(sheet_of(TEACHERS), tmp_path / "sheet.html", digits=4, overwrite=True)
    assert (tmp_path / "sheet.html").read_text() == "mine"


def test_no_weight_covers_a_bias() -> None:
    tiny = replace(XOR, biases=tuple(tuple(-1.6e-10 for _ in row) for row in XOR.biases))
    for example in (XOR, tiny, drawn(1, (2, 3, 2, 1))):
        drawing = drawing_of(example, 4)
        assert all(edge.label is not None for edge in drawing.edges)
        for edge, unit in itertools.product(drawing.edges, drawing.units):
            if unit.bias is not None:
                half = (7 * len(f"b = {shown(unit.bias, 4).short}") + 7 * len(shown(edge.weight, 4).short)) / 2
                apart = abs(edge.label[0] - unit.place[0]), abs(edge.label[1] - unit.place[1] - 27)
                assert apart[0] > half - 4 or apart[1] >= 15
