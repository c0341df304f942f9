"""`nnplay options`: every option of an experiment, as text or as JSON."""

import argparse
import json
import textwrap

from nnplay.texts import tr
from nnplay.training.options import OPTIONS, Option


def options_command(arguments: argparse.Namespace) -> int:
    """Print all options; return the exit code."""
    print(_as_json() if arguments.json else _as_text())
    return 0


def _as_json() -> str:
    return json.dumps([_record(option) for option in OPTIONS.values()], indent=2, ensure_ascii=False)


def _record(option: Option) -> dict[str, object]:
    return {
        "path": option.path,
        "label": option.label,
        "range": option.allowed,
        "unit": option.unit,
        "default": option.default,
        "help": option.help,
    }


def _as_text() -> str:
    """A paragraph each: the path with what it is by itself, what is allowed, and what it does."""
    paragraphs = []
    for option in OPTIONS.values():
        allowed = tr("allowed is {allowed}", allowed=option.allowed)
        if option.unit:
            allowed = tr("allowed is {allowed}, in {unit}", allowed=option.allowed, unit=option.unit)
        about = textwrap.wrap(tr("{label}: {help}", label=option.label, help=option.help), 96)
        lines = [allowed, *about]
        paragraphs.append(
            "\n".join([f"{option.path} = {json.dumps(option.default)}", *(f"    {line}" for line in lines)])
        )
    return "\n".join(paragraphs)
