"""What a report says of a run that broke off."""

from __future__ import annotations

from autograder.model import Crash, Outcome, Report, line_name
from autograder.reports import clean

_LIMITS = {
    "seconds": "It was not finished in the time allowed.",
    "memory": "It asked for more memory than allowed.",
    "output": "It printed more than allowed.",
    "reply": "It returned more than allowed.",
    "processes": "It started more processes than allowed.",
}


def happened(crash: Crash) -> str:
    """A crash in one sentence."""
    name, message = clean.line(crash.name), clean.line(crash.message, clean.SENTENCE)
    if crash.kind == "overran":
        return _LIMITS.get(crash.name, f"It went over a limit ({name}).")
    if crash.kind == "died":
        how = f"It ended without an answer ({name})." if name else "It ended without an answer."
        return f"{how} {message}".strip()
    return f"{name}: {message}" if message else name


def place(line: int | None, report: Report) -> str:
    """A line as the student calls it, such as "cell 4, line 2"; "" where none is known."""
    return clean.line(line_name(line, report.line_names)) if line else ""


def inputs(outcome: Outcome) -> tuple[tuple[str, str], ...]:
    """What the function was asked with; nothing where it is not written yet, whatever it is asked."""
    unwritten = outcome.crash is not None and outcome.crash.name == "NotImplementedError"
    return () if unwritten else outcome.inputs
