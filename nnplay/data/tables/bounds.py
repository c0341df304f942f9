"""What a table from elsewhere may hold at most, and in which pieces it is read."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with (bytes done, bytes in all) now and then; what it raises stops the reading and is passed on."""

MAX_BYTES = 200_000_000
"""Bytes of a text, packed and unpacked."""
MAX_LINE = 1_000_000
"""Bytes of a line."""
MAX_LINES = 1_100_000
"""More than rows that are read, as there may be blank lines, a header, and line breaks in quotes."""
MAX_ROWS = 1_000_000
MAX_COLUMNS = 4096
MAX_CELLS = 60_000_000
PREVIEW_ROWS = 20

HEAD_BYTES = 1 << 19
"""How a text is written is recognised from so much of it."""
PIECE_BYTES = 1 << 20
