"""Reads a table from a file or the clipboard: what is written in it, before it is said which columns are what."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from nnplay.data.file_error import FileError
from nnplay.data.tables.bounds import HEAD_BYTES, Progress
from nnplay.data.tables.files.cells import SEPARATOR, as_csv
from nnplay.data.tables.files.json_records import MOST_BYTES as JSON_BYTES
from nnplay.data.tables.files.json_records import flattened, looks_like_json, rows_of_json
from nnplay.data.tables.files.opening import Content, content_of_bytes, content_of_file, content_of_text, read_all
from nnplay.data.tables.files.refused_formats import refuse_known, refuse_known_text
from nnplay.data.tables.files.spreadsheets import MOST_BYTES as SPREADSHEET_BYTES
from nnplay.data.tables.files.spreadsheets import Spreadsheet, is_spreadsheet
from nnplay.data.tables.layout import Layout
from nnplay.data.tables.sheet import Column, Labels, Sheet
from nnplay.data.tables.text.column_builder import Texts, labels_of
from nnplay.data.tables.text.recognising import Plan, check_asked, recognise
from nnplay.data.tables.text.survey import check_cells, surveyed
from nnplay.data.tables.text.text_reader import Rows, read_rows
from nnplay.errors import memory_checked
from nnplay.texts import mark, one_line, tr

SUFFIXES = tuple(
    ending + packed
    for ending in (
        ".csv",
        ".tsv",
        ".txt",
        ".data",
        ".tab",
        ".dat",
        ".xlsx",
        ".ods",
        ".json",
        ".jsonl",
        ".ndjson",
    )
    for packed in ("", ".gz", ".zip")
)
"""Endings of files that are read."""


_MOST_NAMED = 3
JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")
AS_RECOGNISED = Layout()


_BEFORE = mark("{n} line before the table was skipped|{n} lines before the table were skipped")
_BESIDE = mark("{n} line under the names was skipped|{n} lines under the names were skipped")
_COMMENTS = mark("{n} line of comment was skipped|{n} lines of comment were skipped")
_UNDER = mark("{n} line under the table was skipped|{n} lines under the table were skipped")
_ODD = mark(
    "{n} row has another number of cells and was left out|{n} rows have another number of cells and were left out"
)
_MISTAKES = mark(
    "{n} cell is no number and counts as missing: “{text}” in {column}, line {line}|"
    "{n} cells are no numbers and count as missing; the first is “{text}” in {column}, line {line}"
)
_BOOLEANS = mark("TRUE and FALSE are 1 and 0 in {n} column|TRUE and FALSE are 1 and 0 in {n} columns")


def patterns() -> str:
    """The endings as dialogs for files want them: ``*.csv *.tsv``."""
    return " ".join(f"*{ending}" for ending in (*(s for s in SUFFIXES if s.count(".") == 1), ".gz", ".zip"))


@memory_checked()
def read_file(
    path: str | Path,
    layout: Layout = AS_RECOGNISED,
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
    text: str, layout: Layout = AS_RECOGNISED, *, name: str | None = None, progress: Progress | None = None
) -> Sheet:
    """Read a table from the clipboard, as `read_file` reads one from a file; spreadsheets copy cells between tabs.

    Parameters
    ----------
    name
        What refusals begin with; None for the clipboard.
    """
    check_asked(layout)
    found = _read(content_of_text(text, name or tr("clipboard")), replace(layout, encoding="utf-8"), progress, ())
    return replace(found, layout=replace(found.layout, encoding=None))


def _read(content: Content, layout: Layout, progress: Progress | None, as_text: Collection[int | str]) -> Sheet:
    head = content.head(HEAD_BYTES)
    if head.startswith(b"PK\x03\x04"):
        whole = read_all(content, progress, SPREADSHEET_BYTES)
        if is_spreadsheet(content.inner, head, whole):
            return _read_spreadsheet(content, whole, layout, _held(progress, len(whole)), as_text)
    refuse_known(content.inner, head)
    named = PurePath(content.inner).suffix.lower() in JSON_SUFFIXES
    if named or looks_like_json(head):
        try:
            return _read_json(content, layout, progress, as_text)
        except FileError:
            if named or head.lstrip()[:1] == b"{":
                raise
    return _read_text(content, layout, progress, as_text)


def _held(progress: Progress | None, size: int) -> Progress | None:
    """Stays at the whole, once all bytes are there, and still lets a person cancel."""
    return None if progress is None else lambda _done, _total: progress(size, size)


def _read_spreadsheet(
    content: Content, whole: bytes, layout: Layout, progress: Progress | None, as_text: Collection[int | str]
) -> Sheet:
    """The sheet that was asked for, or the first one with a table in it."""
    book = Spreadsheet(content.name, whole)
    refusal: FileError | None = None
    for sheet in book.chosen(layout.sheet):
        text = content_of_bytes(as_csv(content.name, book.rows(sheet), progress), content.name)
        asked = replace(layout, encoding="utf-8", separator=SEPARATOR, sheet=None)
        try:
            found = _read_text(text, asked, progress, as_text)
        except FileError as error:
            refusal = refusal or error
            continue
        found_layout = replace(found.layout, encoding=None, separator=None, sheet=sheet)
        return replace(found, layout=found_layout, sheets=book.sheets)
    raise refusal or FileError(content.name, tr("is empty; rows of numbers were expected"))


def _read_json(content: Content, layout: Layout, progress: Progress | None, as_text: Collection[int | str]) -> Sheet:
    whole = read_all(content, progress, JSON_BYTES)
    progress = _held(progress, len(whole))
    rows, named = rows_of_json(content.name, whole)
    text = content_of_bytes(as_csv(content.name, flattened(rows), progress), content.name)
    asked = Layout(encoding="utf-8", separator=SEPARATOR, decimal=layout.decimal)
    asked = replace(asked, skip=0, header=1) if named else replace(asked, skip=layout.skip, header=layout.header)
    found = _read_text(text, asked, progress, as_text)
    return replace(found, layout=replace(found.layout, encoding=None, separator=None))


def _read_text(content: Content, layout: Layout, progress: Progress | None, as_text: Collection[int | str]) -> Sheet:
    survey = surveyed(content, layout.encoding, progress)
    refuse_known_text(content.inner, list(survey.head[:200]))
    plan = recognise(content.name, survey.head, replace(layout, encoding=survey.encoding), whole=survey.whole)
    wanted = {k for k, name in enumerate(plan.names) if k in as_text or name in as_text}
    plan = replace(plan, texts=plan.texts | wanted)
    check_cells(content, survey.lines, plan.width, plan.separator)
    rows = read_rows(content, survey.encoding, plan, progress)
    if rows.rows == 0:
        raise FileError(
            content.name, tr("has only a header; rows of numbers were expected under it"), row=plan.first_line
        )
    return _sheet(content, plan, rows)


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
        notes=(*_notes(plan, rows, columns, booleans), *_mistakes(rows, kept, columns)),
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
            found = read_rows(
                self.content, self.plan.layout.encoding or "utf-8", self.plan, None, only=place, most=most
            )
            if found.rows != self.rows and not found.builders[place].crowded:
                raise FileError(self.name, tr("has changed since it was read; open it again"))
            texts = found.builders[place].texts()
        return None if texts is None or len(texts.names) > most else labels_of(texts)


def _mistakes(rows: Rows, kept: Sequence[int], columns: Sequence[Column]) -> list[str]:
    """What is said of cells that are no numbers in columns of numbers."""
    found = [(column.name, *rows.builders[k].mistakes) for k, column in zip(kept, columns, strict=True)]
    found = [each for each in found if each[1]]
    if not found:
        return []
    name, _, line, text = min(found, key=lambda each: each[2])
    names = {"text": text, "line": line, "column": name}
    return [tr(_MISTAKES, "", sum(count for _, count, _, _ in found), **names)]


def _notes(plan: Plan, rows: Rows, columns: Sequence[Column], booleans: int) -> list[str]:
    counted = [
        (plan.before, _BEFORE),
        (plan.beside, _BESIDE),
        (plan.comments + rows.comments, _COMMENTS),
        (rows.notes, _UNDER),
        (rows.odd, _ODD),
        (booleans, _BOOLEANS),
    ]
    notes = [tr(text, "", count) for count, text in counted if count]
    for taken in dict.fromkeys(taken for column in columns for taken in column.marks):
        names = [column.name for column in columns if taken in column.marks]
        shown = ", ".join(names[:_MOST_NAMED])
        if len(names) > _MOST_NAMED:
            more = tr(
                "“{mark}” was taken off the numbers of {columns} and {n} more column|"
                "“{mark}” was taken off the numbers of {columns} and {n} more columns",
                "",
                len(names) - _MOST_NAMED,
                mark=taken,
                columns=shown,
            )
            notes.append(more)
        else:
            notes.append(tr("“{mark}” was taken off the numbers of {columns}", mark=taken, columns=shown))
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
