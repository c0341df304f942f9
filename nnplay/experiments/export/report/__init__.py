"""A report of a run in one HTML file: settings, data, figures, curves, boundary, network. What a student hands in."""

from nnplay.experiments.export.report.page import files

__all__ = ["files"]
