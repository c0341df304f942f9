"""The menus name what is there."""

from nnplay.data.shipped import resource_path
from nnplay.gui.files import PRESETS


def test_every_preset_has_its_file_and_every_file_its_name():
    assert {path.stem for path in resource_path("presets/xor.nnplay").parent.glob("*.nnplay")} == set(PRESETS)
