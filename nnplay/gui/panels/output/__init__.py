"""The decision boundary with the points on it, and the tools that draw them."""
