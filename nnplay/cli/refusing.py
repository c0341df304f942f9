"""What is told beside the results: refusals and notes, on the error output, so that results stay pure."""

import sys
from collections.abc import Iterable


def refuse(sentence: str, code: int) -> int:
    """Say why it can't be done; return the exit code."""
    print(f"nnplay: {sentence}", file=sys.stderr)
    return code


def tell(notes: Iterable[str]) -> None:
    """Say what was left out or changed on the way, a line each."""
    for note in notes:
        print(f"nnplay: {note}", file=sys.stderr)
