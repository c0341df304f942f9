"""MNIST and its relatives from their original IDX files, compressed or not.

An IDX file is a magic number 0x0000TTDD (T the type, 0x08 for bytes; D the number of dimensions), the length of each
dimension as a big-endian 32-bit number, then the values (Y. LeCun, C. Cortes and C. Burges, The MNIST database).
"""

import math
import struct
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from nnplay.data.digits import NAMES, pixel_names, stratified
from nnplay.data.file_error import FileError
from nnplay.data.regular_file import is_regular, open_regular, unreadable
from nnplay.data.table import MAX_CLASSES, Table, frozen
from nnplay.errors import InputError, a_whole_number, memory_checked
from nnplay.limits import MOST_INPUTS
from nnplay.texts import tr

Bytes = NDArray[np.uint8]
Progress = Callable[[int, int], None]

MAX_BYTES = 200_000_000
"""What a file may have, also after unpacking; MNIST's largest has 47 MB."""
MAX_VALUES = 60_000_000
"""Pixels in a table, which has each as float64; MNIST's training images have 47 million."""
FASHION_NAMES = ("T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")
"""The classes of Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017)."""

_CHUNK = 1 << 20
_SIGNS = {1: b"\x00\x00\x08\x01", 3: b"\x00\x00\x08\x03"}
"""The magic number for bytes by the number of dimensions: 1 for a file of labels, 3 for one of images."""
_USUAL = {1: "…-labels-idx1-ubyte", 3: "…-images-idx3-ubyte"}


@memory_checked()
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
        raise InputError("samples", samples, a_whole_number(1))
    image_file = Path(images)
    label_file = labels_beside(image_file) if labels is None else Path(labels)
    shape = read_image_shape(image_file)
    _check_shapes(image_file.name, shape, label_file.name, read_shape(label_file, 1), samples)
    targets = read_idx(label_file, 1)
    _check_labels(label_file.name, targets, min(len(class_names), MAX_CLASSES))
    pixels = read_idx(image_file, 3, progress)
    if samples is not None and samples < len(pixels):
        chosen = stratified(targets, samples, np.random.default_rng(seed))
        pixels, targets = pixels[chosen], targets[chosen]
    rows, columns = pixels.shape[1:]
    inputs = pixels.reshape(len(pixels), -1) / 255.0
    names = pixel_names(rows, columns)
    return Table(frozen(inputs), frozen(targets), "classification", names, tuple(class_names), (rows, columns))


def _check_shapes(
    image_name: str, shape: Sequence[int], label_name: str, labels: Sequence[int], samples: int | None
) -> None:
    """Refuse, by what their headers say, images and labels that don't belong together or are too many."""
    images, rows, columns = shape
    if labels[0] != images:
        problem = tr(
            "has {n} label; {images} were expected, one an image|has {n} labels; {images} were expected, one an image",
            "",
            labels[0],
            images=f"{images:,}",
        )
        raise FileError(label_name, problem)
    taken, pixels = images if samples is None else min(samples, images), rows * columns
    if taken * pixels > MAX_VALUES:
        problem = tr(
            "holds {n} image; at most {most} of this size were expected|"
            "holds {n} images; at most {most} of this size were expected",
            "",
            images,
            most=f"{MAX_VALUES // pixels:,}",
        )
        raise FileError(image_name, problem)


def _check_labels(label_name: str, labels: Bytes, classes: int) -> None:
    """Refuse a label that is no class."""
    if int(labels.max()) >= classes:
        first = int(np.argmax(labels >= classes))
        problem = tr("has the label {label}; 0 to {highest} were expected", label=labels[first], highest=classes - 1)
        raise FileError(label_name, problem, row=first + 1)


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
        if candidate != file.name and is_regular(place):
            return place
    raise FileError(file.name, tr("has no labels beside it; a file {name} was expected", name=name))


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
    with open_regular(Path(path), MAX_BYTES)[0] as handle:
        return _IdxReading(handle, Path(path).name).shape(dimensions)


def read_image_shape(path: Path) -> tuple[int, ...]:
    """Read only how many images a file holds, and of what size: (N, rows, columns).

    Raises
    ------
    FileError
        A file that is none of images, that holds none, or larger ones than a table can have.
    """
    images, rows, columns = read_shape(path, 3)
    if images * rows * columns == 0:
        raise FileError(path.name, tr("holds no pixels; at least one image was expected"))
    if rows * columns > MOST_INPUTS:
        size, most = f"{rows:,} × {columns:,}", f"{MOST_INPUTS:,}"
        raise FileError(
            path.name, tr("holds images of {size} pixels; at most {most} pixels were expected", size=size, most=most)
        )
    return images, rows, columns


