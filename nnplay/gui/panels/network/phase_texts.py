"""The numbers of a step as the drawing writes them, and the words at its foot that say what they are."""

import math
from collections.abc import Callable

import numpy as np

from nnplay.gui.panels.network.layout import Unit
from nnplay.gui.panels.network.phase_edges import FORWARD, PhaseEdges
from nnplay.gui.panels.network.phase_values import NOTHING, OnEdge, PhaseState, StepNumbers
from nnplay.gui.panels.network.weight_numbers import NumberTexts, weight_text
from nnplay.gui.widgets.number_format import decimal_text, exponent_text, figure_text
from nnplay.texts import mark, tr
from nnplay.training.phases import PhaseKind

MOST_DECIMALS = 3
"""Of a weight before and after a step, as there is room on an edge."""
_TITLES = {
    OnEdge.WEIGHT: mark("weight"),
    OnEdge.FLOW: mark("w · a"),
    OnEdge.BACK: mark("δ, w · δ"),
    OnEdge.GRADIENT: mark("gradient"),
    OnEdge.PENALIZED: mark("gradient with penalty"),
    OnEdge.CLIPPED: mark("gradient, clipped"),
    OnEdge.CHANGE: mark("change"),
}
_WORDS = {
    PhaseKind.INPUTS: mark("On the inputs: x"),
    PhaseKind.PRE_ACTIVATION: mark("On the units: z = Σ w · a + b"),
    PhaseKind.BATCH_NORM: mark("On the units: u, z after batch norm"),
    PhaseKind.ACTIVATION: mark("On the units: a, the activation"),
    PhaseKind.DROPOUT: mark("On the units: a after dropout"),
    PhaseKind.DELTA: mark("On the units: δ = ∂ℓ/∂z"),
    PhaseKind.GRADIENT: mark("On edges and dots: ∂L/∂w and ∂L/∂b"),
    PhaseKind.PENALTY: mark("On edges: ∂L/∂w with the penalty"),
    PhaseKind.CLIPPING: mark("On edges and dots: gradients, clipped"),
    PhaseKind.UPDATE: mark("On edges and dots: change of w, b"),
}


def key_title(what: OnEdge) -> str:
    """What the key at the foot explains."""
    return tr(_TITLES[what])


def phase_words(
    state: PhaseState, numbers: StepNumbers, *, sample_elsewhere: bool, standardized: bool = False
) -> list[str]:
    """What is shown, and of which sample; one that is chosen may be no part of the batch.

    Targets may be standardised: the step's loss is of them then, where the bar has it in the target's own unit.
    """
    if state.phase.kind is PhaseKind.LOSS:
        loss = figure_text(float(np.mean(numbers.trace.loss)))
        if standardized:
            first = tr("Loss {loss}, of standardised targets", loss=loss)
        else:
            first = tr("Loss {loss}; above the outputs the targets", loss=loss)
    elif state.phase.kind is PhaseKind.ACTIVATION and state.phase.layer == len(state.edges) - 1:
        first = tr("On the outputs: ŷ")
    else:
        first = tr(_WORDS[state.phase.kind])
    return [first, _whose(numbers, sample_elsewhere=sample_elsewhere)]


def _whose(numbers: StepNumbers, *, sample_elsewhere: bool) -> str:
    count = len(numbers.trace.inputs)
    if numbers.row is not None:
        return tr("Units: sample {row} of {count} in the batch", row=numbers.row + 1, count=count)
    if sample_elsewhere:
        return tr("Units: batch mean (the sample is not in it)")
    return tr("Units: mean of the batch of {count}", count=count)


def small_text(value: float) -> str:
    """A delta or a gradient in two figures where it is small: 0.12, −0.0031, 2e−5."""
    size = float(f"{abs(value):.1e}")  # as it is read: 0.0998 is 0.10, as 0.1002 is
    if not NOTHING < size < 0.1:
        return weight_text(value)
    return decimal_text(value, 1 - math.floor(math.log10(size))) if size >= 0.001 else exponent_text(value, 0)


def phase_texts(numbers: StepNumbers, state: PhaseState, edges: PhaseEdges) -> NumberTexts:
    """What the edges and biases at work carry; nothing on the others."""
    what = state.edges[min(state.lit_edges)] if state.lit_edges else OnEdge.WEIGHT
    if what is not OnEdge.CHANGE:
        text, widest = (weight_text, "−0.00") if what in FORWARD else (small_text, "−0.0000")
        return _texts(numbers, state, edges, lambda _old, value: text(value), widest)
    zeros = "0" * MOST_DECIMALS
    shorter = _texts(numbers, state, edges, lambda _old, change: signed_small_text(change), "−0.0000")
    return _texts(numbers, state, edges, change_text, f"−0.{zeros} → −0.{zeros}", shorter)


def _texts(
    numbers: StepNumbers,
    state: PhaseState,
    edges: PhaseEdges,
    write: Callable[[float, float], str],
    widest: str,
    shorter: NumberTexts | None = None,
) -> NumberTexts:
    """Each number written from the weight or bias before the step, and from what it shows."""
    of_edges, of_biases = list[list[str]](), dict[Unit, str]()
    for layer, what in enumerate(state.edges):
        pairs = zip(edges.values(OnEdge.WEIGHT)[layer].tolist(), edges.values(what)[layer].tolist(), strict=True)
        of_edges.append([write(*pair) for pair in pairs] if layer in state.lit_edges else [])
        if layer in state.lit_biases:
            shown, before = numbers.on_biases(what)[layer], numbers.trace.layers[layer].biases_before
            for unit, pair in enumerate(zip(before.tolist(), shown.tolist(), strict=True)):
                of_biases[Unit(layer + 1, unit)] = write(*pair)
    return NumberTexts(of_edges, of_biases, widest, shorter, sparing=True)


def change_decimals(size: float) -> int:
    """Decimals that show a change of this size in a figure, from 2 to `MOST_DECIMALS`."""
    return min(max(-math.floor(math.log10(float(f"{size:.0e}"))), 2), MOST_DECIMALS) if size > 0 else 2


def change_text(old: float, change: float) -> str:
    """``0.51 → 0.47``; a change too small to be seen so stands alone, ``+3e−5``."""
    decimals = change_decimals(abs(change))
    before, after = decimal_text(old, decimals), decimal_text(old + change, decimals)
    if before == after and abs(change) > NOTHING:
        return signed_small_text(change)
    return tr("{before} → {after}", before=before, after=after)


def signed_small_text(value: float) -> str:
    """As `small_text`, with a plus where it is above 0."""
    text = small_text(value)
    return text if value <= 0 or text == small_text(0.0) else f"+{text}"
