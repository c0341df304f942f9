"""The drawing tools: what pressing, moving and releasing on the canvas does to the points."""
