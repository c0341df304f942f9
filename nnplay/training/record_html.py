"""A record of choices as a table in HTML, as Jupyter shows it: what differs from the defaults, by its path."""

from collections.abc import Iterator

import msgspec

from nnplay.data import Table
from nnplay.errors import shortened
from nnplay.pictures.svg import element, plain
from nnplay.texts import tr


def record_html(record: msgspec.Struct, defaults: msgspec.Struct, picture: str = "") -> str:
    """The fields that differ from those of `defaults`, and a picture below."""
    usual = dict(_fields(defaults))
    changed = [(path, value) for path, value in _fields(record) if usual.get(path) != value]
    rows = (
        element("tr", element("th", plain(path), style="text-align:left"), element("td", plain(value)))
        for path, value in changed
    )
    note = tr("All else has its default.") if changed else tr("Everything has its default.")
    return element("div", element("table", *rows), element("p", plain(note)), picture)


def _fields(record: msgspec.Struct, before: str = "") -> Iterator[tuple[str, str]]:
    """(path, value) of every field, as `nnplay train --set` takes it."""
    for name in record.__struct_fields__:
        value, path = getattr(record, name), f"{before}{name}"
        if isinstance(value, msgspec.Struct):
            yield from _fields(value, f"{path}.")
        elif isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
            for place, each in enumerate(value):
                yield from _fields(each, f"{path}.{place}.")
        else:
            yield path, _written(value)


def _written(value: object) -> str:
    if isinstance(value, Table):
        return repr(value)
    text = msgspec.json.encode(value).decode()
    return shortened(text) if isinstance(value, tuple) else text
