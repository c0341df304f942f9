"""THE WINDOW: the only place that imports Qt or pyqtgraph."""

from nnplay.gui.mirror import import_pyqtgraph

import_pyqtgraph()
