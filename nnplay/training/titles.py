"""What a data set is called, everywhere the same: in the gallery, in the title, among the recent files."""

from nnplay.data import DATA_SETS
from nnplay.texts import one_line, tr
from nnplay.training.experiment import YOURS


def data_title(kind: str, name: str = "") -> str:
    """The title of a generated data set, or the name of one's own.

    Parameters
    ----------
    kind, name
        As `nnplay.training.experiment.DataSpec` has them.
    """
    data_set = DATA_SETS.get(kind)
    if data_set is not None:
        return tr(data_set.title)
    return one_line(name) if kind == YOURS and name.strip() else tr("Yours")
