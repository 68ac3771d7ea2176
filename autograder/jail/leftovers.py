"""What a grader that was killed leaves behind: control groups and folders named after their owner."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from . import cgroups, removal

NAME = re.compile(r"autograder-([0-9]+)-([0-9]+)-.+")


def owner() -> str:
    """The beginning of all names of this grader: process numbers count within one namespace only."""
    return f"autograder-{_namespace()}-{os.getpid()}-"


def clear() -> None:
    """Remove what graders left that are no longer alive, and kill what is left in it."""
    for parent in cgroups.parents():
        for folder in parent.glob("autograder-*"):
            if is_stale(folder.name):
                cgroups.Group((folder,)).remove()
    for folder in Path(tempfile.gettempdir()).glob("autograder-*"):
        if is_stale(folder.name):
            removal.remove(str(folder))


def is_stale(name: str) -> bool:
    """Whether `name` belongs to a grader of this namespace that is dead."""
    found = NAME.fullmatch(name)
    if found is None or int(found[1]) != _namespace():
        return False
    try:
        os.kill(int(found[2]), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _namespace() -> int:
    try:
        return os.stat("/proc/self/ns/pid").st_ino
    except OSError:  # no Linux
        return 0
