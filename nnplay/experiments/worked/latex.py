"""A sheet as LaTeX in plain ASCII; a usual installation and amsmath are enough, also for the drawing."""

import math
import re
import unicodedata
from collections.abc import Iterator

from nnplay.experiments.worked.blanks import blanks_of, is_blank
from nnplay.experiments.worked.drawing import RADIUS, Drawing, DrawnEdge, drawing_of, width_of
from nnplay.experiments.worked.given import Cell, GivenTable
from nnplay.experiments.worked.sheet import LineGroup, Section, SheetLine, WorkedSheet
from nnplay.texts import one_line, tr
from nnplay.training.arithmetic.expression import Line, Number, Symbol
from nnplay.training.arithmetic.latex import expression_latex, line_latex_sides, symbol_latex
from nnplay.training.arithmetic.text import line_text

PREAMBLE = r"""\documentclass[11pt,a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage[margin=22mm]{geometry}
\usepackage{amsmath}
\allowdisplaybreaks
\setlength{\parindent}{0pt}
\setlength{\unitlength}{0.72pt}
\newcommand{\blank}{\rule[-1.1ex]{0pt}{3.2ex}\underline{\hspace{4em}}}
"""
GAP, BLANK = r"\underline{\hspace{4em}}", r"\blank{}"
"""A blank as formulas have it, and as a document has it: clear of a fraction's bar."""
SHORT = 76
"""Letters of a line that has room in one row."""
WORDS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "−": "$-$", "→": r"$\rightarrow$", "·": r"$\cdot$", "×": r"$\times$", "δ": r"$\delta$", "∂": r"$\partial$",
    "ℓ": r"$\ell$", "γ": r"$\gamma$", "β": r"$\beta$", "ε": r"$\varepsilon$", "λ": r"$\lambda$", "μ": r"$\mu$",
    "ρ": r"$\rho$", "η": r"$\eta$", "∞": r"$\infty$", "…": r"\dots{}", "’": "'", "–": "--", "²": "$^2$",
    "ŷ": r"$\hat{y}$",
    "₀": "$_0$", "₁": "$_1$", "₂": "$_2$", "₃": "$_3$",
    "⁻": "$^-$", **{sign: f"$^{digit}$" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
}  # fmt: skip
"""What has a meaning in LaTeX, or isn't in ASCII, as LaTeX writes it."""


def as_latex(sheet: WorkedSheet, digits: int, answers: bool, _name: str) -> dict[str, str]:
    """The document."""
    parts = [PREAMBLE, r"\begin{document}", _heading(sheet.title), _plain(sheet.summary)]
    parts += [_drawing(drawing_of(sheet.example, digits))]
    parts.append(_heading(tr("Given")))
    parts += [_table(table, digits) for table in sheet.given]
    for section in sheet.sections:
        parts += _section(section, digits)
    parts.append(rf"\medskip\textbf{{{_plain(sheet.conclusion)}}}")
    if answers and sheet.blanks:
        parts += [r"\clearpage", _heading(tr("Answers")), *_answers(sheet, digits)]
    return {".tex": _ascii("\n\n".join([*parts, r"\end{document}"]) + "\n")}


def _heading(text: str) -> str:
    return rf"\section*{{{_plain(text)}}}"


def _section(section: Section, digits: int) -> Iterator[str]:
    yield rf"\section{{{_plain(section.title)}}}"
    yield _plain(section.words)
    for group in section.groups:
        yield from _group(group, digits)


def _group(group: LineGroup, digits: int) -> Iterator[str]:
    if group.title:
        yield rf"\subsection*{{{_plain(group.title)}}}"
    words = ""
    for each in group.lines:
        if each.line.words and each.line.words != words:
            yield rf"\smallskip\textit{{{_plain(each.line.words)}}}\par\smallskip"
        words = each.line.words
        yield _line(each, digits)


def _line(each: SheetLine, digits: int) -> str:
    aligned = f"\\begin{{aligned}}[t]\n{aligned_rows(each.line, digits).replace(GAP, BLANK)}\n\\end{{aligned}}"
    return f"\\makebox[3em][r]{{({each.number})\\quad}}$\\displaystyle\n{aligned}\n$\\par\\smallskip"