@memory_checked()
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
    with open_regular(Path(path), MAX_BYTES)[0] as handle:
        return _IdxReading(handle, Path(path).name).values(dimensions, progress)


class _IdxReading:
    """One reading of one IDX file."""

    def __init__(self, handle: BinaryIO, name: str) -> None:
        self._name = name
        try:
            packed = handle.read(2) == b"\x1f\x8b"
            handle.seek(0)
        except OSError as error:
            raise unreadable(Path(name), error) from error
        self._read_some: Callable[[int], bytes] = _Unpacked(handle).read if packed else handle.read

    def values(self, dimensions: int, progress: Progress | None) -> Bytes:
        shape = self.shape(dimensions)
        total = math.prod(shape)
        if total > MAX_BYTES:
            size, most = _megabytes(total), _megabytes(MAX_BYTES)
            raise FileError(
                self._name, tr("says it holds {size} MB; at most {most} MB were expected", size=size, most=most)
            )
        content = bytearray()
        # one byte more than there should be tells a file that goes on
        while len(content) <= total and (part := self._read(min(_CHUNK, total + 1 - len(content)))):
            content += part
            if progress:
                progress(min(len(content), total), total)
        if len(content) != total:
            raise FileError(self._name, _wrong_count(len(content), total, shape))
        return np.frombuffer(content, dtype=np.uint8).reshape(shape)

    def shape(self, dimensions: int) -> tuple[int, ...]:
        header = b""
        length = 4 + 4 * dimensions
        while len(header) < length and (part := self._read(length - len(header))):
            header += part
        if header[:4] != _SIGNS[dimensions]:
            raise FileError(self._name, _wrong_sign(header[:4], dimensions))
        if len(header) < length:
            problem = tr(
                "ends after {n} byte; {lengths} lengths were expected first|"
                "ends after {n} bytes; {lengths} lengths were expected first",
                "",
                len(header),
                lengths=dimensions,
            )
            raise FileError(self._name, problem)
        return struct.unpack(f">{dimensions}I", header[4:])

    def _read(self, size: int) -> bytes:
        try:
            return self._read_some(size)
        except EOFError:
            raise FileError(self._name, tr("is a gzip that was cut short; all of it was expected")) from None
        except (OSError, zlib.error) as error:
            raise FileError(self._name, tr("can't be unpacked or read: {error}", error=error)) from error


class _Unpacked:
    """A gzip of one part, unpacked as it is asked for.

    Python's own reader takes a minute for a header that never ends, or for millions of parts with nothing in them.
    """

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle
        self._unpacking = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, from 1; empty at the end."""
        unpacking = self._unpacking
        while not unpacking.eof:
            packed = unpacking.unconsumed_tail or self._handle.read(_CHUNK)
            if part := unpacking.decompress(packed, size):
                return part
            if not packed and not unpacking.eof:
                raise EOFError
        if unpacking.unused_data.strip(b"\0") or self._handle.read(_CHUNK).strip(b"\0"):
            raise zlib.error(tr("something follows its end"))
        return b""


def _wrong_count(found: int, expected: int, shape: Sequence[int]) -> str:
    sizes = " × ".join(map(str, shape))
    if found > expected:
        return tr("holds more values; {count} were expected ({sizes})", count=f"{expected:,}", sizes=sizes)
    return tr(
        "holds {n} value; {count} were expected ({sizes})|holds {n} values; {count} were expected ({sizes})",
        "",
        found,
        count=f"{expected:,}",
        sizes=sizes,
    )


def _wrong_sign(found: bytes, dimensions: int) -> str:
    """What is wrong with a file that begins with these bytes."""
    labels, usual, magic = dimensions == 1, _USUAL[dimensions], f"0x{_SIGNS[dimensions].hex()}"
    if found in _SIGNS.values():
        if labels:
            return tr("holds IDX images; a file of labels was expected, usually called {name}", name=usual)
        return tr("holds IDX labels; a file of images was expected, usually called {name}", name=usual)
    start = f"0x{found.hex()}" if found else tr("nothing")
    if labels:
        return tr("begins with {start}; {magic} was expected, the sign of IDX labels", start=start, magic=magic)
    return tr("begins with {start}; {magic} was expected, the sign of IDX images", start=start, magic=magic)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f}"
