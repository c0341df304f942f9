"""What the panels paint: the heatmap, points, curves and the drawing of the network."""
