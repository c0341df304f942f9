"""The points: generated, drawn or read from files, and what the network sees of them. NumPy only."""

from nnplay.data.data_set import DataSet
from nnplay.data.features import FEATURES, Feature, expand_features
from nnplay.data.plane import PLANE
from nnplay.data.registry import DATA_SETS, make_table
from nnplay.data.setting import Setting
from nnplay.data.split import split_indices
from nnplay.data.standardize import Standardizer
from nnplay.data.table import Table

__all__ = [
    "DATA_SETS",
    "FEATURES",
    "PLANE",
    "DataSet",
    "Feature",
    "Setting",
    "Standardizer",
    "Table",
    "expand_features",
    "make_table",
    "split_indices",
]
