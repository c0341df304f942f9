"""A sheet as files: a web page, Markdown with its drawing beside it, LaTeX; there whole or not at all."""

from collections.abc import Callable
from pathlib import Path

from nnplay.errors import one_of
from nnplay.experiments.chosen_files import check_place, write_chosen
from nnplay.experiments.explain import DocumentError
from nnplay.experiments.worked.html import as_html
from nnplay.experiments.worked.latex import as_latex
from nnplay.experiments.worked.markdown import as_markdown
from nnplay.experiments.worked.sheet import WorkedSheet
from nnplay.texts import mark, tr

Writer = Callable[[WorkedSheet, int, bool, str], dict[str, str]]
"""(sheet, decimals, whether answers are at the end, name without suffix) → contents by suffix, the file first."""
KINDS = {".html": mark("Web page, to print"), ".md": mark("Markdown"), ".tex": mark("LaTeX")}
"""Suffix → what it is called."""
WRITERS: dict[str, Writer] = {".html": as_html, ".md": as_markdown, ".tex": as_latex}
BESIDE = {".md": (".svg",)}


def write_sheet(
    sheet: WorkedSheet, path: Path, *, digits: int, answers: bool = False, overwrite: bool = False
) -> tuple[Path, ...]:
    """Write a sheet in the format that the file's name ends with.

    Parameters
    ----------
    digits
        Decimals of numbers, 2 to 10.
    answers
        Whether what belongs into the blanks stands at the end.

    Returns
    -------
    tuple of Path
        What was written: the file, and what lies beside it.

    Raises
    ------
    DocumentError
        It can't be written; nothing is left of it.
    """
    check_path(path, overwrite=overwrite)
    contents = WRITERS[path.suffix.lower()](sheet, digits, answers, path.stem)
    return write_chosen(path, {suffix: text.encode("utf-8", "replace") for suffix, text in contents.items()})


def check_path(path: Path, *, overwrite: bool = False) -> None:
    """Refuse a name of no format, a folder that isn't there, and files that are.

    Raises
    ------
    DocumentError
        With the file's name.
    """
    suffix = path.suffix.lower()
    if suffix not in WRITERS:
        raise DocumentError(str(path), tr("the name of a sheet ends with {suffix}", suffix=one_of(WRITERS)))
    check_place(path, BESIDE.get(suffix, ()), overwrite=overwrite)
