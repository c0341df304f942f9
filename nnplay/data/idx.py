"""MNIST and its relatives from their original IDX files, compressed or not.

An IDX file is a magic number 0x0000TTDD (T the type, 0x08 for bytes; D the number of dimensions), the length of each
dimension as a big-endian 32-bit number, then the values (Y. LeCun, C. Cortes and C. Burges, The MNIST database).
"""

import gzip
import math
import stat
import struct
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from nnplay.data.digits import NAMES, pixel_names, stratified
from nnplay.data.file_error import FileError
from nnplay.data.table import MAX_CLASSES, Table, frozen
from nnplay.errors import InputError

Bytes = NDArray[np.uint8]
Progress = Callable[[int, int], None]

MAX_BYTES = 200_000_000
"""What a file may have, also after unpacking; MNIST's largest has 47 MB."""
MAX_VALUES = 60_000_000
"""Pixels in a table, which has each as float64; MNIST's training images have 47 million."""
FASHION_NAMES = ("T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")
"""The classes of Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017)."""

_CHUNK = 1 << 20
_SIGNS = {1: (b"\x00\x00\x08\x01", "labels"), 3: (b"\x00\x00\x08\x03", "images")}
"""By the number of dimensions: the magic number for bytes, and what such a file holds."""
_USUAL = {"labels": "…-labels-idx1-ubyte", "images": "…-images-idx3-ubyte"}


def read_images(
    images: str | Path,
    labels: str | Path | None = None,
    *,
    samples: int | None = None,
    seed: int = 0,
    class_names: Sequence[str] = NAMES,
    progress: Progress | None = None,
) -> Table:
    """Read a file of images and the file of their labels.

    Parameters
    ----------
    images
        Such as ``train-images-idx3-ubyte.gz``.
    labels
        None looks for the file of the usual name beside the images.
    samples
        How many to choose, equally many of each class; None takes all in the order of the file.
    seed
        Of the choice.
    class_names
        One name a label, at most 10; `FASHION_NAMES` for Fashion-MNIST.
    progress
        Called with (values read, values in all) of the images; what it raises stops the reading and is passed on.

    Returns
    -------
    Table
        Inputs (N, rows · columns), 0 to 1.

    Raises
    ------
    FileError
        A file that can't be read: wrong magic number, a length that doesn't fit, a damaged or swelling gzip.
    InputError
        A number of samples below 1.
    """
    if samples is not None and (isinstance(samples, bool) or not isinstance(samples, int) or samples < 1):
        raise InputError("samples", samples, "a whole number from 1")
    image_file = Path(images)
    label_file = labels_beside(image_file) if labels is None else Path(labels)
    targets = read_idx(label_file, 1)
    pixels = read_idx(image_file, 3, progress)
    _check_pair(image_file.name, pixels, label_file.name, targets, min(len(class_names), MAX_CLASSES))
    if samples is not None and samples < len(pixels):
        chosen = stratified(targets, samples, np.random.default_rng(seed))
        pixels, targets = pixels[chosen], targets[chosen]
    rows, columns = pixels.shape[1:]
    if pixels.size > MAX_VALUES:
        fitting = MAX_VALUES // (rows * columns)
        raise FileError(
            image_file.name, f"holds {len(pixels):,} images; at most {fitting:,} of this size were expected"
        )
    inputs = pixels.reshape(len(pixels), -1) / 255.0
    names = pixel_names(rows, columns)
    return Table(frozen(inputs), frozen(targets), "classification", names, tuple(class_names))


def _check_pair(image_name: str, pixels: Bytes, label_name: str, labels: Bytes, classes: int) -> None:
    """Refuse images and labels that don't belong together."""
    if len(pixels) != len(labels):
        raise FileError(label_name, f"has {len(labels)} labels; {len(pixels)} were expected, one an image")
    if pixels.size == 0:
        raise FileError(image_name, "holds no pixels; at least one image was expected")
    if int(labels.max()) >= classes:
        first = int(np.argmax(labels >= classes))
        raise FileError(label_name, f"has the label {labels[first]}; 0 to {classes - 1} were expected", row=first + 1)


def names_for(images: str | Path) -> tuple[str, ...]:
    """What the classes of a file of images are called.

    `FASHION_NAMES` where its own name, or that of one of the two folders around it, says "fashion", such as
    ``FashionMNIST/raw``; else the digits.
    """
    file = Path(images).absolute()
    fashion = any("fashion" in place.name.lower() for place in (file, file.parent, file.parent.parent))
    return FASHION_NAMES if fashion else NAMES


