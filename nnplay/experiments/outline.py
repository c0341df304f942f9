"""A look at the bytes of a file before they are parsed: how much of it there is, and how deep.

A file of some megabytes can hold so many empty lists that they fill gigabytes.
"""

import codecs
import re

import numpy as np

from nnplay.experiments.explain import DocumentError
from nnplay.texts import tr

MAX_DEPTH = 32
MAX_VALUES = 6_000_000
"""Commas; more than three million numbers with all their digits are larger than a file may be."""
MAX_LISTS = 500_000
"""Lists and objects; a table has one a sample where it is not packed."""
MAX_TEXTS = 900_000
"""Names and keys; a table has one an input, and up to eight where it is said of which column that was made."""

_PIECE = 1 << 20
_STEPS = np.zeros(256, np.int8)
_STEPS[[*b"[{"]], _STEPS[[*b"]}"]] = 1, -1
_NO_BRACKETS = bytes(set(range(256)) - {*b"[]{}"})
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\Z)', re.DOTALL)


def check_outline(data: bytes, source: str) -> None:
    """Refuse what is no text, or more than an experiment has.

    Raises
    ------
    DocumentError
        In one sentence.
    """
    _check_text(data, source)
    if data.count(b",") > MAX_VALUES:
        most = f"{MAX_VALUES:,}"
        raise DocumentError(source, tr("the file holds too many values: allowed are up to {most}", most=most))
    if data.count(b"[") + data.count(b"{") > MAX_LISTS:
        most = f"{MAX_LISTS:,}"
        raise DocumentError(
            source, tr("the file holds too many lists and objects: allowed are up to {most}", most=most)
        )
    if data.count(b'"') > 2 * MAX_TEXTS:
        most = f"{MAX_TEXTS:,}"
        raise DocumentError(source, tr("the file holds too many texts: allowed are up to {most}", most=most))
    # brackets in names are none; to take names out takes longer
    if _depth(data) > MAX_DEPTH and _depth(_STRING.sub(b"", data)) > MAX_DEPTH:
        raise DocumentError(source, tr("this is not an experiment: it is nested too deeply"))


def _check_text(data: bytes, source: str) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data) + 1, _PIECE):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(data[start : start + _PIECE], final=start + _PIECE > len(data))
        except UnicodeDecodeError as error:
            place = start - pending + error.start
            raise DocumentError(source, tr("this is not a text file in UTF-8 (byte {place})", place=place)) from error


def _depth(data: bytes) -> int:
    brackets = np.frombuffer(data.translate(None, _NO_BRACKETS), np.uint8)
    return int(np.cumsum(_STEPS[brackets], dtype=np.int32).max(initial=0))
