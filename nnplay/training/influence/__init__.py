"""Which training samples pushed the answer at a place, and which way: an approximation, with how good it is."""

from nnplay.training.influence.influence import Influence, Pushes
from nnplay.training.influence.sample_gradients import SampleGradients, gradients_of_losses, gradients_of_outputs

__all__ = ["Influence", "Pushes", "SampleGradients", "gradients_of_losses", "gradients_of_outputs"]
