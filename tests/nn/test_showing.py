"""A network drawn in Jupyter."""

import xml.etree.ElementTree as ET

from nnplay.nn import NeuralNetwork


def test_a_network_is_a_picture_of_its_units() -> None:
    for stack in (None, 4):
        tree = ET.fromstring(NeuralNetwork([2, 4, 1], seed=0, stack=stack)._repr_svg_())
        assert len(list(tree.iter("{http://www.w3.org/2000/svg}circle"))) == 7
        assert "ReLU" in [text.text for text in tree.iter("{http://www.w3.org/2000/svg}text")]