def labels_beside(images: str | Path) -> Path:
    """The file of labels that belongs to a file of images, by the names that MNIST gives them.

    Raises
    ------
    FileError
        There is none beside it.
    """
    file = Path(images)
    name = usual_labels(file.name)
    plain = name.removesuffix(".gz")
    for candidate in (name, plain, plain + ".gz"):
        place = file.with_name(candidate)
        if candidate != file.name and place.is_file():
            return place
    raise FileError(file.name, f"has no labels beside it; a file {name} was expected")


def usual_labels(images: str) -> str:
    """The name that MNIST gives the labels of a file of images: ``train-labels-idx1-ubyte``."""
    return images.replace("images", "labels").replace("idx3", "idx1")


def read_shape(path: str | Path, dimensions: int) -> tuple[int, ...]:
    """Read only how long each dimension of an IDX file of bytes is.

    Parameters
    ----------
    path, dimensions
        As for `read_idx`.

    Returns
    -------
    tuple of int
        (N,) for labels, (N, rows, columns) for images.

    Raises
    ------
    FileError
        A file that is no such IDX file.
    """
    with _opened(Path(path)) as handle:
        return _IdxReading(handle, Path(path).name).shape(dimensions)


def read_idx(path: str | Path, dimensions: int, progress: Progress | None = None) -> Bytes:
    """Read one IDX file of bytes.

    Parameters
    ----------
    path
        The file; a gzip is recognised by its content.
    dimensions
        How many it must have: 1 for labels, 3 for images.
    progress
        Called with (values read, values in all).

    Raises
    ------
    FileError
        A file that is none of these.
    """
    with _opened(Path(path)) as handle:
        return _IdxReading(handle, Path(path).name).values(dimensions, progress)


def _opened(file: Path) -> BinaryIO:
    try:
        information = file.stat()
        if not stat.S_ISREG(information.st_mode):
            raise FileError(file.name, "is not a file; an IDX file was expected")
        if information.st_size > MAX_BYTES:
            raise FileError(file.name, f"has {information.st_size / 1e6:,.0f} MB; {_at_most()}")
        return file.open("rb")
    except (OSError, ValueError) as error:
        raise FileError(file.name, f"can't be read: {getattr(error, 'strerror', None) or error}") from error


class _IdxReading:
    """One reading of one IDX file."""

    def __init__(self, handle: BinaryIO, name: str) -> None:
        self._name = name
        try:
            packed = handle.read(2) == b"\x1f\x8b"
            handle.seek(0)
        except OSError as error:
            raise FileError(name, f"can't be read: {error.strerror or error}") from error
        self._stream = cast("BinaryIO", gzip.GzipFile(fileobj=handle)) if packed else handle

    def values(self, dimensions: int, progress: Progress | None) -> Bytes:
        shape = self.shape(dimensions)
        total = math.prod(shape)
        if total > MAX_BYTES:
            raise FileError(self._name, f"says it holds {total / 1e6:,.0f} MB; {_at_most()}")
        content = bytearray()
        # one byte more than there should be tells a file that goes on
        while len(content) <= total and (part := self._read(min(_CHUNK, total + 1 - len(content)))):
            content += part
            if progress:
                progress(min(len(content), total), total)
        sizes = " × ".join(map(str, shape))
        if len(content) != total:
            found = "more" if len(content) > total else f"{len(content):,}"
            raise FileError(self._name, f"holds {found} values; {total:,} were expected ({sizes})")
        return np.frombuffer(content, dtype=np.uint8).reshape(shape)

    def shape(self, dimensions: int) -> tuple[int, ...]:
        header = b""
        length = 4 + 4 * dimensions
        while len(header) < length and (part := self._read(length - len(header))):
            header += part
        magic, kind = _SIGNS[dimensions]
        for other, other_kind in _SIGNS.values():
            if header[:4] == other != magic:
                problem = f"holds IDX {other_kind}; a file of {kind} was expected, usually called {_USUAL[kind]}"
                raise FileError(self._name, problem)
        if header[:4] != magic:
            found = f"0x{header[:4].hex()}" if header else "nothing"
            raise FileError(self._name, f"begins with {found}; 0x{magic.hex()} was expected, the sign of IDX {kind}")
        if len(header) < length:
            raise FileError(self._name, f"ends after {len(header)} bytes; {dimensions} lengths were expected first")
        return struct.unpack(f">{dimensions}I", header[4:])

    def _read(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except EOFError:
            raise FileError(self._name, "is a gzip that was cut short; all of it was expected") from None
        except (OSError, zlib.error) as error:
            raise FileError(self._name, f"can't be unpacked or read: {error}") from error


def _at_most() -> str:
    return f"at most {MAX_BYTES // 1_000_000} MB were expected"
