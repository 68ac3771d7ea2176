"""What nbgrader's marks are made of: records, clocks, what a person decided. It needs no nbgrader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from autograder import records, reports, run
from autograder.jail.levels import Isolation
from autograder.model import Mark, Outcome, Report, Status
from autograder.nbgrader_bridge.grading import Grader, recorded
from tests import toy_course
from tests.timing.test_grading import CHECK, REFERENCE, RUBRIC

pytestmark = pytest.mark.jail
RIGHT = "def half(x):\n    return x / 2\n"
ABOUT = {"student": "ada", "assignment": "toy"}


@pytest.fixture
def root(tmp_path: Path, isolation: Isolation) -> Path:
    """A course with a check that is timed."""
    assert isolation
    made = toy_course.write(tmp_path / "course")
    (made / "rubrics" / "toy.yaml").write_text(RUBRIC, encoding="utf-8")
    (made / "solutions" / "toy" / "reference.py").write_text(REFERENCE, encoding="utf-8")
    checks = made / "solutions" / "toy" / "checks.py"
    toy_course.edit(checks, "import check, scenario", "import check, scenario, timed")
    toy_course.edit(checks, "import _private, half", "import half")
    checks.write_text(checks.read_text(encoding="utf-8") + CHECK, encoding="utf-8")
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What one student handed in."""
    made = tmp_path / "submitted" / "ada" / "toy"
    made.mkdir(parents=True)
    (made / "toy.py").write_text(RIGHT, encoding="utf-8")
    return made


@pytest.fixture
def grader(root: Path, tmp_path: Path) -> Iterator[Callable[..., Grader]]:
    """Graders that keep their records in one folder."""
    made: list[Grader] = []

    def make(**words: bool) -> Grader:
        made.append(Grader(root, tmp_path / "graded", **words))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_where_nothing_is_timed_the_points_for_speed_wait_and_are_not_lost(grader, folder) -> None:
    report = grader(timed=False).report(folder, "toy", "ada", 0)

    assert (report.earned, report.pending) == (3, 4)
    assert report.marks[-1].outcomes[0].status is Status.PENDING


def test_what_waited_for_a_clock_is_graded_anew_by_a_grader_that_has_one(
    grader, folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = grader(timed=False).report(folder, "toy", "ada", 0)
    asked: list[str] = []

    def grade_one(_: run.Run, submission: object, bench: object) -> Report:
        asked.append(f"{submission.student}, timed: {bench.timed}")
        return before

    monkeypatch.setattr(run.Run, "grade_one", grade_one)
    grader(timed=False).report(folder, "toy", "ada", 0)

    assert asked == []
    grader().report(folder, "toy", "ada", 0)

    assert asked == ["ada, timed: True"]


def _waiting(mark: Mark) -> Mark:
    def wait(one: Outcome) -> Outcome:
        evidence = ("It equals the library's, bit for bit.",)
        return replace(one, status=Status.PENDING, share=Fraction(0), review=evidence)

    return replace(mark, outcomes=tuple(wait(one) for one in mark.outcomes))


@pytest.mark.parametrize(("decision", "earned"), [("accept", 3), ("refuse", 0)])
def test_what_a_person_decided_counts(
    grader, root: Path, folder: Path, tmp_path: Path, decision: str, earned: int
) -> None:
    out = tmp_path / "graded"
    grader(timed=False).report(folder, "toy", "ada", 0)
    path = records.record_path(out, "ada", "toy")
    (record,) = records.read(path)
    marks = (_waiting(record.marks[0]), *record.marks[1:])
    records.write(path, reports.render("json", replace(record, marks=marks)))
    before = grader(timed=False).report(folder, "toy", "ada", 0)
    (out / "reviews.yaml").write_text(f"ada: {{toy: {{half: {{{decision}: Seen.}}}}}}\n", encoding="utf-8")
    after = grader(timed=False).report(folder, "toy", "ada", 0)
    shown = recorded(root, out, ABOUT, 0)

    assert (before.earned, before.pending) == (0, 7)
    assert (after.earned, after.pending) == (earned, 4)
    assert shown is not None
    assert shown.earned == earned
    assert "bit for bit" not in reports.render("json", shown)
