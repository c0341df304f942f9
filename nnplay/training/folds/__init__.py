"""Where a network of ReLU units bends, exactly: it is straight within polygons of the plane, and these are they.

`polygons.py` cuts convex polygons by lines, `straight.py` writes plane and layers as straight maps, `cells.py` goes
through the layers and cuts the plane by each unit's line, `folds.py` says of a run what came of it, or why nothing did.
"""

from nnplay.training.folds.folds import FoldLines, Regions, fold_lines, regions

__all__ = ["FoldLines", "Regions", "fold_lines", "regions"]
