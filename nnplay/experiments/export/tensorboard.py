"""TensorBoard: the history of a run as curves, and its weights as histograms, in one event file.

A file is records one after the other: length, checksum of the length, event, checksum of the event.
"""

import math
import struct
import time
from collections.abc import Iterator

import numpy as np

from nnplay.experiments.export.exported import Array, ExportedRun, Files, named_arrays
from nnplay.experiments.export.protobuf import Single, message, packed_doubles
from nnplay.training.history import COLUMNS, EPOCH, FIRST

SUFFIX = ".tfevents"
"""TensorBoard looks at files that have this in their names."""
VERSION = "brain.Event:2"
BUCKETS = 30
POLYNOMIAL = 0x82F63B78
"""Of CRC-32C, Castagnoli's, with its bits reversed."""
MASK = 0xA282EAD8


def files(run: ExportedRun) -> Files:
    """The events of a run."""
    now = time.time()
    events = [message((1, now), (3, VERSION))]
    events += [message((1, now), (2, epoch), (5, summary)) for epoch, summary in _summaries(run)]
    return {SUFFIX: b"".join(map(_record, events))}


def _summaries(run: ExportedRun) -> Iterator[tuple[int, bytes]]:
    """(epoch, curves' points), and at last the weights as they are now."""
    for row in run.trainer.history.rows()[:, FIRST].tolist():
        points = [_scalar(tag_of(column), value) for column, value in zip(COLUMNS[1:], row[1:], strict=True)]
        yield int(row[EPOCH]), b"".join(point for point in points if point)
    histograms = [_histogram(name, array) for name, array in named_arrays(run.network).items()]
    yield run.trainer.epoch, b"".join(histograms)


def tag_of(column: str) -> str:
    """The name of a curve: ``loss/train`` for ``train_loss``."""
    samples, _, figure = column.partition("_")
    return f"{figure}/{samples}" if figure else column


def _scalar(tag: str, value: float) -> bytes:
    return b"" if math.isnan(value) else message((1, message((1, tag), (2, Single(value)))))


def _histogram(name: str, array: Array) -> bytes:
    values = np.asarray(array, np.float64).ravel()
    counts, edges = np.histogram(values, BUCKETS)
    statistics = (values.min(), values.max(), values.size, values.sum(), np.square(values).sum())
    buckets = ((6, packed_doubles(edges[1:].tolist())), (7, packed_doubles(counts.tolist())))
    histogram = message(*((number, float(each)) for number, each in enumerate(statistics, 1)), *buckets)
    return message((1, message((1, name.replace(".", "/")), (5, histogram))))


def _record(data: bytes) -> bytes:
    length = struct.pack("<Q", len(data))
    return length + _checksum(length) + data + _checksum(data)


def _checksum(data: bytes) -> bytes:
    """CRC-32C, turned and shifted so that one of a text with checksums in it is no other checksum."""
    crc = 0xFFFF_FFFF
    for byte in data:
        crc = _TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    crc ^= 0xFFFF_FFFF
    turned = ((crc >> 15 | crc << 17) + MASK) & 0xFFFF_FFFF
    return struct.pack("<I", turned)


def _table() -> list[int]:
    """The checksum of each byte."""
    table = []
    for byte in range(256):
        crc = byte
        for _ in range(8):
            crc = crc >> 1 ^ (POLYNOMIAL if crc & 1 else 0)
        table.append(crc)
    return table


_TABLE = _table()
