"""The arithmetic of one training step, written out: every number as an expression of the numbers that it comes from."""
