"""The front door: the lines of a step, each from its record."""

from nnplay.training.arithmetic.backward import backward_lines
from nnplay.training.arithmetic.fold import folded
from nnplay.training.arithmetic.forward import forward_lines
from nnplay.training.arithmetic.gradient import gradient_lines
from nnplay.training.arithmetic.loss import loss_lines
from nnplay.training.arithmetic.update import update_lines

__all__ = ["backward_lines", "folded", "forward_lines", "gradient_lines", "loss_lines", "update_lines"]
