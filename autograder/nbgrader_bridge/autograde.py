"""`nbgrader autograde` for chosen submissions of several students and assignments, in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nbgrader.converters import Autograde, NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

from autograder.model import CourseError

from .init import CONFIG

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def config(to: Path) -> Any:
    """The configuration of the nbgrader course in the folder `to`."""
    return PyFileConfigLoader(CONFIG, path=str(to.resolve())).load_config()


class Chosen(Autograde):
    """Grades the (student, assignment) pairs it is given, again where they were graded before."""

    def __init__(self, found: Any, pairs: Sequence[tuple[str, str]]) -> None:
        super().__init__(coursedir=CourseDirectory(config=found), config=found)
        self.force = True
        self._pairs = pairs

    def init_notebooks(self) -> None:
        """Look at the chosen folders, and at no other."""
        folders = {self._format_source(name, student): name for student, name in self._pairs}
        self.assignments = {folder: [f"{folder}/{name}.ipynb"] for folder, name in folders.items()}

    def grade(self) -> None:
        """Grade them all.

        Raises:
            CourseError: some could not be graded; what nbgrader said of them stands in its log.
        """
        try:
            self.start()
        except NbGraderException as error:
            raise CourseError(f"nbgrader could not grade all of them: {error}") from error
