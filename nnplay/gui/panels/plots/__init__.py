"""Curves and statistics of the run."""
