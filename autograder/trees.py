"""Syntax trees, made by one thread at a time.

Python before 3.11.8 and 3.12.2 counts the depth of the tree it makes in one place for all threads, and raises
SystemError when the collector of garbage lets another one make a tree meanwhile (CPython issue 106905). So
whatever may run beside grading comes here and not to `ast.parse`.
"""

from __future__ import annotations

import ast
import threading

ONE_AT_A_TIME = threading.Lock()


def parse(source: str | bytes) -> ast.Module:
    """The syntax tree of `source`.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError, OverflowError: as `ast.parse`.
    """
    with ONE_AT_A_TIME:
        return ast.parse(source)
