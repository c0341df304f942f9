"""A sheet as a page that needs no other file, to be read on a screen and printed: formulas as MathML."""

import re
from collections.abc import Iterator

from nnplay import __version__
from nnplay.experiments.worked.blanks import blanks_of, is_blank
from nnplay.experiments.worked.drawing import Colours, drawing_svg
from nnplay.experiments.worked.given import Cell, GivenTable
from nnplay.experiments.worked.sheet import LineGroup, Section, SheetLine, WorkedSheet
from nnplay.pictures.svg import element, plain
from nnplay.texts import tr
from nnplay.training.arithmetic.expression import Number, Symbol
from nnplay.training.arithmetic.mathml import line_mathml_sides, symbol_mathml
from nnplay.training.arithmetic.shown import shown

STYLE = """
:root {
  color-scheme: light dark; --ground: #F3F4F7; --panel: #FFFFFF; --text: #1B2230; --quiet: #5C6678; --line: #E2E5EB;
  --positive: #0072B2; --negative: #E68A00;
}
@media (prefers-color-scheme: dark) { :root {
  --ground: #14171C; --panel: #1B1F26; --text: #E8EBF1; --quiet: #98A2B3; --line: #2B313B;
  --positive: #4DA3E0; --negative: #F0A83E;
} }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, 'Segoe UI', 'Noto Sans', sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 40px 24px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 19px; margin: 0 0 2px; }
h3 { font-size: 12px; letter-spacing: .06em; text-transform: uppercase; color: var(--quiet); margin: 18px 0 4px; }
p { margin: 0 0 10px; } .quiet { color: var(--quiet); }
section { background: var(--panel); border-radius: 10px; padding: 20px 24px; margin-top: 16px; }
table { border-collapse: collapse; }
table.given td, table.given th { text-align: right; padding: 2px 18px 2px 0; font-variant-numeric: tabular-nums;
  font-weight: 400; }
table.given th { color: var(--quiet); } table.given th:first-child { text-align: left; }
.tables { display: flex; flex-wrap: wrap; gap: 0 48px; }
.lines { overflow-x: auto; display: grid; grid-template-columns: 38px minmax(62px, max-content) 1fr; }
.line { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; align-items: baseline; margin: 4.5px 0;
  break-inside: avoid; }
.line .count { color: var(--quiet); font-size: 12px; }
.line .name { text-align: right; margin-right: 5px; }
.line .sides { display: flex; flex-wrap: wrap; align-items: baseline; gap: 5px 6px; }
.words { color: var(--quiet); font-size: 12.5px; grid-column: 1 / -1; margin: 8px 0 0 38px; }
math { font-size: 17px; math-style: normal; }
mtext.blank { color: transparent; border-bottom: 1.4px solid var(--text); padding: 0 16px; margin-left: 4px; }
.made { margin-top: 24px; font-size: 12.5px; color: var(--quiet); } .conclusion { font-weight: 600; margin-top: 14px; }
.answers { columns: 4 170px; } .answers div { break-inside: avoid; font-variant-numeric: tabular-nums; }
.answers b { font-weight: 400; color: var(--quiet); display: inline-block; min-width: 36px; margin-right: 6px; }
svg { max-width: 100%; height: auto; }
@media print {
  :root { color-scheme: light; --ground: #FFFFFF; --panel: #FFFFFF; --text: #000000; --quiet: #444444; --line: #CCCCCC;
    --positive: #0072B2; --negative: #E68A00; }
  @page { margin: 16mm; } body { font-size: 11.5pt; } main { padding: 0; max-width: none; }
  section { padding: 0; margin: 0; border-radius: 0; } section + section { break-before: page; }
  h2, h3, .words { break-after: avoid; } math { font-size: 12.5pt; } .lines { overflow: visible; }
}
"""
BRACKETS = re.compile(
    r'<mo form="prefix">\(</mo>'
    r'((?:(?!<mfrac|<msqrt|<munder|<mo form="(?:pre|post)fix">[()]).)*)'
    r'<mo form="postfix">\)</mo>'
)
"""Round brackets around nothing that is high."""
TIGHT = r'<mo form="prefix" stretchy="false">(</mo>\1<mo form="postfix" stretchy="false">)</mo>'
"""The same as they don't grow."""