def aligned_rows(line: Line, digits: int) -> str:
    """The rows of an ``aligned``: one where the line is short, else one for each relation."""
    name, *sides = line_latex_sides(line, digits, is_blank)
    if len(line_text(line, digits, is_blank)) <= SHORT:
        return f"{name} & {' '.join(sides)}"
    return " \\\\\n".join(f"{name if row == 0 else ''} & {side}".strip() for row, side in enumerate(sides))


def _table(table: GivenTable, digits: int) -> str:
    rows = [table.head, *table.rows] if any(table.head) else table.rows
    written = " \\\\\n".join(" & ".join(_cell(cell, digits) for cell in row) for row in rows)
    columns = "l" + "r" * (len(table.head) - 1)
    title = rf"\textbf{{{_plain(table.title)}}}\\[2pt]"
    body = f"\\begin{{tabular}}{{@{{}}{columns}@{{}}}}\n{written}\n\\end{{tabular}}"
    return f"\\begin{{minipage}}{{\\textwidth}}\n{title}\n{body}\n\\end{{minipage}}\\par\\medskip"


def _cell(cell: Cell, digits: int) -> str:
    if isinstance(cell, Number):
        return f"${expression_latex(cell, digits)}$"
    return f"${symbol_latex(cell)}$" if isinstance(cell, Symbol) else _plain(cell)


def _drawing(drawing: Drawing) -> str:
    """The network in LaTeX's own picture; y goes up there."""
    digits = drawing.digits
    lines = [f"\\begin{{picture}}({drawing.width:.0f},{drawing.height:.0f})"]
    lines += [line for edge in drawing.edges for line in _edge(edge, drawing.height, digits)]
    labelled = ((edge.label, edge.weight) for edge in drawing.edges if edge.label is not None)
    lines += [_put(*label, drawing.height, f"${_math_number(weight, digits)}$") for label, weight in labelled]
    for unit in drawing.units:
        x, y = unit.place
        lines.append(rf"\put({x:.1f},{drawing.height - y:.1f}){{\circle{{{2 * RADIUS:.0f}}}}}")
        lines.append(_put(x, y, drawing.height, f"${symbol_latex(unit.name)}$"))
        if unit.bias is not None:
            lines.append(_put(x, y + RADIUS + 11, drawing.height, f"$b = {_math_number(unit.bias, digits)}$"))
    return "\n".join([*lines, r"\end{picture}"])


def _edge(edge: DrawnEdge, height: float, digits: int) -> Iterator[str]:
    """A line between two units, with a gap for its number; of dots where the weight is negative."""
    end = _margin(edge.start, edge.end)
    gaps = [(end, 1 - end)]
    if edge.share is not None:
        half = width_of(edge.weight, digits) / 2 / (edge.end[0] - edge.start[0])
        gaps = [(end, edge.share - half), (edge.share + half, 1 - end)]
    for first, last in gaps:
        points = "".join(f"({x:.1f},{height - y:.1f})" for x, y in map(edge.at, (first, (first + last) / 2, last)))
        dots = "" if edge.weight >= 0 else f"[{round(30 * (last - first)) + 2}]"
        yield rf"\qbezier{dots}{points}"


def _put(x: float, y: float, height: float, content: str) -> str:
    return rf"\put({x:.1f},{height - y:.1f}){{\makebox(0,0){{\footnotesize {content}}}}}"


def _margin(start: tuple[float, float], end: tuple[float, float]) -> float:
    """The part of an edge that lies within its unit."""
    return RADIUS / math.dist(start, end)


def _math_number(value: float, digits: int) -> str:
    return expression_latex(Number(value, Symbol("")), digits)


def _answers(sheet: WorkedSheet, digits: int) -> Iterator[str]:
    for each in sheet.lines:
        found = [expression_latex(Number(blank.number, blank.symbol), digits) for blank in blanks_of(each.line)]
        if found:
            yield f"\\makebox[3em][r]{{({each.number})\\quad}}" + "; ".join(f"${text}$" for text in found)


def _plain(text: str) -> str:
    """A text of which nothing is a command."""
    return "".join(WORDS.get(letter, letter) for letter in one_line(text))


def _ascii(text: str) -> str:
    """Letters of other alphabets without their accents, and what isn't known as a question mark."""
    plain = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^\x00-\x7f]", "?", re.sub(r"[\u0300-\u036f]", "", plain))
