"""nnplay: a neural network that you can see, stop, rewind and take apart."""

__version__ = "0.1.0"
