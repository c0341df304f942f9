"""SVG as text: elements with their attributes, everything that comes from outside escaped."""

from collections.abc import Iterable
from html import escape

from nnplay.pictures.colours import PANEL, QUIET, TEXT
from nnplay.texts import one_line

FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif"
Attribute = str | float | None


def element(name: str, /, *children: str, **attributes: Attribute) -> str:
    """An element with markup in it; ``stroke_width`` is written ``stroke-width``, and what is None is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def label(
    x: float,
    y: float,
    content: str,
    *,
    anchor: str = "middle",
    size: float = 11,
    colour: str = QUIET,
    **more: Attribute,
) -> str:
    """A text at a place."""
    return element("text", plain(content), x=x, y=y, text_anchor=anchor, font_size=size, fill=colour, **more)


def plain(content: str) -> str:
    """A text from anywhere as it is to be read, in markup."""
    return escape(one_line(content))


def drawing(width: float, height: float, parts: Iterable[str], about: str) -> str:
    """A whole picture on white, wherever it is shown, with what it shows in words."""
    return element(
        "svg", element("title", plain(about)), element("rect", width=width, height=height, fill=PANEL), *parts, xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}", width=width, height=height, font_family=FONT, role="img", fill=TEXT,
    )  # fmt: skip


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else f"{value:.6g}"
