"""How `tr` and `mark` are called: so that translators find each text, and so that it can be translated."""

import ast
import string
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from tests.texts_rule import Fault, Source, name_of

GIVING = (ast.Assign, ast.AnnAssign, ast.For, ast.comprehension, ast.ImportFrom, ast.Call)
"""Where a name is given something."""


@dataclass(frozen=True)
class FoundText:
    """A text that translators are to find; `plural` where it has forms by a number."""

    text: str
    plural: bool


def wrong_uses(source: Source, marked: Collection[str]) -> Iterator[Fault]:
    """Calls of `tr` and `mark` that can't be translated: no literal, forms or places that don't fit, too early."""
    for call in source.calls("tr", "mark"):
        kind = name_of(call)
        text = ast.unparse(call)
        if not call.args:
            yield Fault(call.lineno, f"{kind} without a text", text)
            continue
        first = call.args[0]
        if not isinstance(first, ast.Constant) and (kind == "mark" or not is_marked(first, marked)):
            yield Fault(call.lineno, f"the text of {kind} is no literal, nor a name that is marked", text)
        if kind == "mark":
            continue
        if _at_import(source, call):
            yield Fault(call.lineno, "translated at import, before a language is known", text)
        if any(isinstance(parent, ast.FormattedValue) for _, parent in source.ways_up(call)):
            yield Fault(call.lineno, "within an f-string, where translators don't find it", text)
        if isinstance(first, ast.Constant):
            yield from _wrong_forms(call, str(first.value))


def _wrong_forms(call: ast.Call, text: str) -> Iterator[Fault]:
    counted, forms = len(call.args) > 2, text.split("|")
    if counted != (len(forms) == 2):
        yield Fault(call.lineno, "two forms and a number go together", text)
    given = {keyword.arg for keyword in call.keywords} | ({"n"} if counted else set())
    if None in given or not given:
        return  # ** hides the names; without names the text may have braces
    for form in forms:
        places = {name for _, name, _, _ in string.Formatter().parse(form) if name is not None}
        if places - given or (given - places - {"n"}):
            yield Fault(call.lineno, "places and names differ", form)


def _at_import(source: Source, call: ast.Call) -> bool:
    for child, parent in source.ways_up(call):
        if isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef) and child in parent.body:
            return False
        if isinstance(parent, ast.Lambda) and child is parent.body:
            return False
    return True


def texts_of(source: Source) -> set[FoundText]:
    """Every literal text that `tr` or `mark` is given."""
    found = set()
    for call in source.calls("tr", "mark"):
        if call.args and isinstance(call.args[0], ast.Constant):
            found.add(FoundText(str(call.args[0].value), plural=name_of(call) == "tr" and len(call.args) > 2))
    return found


def marked_names(sources: Sequence[Source]) -> frozenset[str]:
    """The names that hold marked texts, or tables of them: of constants, attributes, arguments and loops.

    Names, wherever they stand: one `label` that is marked lets every ``tr(x.label)`` pass.
    """
    definitions = (node for source in sources for node in source.nodes(ast.ClassDef, ast.FunctionDef))
    made = {node.name: _parameters(node) for node in definitions if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    nodes = [node for source in sources for node in source.nodes(*GIVING)]
    holding = {node for source in sources for node in _holding_marks(source)}
    marked = {name for node in nodes for name in _names_given(node, made, holding.__contains__)}
    given_on = [node for node in nodes if isinstance(node, ast.Assign | ast.For | ast.comprehension)]
    before, known = 0, frozenset[str]()
    while before < len(marked):
        before = len(marked)
        tables = frozenset(name for name in marked if name.isupper())
        if tables != known:
            for node in nodes:  # Row(KEYS), for text in TEXTS
                marked.update(_names_given(node, made, partial(is_marked, marked=tables)))
        known = tables
        for node in given_on:  # self._title = title, for text in self._texts
            marked.update([*_names_given(node, {}, partial(is_marked, marked=marked))])
    return frozenset(marked)


def is_marked(node: ast.AST, marked: Collection[str]) -> bool:
    """Whether an expression is one of the marked names, or something in a table of that name."""
    match node:
        case ast.Name() | ast.Attribute():
            return name_of(node) in marked
        case ast.Subscript(value=table) | ast.Call(func=ast.Attribute(attr="items" | "values", value=table)):
            return is_marked(table, marked)
    return False


def _holding_marks(source: Source) -> Iterator[ast.AST]:
    """All nodes within which something is marked."""
    for call in source.nodes(ast.Call):
        if name_of(call) == "mark":
            yield call
            yield from (parent for _, parent in source.ways_up(call))


def _names_given(node: ast.AST, made: Mapping[str, Sequence[str]], is_text: Callable[[ast.AST], bool]) -> Iterator[str]:
    """The names that are given a text at this node."""
    match node:
        case ast.Assign():
            for target in node.targets:
                yield from _targets(target, node.value, is_text)
        case ast.AnnAssign() if node.value is not None:
            yield from _targets(node.target, node.value, is_text)
        case ast.For() | ast.comprehension():
            yield from _targets(node.target, node.iter, is_text)
        case ast.ImportFrom():
            yield from (each.asname for each in node.names if each.asname and is_text(ast.Name(each.name)))
        case ast.Call():
            yield from (keyword.arg for keyword in node.keywords if keyword.arg and is_text(keyword.value))
            parameters = made.get(name_of(node), [])
            yield from (name for name, given in zip(parameters, node.args, strict=False) if is_text(given))


def _targets(target: ast.AST, value: ast.AST, is_text: Callable[[ast.AST], bool]) -> Iterator[str]:
    if not isinstance(target, ast.Tuple):
        if is_text(value) and name_of(target):
            yield name_of(target)
        return
    each = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
    parts = value.elts if isinstance(value, ast.Tuple) and each else [value] * len(target.elts)
    for one, part in zip(target.elts, parts, strict=True):
        yield from _targets(one, part, is_text)


def _parameters(made: ast.ClassDef | ast.FunctionDef) -> list[str]:
    """The names of what is given in order, to a function or to make an object of a class."""
    if isinstance(made, ast.FunctionDef):
        return [each.arg for each in made.args.args if each.arg not in ("self", "cls")]
    for each in made.body:
        if isinstance(each, ast.FunctionDef) and each.name == "__init__":
            return _parameters(each)
    fields = (each.target for each in made.body if isinstance(each, ast.AnnAssign))
    return [field.id for field in fields if isinstance(field, ast.Name)]
