"""The report: one page that is well formed, needs no other file, and tells the run's own figures."""

import re
import xml.etree.ElementTree as ET

import pytest

from nnplay.experiments.export import FORMATS
from nnplay.experiments.export.report import drawings
from nnplay.experiments.export.settings import settings_of
from nnplay.pictures.charts import number
from tests.experiments.export import runs

CASES = runs.CASES | {"one input": runs.imported("one_input.csv"), "pictures": runs.imported("pictures_8x8.csv")}


def page(run: runs.ExportedRun) -> ET.Element:
    text = FORMATS["report"].files(run)[".html"].decode()
    return ET.fromstring(text.removeprefix("<!DOCTYPE html>\n"))


def words(tree: ET.Element) -> str:
    return " ".join(text.strip() for text in tree.itertext() if text.strip())


@pytest.mark.parametrize("name", CASES)
def test_every_run_has_one(name: str) -> None:
    run = runs.trained(CASES[name])
    told = words(page(run))
    assert number(run.trainer.figures.train.loss) in told
    for title in ("Figures", "Curves", "What the network says", "Network", "Data", "Settings"):
        assert title in told
    if run.trainer.figures.train.accuracy is not None:
        assert f"{100 * run.trainer.figures.train.accuracy:.1f} %" in told


@pytest.mark.parametrize(
    ("name", "told", "not_told"),
    [
        ("optimizer sgd", {"Features", "Class weights"}, {"Momentum"}),
        ("pictures", {"Class weights"}, {"Features"}),
        ("text columns", {"Class weights"}, {"Features"}),
        ("regression", {"Features"}, {"Class weights"}),
        ("regression of a table", {"Features"}, {"Class weights"}),
    ],
)
def test_settings_are_those_that_the_run_reads(name: str, told: set[str], not_told: set[str]) -> None:
    labels = {label for label, _ in settings_of(runs.trained(CASES[name], epochs=0))}
    assert told <= labels
    assert not not_told & labels


def test_it_needs_nothing_from_elsewhere() -> None:
    text = FORMATS["report"].files(runs.trained(CASES["pictures"]))[".html"].decode()
    addresses = re.findall(r'(?:href|src)="([^"]{0,20})', text)
    assert addresses
    assert all(address.startswith("data:image/png") for address in addresses)


def test_names_have_no_meaning_in_markup() -> None:
    run = runs.trained(runs.imported("markup_names.csv"), name="<script>alert(1)</script>")
    tree = page(run)
    assert tree.find(".//h1").text == "<script>alert(1)</script>"
    assert not list(tree.iter("script"))


def test_a_run_that_wasnt_trained_has_no_curves() -> None:
    run = runs.trained(CASES["optimizer sgd"], epochs=0)
    assert drawings.curves(run) == []
    assert "Curves" not in words(page(run))


def test_wrong_pictures_stand_out() -> None:
    run = runs.trained(CASES["pictures"], epochs=0)
    picture = drawings.pictures(run)
    assert picture is not None
    rows = run.prepared.test if len(run.prepared.test) else run.prepared.train
    answers = run.network.forward(run.prepared.as_seen(run.table.inputs[rows])).argmax(axis=1)
    wrong = (answers != run.table.labels[rows])[: drawings.SHOWN_PICTURES].sum()
    assert picture.count("≠") == wrong > 0
