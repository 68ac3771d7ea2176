"""What commands share: exit statuses, options, and how a course, a path and the terminal are looked at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from autograder.model import Course

LOST, USAGE, OUR_FAULT, INTERRUPTED = 1, 2, 3, 130
FORMATS = ("terminal", "html", "json", "markdown", "junit", "csv")
LEVELS = ("namespaces", "uid", "none")


class Place(click.Path):
    """A path as it is typed: click's own looks at the disk, which may be one that never answers."""

    def convert(self, value: Any, _: click.Parameter | None, __: click.Context | None) -> Any:
        """The text as a path."""
        return Path(value)


PATH = Place(path_type=Path)

course_option = click.option(
    "--course", "root", type=PATH, help="The course's folder; by default found upwards from here."
)
seed_option = click.option("--seed", help="Hexadecimal; the same seed asks the same questions again.")
isolation_option = click.option(
    "--isolation", type=click.Choice(LEVELS), help="The weakest level to accept; by default the course's."
)
trust_option = click.option("--i-trust-this-code", "trust", is_flag=True, help="Grade without any wall.")


def examples(*lines: str) -> str:
    """The lines as the end of a command's help, each as it is typed."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def load_course(root: Path | None) -> Course:
    """The course at `root`, or the one around the folder that one is in.

    Raises:
        CourseError: there is none, or it cannot be loaded.
    """
    from autograder import course

    return course.load(course.find(root or Path.cwd()))


class MachineFault(click.ClickException):
    """Ours or the machine's: exit status 3."""

    exit_code = OUR_FAULT


def terminal_size() -> tuple[int, bool]:
    """The columns to write in, and whether it is a terminal that shows colours."""
    import shutil

    if sys.stdout.isatty():
        return min(shutil.get_terminal_size().columns, 120), True
    return shutil.get_terminal_size((110, 24)).columns, False