def as_html(sheet: WorkedSheet, digits: int, answers: bool, _name: str) -> dict[str, str]:
    """The page."""
    head = element("meta", charset="utf-8") + element("title", plain(sheet.title))
    head += element("meta", name="viewport", content="width=device-width") + element("style", STYLE)
    sections = [_section(number, section, sheet, digits) for number, section in enumerate(sheet.sections, 1)]
    if answers and sheet.blanks:
        sections.append(_answers(sheet, digits))
    main = element("main", _first(sheet, digits), *sections)
    return {".html": f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n<body>{main}</body></html>\n'}


def _first(sheet: WorkedSheet, digits: int) -> str:
    colours = Colours("var(--text)", "var(--quiet)", "var(--panel)", "var(--positive)", "var(--negative)")
    tables = element("div", *(_table(table, digits) for table in sheet.given), class_="tables")
    return element(
        "section",
        element("h1", plain(sheet.title)),
        element("p", plain(sheet.summary), class_="quiet"),
        drawing_svg(sheet.example, digits, colours),
        element("h2", plain(tr("Given"))),
        tables,
        element("p", plain(tr("Made by nnplay {version}.", version=__version__)), class_="made"),
    )


def _table(table: GivenTable, digits: int) -> str:
    rows = [element("tr", *(element("th", _cell(cell, digits)) for cell in table.head))] if any(table.head) else []
    for first, *cells in table.rows:
        rows.append(
            element("tr", element("th", _cell(first, digits)), *(element("td", _cell(c, digits)) for c in cells))
        )
    return element("div", element("h3", plain(table.title)), element("table", *rows, class_="given"))


def _cell(cell: Cell, digits: int) -> str:
    if isinstance(cell, Number):
        return shown(cell.number, digits, exact=cell.exact).short
    return symbol_mathml(cell) if isinstance(cell, Symbol) else plain(cell) or " "


def _section(number: int, section: Section, sheet: WorkedSheet, digits: int) -> str:
    title = tr("{number}  {title}", number=number, title=section.title)
    parts = [element("h2", plain(title)), element("p", plain(section.words), class_="quiet")]
    parts += [part for group in section.groups for part in _group(group, digits)]
    if number == len(sheet.sections):
        parts.append(element("p", plain(sheet.conclusion), class_="conclusion"))
    return element("section", *parts) + "\n"


def _group(group: LineGroup, digits: int) -> Iterator[str]:
    if group.title:
        yield element("h3", plain(group.title))
    lines, words = [], ""
    for each in group.lines:
        if each.line.words and each.line.words != words:
            lines.append(element("div", plain(each.line.words), class_="words"))
        words = each.line.words
        lines.append(_line(each, digits))
    yield element("div", *lines, class_="lines")


def _line(each: SheetLine, digits: int) -> str:
    """The result, and what it equals: beside each other where there is room, else with their relations in line."""
    name, *sides = map(_tight, line_mathml_sides(each.line, digits, is_blank))
    return element(
        "div",
        element("span", f"({each.number})", class_="count"),
        element("span", name, class_="name"),
        element("span", *(element("span", side) for side in sides), class_="sides"),
        class_="line",
    )


def _tight(formula: str) -> str:
    """The formula with brackets that don't grow, and so stand close, around what is as high as a line."""
    before = ""
    while before != formula:
        before, formula = formula, BRACKETS.sub(TIGHT, formula)
    return formula


def _answers(sheet: WorkedSheet, digits: int) -> str:
    lines = []
    for each in sheet.lines:
        found = [shown(blank.number, digits).text for blank in blanks_of(each.line)]
        if found:
            lines.append(element("div", element("b", f"({each.number})"), plain(";  ".join(found))))
    return element("section", element("h2", plain(tr("Answers"))), element("div", *lines, class_="answers"))
