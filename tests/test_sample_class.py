"""The sample class: every submission tells a true story, and its golden report is how it ends.

A golden report holds what must not change unnoticed: points, statuses, names of misconceptions, advice,
lines. Numbers of single draws and versions of libraries are left out.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from autograder import course, grade, intake
from autograder.answerkey import AnswerKey
from autograder.model import Course, Outcome, Report, points
from autograder.release import stubs
from autograder.reports import json as report_json
from autograder.session import Bench

ROOT = Path(__file__).parents[1]
STORIES = sorted(path for path in (ROOT / "tests" / "submissions").iterdir() if path.is_dir())
SEED = "5eed"

pytestmark = pytest.mark.jail


@pytest.fixture(scope="module")
def the_course() -> Course:
    """The course of this repository."""
    return course.load(ROOT)


@pytest.fixture(scope="module")
def keys(the_course: Course) -> dict[str, AnswerKey]:
    """The answers of every assignment under the seed of the golden reports."""
    return {name: AnswerKey(course.assignment(the_course, name), SEED) for name in the_course.order}


def _graded(story: Path, the_course: Course, keys: dict[str, AnswerKey], bench: Bench) -> list[Report]:
    found = intake.read(story, course.functions(the_course))
    return [grade.grade(one, keys[one.assignment], bench, the_course) for one in found]


def _plain(outcome: Outcome) -> dict[str, Any]:
    said: dict[str, Any] = {"status": outcome.status.value}
    if outcome.misconception:
        said["misconception"] = outcome.misconception.name
    if outcome.mismatch:
        said["mismatch"] = outcome.mismatch.kind
        if outcome.mismatch.pattern:
            said["pattern"] = outcome.mismatch.pattern
    if outcome.crash:
        crash = outcome.crash
        said["crash"] = {"name": crash.name, "line": crash.line, "code": crash.code, "advice": crash.advice}
    if outcome.note:
        said["note"] = outcome.note
    return said


def _golden(report: Report) -> dict[str, Any]:
    return {
        "assignment": report.assignment,
        "student": report.student,
        "earned": points(report.earned),
        "possible": points(report.possible),
        "pending": points(report.pending),
        "notes": list(report.notes),
        "objections": [[objection.line, objection.says] for objection in report.objections],
        "marks": {
            mark.criterion.id: {
                "earned": points(mark.earned),
                "outcomes": {outcome.check: _plain(outcome) for outcome in mark.outcomes},
            }
            for mark in report.marks
        },
    }


def test_there_are_stories_enough() -> None:
    assert len(STORIES) >= 16


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_ends_as_it_should(
    story: Path,
    the_course: Course,
    keys: dict[str, AnswerKey],
    bench: Bench,
    request: pytest.FixtureRequest,
) -> None:
    told = [_golden(report) for report in _graded(story, the_course, keys, bench)]
    file = story / "golden.json"
    if request.config.getoption("--update-golden"):
        file.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    assert told == json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_report_follows_the_published_schema(
    story: Path, the_course: Course, keys: dict[str, AnswerKey], bench: Bench
) -> None:
    for report in _graded(story, the_course, keys, bench):
        text = report_json.render(report)
        report_json.validate(json.loads(text))

        assert report_json.parse(text) == report


def test_the_untouched_stub_is_the_stub(the_course: Course) -> None:
    reference = the_course.root / "solutions" / "optimizers" / "reference.py"
    handed_in = ROOT / "tests" / "submissions" / "untouched_stub" / "optimizers.py"

    assert handed_in.read_text(encoding="utf-8") == stubs.stub(reference.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("story", "assignment", "lost"),
    [
        ("leaves_the_process", "conv_arithmetic", "conv_output_size"),
        ("endless_loop", "perceptron", "perceptron_fit"),
        ("eats_memory", "activations", "sigmoid"),
        ("deletes_everything", "pca", "pca_fit"),
    ],
)
def test_a_wrecker_pays_for_what_it_wrecks_and_for_nothing_else(
    story: str, assignment: str, lost: str, the_course: Course, keys: dict[str, AnswerKey], bench: Bench
) -> None:
    (report,) = _graded(ROOT / "tests" / "submissions" / story, the_course, keys, bench)
    crashed = {o.check.split(".")[0] for mark in report.marks for o in mark.outcomes if o.status == "CRASHED"}
    ungraded = [o for mark in report.marks for o in mark.outcomes if o.status == "UNGRADED"]

    assert report.assignment == assignment
    assert lost in crashed
    assert ungraded == []
    assert report.earned > 0
