"""Small IDX files for tests: pictures of noise, and a label for each."""

import gzip
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

COUNT = 30


def encoded(array: NDArray[np.uint8]) -> bytes:
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes()


IMAGES = encoded(np.random.default_rng(0).integers(0, 256, (COUNT, 28, 28), dtype=np.uint8))
LABELS = encoded((np.arange(COUNT) % 10).astype(np.uint8))


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path
