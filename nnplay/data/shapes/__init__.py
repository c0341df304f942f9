"""Generators of points: each function draws from the Generator that it is given."""
