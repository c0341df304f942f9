"""The rule that texts for a person go through `tr`, on small sources: what it finds, and what it leaves alone."""

from textwrap import dedent, indent

import pytest

from tests.texts_calls import marked_names, wrong_uses
from tests.texts_rule import Source, untranslated


@pytest.mark.parametrize(
    "code",
    [
        'raise NnplayError("no such file")',
        'raise SystemExit("no such file")',
        'raise InputError("seed", value, "whole")',
        'raise FileError(name, f"has {count:,} columns")',
        'problem = "has one class only, " + name',
        'allowed = " or ".join(kinds)',
        'show(f"loss {loss:.3g}")',
        'show("%d epochs" % count)',
        'show("{} epochs".format(count))',
        'show("Open…")',
        'label = "linear"',
        'class Relu:\n    label: str = "rectified"',
        'Hyperparameter(0.9, label="momentum")',
        'box.setToolTip("loss")',
        "box.setToolTip(f\"{name}{'s' if many else ''} off\")",
        'box.setText("on" if on else "off")',
        'tr("{unit} is {state}", unit=unit, state="switched off")',
        'TITLES = {"plots": "Plots"}',
        'def f(what="a number"): ...',
        'print("stopped")',
    ],
)
def test_the_rule_finds(code: str) -> None:
    assert [*untranslated(Source(code))]


@pytest.mark.parametrize(
    "code",
    [
        '"""What a module says of itself."""',
        'class A:\n    x: int = 0\n    """What stands below an attribute."""',
        'tr("{count} of {total} units", count=2, total=4)',
        'tr("{n} unit|{n} units", "of a layer", count)',
        'label = mark("linear")',
        'show(tr("Open…"))',
        'raise InputError("model.loss", value, one_of(LOSSES))',
        'raise NotImplementedError("no place for a Table here")',
        'assert found, "the table has a row"',
        'if "field larger" in error: ...',
        'match text:\n    case "two words": ...',
        'first = steps["first step"]',
        'pattern = re.compile(r"pixel (\\d+) of (\\d+)")',
        'def f(x: "Table | None") -> "list[Table]": ...',
        'T = TypeVar("Answer")',
        '__all__ = ["Table", "Adam"]',
        'def __repr__(self):\n    return f"Table of {self.rows} rows"',
        'box.setObjectName("Training panel")',
        'action.setShortcut("Ctrl+Shift+E, H")',
        'box.setText(f"{value:.3f}")',
        'box.setText("x₁")',
        'path = f"{folder}/{name}.svg"',
        'window.setWindowTitle("nnplay")',
        'FILTER = "*.csv *.tsv"',
        'SHEET = "QLabel { color: red; } QFrame { border: none; }"',
        "ICON = \"<svg><path d='M 0 0'/></svg>\"",
        'rows = [("Python", version())]',
    ],
)
def test_the_rule_leaves_alone(code: str) -> None:
    assert [*untranslated(Source(code))] == []


@pytest.mark.parametrize(
    ("call", "what"),
    [
        ('tr(f"loss {loss}")', "no literal"),
        ('tr("loss " + loss)', "no literal"),
        ('tr("loss {}".format(loss))', "no literal"),
        ("tr(sentence)", "no literal"),
        ("mark(LABEL)", "no literal"),
        ("tr()", "without a text"),
        ('tr("{n} units", "", count)', "two forms"),
        ('tr("{n} unit|{n} units")', "two forms"),
        ('tr("loss {loss}", los=loss)', "places and names"),
        ('tr("loss", loss=loss)', "places and names"),
        ('tr("{n} of {total}|{n} of all", "", count, total=total)', "places and names"),
        ("f\"{tr('loss')}: {loss}\"", "f-string"),
    ],
)
def test_a_call_that_cannot_be_translated_is_found(call: str, what: str) -> None:
    source = Source(f'LABEL = mark("Loss")\ndef f():\n    return {call}')
    assert [fault for fault in wrong_uses(source, marked_names([source])) if what in fault.what]


@pytest.mark.parametrize(
    "code",
    [
        'TITLE = tr("Loss")',
        'class A:\n    title = tr("Loss")',
        'def f(title=tr("Loss")): ...',
        'TITLES = [tr("Loss") for _ in range(3)]',
        '@named(tr("Loss"))\ndef f(): ...',
    ],
)
def test_a_translation_at_import_is_found(code: str) -> None:
    assert [fault for fault in wrong_uses(Source(code), frozenset()) if "at import" in fault.what]
    assert [*wrong_uses(Source("def outer():\n" + indent(code, "    ")), frozenset())] == []
    assert [*wrong_uses(Source('show = lambda: tr("Loss")'), frozenset())] == []


def test_texts_that_are_marked_elsewhere_are_known_by_their_names() -> None:
    rows = Source(
        dedent("""
            class Row:
                key: str
                title: str
                keys: tuple = ()

            class Entry:
                def __init__(self, key, plain):
                    self._plain = plain

            KEYS = ((mark("Arrows"), mark("Walk")),)
            STATES = {1: mark("Paused")}
            ROWS = (Row("loss", mark("Loss"), KEYS), Entry("undo", mark("Undo")))
            relu = Activation(label=mark("ReLU"))
        """)
    )
    shown = Source(
        dedent("""
            from rows import STATES as NAMES

            def show(self, row, kind, state):
                for key, text in row.keys:
                    tr(key), tr(text)
                tr(row.title), tr(self._plain), tr(ACTIVATIONS[kind].label), tr(STATES[state]), tr(NAMES[state])
                tr(row.file), tr(kind), tr(row.title.lower()), tr(FILES[kind])
        """)
    )
    marked = marked_names([rows, shown])
    assert [fault.text for fault in wrong_uses(shown, marked)] == [
        "tr(row.file)",
        "tr(kind)",
        "tr(row.title.lower())",
        "tr(FILES[kind])",
    ]
