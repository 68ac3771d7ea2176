"""What GitLab shows of a grading run: JUnit XML in the merge request, and code quality beside its lines.

GitLab keeps the first of two cases with one name, and of two entries with one fingerprint; it reads at
most 30 MB of one XML file. A fingerprint is made of what the trouble is, not of its line, so that it stays
the same when the line moves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from fractions import Fraction

from autograder.model import Report, points
from autograder.reports import clean

from .places import Trouble, troubles

DESCRIPTION = 500  # characters
HALF = Fraction(1, 2)


def code_quality(reports: Sequence[Report], prefix: str = "") -> str:
    """The entries as JSON; `prefix` is the folder of the files, seen from the top of their repository."""
    entries: dict[str, dict[str, object]] = {}
    for report in reports:
        for one in troubles(report):
            entry = _entry(one, prefix)
            entries.setdefault(str(entry["fingerprint"]), entry)
    return json.dumps(list(entries.values()), ensure_ascii=True, indent=1) + "\n"


def _entry(one: Trouble, prefix: str) -> dict[str, object]:
    path = prefix + clean.line(one.report.path)
    name = f"{one.report.assignment}/{one.check or 'file'}" + (
        f"/{one.misconception}" if one.misconception else ""
    )
    where = f"{one.place}: " if one.place and not one.line else ""
    told = f"{where}{one.says} (−{points(one.lost)}) {' '.join(one.why)}".strip()
    return {
        "description": told if len(told) <= DESCRIPTION else told[: DESCRIPTION - 1] + "…",
        "check_name": clean.line(name),
        "fingerprint": hashlib.sha256(
            "\0".join((one.report.assignment, one.check or one.says, one.misconception, path)).encode(
                "utf-8", "replace"
            )
        ).hexdigest()[:32],
        "severity": _severity(one),
        "location": {"path": path, "lines": {"begin": max(1, one.line)}},
    }


def _severity(one: Trouble) -> str:
    if not one.check:
        return "blocker"
    if one.crashed:
        return "critical"
    return "major" if one.lost >= HALF else "minor"
