"""Exported programs, imported as a person would."""

import importlib.util
from pathlib import Path
from types import ModuleType

from nnplay.experiments.export import FORMATS, ExportedRun, export_run


def program(run: ExportedRun, folder: Path, key: str = "numpy") -> ModuleType:
    """The exported program, imported."""
    path = folder / f"{run.name}.py"
    export_run(run, FORMATS[key], path)
    spec = importlib.util.spec_from_file_location("exported", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
