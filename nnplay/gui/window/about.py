"""What this program is, of which version, under which licence, and what it is built on."""

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from nnplay import __version__
from nnplay.gui.theme.fonts import figure_font, label_font
from nnplay.gui.theme.sizes import add_spacing, set_font, set_grid_spacing, set_margins, set_spacing
from nnplay.gui.theme.style import set_role
from nnplay.gui.widgets.plain_text import PlainLabel
from nnplay.texts import mark, tr

LIBRARIES = {
    "numpy": ("NumPy", "BSD-3-Clause"),
    "PySide6-Essentials": (mark("PySide6 and Qt"), "LGPL-3.0"),
    "pyqtgraph": ("PyQtGraph", "MIT"),
    "msgspec": ("msgspec", "BSD-3-Clause"),
    "QtAwesome": (mark("QtAwesome, Phosphor icons"), "MIT"),
    "pandas": ("pandas", "BSD-3-Clause"),
    "charset-normalizer": ("charset-normalizer", "MIT"),
    "python-calamine": ("python-calamine", "MIT"),
    "pillow": (mark("Pillow"), "MIT-CMU"),
    "threadpoolctl": ("threadpoolctl", "BSD-3-Clause"),
    "tqdm": ("tqdm", mark("MPL-2.0 and MIT")),
}
"""Distribution → its name and its licence."""
IDEA = mark(
    "A neural network that you can see, stop, rewind and take apart.\n"
    "What a picture shows is what the NumPy code computed."
)
OWN_LICENCE = mark("MIT licence, © 2026 the nnplay authors")
DATA = mark("Digits: MNIST, Y. LeCun, C. Cortes and C. Burges, CC BY-SA 3.0")


class AboutDialog(QDialog):
    """Name, idea, versions and licences; the text can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("about")
        self.setWindowTitle(tr("About nnplay"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = _text(tr("nnplay {version}", version=__version__))
        set_font(name, lambda: label_font(22, bold=True))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        set_margins(column, 28, 24, 28, 20)
        set_spacing(column, 12)
        column.addWidget(name)
        column.addWidget(_text(tr(IDEA)))
        column.addWidget(_text(tr(OWN_LICENCE), quiet=True))
        add_spacing(column, 4)
        column.addLayout(_table())
        column.addWidget(_text(tr(DATA), quiet=True))
        add_spacing(column, 4)
        column.addWidget(buttons)


def versions() -> list[tuple[str, str, str]]:
    """(name, version, licence) of Python and of each library."""
    rows = [(tr("Python"), platform.python_version(), "PSF-2.0")]
    for distribution, (name, licence) in LIBRARIES.items():
        try:
            found = version(distribution)
        except PackageNotFoundError:  # brought along by other means, such as a system's package
            found = qVersion() if distribution.startswith("PySide6") else "—"
        rows.append((tr(name), found, tr(licence)))
    return rows


def _table() -> QGridLayout:
    grid = QGridLayout()
    set_grid_spacing(grid, 24, 4)
    grid.setColumnStretch(2, 1)
    for row, (name, number, licence) in enumerate(versions()):
        figure = _text(number)
        set_font(figure, figure_font)
        grid.addWidget(_text(name), row, 0)
        grid.addWidget(figure, row, 1)
        grid.addWidget(_text(licence, quiet=True), row, 2)
    return grid


def _text(text: str, *, quiet: bool = False) -> QLabel:
    label = PlainLabel(text)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if quiet:
        set_role(label, "quiet")
    return label
