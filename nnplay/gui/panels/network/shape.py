"""What the network drawing shows of an experiment."""

from dataclasses import dataclass
from itertools import pairwise

from nnplay.data import FEATURES
from nnplay.gui.paint.marks import class_title
from nnplay.gui.panels.network.unit_pictures import OutputKinds
from nnplay.texts import one_line, tr
from nnplay.training.experiment import Experiment
from nnplay.training.prepared import PreparedData


@dataclass(frozen=True)
class NetworkShape:
    """What decides the drawing's layout.

    Attributes
    ----------
    sizes
        Units of each layer, the inputs first, as the network has them.
    features
        Names of the features that the network sees; empty where it sees the inputs as they are.
    unused
        (name, label) of the features that it doesn't see.
    picture
        Rows and columns of the pixels that the inputs are; None where they are no picture.
    left, right
        Labels of the inputs and of the outputs.
    kinds
        How the layers' outputs are to be read.
    """

    sizes: tuple[int, ...]
    features: tuple[str, ...]
    unused: tuple[tuple[str, str], ...]
    picture: tuple[int, int] | None
    left: tuple[str, ...]
    right: tuple[str, ...]
    kinds: OutputKinds

    @property
    def weights(self) -> int:
        """How many weights the network has."""
        return sum(before * after for before, after in pairwise(self.sizes))

    @property
    def inputs_text(self) -> tuple[int, str]:
        """Number and name of what comes in."""
        count = self.sizes[0]
        if self.features:
            return count, tr("feature|features", "", count)
        if self.picture:
            return count, tr("pixel|pixels", "", count)
        return count, tr("input|inputs", "", count)

    @property
    def outputs_text(self) -> tuple[int, str]:
        """Number and name of what goes out."""
        return self.sizes[-1], tr("output|outputs", "", self.sizes[-1])


def shape_of(experiment: Experiment, prepared: PreparedData) -> NetworkShape:
    """The shape of an experiment's network on its data."""
    table, hidden = prepared.table, experiment.model.hidden_layers
    of_plane = table.inputs.shape[1] == 2
    picture = table.picture if prepared.plane is None else None
    activations = tuple(layer.activation for layer in hidden)
    labels = tuple(map(one_line, table.input_names))
    seen: tuple[str, ...] = ()
    unused: tuple[tuple[str, str], ...] = ()
    if of_plane:
        of_features = _features_labels(table.input_names)
        seen = tuple(prepared.feature_names)
        labels = tuple(of_features[name] for name in seen)
        unused = tuple((name, label) for name, label in of_features.items() if name not in seen)
    return NetworkShape(
        sizes=(prepared.inputs, *(layer.units for layer in hidden), prepared.outputs),
        features=seen,
        unused=unused,
        picture=picture,
        left=() if picture else labels,
        right=tuple(class_title(table, index) for index in range(prepared.outputs)) if prepared.outputs > 1 else (),
        kinds=OutputKinds(activations, _output_kind(prepared)),
    )


def _features_labels(inputs: tuple[str, ...]) -> dict[str, str]:
    """``x₁²`` … by the features' names; what a file calls the inputs stands behind their signs, used by the others."""
    named = {
        sign: tr("{sign} · {name}", sign=FEATURES[sign].label, name=name)
        for sign, name in zip(("x1", "x2"), inputs, strict=True)
        if name != sign
    }
    return {name: named.get(name, feature.label) for name, feature in FEATURES.items()}


def _output_kind(prepared: PreparedData) -> str:
    if prepared.table.task == "regression":
        return "value"
    return "classes" if prepared.outputs > 1 else "binary"
