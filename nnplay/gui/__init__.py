"""THE WINDOW: the only place that imports Qt or pyqtgraph."""
