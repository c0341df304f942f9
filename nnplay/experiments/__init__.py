"""MANY RUNS AND FILES: experiment files, which hold every choice of a run, and what is said of broken ones."""

from nnplay.experiments.document import (
    Document,
    format_document,
    parse_document,
    read_document,
    write_document,
)
from nnplay.experiments.documenting import TakenRun, document_of, recording_in
from nnplay.experiments.explain import DocumentError
from nnplay.experiments.run_record import RunRecord, record_of, resumed, started

__all__ = [
    "Document",
    "DocumentError",
    "RunRecord",
    "TakenRun",
    "document_of",
    "format_document",
    "parse_document",
    "read_document",
    "record_of",
    "recording_in",
    "resumed",
    "started",
    "write_document",
]
