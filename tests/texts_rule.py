"""The rule that every text for a person goes through `tr`, as it can be read off a program's source.

What looks like a text for a person, wherever it stands: several words, or one word with a capital. Where a text for a
person is expected, such as the label of an option or what an error allows: any word. What is no text: documentation,
annotations, keys that are compared or looked up, patterns, what only developers read.
"""

import ast
import builtins
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WORD = re.compile(r"[A-Za-z]{2,}")
NO_WORD = re.compile(r"\{[^{}]*\}|\S*\*\S*|\b(nnplay|Python)\b")
"""Places, patterns of file names, and names of programs."""
STYLE_SHEET = re.compile(r"\{[^{}]*:[^{}]*;\s*\}")
ONE_WORD = re.compile(r"[A-Z][a-z]+[….:]?")
KEY = "Ctrl|Shift|Alt|Meta|Space|Tab|Return|Enter|Escape|Delete|Backspace|Home|End|PgUp|PgDown|Left|Right|Up|Down"
KEYS = re.compile(rf"(({KEY}|F\d+|\S|\{{\}})([+, ]+|$))+")

FOR_PEOPLE = frozenset({
    "label", "title", "help", "tip", "tooltip", "description", "hint", "caption", "unit", "message", "sentence",
})  # fmt: skip
"""Arguments and attributes of these names hold texts."""
TAKES_TEXT = {
    "InputError": 2, "FileError": 1, "DocumentError": 1, "NnplayError": 0, "DivergedError": 0, "print": 0,
    "QLabel": 0, "QPushButton": 0, "QCheckBox": 0, "QAction": 0, "setText": 0, "setTitle": 0, "setWindowTitle": 0,
    "setToolTip": 0, "setStatusTip": 0, "setWhatsThis": 0, "setAccessibleName": 0, "setAccessibleDescription": 0,
    "setPlaceholderText": 0, "addAction": 0, "addMenu": 0, "addItem": 0, "addTab": 0, "showMessage": 0,
    "setHeaderLabels": 0, "set_tip": 1, "PlainLabel": 0, "message_box": 1, "tip_text": 0,
    "menu_text": 0, "title_text": 0,
}  # fmt: skip
"""Functions that show what they are given, and from which argument on."""
TAKES_NO_TEXT = frozenset({
    "TypeVar", "NewType", "NamedTuple", "defstruct", "cast", "getattr", "setattr", "hasattr", "setObjectName",
    "setProperty", "property", "setStyle", "setStyleSheet", "value", "setValue", "beginGroup", "startswith",
    "endswith", "split", "partition", "rpartition", "replace", "removeprefix", "removesuffix", "strip", "rstrip",
    "lstrip", "find", "index", "count", "ParamSpec",
})  # fmt: skip
"""Functions that are given keys, names of types, or what is looked for in a text."""
FOR_DEVELOPERS = frozenset(name for name in vars(builtins) if name.endswith("Error"))
"""Errors that nobody should see: those for a person are nnplay's own."""
MODULES_OF_PATTERNS = frozenset({"re", "struct", "fnmatch"})


@dataclass(frozen=True)
class Fault:
    """What breaks the rule, and where."""

    line: int
    what: str
    text: str


def looks_like_text(text: str) -> bool:
    """Whether a literal, with ``{}`` where values go, looks like something that a person reads."""
    is_drawing = text.startswith("<svg")
    if KEYS.fullmatch(text) or STYLE_SHEET.search(text) or is_drawing or not has_a_word(text):
        return False
    return bool(ONE_WORD.fullmatch(text) or re.search(r"\s", text))


def has_a_word(text: str) -> bool:
    """Whether there is anything to translate."""
    return WORD.search(NO_WORD.sub("", text)) is not None


def literal(node: ast.AST) -> str | None:
    """The text of a literal or an f-string, with ``{}`` where its values go; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(literal(part) or "{}" for part in node.values)
    return None


def name_of(node: ast.AST) -> str:
    """The last name of ``name``, ``a.name`` or ``a.name(…)``; "" for what has none."""
    if isinstance(node, ast.Call):
        return name_of(node.func)
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


class Source:
    """One module, with the way up from each of its nodes."""

    def __init__(self, text: str) -> None:
        self.tree = ast.parse(text)
        self._above: dict[ast.AST, ast.AST] = {}
        self._nodes: dict[type[ast.AST], list[ast.AST]] = {}
        for parent in ast.walk(self.tree):  # once: there are half a million nodes, and many questions
            self._nodes.setdefault(type(parent), []).append(parent)
            self._above.update((child, parent) for child in ast.iter_child_nodes(parent))

    def ways_up(self, node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
        """(child, parent) from the node to the module."""
        while node in self._above:
            yield node, self._above[node]
            node = self._above[node]

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        """All nodes of these kinds."""
        return (node for kind in kinds for node in self._nodes.get(kind, []))

    def calls(self, *names: str) -> Iterator[ast.Call]:
        """All calls of plain functions of these names."""
        for node in self.nodes(ast.Call):
            assert isinstance(node, ast.Call)
            if isinstance(node.func, ast.Name) and node.func.id in names:
                yield node


def untranslated(source: Source) -> Iterator[Fault]:
    """Literals that look like texts for a person and don't go through `tr` or `mark`."""
    for node in source.nodes(ast.Constant, ast.JoinedStr):
        text, ways = literal(node), list(source.ways_up(node))
        if text is None or isinstance(ways[0][1], ast.JoinedStr) or any(_is_no_text(*way) for way in ways):
            continue  # a part of an f-string is looked at in the whole of it
        if looks_like_text(text) or (has_a_word(text) and _is_for_people(ways)):
            yield Fault(getattr(node, "lineno", 0), "not through tr", text)


def _is_no_text(child: ast.AST, parent: ast.AST) -> bool:
    match parent:
        case ast.Expr():  # a docstring, or what stands below an attribute
            return child is parent.value and literal(child) is not None
        case ast.Call():
            return _is_no_argument_for_people(child, parent)
        case ast.AnnAssign() | ast.arg():
            return child is parent.annotation
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return child is parent.returns or parent.name == "__repr__"
        case ast.Subscript():
            return child is parent.slice
        case ast.Raise():
            return name_of(child) in FOR_DEVELOPERS
        case ast.Assign():
            return any(name_of(target) == "__all__" for target in parent.targets)
        case ast.Compare() | ast.MatchValue() | ast.Assert():
            return True
    return False


def _is_no_argument_for_people(child: ast.AST, call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name) and call.func.id in ("tr", "mark"):
        return child in call.args[:2]
    if isinstance(call.func, ast.Attribute) and name_of(call.func.value) in MODULES_OF_PATTERNS:
        return True
    return child is not call.func and name_of(call) in TAKES_NO_TEXT


def _is_for_people(ways: Sequence[tuple[ast.AST, ast.AST]]) -> bool:
    """Whether a literal is what a call or a name that is known to hold texts gets, as a whole or by a choice."""
    for child, parent in ways:
        match parent:
            case ast.keyword():
                return parent.arg in FOR_PEOPLE
            case ast.Call():
                first = TAKES_TEXT.get(name_of(parent))
                return first is not None and child in parent.args[first:]
            case ast.Assign():
                return any(name_of(target) in FOR_PEOPLE for target in parent.targets)
            case ast.AnnAssign():
                return name_of(parent.target) in FOR_PEOPLE
            case ast.IfExp() | ast.BoolOp() | ast.BinOp():
                continue
        return False
    return False
