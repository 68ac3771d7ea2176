"""The other graders, each set up once in a folder and then run on the same 24 submissions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.model import Assignment, Course

from . import papers, students
from .environment import Environment
from .students import FOUR, Student

QUIET = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}  # as ours has it


@dataclass(frozen=True, slots=True)
class Rival:
    """A grader: `run` grades the submissions that it is given anew."""

    name: str
    run: Callable[[Sequence[Student]], None]
    right: Callable[[Student], bool] | None = None  # whether it found a submission right
    slow: bool = False
    roots: tuple[int, ...] = ()  # the processes of one that is warm, this one first
    repeat: int = 1  # how often it grades them in one round: what is quick is measured over more


class RivalError(Exception):
    """It did not run; the message says what it said."""


def call(command: Sequence[str], folder: Path, accept: Sequence[int] = (0,)) -> None:
    """Run a command quietly in `folder`.

    Raises:
        RivalError: it ends with a status that is not one of `accept`.
    """
    quiet = {**QUIET, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # plugins would only make pytest slower
    home = {"HOME": str(folder), "JUPYTER_PLATFORM_DIRS": "1", "PYTHONDONTWRITEBYTECODE": ""}
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **quiet, **home, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in accept:
        said = (done.stderr or done.stdout).strip().splitlines() or ["nothing"]
        raise RivalError(f"{Path(command[0]).name} ended with {done.returncode}: {said[-1][:300]}")


def bare_python(handed_in: Sequence[Student], folder: Path) -> Rival:
    """Python runs each file by itself: what a user waits for who grades nothing."""
    for student in handed_in:
        _write(_file(student, folder), student.source)

    def run(chosen: Sequence[Student]) -> None:
        for file in (_file(one, folder) for one in chosen):
            call([sys.executable, file.name], file.parent)

    return Rival("python submission.py", run)


def pytest(
    handed_in: Sequence[Student],
    course: Course,
    assignments: Mapping[str, Assignment],
    environment: Environment,
    folder: Path,
) -> Rival:
    """A pytest process for each submission."""
    for student in handed_in:
        file = _file(student, folder)
        _write(file, student.source)
        text = papers.pytest_file(
            students.parts(course, student.assignment),
            assignments[student.assignment],
            FOUR[student.assignment],
        )
        _write(file.with_name(f"test_{file.name}"), text)
    options = ["-q", "-p", "no:cacheprovider", "--rootdir=.", "--junit-xml=result.xml"]

    def run(chosen: Sequence[Student]) -> None:
        for file in (_file(one, folder) for one in chosen):
            command = [environment.python, "-m", "pytest", *options, f"test_{file.name}"]
            call(command, file.parent, (0, 1))

    def right(student: Student) -> bool:
        result = _file(student, folder).with_name("result.xml").read_text(encoding="utf-8")
        return 'errors="0"' in result and 'failures="0"' in result

    return Rival("pytest, a process each", run, right, slow=True)


def nbgrader(
    handed_in: Sequence[Student],
    course: Course,
    assignments: Mapping[str, Assignment],
    environment: Environment,
    folder: Path,
) -> Rival:
    """`nbgrader autograde`, once for each assignment with all its submissions, as an instructor runs it.

    Raises:
        RivalError: nbgrader cannot release an assignment.
    """
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "bench"\n')
    program = environment.program("nbgrader")
    for name, function in FOUR.items():
        text = papers.nbgrader_source(students.parts(course, name), assignments[name], function)
        _write(folder / "source" / name / f"{name}.ipynb", text)
        call([program, "generate_assignment", name], folder)
    for student in handed_in:
        name = student.assignment
        released = (folder / "release" / name / f"{name}.ipynb").read_text(encoding="utf-8")
        place = folder / "submitted" / student.name / name / f"{name}.ipynb"
        _write(place, papers.answered(released, student.source))

    def run(chosen: Sequence[Student]) -> None:
        for name in dict.fromkeys(one.assignment for one in chosen):
            names = [one.name for one in chosen if one.assignment == name]
            everybody = len(names) == sum(one.assignment == name for one in handed_in)
            for which in [[]] if everybody else [[f"--student={one}"] for one in names]:
                call([program, "autograde", name, "--force", "--quiet", *which], folder)

    def right(student: Student) -> bool:
        name = student.assignment
        return _all_ran(folder / "autograded" / student.name / name / f"{name}.ipynb")

    return Rival("nbgrader autograde", run, right, slow=True)


def otter(
    handed_in: Sequence[Student],
    course: Course,
    assignments: Mapping[str, Assignment],
    environment: Environment,
    folder: Path,
) -> Rival:
    """`otter run` for each submission, without containers.

    Raises:
        RivalError: otter cannot make an autograder.
    """
    program = environment.program("otter")
    for name, function in FOUR.items():
        text = papers.otter_file(students.parts(course, name), assignments[name], function)
        _write(folder / name / "tests" / "q1.py", text)
        options = ["--no-requirements", "--no-environment", "--no-config", "-o", "autograder.zip"]
        call([program, "generate", "-t", "tests", *options], folder / name)
    for student in handed_in:
        _write(
            folder / student.assignment / student.name / "submission.ipynb",
            papers.plain_notebook(student.source),
        )

    def run(chosen: Sequence[Student]) -> None:
        for one in chosen:
            options = ["-a", "../autograder.zip", "-o", ".", "--no-logo"]
            call([program, "run", *options, "submission.ipynb"], folder / one.assignment / one.name)

    def right(student: Student) -> bool:
        results = folder / student.assignment / student.name / "results.json"
        return _full(json.loads(results.read_text(encoding="utf-8")))

    return Rival("otter run", run, right, slow=True)


def _file(student: Student, folder: Path) -> Path:
    return folder / student.name / student.assignment / f"{student.assignment}.py"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _all_ran(path: Path) -> bool:
    """Whether no graded cell of an autograded notebook raised."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    graded = [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade")]
    wrong = [cell for cell in graded if any(one["output_type"] == "error" for one in cell["outputs"])]
    return bool(graded) and not wrong


def _full(results: dict[str, list[dict[str, float]]]) -> bool:
    scored = [one for one in results["tests"] if "score" in one and "max_score" in one]
    return bool(scored) and all(one["score"] == one["max_score"] for one in scored)
