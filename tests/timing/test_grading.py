"""A submission with a timed check, from its source to its report, in real jails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from autograder import course, grade
from autograder.answerkey import AnswerKey
from autograder.jail.levels import Isolation
from autograder.model import Outcome, Report, Status, Submission, Verdict
from autograder.session import Bench
from autograder.timing import contest
from tests import toy_course

pytestmark = pytest.mark.jail

RUBRIC = """\
assignment: toy
criteria:
  - id: right
    asks: Half of it
    checks: {half.ones: 2, half.loop: 1}
  - id: fast
    asks: In time
    checks: {half.many: 4}
    bands: [[10, 1.0], [5000, 0.5]]
    timing: {clock: cpu, budget_seconds: 20, sizes: {n: 200000}}
"""
CHECK = """

@timed(half, twin=ones)
def many(rng, n=10):
    \"\"\"Many numbers.\"\"\"
    return (rng.normal(size=n),)
"""
REFERENCE = '''\
"""The right answers."""


def half(x):
    """Half of x.

    >>> half(3)
    1.5
    """
    return x / 2
'''
QUICK = "def half(x):\n    return x * 0.5\n"
SLOW = (
    "import numpy as np\n\n\ndef half(x):\n    if np.ndim(x) == 0:\n        return x / 2\n"
    "    return np.array([one / 2 for one in x])\n"
)
WRONG = "def half(x):\n    return x * 2\n"
STALE = (
    "KNOWN = []\n\n\ndef half(x):\n    if getattr(x, 'size', 1) == 1:\n        return x / 2\n"
    "    KNOWN.append(x / 2)\n    return KNOWN[0]\n"
)
Graded = Callable[..., Report]


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> tuple[course.Course, AnswerKey]:
    """The toy course with a timed check, and its answers."""
    root = toy_course.write(tmp_path_factory.mktemp("course"))
    (root / "rubrics" / "toy.yaml").write_text(RUBRIC, encoding="utf-8")
    (root / "solutions" / "toy" / "reference.py").write_text(REFERENCE, encoding="utf-8")
    checks = root / "solutions" / "toy" / "checks.py"
    toy_course.edit(checks, "import check, scenario", "import check, scenario, timed")
    toy_course.edit(checks, "import _private, half", "import half")
    checks.write_text(checks.read_text(encoding="utf-8") + CHECK, encoding="utf-8")
    loaded = course.load(root)
    return loaded, AnswerKey(course.assignment(loaded, "toy"), "5eed")


@pytest.fixture(scope="module")
def timing_bench(isolation: Isolation) -> Iterator[Bench]:
    """A worker slot that times."""
    made = Bench(isolation)
    yield made
    made.close()


@pytest.fixture
def graded(
    key: tuple[course.Course, AnswerKey],
    timing_bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Graded:
    """Grade a source."""
    monkeypatch.setattr(contest, "REPEATS", (2, 2))
    monkeypatch.setattr("autograder.timing.statistics.DRAWS", 200)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    loaded, answers = key

    def grading(source: str, where: Bench = timing_bench, clock: str = "cpu") -> Report:
        used = answers
        if clock != "cpu":
            marks = answers.assignment.rubric
            last = marks.criteria[-1]
            other = replace(last, clocking=replace(last.clocking, clock=clock))
            marks = replace(marks, criteria=(*marks.criteria[:-1], other))
            used = AnswerKey(replace(answers.assignment, rubric=marks), "5eed")
        return grade.grade(Submission("ada", "toy", source, "toy.py", "sha256:0"), used, where, loaded)

    return grading


def fast(report: Report) -> Outcome:
    """The outcome of the timed check."""
    (found,) = (one for mark in report.marks for one in mark.outcomes if one.check == "half.many")
    return found


def test_a_quick_answer_earns_all(graded: Graded) -> None:
    report = graded(QUICK)
    timing = fast(report).timing

    assert fast(report).status == Status.PASSED
    assert report.earned == 7
    assert timing is not None
    assert timing.verdict == Verdict.DECIDED
    assert timing.submission == "sha256:0"
    assert timing.rubric
    assert timing.grader
    assert timing.measured


def test_a_slow_answer_earns_the_share_of_its_band(graded: Graded) -> None:
    report = graded(SLOW)

    assert fast(report).status == Status.FAILED
    assert fast(report).share == Fraction(1, 2)
    assert report.earned == 5


def test_a_wrong_answer_is_not_timed(graded: Graded) -> None:
    outcome = fast(graded(WRONG))

    assert outcome.status == Status.SKIPPED
    assert outcome.note.startswith("timed once this holds: ")
    assert outcome.timing is None


def test_an_answer_that_is_wrong_only_when_timed_earns_nothing_for_its_speed(graded: Graded) -> None:
    report = graded(STALE)
    timing = fast(report).timing

    assert fast(report).status == Status.FAILED
    assert timing is not None
    assert timing.verdict == Verdict.WRONG_OUTPUT
    assert report.earned == 3


def test_a_bench_that_does_not_time_leaves_the_points_pending(graded: Graded, isolation: Isolation) -> None:
    untimed = Bench(isolation, timed=False)
    outcome = fast(graded(QUICK, untimed))
    untimed.close()

    assert outcome.status == Status.PENDING
    assert outcome.note == "Not timed in this run. 4 points pending (not lost)."


def test_without_a_gpu_its_points_wait(graded: Graded) -> None:
    report = graded(QUICK, clock="gpu")

    assert fast(report).status == Status.PENDING
    assert fast(report).note == "GPU check not run: no GPU here. 4 points pending (not lost)."
    assert report.earned == 3


def test_a_fault_of_ours_costs_nothing(graded: Graded, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("autograder.timing.memory.os.ftruncate", broken)
    outcome = fast(graded(QUICK))

    assert outcome.status == Status.UNGRADED
    assert "no shared memory for a timed check: no room" in outcome.staff_note
