"""A sheet as Markdown, its formulas between dollar signs, as GitHub and notebooks show them; its drawing beside."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from nnplay.experiments.worked.blanks import blanks_of
from nnplay.experiments.worked.drawing import drawing_svg
from nnplay.experiments.worked.given import Cell, GivenTable
from nnplay.experiments.worked.latex import GAP, aligned_rows
from nnplay.experiments.worked.sheet import LineGroup, WorkedSheet
from nnplay.texts import one_line, tr
from nnplay.training.arithmetic.expression import Line, Number, Symbol
from nnplay.training.arithmetic.latex import expression_latex, symbol_latex

BOX = r"\boxed{\phantom{00000000}}"
"""A line to write on isn't among the commands that GitHub allows; a box is."""


def as_markdown(sheet: WorkedSheet, digits: int, answers: bool, name: str) -> dict[str, str]:
    """The text, and the drawing as SVG."""
    blocks = list(_blocks(sheet, digits, name))
    if answers and sheet.blanks:
        blocks += [_heading(tr("Answers")), *_answers(sheet, digits)]
    drawing = drawing_svg(sheet.example, digits)
    return {".md": "\n\n".join(blocks) + "\n", ".svg": drawing}


def _blocks(sheet: WorkedSheet, digits: int, name: str) -> Iterator[str]:
    yield f"# {_plain(sheet.title)}"
    yield _plain(sheet.summary)
    about = tr("Drawing of the network")
    yield f"![{_plain(about)}]({quote(name)}.svg)"
    yield _heading(tr("Given"))
    for table in sheet.given:
        yield f"**{_plain(table.title)}**"
        yield _table(table, digits)
    for number, section in enumerate(sheet.sections, 1):
        yield f"## {number}. {_plain(section.title)}"
        yield _plain(section.words)
        for group in section.groups:
            yield from _group(group, digits)
    yield f"**{_plain(sheet.conclusion)}**"


def _heading(text: str) -> str:
    return f"## {_plain(text)}"


def _table(table: GivenTable, digits: int) -> str:
    rows = [table.head, *table.rows]
    written = [f"| {' | '.join(_cell(cell, digits) for cell in row)} |" for row in rows]
    return "\n".join([written[0], f"|{' ---: |' * len(table.head)}", *written[1:]])


def _cell(cell: Cell, digits: int) -> str:
    if isinstance(cell, Number):
        return f"${expression_latex(cell, digits)}$"
    return f"${symbol_latex(cell)}$" if isinstance(cell, Symbol) else _plain(cell)


def _group(group: LineGroup, digits: int) -> Iterator[str]:
    if group.title:
        yield f"### {_plain(group.title)}"
    words = ""
    for each in group.lines:
        if each.line.words and each.line.words != words:
            yield f"*{_plain(each.line.words)}*"
        words = each.line.words
        yield f"({each.number})"
        yield f"$$\n{_aligned(each.line, digits)}\n$$"


def _aligned(line: Line, digits: int) -> str:
    return f"\\begin{{aligned}}\n{aligned_rows(line, digits)}\n\\end{{aligned}}".replace(GAP, BOX)


def _answers(sheet: WorkedSheet, digits: int) -> Iterator[str]:
    for each in sheet.lines:
        found = [expression_latex(Number(blank.number, blank.symbol), digits) for blank in blanks_of(each.line)]
        if found:
            yield f"({each.number}) " + "; ".join(f"${text}$" for text in found)


def _plain(text: str) -> str:
    """A text of which nothing is markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|$~])", r"\\\1", one_line(text))
