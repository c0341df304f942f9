"""Which encoding a text is in, and the text as UTF-8."""

import codecs
import contextlib
import re
from collections.abc import Iterator

import numpy as np

from nnplay.data.file_error import FileError
from nnplay.data.tables.files.opening import Stream
from nnplay.texts import tr

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 15
_UNUSED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes without a meaning in cp1252."""
_USUAL = re.compile("[À-ÖØ-öø-ÿŒœŠšŸŽž€‚ƒ„…†‡ˆ‰‹‘’“”•–—˜™› ¡-¿]*")
_WESTERN = tuple(
    frozenset(letters + letters.upper())
    for letters in ("äöüßåéèà", "æøåéèêóôäöü", "áéíóúýæöðþ", "àâæçéèêëîïôœùûüÿ", "áàâãçéèêíïñóòôõúü¡¿", "àèéìíîòóùú")
)
"""The letters beyond ASCII of German and Swedish, Danish, Icelandic, French, Spanish and Portuguese, Italian."""
_SIGNS = frozenset("°ºª²³¹µ±€£§©®«»‹›–—‘’‚“”„…·×÷½¼¾´ ")
_SIGN_IN_WORD = re.compile(r"[¹³£¥§ª¼¾](?=[^\W\d_])")
"""A sign before a letter, where another encoding has a letter."""
_WORD = re.compile(r"[^\W\d_]+")
_MOST_BEYOND = 0.6
"""Letters beyond ASCII are rarer than this in Western words; Greek or Russian ones have no others."""
_LIKELY = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874", "iso8859_2", "koi8_r"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
)
"""Encodings in which tables are written; any other can be chosen."""
_FEW = 12
"""So few letters beyond ASCII say nothing of the language they are in."""


def known_encoding(name: str, asked: str) -> str:
    """The encoding that was asked for, as Python calls it.

    Raises
    ------
    FileError
        There is no such encoding of texts.
    """
    try:
        found = codecs.lookup(asked)
    except (LookupError, ValueError):
        raise FileError(name, _unknown(asked)) from None
    if not getattr(found, "_is_text_encoding", True):
        raise FileError(name, _unknown(asked))
    return "utf-8" if found.name == "utf-8-sig" else found.name


def recognised_encoding(head: bytes, sample: bytes | None) -> str:
    """The encoding of a text.

    Parameters
    ----------
    head
        How it begins.
    sample
        Some of what is no UTF-8 in it; None where all of it is UTF-8.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if wide := _wide(head):
        return wide
    if sample is None:
        return "utf-8"
    return _of_bytes(sample)


class Utf8Check:
    """Looks, piece by piece, whether a text is UTF-8, and gathers some of what isn't."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._beyond = bytearray()
        self._broken = False

    def add(self, piece: bytes) -> None:
        """Look at the next piece."""
        if piece.isascii() and not self._decoder.getstate()[0]:
            return
        if len(self._beyond) < _SAMPLE:
            lines = b"\n".join(line for line in piece.splitlines()[:20_000] if not line.isascii())
            self._beyond += lines[:_SAMPLE]
        if not self._broken:
            self._decode(piece, final=False)

    def sample(self) -> bytes | None:
        """Some lines that are not ASCII; None where all was UTF-8."""
        if not self._broken:
            self._decode(b"", final=True)
        return bytes(self._beyond) if self._broken else None

    def _decode(self, piece: bytes, *, final: bool) -> None:
        try:
            self._decoder.decode(piece, final)
        except UnicodeDecodeError:
            self._broken = True


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of European text is 0."""
    part = head[: len(head) // 2 * 2][:4096]
    if len(part) < 4:
        return None
    even, odd = part[::2].count(0), part[1::2].count(0)
    half = len(part) // 2
    if odd > 0.7 * half and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd == 0 else None


def _of_bytes(sample: bytes) -> str:
    western = "latin-1" if _UNUSED.search(sample) else "cp1252"
    text = sample.decode(western)
    beyond = "".join(character for character in text if not character.isascii())
    if len(beyond) <= _FEW and western == "cp1252" and _USUAL.fullmatch(beyond):
        return western
    if _is_western(text, beyond):
        return western
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(_LIKELY)).best()
    if best is None or western in best.could_be_from_charset or best.encoding in ("cp1252", "latin_1"):
        return western
    return codecs.lookup(best.encoding).name


def _is_western(text: str, beyond: str) -> bool:
    """Whether the letters are those of one Western language, few in each word: texts of tables are short to guess."""
    letters = set(beyond) - _SIGNS
    if _SIGN_IN_WORD.search(text) or not any(letters <= known for known in _WESTERN):
        return False
    words = {word for word in _WORD.findall(text) if not word.isascii()}
    count = sum(map(len, words))
    return sum(not character.isascii() for word in words for character in word) <= _MOST_BEYOND * count


def as_utf8(stream: Stream, encoding: str, name: str, size: int) -> Iterator[bytes]:
    """The text piece by piece as UTF-8, its lines ended by line feeds only, however they ended.

    Raises
    ------
    FileError
        It isn't in this encoding.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    ascii_like = encoding in ("utf-8", "ascii", "latin-1", "iso8859-1", "cp1252")
    first, held, line = True, b"", 1
    while True:
        piece = stream.read(size)
        final = not piece
        if not (ascii_like and piece.isascii() and not decoder.getstate()[0]):
            with _decoding(name, encoding, line):
                text = decoder.decode(piece, final)
                piece = (text.removeprefix("\ufeff") if first else text).encode("utf-8")
        first = first and not piece
        piece = held + piece
        held = b"\r" if piece.endswith(b"\r") and not final else b""
        if b"\r" in piece:
            piece = piece.removesuffix(held).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if piece:
            line += line_feeds(piece)
            yield piece
        if final:
            return


def line_feeds(data: bytes) -> int:
    """How many line feeds there are; several times as fast as `bytes.count`."""
    return int(np.count_nonzero(np.frombuffer(data, np.uint8) == ord("\n")))


@contextlib.contextmanager
def _decoding(name: str, encoding: str, line: int) -> Iterator[None]:
    problem = tr("is no text in the encoding {encoding}; choose another one", encoding=encoding)
    try:
        yield
    except UnicodeDecodeError as error:
        row = line + error.object[: error.start].count(b"\n")
        raise FileError(name, problem, row=row) from None
    except (ValueError, LookupError, OverflowError):
        raise FileError(name, problem, row=line) from None


def _unknown(asked: str) -> str:
    return tr(
        "{encoding} is no known encoding; utf-8, utf-16, latin-1, cp1252 and others are", encoding=repr(asked[:40])
    )
