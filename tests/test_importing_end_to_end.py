"""What was imported is released, loaded, audited and graded, with the commands that people use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from . import foreign_courses

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.jail


def run(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """`autograder words`, without a traceback of ours whatever happens."""
    done = subprocess.run(
        [sys.executable, "-m", "autograder", *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "200", "PYTHONPATH": str(ROOT)},
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return foreign_courses.empty_course(tmp_path / "course")


@pytest.fixture
def sums(course: Path, tmp_path: Path) -> Path:
    """A course with the assignment of an nbgrader course."""
    source = foreign_courses.nbgrader_course(tmp_path / "nb")
    done = run("import", "nbgrader", source, "--course", course, cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    return course


@pytest.fixture
def softmax(course: Path, tmp_path: Path) -> Path:
    """A course with the assignment of an otter notebook."""
    source = foreign_courses.otter_notebook(tmp_path)
    done = run("import", "otter", source, "--course", course, cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    return course


def marks(course: Path, file: Path) -> dict[str, tuple[float, float]]:
    """Earned and possible points of each criterion."""
    done = run("grade", file, "--format", "json", "--seed", "5eed", cwd=course)

    assert done.returncode == 0, done.stderr + done.stdout
    return {
        mark["criterion"]: (mark["earned"], mark["possible"]) for mark in json.loads(done.stdout)["marks"]
    }


def handed_in(folder: Path, name: str, text: str) -> Path:
    path = folder / "student" / f"{name}.py"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_the_solution_of_an_nbgrader_course_earns_what_machines_mark(sums: Path, tmp_path: Path) -> None:
    reference = (sums / "solutions/sums/reference.py").read_text(encoding="utf-8")

    assert marks(sums, handed_in(tmp_path, "sums", reference)) == {
        "right_squares": (2, 2),
        "refuses_zero": (0.5, 0.5),
        "right_centre": (3, 3),
        "right_number": (0, 1),  # pending: a person marks it
        "why": (0, 2),
    }


def test_a_wrong_submission_loses_the_cells_that_it_gets_wrong(sums: Path, tmp_path: Path) -> None:
    wrong = (
        "import numpy as np\n\n\ndef squares(n):\n    return [i**2 for i in range(n)]\n\n\n"
        "def centred(x):\n    return x - x.mean(axis=0)\n"
    )
    earned = marks(sums, handed_in(tmp_path, "sums", wrong))

    assert earned["right_squares"] == (0, 2)
    assert earned["refuses_zero"] == (0, 0.5)
    assert earned["right_centre"] == (3, 3)


def test_the_untouched_stub_of_an_import_earns_nothing(sums: Path, tmp_path: Path) -> None:
    stub = (sums / "assignments/sums/sums.py").read_text(encoding="utf-8")

    assert all(earned == 0 for earned, _ in marks(sums, handed_in(tmp_path, "sums", stub)).values())


def test_an_import_can_be_released(sums: Path, tmp_path: Path) -> None:
    done = run("release", "sums", "--to", tmp_path / "bundle", cwd=sums)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "bundle" / "sums" / "sums.py").is_file()


def test_the_audit_runs_and_says_what_is_missing(sums: Path) -> None:
    done = run("audit", "sums", "--no-jail", cwd=sums)

    assert done.returncode == 1
    assert "squares has 0 misconceptions" in done.stdout
    assert "solutions/sums/TODO.md: an import left things to be finished here" in done.stdout
    assert "the reference" not in done.stdout.partition("Failures:")[2]


def test_the_solution_of_an_otter_notebook_earns_what_machines_mark(softmax: Path, tmp_path: Path) -> None:
    reference = (softmax / "solutions/hw_softmax/reference.py").read_text(encoding="utf-8")

    assert marks(softmax, handed_in(tmp_path, "hw_softmax", reference)) == {
        "q1": (3, 3),
        "q2": (2, 2),
        "q3": (0, 1.5),
    }


def test_a_wrong_softmax_keeps_the_points_of_the_tests_it_passes(softmax: Path, tmp_path: Path) -> None:
    wrong = (
        "import numpy as np\n\n\ndef softmax(z):\n    return z / np.sum(z) if np.any(z) else z + 0.5\n\n\n"
        "def total(a, b=0):\n    return 2 * a\n"
    )
    earned = marks(softmax, handed_in(tmp_path, "hw_softmax", wrong))

    assert earned["q1"] == (2, 3)
    assert earned["q2"] == (0, 2)


def test_a_literal_that_the_solution_does_not_give_is_found_in_the_jail(course: Path, tmp_path: Path) -> None:
    source = foreign_courses.otter_notebook(tmp_path)
    done = run("import", "otter", source, "--course", course, "--confirm", cwd=tmp_path)
    listed = (course / "solutions/hw_softmax/TODO.md").read_text(encoding="utf-8")

    assert (
        "cell 20: line 1: `total(2, b=3)` fails on the solution of the course itself (it gives 7)" in listed
    )
    assert "it gives 7" in done.stdout
    assert listed.count("fails on the solution") == 1


def test_what_is_there_is_not_overwritten_unless_told_to(sums: Path, tmp_path: Path) -> None:
    kept = sums / "solutions/sums/misconceptions.py"
    kept.write_text('"""Mine."""\n', encoding="utf-8")
    again = run("import", "nbgrader", tmp_path / "nb", "--course", sums, cwd=tmp_path)
    forced = run("import", "nbgrader", tmp_path / "nb", "--course", sums, "--force", cwd=tmp_path)

    assert again.returncode == 2
    assert "solutions/sums/reference.py is there already" in again.stderr
    assert forced.returncode == 0
    assert kept.read_text(encoding="utf-8") == '"""Mine."""\n'
    assert (sums / "rubrics/course.yaml").read_text(encoding="utf-8").count("sums") == 1
