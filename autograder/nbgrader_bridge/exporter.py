"""Reads what was handed in without believing it, and keeps the grader warm while a class is graded."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.converters import NbGraderException
from traitlets import Bool, Unicode

from autograder.model import CourseError

from . import RECORDS, rebuild
from .grading import Grader


class JailedExporter(NotebookExporter):
    """The exporter of `nbgrader autograde`; nbgrader makes one for each run of the command."""

    course = Unicode(help="The folder that holds solutions/ and rubrics/.").tag(config=True)
    timed = Bool(
        default_value=True,
        help="Whether timed checks run. Else their points wait, and are needed by hand or by another run.",
    ).tag(config=True)
    _grader: Grader | None = None

    @property
    def coursedir(self) -> Any:
        """The course directory, as nbgrader has it."""
        return self.parent.coursedir

    @property
    def grader(self) -> Grader:
        """The grader, made on first use and closed with this exporter.

        Raises:
            CourseError, IsolationError, OutputError: as `Grader`.
        """
        if self._grader is None:
            if not self.course:
                raise CourseError(
                    "nbgrader_config.py does not say which course grades: "
                    "`autograder nbgrader init` writes one that does"
                )
            root = Path(self.coursedir.root)
            self._grader = Grader(root / self.course, root / RECORDS, timed=self.timed)
            weakref.finalize(self, self._grader.close)
        return self._grader

    def folder(self, step: str, assignment: str, student: str) -> Path:
        """The folder of one student and assignment in a step: "submitted", "release"."""
        name = getattr(self.coursedir, f"{step}_directory")
        return Path(self.coursedir.format_path(name, student, assignment))

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **words: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert a notebook; one that was handed in is built anew from the released one."""
        about = (resources or {}).get("nbgrader", {})
        path = Path(filename)
        if resources is None or not about:
            return _pair(super().from_filename(filename, resources, **words))
        if path.parent == self.folder("autograded", about["assignment"], about["student"]):
            return _pair(super().from_filename(filename, resources, **words))  # what the lines below made
        made = rebuild.rebuilt(rebuild.handed_in(_read(path)), self._released(about["assignment"], path.name))
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        return _pair(self.from_notebook_node(nbformat.from_dict(made), resources=resources, **words))

    def _released(self, assignment: str, name: str) -> dict[str, Any]:
        path = self.folder("release", assignment, ".") / name
        try:
            return dict(nbformat.read(path, as_version=4))
        except OSError as error:
            raise NbGraderException(
                f"{path} cannot be read ({error.strerror}); run `nbgrader generate_assignment {assignment}`"
            ) from error


def _pair(converted: Any) -> tuple[str, dict[str, Any]]:
    text, resources = converted
    return text, resources


def _read(path: Path) -> bytes:
    """The bytes of a notebook; none where it is a link or too large to be graded."""
    if path.is_symlink() or not path.is_file():
        return b""
    with path.open("rb") as file:
        data = file.read(rebuild.MAX_BYTES + 1)
    return data if len(data) <= rebuild.MAX_BYTES else b""
