"""How far the cells of an .ods reach: a cell or a row may be repeated a million times."""

from xml.parsers import expat

from nnplay.data.file_error import FileError
from nnplay.texts import tr

_LONG = 15
_BEYOND = 10**_LONG
_CELLS = ("table:table-cell", "table:covered-table-cell")


def check_opendocument(name: str, xml: bytes, most: int) -> None:
    """Refuse sheets of .ods with too many cells, the empty ones before filled ones among them.

    Raises
    ------
    FileError
        Too many cells, or damaged XML.
    """
    looking = _Looking(most)
    parser = expat.ParserCreate()
    parser.StartElementHandler = looking.start
    parser.EndElementHandler = looking.end
    parser.EntityDeclHandler = looking.refuse
    try:
        parser.Parse(xml, True)
    except _TooManyError:
        problem = tr(
            "has more than {most} cells, which is too much for a spreadsheet; save it as CSV", most=f"{most:,}"
        )
        raise FileError(name, problem) from None
    except (expat.ExpatError, ValueError, LookupError) as error:  # an encoding may be unknown
        raise FileError(name, tr("can't be read as a spreadsheet ({error})", error=str(error))) from None


class _TooManyError(Exception):
    pass


class _Looking:
    """Goes through the elements of content.xml."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._cells = 0
        self._blanks = 0
        self._rows = 0
        self._pending = 0
        self._widest = 0
        self._times = 1
        self._column = 0
        self._filled = 0

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if element == "table:table":
            self._rows = self._pending = self._widest = 0
        elif element == "table:table-row":
            self._times = _count(attributes, "table:number-rows-repeated")
            self._column = self._filled = 0
        elif element in _CELLS:
            self._column += _count(attributes, "table:number-columns-repeated")
            if any(key.endswith(("value-type", "formula", "value")) for key in attributes):
                self._fill()
        elif element == "text:p":
            self._fill()
        elif element == "text:s":
            self._blanks += _count(attributes, "text:c")
            if self._blanks > self._most:
                raise _TooManyError

    def end(self, element: str) -> None:
        if element != "table:table-row":
            return
        self._pending += self._times
        if self._filled:
            self._rows += self._pending
            self._pending = 0
            self._widest = max(self._widest, self._filled)
            self._cells += self._filled
            if max(self._cells, self._rows * self._widest) > self._most:
                raise _TooManyError

    def refuse(self, *_: object) -> None:
        """Entities of a file's own may unfold without end; spreadsheets have none."""
        raise ValueError("entity")

    def _fill(self) -> None:
        self._filled = self._column
        if self._filled > self._most:
            raise _TooManyError


def _count(attributes: dict[str, str], key: str) -> int:
    text = attributes.get(key, "1")
    try:
        return int(text) if len(text) < _LONG else _BEYOND
    except ValueError:
        return 1
