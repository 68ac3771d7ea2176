"""What the pages of the documentation find before their first command: see `tests.documents`."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from . import foreign_courses
from .documents import ROOT

NAMES = ("optimizers", "pca")  # a course of two is a course, and is proved in seconds
STORIES = {"ada": "perfect", "bo": "eps_inside_the_root", "cy": "data_not_centred"}  # of the sample class
WHEEL = "nn_autograder-0.1.0-py3-none-any.whl"

# A student's work half-way: one function right, one wrong, the others as they came.
WRITTEN = {
    "sgd_step": "    return np.asarray(theta, dtype=float) - lr * np.asarray(g)\n",
    "momentum_step": "    v = mu * np.asarray(v) + lr * np.asarray(g)\n    return np.asarray(theta) + v, v\n",
}


def course(folder: Path) -> Path:
    """The repository with the assignments of NAMES alone."""
    for name in ("autograder", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "Makefile"):
        shutil.copy(ROOT / name, folder)
    for part in ("assignments", "solutions"):
        (folder / part).mkdir()
        shutil.copy(ROOT / part / "README.md", folder / part)
        for name in NAMES:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / part / name, folder / part / name, ignore=ignored)
    (folder / "rubrics").mkdir()
    for name in NAMES:
        shutil.copy(ROOT / "rubrics" / f"{name}.yaml", folder / "rubrics")
    lines = (ROOT / "rubrics" / "course.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not _of_another(line)]
    (folder / "rubrics" / "course.yaml").write_text("".join(kept), encoding="utf-8")
    return folder


def _of_another(line: str) -> bool:
    """Whether a line of course.yaml stands for one assignment that is not among NAMES."""
    found = re.match(r"  (?:- (\w+)$|(\w+): \{ due)", line)
    return found is not None and (found[1] or found[2]) not in NAMES


def student(folder: Path) -> Path:
    """What students receive, with some of it written."""
    shutil.copy(ROOT / "assignments" / "README.md", folder)
    for name in NAMES:
        shutil.copytree(ROOT / "assignments" / name, folder / name)
    file = folder / "optimizers" / "optimizers.py"
    text = file.read_text(encoding="utf-8")
    for name, body in WRITTEN.items():
        text = text.replace(f'    raise NotImplementedError("write {name} here")\n', body)
    file.write_text(text, encoding="utf-8")
    return folder


def a_class(folder: Path) -> None:
    """Three students, each with a folder."""
    for name, story in STORIES.items():
        shutil.copytree(ROOT / "tests" / "submissions" / story, folder / "class" / name)
        for path in (folder / "class" / name).iterdir():
            if path.stem not in NAMES:
                path.unlink()


def a_class_of_pca(folder: Path) -> None:
    """One student, who handed in pca alone."""
    shutil.copytree(ROOT / "tests" / "submissions" / STORIES["cy"], folder / "class" / "cy")
    (folder / "class" / "cy" / "golden.json").unlink()


def submission(folder: Path) -> None:
    """What one student handed in, as a build server finds it."""
    (folder / "submission").mkdir()
    shutil.copy(
        ROOT / "tests" / "submissions" / "eps_inside_the_root" / "optimizers.py", folder / "submission"
    )


def hand_in(folder: Path) -> None:
    """One file of one student."""
    (folder / "ada").mkdir()
    shutil.copy(ROOT / "tests" / "submissions" / "perfect" / "optimizers.py", folder / "ada")


def export(folder: Path) -> None:
    """A gradebook as Canvas exports it, with a student of whom there is no report."""
    (folder / "export.csv").write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,"
        '"Gradient descent to Adam, schedules, clipping, Newton (12345)"\r\n'
        "    Points Possible,,,,,100.00\r\n"
        '"Lovelace, Ada",101,s1,ada,A,\r\n'
        '"Diddley, Bo",102,s2,bo,A,3.5\r\n'
        '"Doe, Jane",103,s3,jane,A,\r\n',
        encoding="utf-8",
    )


def submitted(folder: Path) -> None:
    """A notebook that came in, in a course of nbgrader's."""
    (folder / "submitted" / "ada" / "pca").mkdir(parents=True)
    shutil.copy(folder / "release" / "pca" / "pca.ipynb", folder / "submitted" / "ada" / "pca")


def nbgrader_source(folder: Path) -> None:
    """A course of nbgrader's with one assignment."""
    foreign_courses.nbgrader_course(folder / "nb")


PLACES: Mapping[str, Callable[[Path], Path]] = {"course": course, "student": student}
PREPARED: Mapping[str, Callable[[Path], object]] = {
    "class/": a_class,
    "class/of/pca": a_class_of_pca,
    "submission/": submission,
    "ada/": hand_in,
    "export.csv": export,
    "submitted/": submitted,
    "nb/": nbgrader_source,
    "softmax.ipynb": foreign_courses.otter_notebook,
}
