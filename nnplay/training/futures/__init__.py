"""The coming epochs of a run, seen before they are: for several values of one number, from this moment on."""

from nnplay.training.futures.futures import EPOCHS, Futures
from nnplay.training.futures.room import TooMuchAheadError
from nnplay.training.futures.values import Alternatives, alternatives, has_futures

__all__ = ["EPOCHS", "Alternatives", "Futures", "TooMuchAheadError", "alternatives", "has_futures"]
