"""The wheel that students install: the whole tool, and nothing of the course."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The files of the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_wheel_holds_the_package_and_nothing_else(names: list[str]) -> None:
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"autograder"}


def test_the_wheel_holds_no_answer(names: list[str]) -> None:
    hidden = ("reference.py", "checks.py", "misconceptions.py", "alternatives.py", "course.yaml", ".svg")

    assert [name for name in names if name.endswith(hidden)] == []


def test_what_is_not_python_travels_too(names: list[str]) -> None:
    wanted = {
        "autograder/schemas/report.schema.json",
        "autograder/schemas/rubric.schema.json",
        "autograder/inline/templates/try.css",
        "autograder/inline/templates/try.html.j2",
        "autograder/reports/templates/report.html.j2",
        "autograder/templates/assignment/reference.py.txt",
        "autograder/schemas/gradescope.schema.json",
        "autograder/platforms/templates/gradescope/setup.sh",
        "autograder/platforms/templates/gradescope/run_autograder",
    }

    assert wanted <= set(names)
