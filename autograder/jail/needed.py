"""Nothing is imported in a jail but the standard library and the packages that the assignment needs.

Where a jail has a file system of its own, other packages are not there. At weaker levels they are, and this
is what stands before them: enough for an honest student, who learns early what is missing, and none for
whoever takes it away.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

SYSTEM = "_sysconfigdata"  # how the interpreter was built; its name differs from machine to machine


class Needed:
    """Says of every other module that it is not installed; asked before all other finders."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = frozenset(names) | sys.stdlib_module_names

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> Any:
        """Nothing, so that the next finder is asked.

        Raises:
            ModuleNotFoundError: no module that is needed.
        """
        top = name.partition(".")[0]
        if top not in self._names and not top.startswith(SYSTEM):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
