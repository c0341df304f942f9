"""Where ReLU units bend, drawn over the plane, and the formula of the region that is pointed at."""
