"""The error of a file that can't be read: which file, where in it, and what was expected."""

from nnplay.errors import NnplayError
from nnplay.texts import tr


class FileError(NnplayError):
    """A file, or pasted text, that can't be taken as points.

    Attributes
    ----------
    name
        The file's name, or what stands for it: ``clipboard``.
    problem
        What is wrong and what was expected, as the end of a sentence.
    row
        As a spreadsheet counts, from 1; None where the whole file is meant.
    column
        The column's name; None where the whole row is meant.
    """

    def __init__(self, name: str, problem: str, *, row: int | None = None, column: str | None = None) -> None:
        self.name = name
        self.problem = problem
        self.row = row
        self.column = column
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        names = {"name": self.name, "row": self.row, "column": repr(self.column), "problem": self.problem}
        if self.row is not None and self.column is not None:
            return tr("{name}, row {row}, column {column}: {problem}", **names)
        if self.row is not None:
            return tr("{name}, row {row}: {problem}", **names)
        if self.column is not None:
            return tr("{name}, column {column}: {problem}", **names)
        return tr("{name}: {problem}", **names)


class ReadCancelled(NnplayError):  # noqa: N818 - not a fault: what a progress callback raises when a person cancels
    """A person cancelled the reading; raised by a progress callback and passed on unchanged."""
