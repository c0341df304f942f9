"""What is said of the sample that is chosen: which one of the data it is, and whether it trains."""

from nnplay.data import Table
from nnplay.gui.widgets.number_format import count_text
from nnplay.texts import tr
from nnplay.training.chosen_sample import SampleRow


def chosen_sentence(row: SampleRow, table: Table) -> str:
    """Which sample was chosen, and how to leave it."""
    number, count = count_text(row.row + 1), count_text(len(table))
    if row.trains:
        return tr("Sample {number} of {count}, for training; Escape lets go of it", number=number, count=count)
    return tr("Sample {number} of {count}, for testing; Escape lets go of it", number=number, count=count)
