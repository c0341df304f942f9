"""The menus name what is there."""

from nnplay.gui.files.experiment_files import PRESETS
from nnplay.resources import resource_path


def test_every_preset_has_its_file_and_every_file_its_name():
    assert {path.stem for path in resource_path("presets/xor.nnplay").parent.glob("*.nnplay")} == set(PRESETS)
