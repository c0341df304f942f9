"""What the layers do to the plane: its grid and the points after any of them, warped live while the network trains."""
