"""nbgrader, with our jail in the place of its kernel.

`papers` derives the source notebooks of a course, `rebuild` makes a notebook that can be trusted of whatever
a student handed in, `grading` grades it, `telling` writes what is said in its cells and comments, and
`filling` shows a plain file as a notebook. None of these needs nbgrader. `exporter`, `preprocessors` and
`late` are the parts that nbgrader loads, named in the course's nbgrader_config.py by `configure`; `init` and
`sync` are the commands.

What holds, whatever a notebook says of itself:

- The marks are those of `autograder grade`, of the bytes that were handed in. Nothing is run in a kernel.
- Which cells there are, what they are worth and which of them may be edited is read from the released
  notebook. The student's own metadata decide nothing but which cell is shown as the answer to what.
- HTML that students write is cleaned where it is shown to others.
"""

from __future__ import annotations

import importlib
import os
import sys
import warnings
from pathlib import Path
from typing import Any

RECORDS = "graded"  # folder of the nbgrader course for seed and records; the same as `autograder grade --out`
_HERE = "autograder.nbgrader_bridge"


def configure(config: Any, *, course: Path | str, root: Path | str) -> None:
    """Make nbgrader grade as the course at `course` asks, in the nbgrader course at `root`.

    `config` is what `get_config()` gives in nbgrader_config.py. Whatever the file sets afterwards counts.
    """
    # With SQLAlchemy 2.1 nbgrader 0.9 says this three times of each submission; it means nothing.
    warnings.filterwarnings("ignore", message="Object of type <Submitted")
    config.CourseDirectory.root = str(root)
    # Our stubs have no solution in them: ClearSolutions would replace them, InstantiateTests starts a kernel.
    steps = "IncludeHeaderFooter LockCells ClearOutput CheckCellMetadata ComputeChecksums SaveCells"
    steps += " ClearHiddenTests ClearMarkScheme ComputeChecksums CheckCellMetadata"
    config.GenerateAssignment.preprocessors = [f"nbgrader.preprocessors.{name}" for name in steps.split()]
    config.Autograde.exporter_class = f"{_HERE}.exporter.JailedExporter"
    config.Autograde.autograde_preprocessors = [
        f"{_HERE}.preprocessors.JailedGrade",  # where nbgrader has Execute
        "nbgrader.preprocessors.IgnorePattern",
        "nbgrader.preprocessors.SaveAutoGrades",
        f"{_HERE}.preprocessors.SaveReport",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    config.GenerateFeedback.preprocessors = [
        f"{_HERE}.preprocessors.ShowReport",  # what may be shown by now, and what is taken off hand marks too
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.GetGrades",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
    config.JailedExporter.course = str(course)
    config.LateRule.course = str(course)
    config.AssignLatePenalties.plugin_class = f"{_HERE}.late.LateRule"
    config.HTMLExporter.preprocessors = [f"{_HERE}.preprocessors.CleanMarkdown"]


def needed() -> Any:
    """The module `nbgrader.api`; it is loaded here and not before.

    Raises:
        CourseError: nbgrader is not installed.
    """
    try:
        found = importlib.import_module("nbgrader.api")
    except ModuleNotFoundError as error:
        from autograder.model import CourseError  # noqa: PLC0415 - `autograder --help` comes by here

        raise CourseError(
            f"this needs nbgrader, and {error.name} is not installed: "
            f"{sys.executable} -m pip install 'nn-autograder[nbgrader]'"
        ) from error
    # A new gradebook asks the program `alembic`, which lies beside this Python and often on no path.
    beside = str(Path(sys.executable).parent)
    if beside not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", "")])
    return found
