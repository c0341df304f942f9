"""`nnplay conditions`: what a training can end at, as text or as JSON."""

import argparse
import json
import textwrap

from nnplay.texts import tr
from nnplay.training.conditions import CONDITIONS, ConditionKind, form_of


def conditions_command(arguments: argparse.Namespace) -> int:
    """Print all conditions that --stop-when takes; return the exit code."""
    kinds = [kind for kind in CONDITIONS.values() if kind.stops]
    print(_as_json(kinds) if arguments.json else "\n".join(map(_paragraph, kinds)))
    return 0


def _as_json(kinds: list[ConditionKind]) -> str:
    return json.dumps([_record(kind) for kind in kinds], indent=2, ensure_ascii=False)


def _record(kind: ConditionKind) -> dict[str, object]:
    number = kind.number
    return {
        "key": kind.key,
        "label": kind.label,
        "words": form_of(kind),
        "number": None if number is None else {"range": number.allowed, "unit": number.unit, "default": number.usual},
        "needs": [tr(need.marked_label) for need in kind.needs],
        "help": kind.help,
    }


def _paragraph(kind: ConditionKind) -> str:
    """How it is written, what its number takes, and when it comes true."""
    lines = [form_of(kind)]
    if kind.number is not None:
        allowed, unit = kind.number.allowed, kind.number.unit
        if unit:
            lines.append(tr("NUMBER is {allowed}, in {unit}", allowed=allowed, unit=unit))
        else:
            lines.append(tr("NUMBER is {allowed}", allowed=allowed))
    lines += textwrap.wrap(tr("{label}: {help}", label=kind.label, help=kind.help), 96)
    lines += [tr("needs {what}", what=tr(need.marked_label)) for need in kind.needs]
    return "\n    ".join(lines)
