"""A pad to draw a digit on, and the digits of the test set."""
