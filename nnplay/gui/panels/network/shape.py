"""What the network drawing shows of an experiment."""

from dataclasses import dataclass
from itertools import pairwise

from nnplay.gui.panels.network.unit_pictures import OutputKinds
from nnplay.gui.session.part_names import PartNames, features_labels, part_names
from nnplay.texts import tr
from nnplay.training.experiment import Experiment
from nnplay.training.prepared import PreparedData


@dataclass(frozen=True)
class NetworkShape:
    """What decides the drawing's layout.

    Attributes
    ----------
    names
        What its parts are called.
    features
        Names of the features that the network sees; empty where it sees the inputs as they are.
    unused
        (name, label) of the features that it doesn't see.
    kinds
        How the layers' outputs are to be read.
    """

    names: PartNames
    features: tuple[str, ...]
    unused: tuple[tuple[str, str], ...]
    kinds: OutputKinds

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units of each layer, the inputs first, as the network has them."""
        return self.names.sizes

    @property
    def picture(self) -> tuple[int, int] | None:
        """Rows and columns of the pixels that the inputs are; None where they are no picture."""
        return self.names.picture

    @property
    def left(self) -> tuple[str, ...]:
        """Labels of the inputs."""
        return self.names.inputs

    @property
    def right(self) -> tuple[str, ...]:
        """Labels of the outputs."""
        return self.names.outputs

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
    hidden, table = experiment.model.hidden_layers, prepared.table
    sizes = (prepared.inputs, *(layer.units for layer in hidden), prepared.outputs)
    seen: tuple[str, ...] = ()
    unused: tuple[tuple[str, str], ...] = ()
    if table.inputs.shape[1] == 2:
        labels, seen = features_labels(table.input_names), tuple(prepared.feature_names)
        unused = tuple((name, label) for name, label in labels.items() if name not in seen)
    kinds = OutputKinds(tuple(layer.activation for layer in hidden), _output_kind(prepared))
    return NetworkShape(part_names(prepared, sizes), seen, unused, kinds)


def _output_kind(prepared: PreparedData) -> str:
    if prepared.table.task == "regression":
        return "value"
    return "classes" if prepared.outputs > 1 else "binary"
