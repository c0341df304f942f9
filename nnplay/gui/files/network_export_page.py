"""Asks for the format in which a run is to leave: each with what it is for, or why it can't hold this run."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from nnplay.experiments.export import FORMATS, ExportedRun
from nnplay.gui.theme.scale import px_size
from nnplay.gui.theme.sizes import set_margins, set_spacing
from nnplay.gui.widgets.choice_list import DETAIL, Detail, ListDelegate
from nnplay.gui.widgets.plain_text import PlainLabel, set_tip
from nnplay.texts import tr
from nnplay.training.trainer import Trainer

SIZE = (560, 520)


class NetworkExportPage(QDialog):
    """A list of formats, the first of which is chosen.

    Parameters
    ----------
    trainer
        The run, which nobody trains meanwhile.
    """

    def __init__(self, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network_export")
        self.setWindowTitle(tr("Export the network"))
        self.resize(px_size(*SIZE))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Formats"))
        self.list.setItemDelegate(ListDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # a long line is cut
        self._fill(ExportedRun("network", trainer))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export = buttons.addButton(tr("Export…"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_tip(self.export, tr("Choose the file that the network is written to"))
        self.export.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.list.itemActivated.connect(self._on_activated)
        column = QVBoxLayout(self)
        set_margins(column, 20, 18, 20, 16)
        set_spacing(column, 12)
        column.addWidget(PlainLabel(tr("The network as it is now, for other tools:")))
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
        self.list.setFocus()

    @property
    def chosen(self) -> str:
        """The key of the format that is chosen, of `FORMATS`."""
        return str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    def _fill(self, run: ExportedRun) -> None:
        for key, each in FORMATS.items():
            refused = each.refused(run)
            item = QListWidgetItem(tr(each.label), self.list)
            item.setData(Qt.ItemDataRole.UserRole, key)
            sentence = tr(each.help) if refused is None else refused
            item.setData(DETAIL, Detail(sentence, line=True))
            set_tip(item, sentence)
            if refused is not None:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
        usable = (self.list.item(row) for row in range(self.list.count()))
        self.list.setCurrentItem(next(item for item in usable if item.flags() & Qt.ItemFlag.ItemIsEnabled))

    @Slot(QListWidgetItem)
    def _on_activated(self, _item: QListWidgetItem) -> None:
        self.accept()
