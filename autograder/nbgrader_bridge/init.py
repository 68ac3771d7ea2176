"""A complete nbgrader course, made of ours: its configuration, its source notebooks, and dates."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING

from autograder import release
from autograder.model import CourseError, Dates

from . import needed, papers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from autograder.model import Course

CONFIG = "nbgrader_config.py"
_CONFIG_TEXT = '''\
"""All of nbgrader, but graded in the jail of autograder: no cell of a student's is run here."""

from pathlib import Path

from autograder.nbgrader_bridge import configure

HERE = Path(__file__).resolve().parent
COURSE = {course!r}  # the folder that holds solutions/ and rubrics/; students must not be able to read it

c = get_config()  # noqa: F821 - given by nbgrader
c.CourseDirectory.course_id = {name!r}
configure(c, course=COURSE, root=HERE)

# Settings of your own may follow.
'''


def init(course: Course, to: Path, names: Sequence[str], *, force: bool = False) -> list[Path]:
    """Write an nbgrader course for the assignments `names` into the folder `to`; the paths written.

    With `force` the source notebooks in a folder made before are written anew; its configuration, gradebook
    and submissions are left alone.

    Raises:
        CourseError: nbgrader is not installed, `to` holds something else, an assignment is not derived, or
            something hidden would be handed out.
    """
    gradebook = needed()
    made = {f"source/{path}": text for path, text in papers.files(course, names).items()}
    if to.exists() and (not to.is_dir() or any(to.iterdir())) and not (force and (to / CONFIG).is_file()):
        raise CourseError(
            f"{to} is not empty; name a new folder"
            + (", or write its source notebooks anew with --force" if (to / CONFIG).is_file() else "")
        )
    name = re.sub(r"[^a-z0-9]+", "-", course.title.lower()).strip("-") or "course"
    if not (to / CONFIG).exists():
        made = {CONFIG: _CONFIG_TEXT.format(course=str(course.root.resolve()), name=name), **made}
    for path, text in made.items():
        release.put(to / path, text)
    with gradebook.Gradebook(f"sqlite:///{(to / 'gradebook.db').resolve()}", name) as book:
        for assignment in names:
            due = course.dates.get(assignment, Dates()).due
            # nbgrader keeps times in UTC, without their zone.
            book.update_or_create_assignment(
                assignment, duedate=due.astimezone(UTC).replace(tzinfo=None) if due else None
            )
    return [to / path for path in made]
