"""What the layers do to the plane: a layer's outputs as seen from two directions, and the lines drawn through them.

`seen_from.py` chooses the two directions and turns them so that a picture follows the one before it, `next_lines.py`
finds the straight lines that the next layer draws there. `nnplay/training/probes/hidden_space.py` measures both.
"""

from nnplay.training.hidden_space.next_lines import NextLines, next_lines
from nnplay.training.hidden_space.seen_from import SeenFrom, main_directions, spread_of, turned, two_units

__all__ = ["NextLines", "SeenFrom", "main_directions", "next_lines", "spread_of", "turned", "two_units"]
