"""What is accepted at most, whatever it comes from: a file, the clipboard or a person. Each limit is stated once."""

GIGABYTE = 1024**3
MOST_BYTES = GIGABYTE
"""What an experiment may need in memory; how much it needs is worked out in `nnplay.training.budget`."""
MOST_INPUTS = 100_000
"""Columns of a table; a picture of 300 × 300 pixels has fewer."""
MOST_NUMBER = 1e100
"""The largest input, target or weight in magnitude: its square, and the square of that, are still finite."""
LEAST_DIGITS, MOST_DIGITS, USUAL_DIGITS = 2, 10, 4
"""Decimals with which the numbers of a step are written out."""
