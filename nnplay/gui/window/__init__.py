"""THE WINDOW ITSELF: it assembles the panels, and has the menus, the actions and the keys."""

from nnplay.gui.window.mirror import import_pyqtgraph

import_pyqtgraph()
