"""WHAT LEAVES: a trained run in the formats that engineers use, one file of code a format.

`FORMATS` has a row for each; `export_run` writes one. Weights come back in by `safetensors.read_weights`.
"""

from nnplay.experiments.export.exported import ExportedRun
from nnplay.experiments.export.formats import FORMATS, Format
from nnplay.experiments.export.writing import check_target, export_run

__all__ = ["FORMATS", "ExportedRun", "Format", "check_target", "export_run"]
