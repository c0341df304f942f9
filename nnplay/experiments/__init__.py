"""MANY RUNS AND FILES: experiment files, which hold every choice of a run, and what is said of broken ones."""

from nnplay.experiments.document import (
    Document,
    format_document,
    parse_document,
    read_document,
    write_document,
)
from nnplay.experiments.explain import DocumentError
from nnplay.experiments.run_record import RunRecord, record_of, resumed, started

__all__ = [
    "Document",
    "DocumentError",
    "RunRecord",
    "format_document",
    "parse_document",
    "read_document",
    "record_of",
    "resumed",
    "started",
    "write_document",
]
