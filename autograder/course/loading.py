"""Run the modules of one solutions folder: trusted code, under a private name, leaving nothing behind.

The package name is made from the folder's path: two courses live in one process, `from .reference import …`
works, `sys.path` stays as it was and no `__pycache__` appears. Loading a folder again starts afresh.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import re
import sys
import traceback
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.model import CourseError

from .strict_yaml import near

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import ModuleType


EXTRAS = {"torch": "torch", "drawsvg": "course"}  # what a course may import -> our extra that installs it


def modules(
    folder: Path, names: Sequence[str], root: Path, purpose: str = "solutions"
) -> Mapping[str, ModuleType]:
    """The modules `names` of `folder`, imported afresh in that order; messages name files from `root` on.

    What was loaded for another `purpose` stays as it is.

    Raises:
        CourseError: one of them does not import; the message has its file and line.
    """
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    package = f"_{purpose}_{digest}_{folder.name}"
    _forget(package)
    spec = ModuleSpec(package, None, is_package=True)
    spec.submodule_search_locations = [str(folder.resolve())]
    sys.modules[package] = module_from_spec(spec)
    importlib.invalidate_caches()  # a file written a moment ago is found too
    try:
        with _no_bytecode():
            return {name: _import(package, name, folder.resolve(), root.resolve()) for name in names}
    except CourseError:
        _forget(package)
        raise


def _forget(package: str) -> None:
    for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
        del sys.modules[name]


@contextlib.contextmanager
def _no_bytecode() -> Iterator[None]:
    before = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


def _import(package: str, name: str, folder: Path, root: Path) -> ModuleType:
    try:
        return importlib.import_module(f"{package}.{name}")
    except CourseError as error:  # a decorator's own complaint: it names the file already
        raise CourseError(str(error).replace(f"{root}{os.sep}", "")) from error
    except (Exception, SystemExit) as error:  # whatever a course's code raises
        says = fault(error, folder / f"{name}.py", root).replace(f"{package}.", "")
        raise CourseError(says) from error


def fault(error: BaseException, path: Path, root: Path) -> str:
    """What went wrong in the course's own code, and where: the last line of it that the error came through.

    `path` is the module that was run.
    """
    file, line = _place(error, path.parent, path)
    return f"{file.relative_to(root).as_posix()}:{line}: {_says(error)}".replace(f"{root}{os.sep}", "")


def _place(error: BaseException, folder: Path, fallback: Path) -> tuple[Path, int]:
    """The last line of the course's own code that the error came through."""
    if isinstance(error, SyntaxError) and error.filename and error.filename.startswith(str(folder)):
        return Path(error.filename), error.lineno or 1
    place = fallback, 1
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.startswith(f"{folder}{os.sep}"):
            place = folder / frame.filename[len(str(folder)) + 1 :], frame.lineno or 1
    return place


def _says(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg}"
    says = f"{type(error).__name__}: {error}".removesuffix(": ")
    missing = re.search(r"cannot import name '(\w+)' from '([\w.]+)'", says)
    if missing:
        says += near(missing[1], vars(sys.modules.get(missing[2], sys)))
    elif isinstance(error, NameError):
        frame = error.__traceback__
        while frame and frame.tb_next:
            frame = frame.tb_next
        says += near(error.name or "", frame.tb_frame.f_globals if frame else ())
    elif isinstance(error, ModuleNotFoundError) and error.name in EXTRAS:
        says += f"; install it with pip install 'nn-autograder[{EXTRAS[error.name]}]'"
    return says
