"""What is read beside the picture of a layer: what is seen across and upwards, what its lines are, what its points."""

import numpy as np

from nnplay.gui.paint.marks import class_label, class_titles
from nnplay.gui.paint.point_key import Entry
from nnplay.gui.panels.space.picture import AxisNames
from nnplay.gui.session.part_names import PartNames
from nnplay.gui.session.selection import UnitAddress
from nnplay.gui.widgets.number_format import FIGURE_SPACE, percent_text
from nnplay.texts import tr
from nnplay.training.prepared import PreparedData
from nnplay.training.probes.hidden_space import MOST_PICTURES, HiddenSpace

MOST_LINES = 24
"""More lines than that tell nothing: only that of the unit that is looked at is drawn."""
WIDEST = "99 %"
"""The share that needs the most room, but for all of it."""
LEAST = 1e-9


def axes_of(space: HiddenSpace, names: PartNames, prepared: PreparedData) -> AxisNames:
    """The titles beside the picture."""
    if space.axes is None:
        assert space.shares is not None and space.ways is not None
        first, second = (percent_text(share, 0).rjust(len(WIDEST), FIGURE_SPACE) for share in space.shares)
        across = tr("main direction 1: {first} of the variance, 2: {second}", first=first, second=second)
        lengths = np.sqrt(np.array(space.shares) / max(space.shares[0], LEAST))
        return AxisNames(across, ways=space.ways * lengths[:, None])
    if 0 < space.layer < len(names.sizes) - 1:  # which layer is seen stands beside the picture
        across, up = (tr("unit {number}", number=unit + 1) for unit in space.axes)
    else:
        across, up = (names.unit(UnitAddress(space.layer - 1, unit), inside=True) for unit in space.axes)
    if space.layer == 0 and prepared.standardizer is not None:
        across, up = (tr("{input}, standardised", input=name) for name in (across, up))
    return AxisNames(across, up if space.units > 1 else "")


def caption_of(space: HiddenSpace, names: PartNames) -> str:
    """What is seen, for those who hear it and for a figure's title."""
    if space.axes is None:
        share, last = percent_text(space.share, 0), len(names.sizes) - 1
        if space.layer == 0:
            return tr("Inputs: the two main directions hold {share} of the variance", share=share)
        if space.layer == last:
            return tr("Outputs: the two main directions hold {share} of the variance", share=share)
        return tr(
            "Layer {number}: the two main directions hold {share} of the variance", number=space.layer, share=share
        )
    across, up = (names.unit(UnitAddress(space.layer - 1, unit)) for unit in space.axes)
    return tr("{across} across, {up} upwards", across=across, up=up) if space.units > 1 else across


def note_of(space: HiddenSpace, *, classes: bool) -> str:
    """What the lines are, which part `classes` behind the last hidden layer, and what else one may ask."""
    lines = _lines_note(space, classes=classes)
    if space.units > 1:
        return lines
    if not lines:
        return tr("points lie at different heights so that none covers another")
    return tr("{lines}; points lie at different heights to be seen", lines=lines)


def _lines_note(space: HiddenSpace, *, classes: bool) -> str:
    if space.lines is None or not len(space.lines.segments):
        return ""
    alone = len(space.lines.segments) == 1
    if classes and space.exact:
        if alone:
            return tr("line: where the output layer changes its answer")
        return tr("lines: where the output layer changes its answer")
    if classes:
        if alone:
            return tr("line: where the output layer changes its answer, at the mean of what isn’t seen")
        return tr("lines: where the output layer changes its answer, at the mean of what isn’t seen")
    if len(space.lines.segments) > MOST_LINES:
        return tr("point at a unit of the next layer: a line shows where its sum is 0")
    if space.exact:
        return tr("lines: where the sum of a unit of the next layer is 0")
    return tr("lines: where the sum of a unit of the next layer is 0, at the mean of what isn’t seen")


def entries_of(prepared: PreparedData) -> tuple[Entry, ...]:
    """What the points are: the classes by their colours, and what is filled and what is not."""
    table, entries = prepared.table, []
    if table.task == "classification":
        titles = class_titles(table) if table.classes <= 2 else [class_label(table, k) for k in range(table.classes)]
        entries += [Entry("filled", title, group) for group, title in enumerate(titles)]
    if table.picture is None:  # else all that are seen test the network, or all train it
        entries.append(Entry("filled", tr("training")))
        if len(prepared.test):
            entries.append(Entry("hollow", tr("test")))
    return tuple(entries)


def colour_of(prepared: PreparedData) -> str:
    """What is at the end of the key: what the colours are, or which samples are seen."""
    if prepared.table.picture is not None:
        count = min(MOST_PICTURES, len(prepared.test) or len(prepared.train))
        if len(prepared.test):
            return tr("{n} test sample|{n} test samples", "", count)
        return tr("{n} training sample|{n} training samples", "", count)
    return tr("colour: {title}", title=tr("target")) if prepared.table.task == "regression" else ""
