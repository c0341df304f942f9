"""Reads a table from a file or the clipboard: what is written in it, before it is said which columns are what."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nnplay.data.file_error import FileError
from nnplay.data.tables.bounds import HEAD_BYTES, Progress
from nnplay.data.tables.column_builder import Texts, labels_of
from nnplay.data.tables.layout import Layout
from nnplay.data.tables.opening import Content, content_of_file, content_of_text
from nnplay.data.tables.recognising import Plan, check_asked, recognise
from nnplay.data.tables.refused_formats import refuse_known, refuse_known_text
from nnplay.data.tables.sheet import Column, Labels, Sheet
from nnplay.data.tables.survey import check_cells, surveyed
from nnplay.data.tables.text_reader import Rows, read_rows
from nnplay.errors import memory_checked
from nnplay.texts import one_line, tr

SUFFIXES = tuple(
    ending + packed
    for ending in (".csv", ".tsv", ".txt", ".data", ".tab", ".dat", ".xlsx", ".ods", ".json", ".jsonl")
    for packed in ("", ".gz", ".zip")
)
"""Endings of files that are read."""


def patterns() -> str:
    """The endings as dialogs for files want them: ``*.csv *.tsv``."""
    return " ".join(f"*{ending}" for ending in (*(s for s in SUFFIXES if s.count(".") == 1), ".gz", ".zip"))


@memory_checked()
def read_file(
    path: str | Path,
    layout: Layout = Layout(),
    *,
    progress: Progress | None = None,
    as_text: Collection[int | str] = (),
) -> Sheet:
    """Read a table from a file.

    Parameters
    ----------
    path
        A text, a spreadsheet or records of JSON, also packed as .gz or .zip.
    layout
        How it is to be read; what isn't said is recognised.
    progress
        Called as reading goes on; an exception from it stops the reading and is passed on.
    as_text
        Names or places of columns whose texts will be asked for: they are kept while they are read.

    Raises
    ------
    FileError
        What can't be read, with the line where there is one.
    InputError
        A layout that can't be.
    """
    check_asked(layout)
    return _read(content_of_file(Path(path)), layout, progress, as_text)


@memory_checked()
def read_text(
    text: str, layout: Layout = Layout(), *, name: str | None = None, progress: Progress | None = None
) -> Sheet:
    """Read a table from the clipboard, as `read_file` reads one from a file; spreadsheets copy cells between tabs.

    Parameters
    ----------
    name
        What refusals begin with; None for the clipboard.
    """
    check_asked(layout)
    layout = replace(layout, encoding=None)
    return _read(content_of_text(text, name or tr("clipboard")), layout, progress, ())


def _read(content: Content, layout: Layout, progress: Progress | None, as_text: Collection[int | str]) -> Sheet:
    refuse_known(content.inner, content.head(HEAD_BYTES))
    return _read_text(content, layout, progress, as_text)


def _read_text(content: Content, layout: Layout, progress: Progress | None, as_text: Collection[int | str]) -> Sheet:
    survey = surveyed(content, layout.encoding, progress)
    refuse_known_text(content.inner, list(survey.head[:200]))
    plan = recognise(content.name, survey.head, replace(layout, encoding=survey.encoding), whole=survey.whole)
    wanted = {k for k, name in enumerate(plan.names) if k in as_text or name in as_text}
    plan = replace(plan, texts=plan.texts | wanted)
    check_cells(content, survey.lines, plan.width, plan.separator)
    rows = read_rows(content, survey.encoding, plan, progress)
    _check_rows(content.name, rows, plan)
    if progress:
        with content.opened() as stream:
            progress(stream.size, stream.size)
    return _sheet(content, plan, rows)


def _check_rows(name: str, found: Rows, plan: Plan) -> None:
    if found.odd > found.rows:
        line, cells = found.first_odd
        problem = tr(
            "has {n} cell, and {width} were expected; {odd} rows are so, and {rows} as expected|"
            "has {n} cells, and {width} were expected; {odd} rows are so, and {rows} as expected",
            "",
            cells,
            width=plan.width,
            odd=f"{found.odd:,}",
            rows=f"{found.rows:,}",
        )
        raise FileError(name, problem, row=line)
    if found.rows == 0:
        raise FileError(name, tr("has only a header; rows of numbers were expected under it"), row=plan.first_line)


def _sheet(content: Content, plan: Plan, rows: Rows) -> Sheet:
    names = _unique_names(plan.names)
    made = [rows.builders[k].column(names[k], plan.declared[k]) for k in range(plan.width)]
    kept = [k for k in range(plan.width) if plan.names[k] or not made[k].missing.all()] or [0]
    texts = {place: found for place, k in enumerate(kept) if (found := rows.builders[k].texts()) is not None}
    columns = tuple(made[k] for k in kept)
    booleans = sum(rows.builders[k].booleans for k in kept)
    return _TextSheet(
        name=content.name,
        layout=plan.layout,
        columns=columns,
        rows=rows.rows,
        first_rows=tuple(tuple(row[k] for k in kept) for row in plan.rows),
        left_out=rows.odd,
        notes=tuple(_notes(plan, rows, columns, booleans)),
        content=content,
        plan=plan,
        places=tuple(kept),
        texts=texts,
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class _TextSheet(Sheet):
    """A sheet of a text, which is read again for the texts of a column of numbers."""

    content: Content
    plan: Plan
    places: tuple[int, ...]
    texts: dict[int, Texts]

    @memory_checked()
    def labels(self, column: int, most: int) -> Labels | None:
        texts = self.texts.get(column)
        if texts is None and self.columns[column].distinct > most:
            return None
        if texts is None:
            place = self.places[column]
            found = read_rows(self.content, self.layout.encoding or "utf-8", self.plan, None, only=place, most=most)
            if found.rows != self.rows and not found.builders[place].crowded:
                raise FileError(self.name, tr("has changed since it was read; open it again"))
            texts = found.builders[place].texts()
        return None if texts is None or len(texts.names) > most else labels_of(texts)


def _notes(plan: Plan, rows: Rows, columns: Sequence[Column], booleans: int) -> list[str]:
    counted = [
        (plan.before, "{n} line before the table was skipped|{n} lines before the table were skipped"),
        (plan.beside, "{n} line under the names was skipped|{n} lines under the names were skipped"),
        (rows.comments, "{n} line of comment was skipped|{n} lines of comment were skipped"),
        (rows.notes, "{n} line under the table was skipped|{n} lines under the table were skipped"),
        (rows.odd, "{n} row has another number of cells and was left out|"
                   "{n} rows have another number of cells and were left out"),
        (booleans, "TRUE and FALSE are 1 and 0 in {n} column|TRUE and FALSE are 1 and 0 in {n} columns"),
    ]  # fmt: skip
    notes = [tr(text, "", count) for count, text in counted if count]
    marks = Counter(mark for column in columns for mark in column.marks)
    for mark, count in marks.items():
        text = "“{mark}” was taken off the numbers of {n} column|“{mark}” was taken off the numbers of {n} columns"
        notes.append(tr(text, "", count, mark=mark))
    return notes


def _unique_names(header: Sequence[str]) -> list[str]:
    names: dict[str, None] = {}
    copies: Counter[str] = Counter()
    for position, cell in enumerate(header, start=1):
        name = wanted = one_line(cell).strip() or f"column {position}"
        while name in names:
            copies[wanted] += 1
            name = f"{wanted} ({copies[wanted] + 1})"
        names[name] = None
    return list(names)
