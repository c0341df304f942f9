"""Every text that a person reads goes through `tr`, and translators find all of them."""

import gc
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from nnplay import texts
from nnplay.cli import main
from nnplay.data import DATA_SETS, FEATURES
from nnplay.data.idx import FASHION_NAMES
from nnplay.errors import a_number, a_whole_number
from nnplay.experiments.worked.html import TIGHT
from nnplay.experiments.worked.latex import PREAMBLE
from nnplay.preflight import PACKAGES, SCREEN_PACKAGES
from nnplay.training.conditions import CONDITIONS
from nnplay.training.options import OPTIONS
from tests.texts_calls import marked_names, texts_of, wrong_uses
from tests.texts_rule import Fault, Source, untranslated

ROOT = Path(__file__).parents[1]
NNPLAY = ROOT / "nnplay"

NO_TEXTS: dict[str, tuple[str, set[str]]] = {
    "bootstrap/bundle/linux.py": ("packages of Debian", {"libc6 (>= {}.{})", "libglib2.0-0t64 | libglib2.0-0"}),
    "bootstrap/bundle/places.py": ("words of macOS's Info.plist", {"Editor", "Owner", "nnplay experiment"}),
    "bootstrap/checks.py": (
        "what the checks are called, and a program",
        {
            *("ruff check", "ruff format", "mypy --strict"),
            "from importlinter.cli import lint_imports_command as run; run()",
        },
    ),
    "bootstrap/environment.py": ("a folder's name", {"Scripts"}),
    "bootstrap/window.py": ("a command of Tk", {"tk::PlaceWindow . center"}),
    "data/tables/reading.py": ("a name in a table: the same in every language, as files keep it", {"column {}"}),
    "data/tables/files/refused_formats.py": (
        "names of formats",
        {
            *("ARFF (Weka)", "Access", "Arrow", "Arrow (Feather)", "Avro", "Excel (.xls)", "Excel (.xlsb)"),
            *("MATLAB (.mat)", "NumPy (.npy)", "NumPy (.npz)", "Numbers", "OpenDocument Text", "Parquet"),
            *("R (.rda)", "R (.rds)", "SAS (.sas7bdat)", "SAS transport (.xpt)", "SPSS (.por)", "SPSS (.sav)"),
            *("Feather", "SPSS (.zsav)", "Stata (.dta)", "Word", "Zstandard"),
        },
    ),
    "data/digits.py": ("names in a table, as above", {"pixel {},{}"}),
    "data/features.py": ("formulas", {"sin x₁", "sin x₂", "cos x₁", "cos x₂"}),
    "data/idx.py": ("names of Fashion-MNIST's classes, as files keep them", {*FASHION_NAMES} - {"T-shirt"}),
    "data/registry.py": ("a formula", {"sin(x) * cos(y/2)"}),
    "experiments/export/report/page.py": ("markup", {'<!DOCTYPE html>\n<html lang="en"><head>{}</head>\n{}</html>\n'}),
    "experiments/worked/html.py": (
        "markup",
        {'<!DOCTYPE html>\n<html lang="en"><head>{}</head>\n<body>{}</body></html>\n', TIGHT},
    ),
    "experiments/worked/markdown.py": ("commands of LaTeX", {"\\begin{aligned}\n{}\n\\end{aligned}"}),
    "experiments/worked/latex.py": (
        "commands of LaTeX",
        {
            PREAMBLE,
            "\\begin{aligned}[t]\n{}\n\\end{aligned}",
            "\\begin{minipage}{\\textwidth}\n{}\n{}\n\\end{minipage}\\par\\medskip",
            "\\begin{tabular}{@{}{}@{}}\n{}\n\\end{tabular}",
            "\\makebox[3em][r]{({})\\quad}$\\displaystyle\n{}\n$\\par\\smallskip",
            "\\put({},{}){\\makebox(0,0){\\footnotesize {}}}",
            "\\textbf{{}}\\\\[2pt]",
        },
    ),
    "training/conditions/kinds.py": (
        "the words of conditions: a small language, the same everywhere, as the paths of options are",
        {kind.words for kind in CONDITIONS.values()},
    ),
    "pictures/charts.py": ("a command of SVG", {"rotate(-90 12 {})"}),
    "pictures/svg.py": ("names of fonts", {"system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif"}),
    "gui/window/log.py": (
        "a log, for those who mend what went wrong",
        {"Qt: %s", "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    ),
    "training/arithmetic/quantities.py": ("marks over letters", {"hat bar", "tilde bar"}),
    "preflight.py": ("names of packages", {SCREEN_PACKAGES, PACKAGES.replace(SCREEN_PACKAGES, "{}")}),
    "nn/estimators.py": (
        "scikit-learn's own sentences, which its checks look for word by word",
        {
            "A column-vector y was passed when a 1d array was expected",
            "Feature names must be in the same order as they were in fit.",
            "Feature names seen at fit time, yet now missing:",
            "Feature names unseen at fit time:",
            "The feature names should match those that were passed during fit.",
            "X does not have valid feature names, but {} was fitted with feature names",
            "X has feature names, but {} was fitted without feature names",
        },
    ),
}
"""By the file: what looks like a text for a person and is none, and why."""

PROGRAMS = (
    *(NNPLAY / "experiments/export" / name for name in ("code", "onnx.py", "onnx_graph.py")),
    *(NNPLAY / "training/arithmetic" / name for name in ("numpy_lines.py", "latex.py", "mathml.py")),
)
"""What stands here becomes programs, graphs and formulas in English; only refusals are texts for a person."""


def files() -> list[Path]:
    return sorted(NNPLAY.rglob("*.py"))


@pytest.fixture(scope="module")
def sources() -> dict[Path, Source]:
    gc.disable()  # there is no garbage in a million nodes, which it would look through again and again
    try:
        return {file: Source(file.read_text(encoding="utf-8")) for file in files()}
    finally:
        gc.enable()


def said(file: Path, fault: Fault) -> str:
    return f"{file.relative_to(ROOT)}:{fault.line}: {fault.what}: {fault.text!r}"


def test_every_text_for_a_person_goes_through_tr(sources: dict[Path, Source]) -> None:
    found = []
    for file, source in sources.items():
        if any(map(file.is_relative_to, PROGRAMS)):
            continue
        _, allowed = NO_TEXTS.get(file.relative_to(NNPLAY).as_posix(), ("", set()))
        found += [said(file, fault) for fault in untranslated(source) if fault.text not in allowed]
    assert found == []


def test_what_is_no_text_is_still_there(sources: dict[Path, Source]) -> None:
    for name, (_, allowed) in NO_TEXTS.items():
        assert allowed == {fault.text for fault in untranslated(sources[NNPLAY / name])}, name


def test_every_call_of_tr_can_be_translated(sources: dict[Path, Source]) -> None:
    marked = marked_names(list(sources.values()))
    found = [said(file, fault) for file, source in sources.items() for fault in wrong_uses(source, marked)]
    assert found == []


def test_translators_find_every_text(sources: dict[Path, Source], tmp_path: Path) -> None:
    lupdate = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent)) or shutil.which("pyside6-lupdate")
    assert lupdate, "it comes with PySide6-Essentials"
    out = tmp_path / "nnplay.ts"
    names = [str(file.relative_to(ROOT)) for file in sources]
    command = [lupdate, "-silent", "-tr-function-alias", "tr+=mark", *names, "-ts", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)
    messages = list(ET.parse(out).getroot().iter("message"))
    found = {message.findtext("source", "") for message in messages}
    counted = {message.findtext("source", "") for message in messages if message.get("numerus") == "yes"}
    wanted = {text for source in sources.values() for text in texts_of(source)}
    assert len(wanted) > 100
    assert {each.text for each in wanted} - found == set()
    assert {each.text for each in wanted if each.plural} - counted == set()


