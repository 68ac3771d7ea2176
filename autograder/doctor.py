"""What this machine offers for grading, and the one-line fix for what it lacks."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from typing import TYPE_CHECKING

from .model import Answer, IsolationError, Limits, SandboxFault

if TYPE_CHECKING:
    from .jail.levels import Isolation

OPTIONAL = {
    "torch": "for assignments that need PyTorch",
    "nbgrader": "for nbgrader's gradebook",
}
PROBE = """
def sees(path):
    try:
        return open(path).read(1) != ""
    except OSError:
        return False
"""


def examine() -> tuple[list[str], bool]:
    """A line for everything looked at, and whether submissions can be graded here behind a wall."""
    from .jail import levels

    lines = [f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"]
    for package, use in OPTIONAL.items():
        lines.append(_package(package, use))
    lines.append("")
    for finding in levels.probe():
        lines.append(f"{'yes' if finding.there else 'no ':3}  {finding.name:10}  {finding.says}")
        if finding.fix:
            lines.append(f"                  fix: {finding.fix}")
    lines.append("")
    for asked in ("namespaces", "uid"):
        try:
            isolation = levels.choose(asked)
        except IsolationError as error:
            lines.append(f"no   {asked}: {error}")
            continue
        said, well = _proved(isolation)
        return [*lines, said], well
    return [*lines, "Students' `autograder try` works here; grading needs one of the levels above."], False


def _package(name: str, use: str) -> str:
    try:
        return f"yes  {name} {importlib.metadata.version(name)}"
    except importlib.metadata.PackageNotFoundError:
        return f"no   {name} ({use}): {sys.executable} -m pip install 'nn-autograder[{name}]'"


def _proved(isolation: Isolation) -> tuple[str, bool]:
    """Build a jail and try to read this very file from inside it."""
    from .jail.host import Template

    try:
        with Template(isolation) as template, template.jail(PROBE, "probe.py", Limits()) as worker:
            worker.load()
            (reply,) = worker.ask("sees", [(__file__,)], 5.0)
    except SandboxFault as fault:
        return f"no   a jail could not be built: {fault}", False
    if isinstance(reply, Answer) and reply.value is False:
        return (
            f"yes  graded here at level {isolation}; code in a jail could not read the grader's files",
            True,
        )
    return f"no   level {isolation} was built, but code inside it could read the grader's files", False
