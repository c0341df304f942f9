"""The page of a report: its sections one after the other, in one file that needs no other."""

from collections.abc import Iterable, Sequence

import numpy as np

from nnplay import __version__
from nnplay.experiments.export.exported import ExportedRun, Files
from nnplay.experiments.export.report import drawings
from nnplay.experiments.export.settings import settings_of
from nnplay.nn import confusion_matrix
from nnplay.pictures.charts import number
from nnplay.pictures.colours import class_colour
from nnplay.pictures.svg import element, plain
from nnplay.texts import tr
from nnplay.training.history import Metrics

STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #F3F4F7; color: #1B2230; font: 15px/1.5 system-ui, 'Segoe UI', 'Noto Sans', sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 40px 24px; }
h1 { font-size: 28px; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 12px; letter-spacing: .08em; text-transform: uppercase; color: #5C6678; margin: 0 0 12px; }
p { margin: 0 0 12px; } .quiet { color: #5C6678; }
section { background: #FFFFFF; border-radius: 10px; padding: 20px 24px; margin-top: 16px; break-inside: avoid; }
.side { display: flex; flex-wrap: wrap; gap: 16px 24px; align-items: flex-start; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 4px 20px 4px 0; border-bottom: 1px solid #E2E5EB; }
th { font-weight: 500; color: #5C6678; } td { overflow-wrap: anywhere; }
table.number td, table.number th + th { text-align: right; }
table.confusion td { text-align: center; padding: 6px 12px; border: 2px solid #FFFFFF; }
svg { max-width: 100%; height: auto; } i { width: 10px; height: 10px; border-radius: 5px; display: inline-block; }
@media print { body { background: none; } main { padding: 0; } section { padding: 12px 0; } }
"""
MOST_NAMES = 24
"""Inputs that are named."""


def files(run: ExportedRun) -> Files:
    """The report of a run."""
    parts = [
        element("h1", plain(run.name)),
        element("p", plain(_summary(run)), class_="quiet"),
        _section(tr("Figures"), _figures(run)),
        _section(tr("Curves"), *drawings.curves(run), side=True),
        _section(tr("What the network says"), *_answers(run), side=True),
        _section(tr("Network"), drawings.network(run)),
        _section(tr("Data"), *_data(run)),
        _section(tr("Settings"), _rows(settings_of(run))),
        element(
            "p", plain(tr("Made by nnplay {version}.", version=__version__)), class_="quiet", style="margin-top:16px"
        ),
    ]
    head = element("meta", charset="utf-8") + element("title", plain(run.name))
    head += element("meta", name="viewport", content="width=device-width") + element("style", STYLE)
    body = element("body", element("main", *filter(None, parts)))
    page = f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n{body}</html>\n'
    return {".html": page.encode("utf-8", "replace")}


def _section(title: str, *parts: str | None, side: bool = False) -> str:
    """A card; nothing where there is nothing in it."""
    found = [part for part in parts if part]
    if not found:
        return ""
    body = element("div", *found, class_="side") if side else "".join(found)
    return element("section", element("h2", plain(title)), body) + "\n"


def _summary(run: ExportedRun) -> str:
    sizes = " → ".join(map(str, run.network.layer_sizes))
    return tr(
        "A network of {sizes} units, trained for {n} epoch.|A network of {sizes} units, trained for {n} epochs.",
        "",
        run.trainer.epoch,
        sizes=sizes,
    )


def _figures(run: ExportedRun) -> str:
    figures = run.trainer.figures
    sets = [(tr("training"), figures.train), *([] if figures.test is None else [(tr("test"), figures.test)])]
    head = element("tr", element("th", " "), *(element("th", plain(name)) for name, _ in sets))
    rows = zip(*(_told(metrics) for _, metrics in sets), strict=True)
    body = (
        element("tr", element("th", plain(row[0][0])), *(element("td", plain(value)) for _, value in row))
        for row in rows
    )
    return element("table", head, *body, class_="number")


def _told(metrics: Metrics) -> list[tuple[str, str]]:
    """(name, value) of the figures that there are for every set."""
    told = [(tr("Loss"), number(metrics.loss))]
    if metrics.accuracy is not None:
        return [*told, (tr("Accuracy"), f"{100 * metrics.accuracy:.1f} %")]
    for name, value in ((tr("R²"), metrics.r2), (tr("RMSE"), metrics.rmse), (tr("MAE"), metrics.mae)):
        told.append((name, "–" if value is None else number(value)))
    return told


def _answers(run: ExportedRun) -> Iterable[str | None]:
    plane = drawings.boundary(run)
    yield plane
    yield drawings.pictures(run)
    yield drawings.predicted_values(run)
    yield _confusion(run)
    if plane is not None and run.table.inputs.shape[1] > 2:
        yield element("p", plain(tr("All other inputs are at their usual values in the plane.")), class_="quiet")


def _confusion(run: ExportedRun) -> str | None:
    """How many samples of which class were taken for which; None of a regression."""
    prepared = run.prepared
    X, Y = (prepared.X_test, prepared.Y_test) if len(prepared.test) else (prepared.X_train, prepared.Y_train)
    if not run.classes or not len(X):
        return None
    counts = confusion_matrix(run.network.forward(X), Y)
    largest = counts.max() or 1
    corner = element("th", plain(tr("true ↓ predicted →")))
    head = element("tr", corner, *(element("th", _class(run, place)) for place in range(len(run.classes))))
    rows = []
    for true, row in enumerate(counts[: len(run.classes), : len(run.classes)]):
        cells = (_cell(count, count / largest) for count in row.tolist())
        rows.append(element("tr", element("th", _class(run, true)), *cells))
    note = tr("of the test samples") if len(prepared.test) else tr("of the training samples")
    table = element("table", head, *rows, class_="confusion")
    return element("div", table, element("p", plain(note), class_="quiet"))


def _class(run: ExportedRun, place: int) -> str:
    return element("i", " ", style=f"background:{class_colour(place)}") + " " + plain(run.classes[place])


def _cell(count: int, share: float) -> str:
    ink = "#FFFFFF" if share > 0.55 else "#1B2230"
    return element("td", f"{count:,}", style=f"background:rgba(0,114,178,{share:.2f});color:{ink}")


def _data(run: ExportedRun) -> Iterable[str]:
    table = run.table
    names = [*table.input_names[:MOST_NAMES], *(["…"] if len(table.input_names) > MOST_NAMES else [])]
    rows = [
        (tr("Samples"), f"{len(table):,}"),
        (tr("Inputs"), tr("{n}: {names}|{n}: {names}", "", table.inputs.shape[1], names=", ".join(names))),
    ]
    if run.classes:
        counts = np.bincount(table.labels, minlength=table.classes).tolist()
        told = (
            tr("{name} ({count})", name=name, count=f"{count:,}")
            for name, count in zip(run.classes, counts, strict=True)
        )
        rows.append((tr("Classes"), ", ".join(told)))
    elif len(table):
        low, high = number(float(table.targets.min())), number(float(table.targets.max()))
        rows.append((run.table_target, tr("from {low} to {high}", low=low, high=high)))
    yield _rows(rows)


def _rows(rows: Sequence[tuple[str, str]]) -> str:
    written = (element("tr", element("th", plain(name)), element("td", plain(value))) for name, value in rows)
    return element("table", *written)