@pytest.fixture
def only_known(sources: dict[Path, Source]) -> Iterator[set[str]]:
    """What is given to `tr` while this lasts; a text that translators don't find is an error."""
    formulas = {feature.label for feature in FEATURES.values()}  # the same in every language
    known = {each.text for source in sources.values() for each in texts_of(source)} | formulas
    used: set[str] = set()

    def translate(text: str, note: str, number: int | None) -> str:
        assert text in known
        used.add(text)
        return texts.english(text, note, number)

    texts.install(translate)
    yield used
    texts.install(None)


def test_what_is_marked_reaches_those_who_show_it(only_known: set[str], capsys: pytest.CaptureFixture[str]) -> None:
    for option in OPTIONS.values():
        assert option.label in only_known
        assert option.help in only_known
        assert not option.unit or option.unit in only_known
        shown = {label for _, label in option.choices}
        assert shown <= only_known
        assert option.allowed
    for kind in CONDITIONS.values():
        assert kind.label in only_known
        assert kind.help in only_known
        assert kind.number is None or not kind.number.unit or kind.number.unit in only_known
        for need in kind.needs:
            assert texts.tr(need.marked_label)
            assert texts.tr(need.marked_refusal)
    for data_set in DATA_SETS.values():
        assert texts.tr(data_set.title)
        assert texts.tr(data_set.description)
    ranges = [a_whole_number(), a_whole_number(1), a_whole_number(high=9), a_whole_number(1, 9)]
    ranges += [a_number(), a_number(above=0), a_number(0, 1), a_number(0, below=1), a_number(above=0, high=1)]
    ranges += [a_number(above=0, below=1), a_number(below=1), a_number(high=1), a_number(0)]
    assert len(set(ranges)) == len(ranges)
    assert main(["options"]) == 0
    assert "Learning rate: How far" in capsys.readouterr().out
    assert main(["conditions"]) == 0
    assert "Loss below: The loss is" in capsys.readouterr().out
