"""What the network drawing shows of an experiment."""

from dataclasses import dataclass

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
        Places in each column; for points of the plane the first has one for every feature there is.
    features
        Names of these features; empty where the network sees the inputs as they are.
    active
        The places in the first column that the network sees, in the order of its inputs.
    picture
        Rows and columns of the pixels that the inputs are; None where they are no picture.
    left, right
        Labels of the inputs and of the outputs.
    kinds
        How the layers' outputs are to be read.
    """

    sizes: tuple[int, ...]
    features: tuple[str, ...]
    active: tuple[int, ...]
    picture: tuple[int, int] | None
    left: tuple[str, ...]
    right: tuple[str, ...]
    kinds: OutputKinds

    @property
    def inputs_text(self) -> tuple[int, str]:
        """Number and name of what comes in."""
        if self.features:
            return len(self.active), tr("feature|features", "", len(self.active))
        count = self.sizes[0]
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
    names = tuple(FEATURES) if of_plane else ()
    picture = table.picture if prepared.plane is None else None
    first = len(names) if of_plane else prepared.inputs
    activations = tuple(layer.activation for layer in hidden)
    labels = _features_labels(table.input_names) if of_plane else tuple(map(one_line, table.input_names))
    return NetworkShape(
        sizes=(first, *(layer.units for layer in hidden), prepared.outputs),
        features=names,
        active=tuple(names.index(name) for name in prepared.feature_names) if of_plane else tuple(range(first)),
        picture=picture,
        left=() if picture else labels,
        right=tuple(class_title(table, index) for index in range(prepared.outputs)) if prepared.outputs > 1 else (),
        kinds=OutputKinds(activations, _output_kind(prepared)),
    )


def _features_labels(inputs: tuple[str, ...]) -> tuple[str, ...]:
    """``x₁²`` …; what a file calls the two inputs stands behind their signs, of which the others are formulas."""
    named = {
        sign: tr("{sign} · {name}", sign=FEATURES[sign].label, name=name)
        for sign, name in zip(("x1", "x2"), inputs, strict=True)
        if name != sign
    }
    return tuple(named.get(name, feature.label) for name, feature in FEATURES.items())


def _output_kind(prepared: PreparedData) -> str:
    if prepared.table.task == "regression":
        return "value"
    return "classes" if prepared.outputs > 1 else "binary"
