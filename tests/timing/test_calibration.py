"""Model solutions: made into files of their own, and what a machine's calibration means for grading."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from autograder import course as courses
from autograder.audit import timed as proofs
from autograder.audit.model import Finding
from autograder.model import Assignment, Outcome, Status, Submission, Timing, Verdict
from autograder.timing import calibration, judged, models
from autograder.timing.calibration import Calibration, Measured

RUBRIC = """\
assignment: squares
criteria:
  - id: right
    asks: Right
    checks: {squares.some: 1}
  - id: fast
    asks: Fast
    checks: {squares.many: 4}
    bands: [[5, 1.0], [100, 0.5]]
    timing:
      sizes: {n: 1000}
      models: {in_a_loop: 0.5}
"""
REFERENCE = '''\
"""Squares."""

import numpy as np


def _own(x):
    return np.asarray(x, dtype=float)


def squares(x):
    """The square of each number.

    >>> squares([3.0])
    array([9.])
    """
    return _own(x) ** 2
'''
CHECKS = '''\
from autograder import check, timed

from .reference import squares


@check(squares)
def some(rng):
    """Three numbers."""
    return rng.normal(size=3)


@timed(squares, twin=some)
def many(rng, n=10):
    """Many numbers."""
    return rng.normal(size=n)
'''
ALTERNATIVES = '''\
import numpy as np

from autograder import alternative

from .reference import squares


def _own(x):
    return [float(one) for one in x]


@alternative(squares)
def in_a_loop(x):
    """A loop."""
    return np.array([one * one for one in _own(x)])


@alternative(squares)
def through_the_reference(x):
    """Once more."""
    return squares(_own(x))
'''


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Assignment]:
    def write(rubric: str = RUBRIC, checks: str = CHECKS) -> Assignment:
        files = {
            "rubrics/course.yaml": "title: Squares\norder: [squares]\n",
            "rubrics/squares.yaml": rubric,
            "solutions/squares/reference.py": REFERENCE,
            "solutions/squares/checks.py": checks,
            "solutions/squares/alternatives.py": ALTERNATIVES,
            "solutions/squares/misconceptions.py": "",
        }
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return courses.assignment(courses.load(tmp_path), "squares")

    return write


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("AUTOGRADER_KEY", "ab" * 16)


def loaded(source: str) -> ModuleType:
    module = ModuleType("alone")
    exec(source, module.__dict__)
    return module


def test_a_model_solution_is_a_file_that_stands_alone(written: Callable[..., Assignment]) -> None:
    assignment = written()
    one, two = (loaded(models.code(each, assignment).source) for each in assignment.alternatives)

    assert one.squares([1, 2]).tolist() == [1, 4]
    assert two.squares([1, 2]).tolist() == [1, 4]


def test_helpers_of_the_same_name_stay_with_their_own_file(written: Callable[..., Assignment]) -> None:
    assignment = written()
    module = loaded(models.code(assignment.alternatives[1], assignment).source)

    assert isinstance(module._own([1]), module.np.ndarray)


def test_it_holds_no_word_of_authoring(written: Callable[..., Assignment]) -> None:
    assignment = written()
    source = models.code(assignment.alternatives[0], assignment).source

    assert "autograder" not in source
    assert "from .reference" not in source


def measured(model: str, expected: float, got: float, verdict: str = Verdict.DECIDED) -> Measured:
    return Measured(model, expected, got, verdict, 2.0, 1.9, 2.1)


@pytest.mark.parametrize(
    ("one", "sound"),
    [
        (measured("m", 1.0, 1.0), True),
        (measured("m", 1.0, 0.5), False),
        (measured("m", 1.0, 1.0, Verdict.INCONCLUSIVE), False),
        (measured("m", 0.0, 0.0, Verdict.WRONG_OUTPUT), False),
    ],
)
def test_a_model_is_sound_only_where_it_was_decided_in_its_band(one: Measured, sound: bool) -> None:
    assert one.sound is sound


def test_what_is_kept_is_found_again_for_the_same_check_course_and_machine_only() -> None:
    known = Calibration("a.b", "sha256:1", "a machine", (measured("m", 1.0, 1.0),))
    calibration.keep(known)

    assert calibration.kept("a.b", "sha256:1", "a machine") == known
    assert calibration.kept("a.b", "sha256:2", "a machine") is None
    assert calibration.kept("a.b", "sha256:1", "another") is None


def test_a_spoiled_file_is_no_calibration() -> None:
    path = calibration.keep(Calibration("a.b", "sha256:1", "a machine", ()))
    path.write_text("{", encoding="utf-8")

    assert calibration.kept("a.b", "sha256:1", "a machine") is None


class Slot:
    """A worker slot whose clock has said something already."""

    timed, device, core = True, None, 0


def clocked(assignment: Assignment, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    (check, criterion) = next(calibration.checks(assignment))

    def said(*_: Any) -> Timing:
        return Timing(check.id, Verdict.DECIDED, "cgroup", 2.0, 1.9, 2.1, hardware="a machine")

    monkeypatch.setattr(judged, "time_check", said)
    twin = Outcome(check.twin, "Three numbers.", Status.PASSED, Fraction(1))
    work = Submission("ada", "squares", "", "squares.py", "sha256:0")
    return judged.outcome(check, criterion, twin, work, assignment, Slot())  # type: ignore[arg-type]


def test_nobody_is_graded_by_a_clock_that_puts_our_own_solution_elsewhere(
    written: Callable[..., Assignment], monkeypatch: pytest.MonkeyPatch
) -> None:
    assignment = written()
    calibration.keep(
        Calibration("squares.many", assignment.digest, "a machine", (measured("in_a_loop", 0.5, 1.0),))
    )
    outcome = clocked(assignment, monkeypatch)

    assert outcome.status == Status.UNGRADED
    assert "in_a_loop" in outcome.staff_note
    assert "in_a_loop" not in outcome.note


def test_sound_models_become_landmarks_of_the_report(
    written: Callable[..., Assignment], monkeypatch: pytest.MonkeyPatch
) -> None:
    assignment = written()
    calibration.keep(
        Calibration("squares.many", assignment.digest, "a machine", (measured("in_a_loop", 0.5, 0.5),))
    )
    outcome = clocked(assignment, monkeypatch)

    assert outcome.status == Status.PASSED
    assert outcome.timing is not None
    assert outcome.timing.models == (("in_a_loop", 2.0),)


def findings(assignment: Assignment, root: Path) -> list[Finding]:
    return list(proofs.clocks(assignment, root))


def test_the_audit_accepts_a_sound_timed_check(written: Callable[..., Assignment], tmp_path: Path) -> None:
    assignment = written()

    assert findings(assignment, tmp_path) == []
    assert list(proofs.thin(assignment, tmp_path)) == []


def test_the_audit_finds_inputs_that_are_the_same_twice(
    written: Callable[..., Assignment], tmp_path: Path
) -> None:
    (found,) = findings(written(checks=CHECKS.replace("rng.normal(size=n)", "[[1.0] * n]")), tmp_path)

    assert "draws no array" in found.says


def test_the_audit_finds_bands_that_no_slower_model_vouches_for(
    written: Callable[..., Assignment], tmp_path: Path
) -> None:
    (found,) = proofs.thin(written(RUBRIC.replace("in_a_loop: 0.5", "in_a_loop: 1.0")), tmp_path)

    assert "tell kinds of solution apart" in found.says


def test_the_audit_repeats_what_calibration_found(
    written: Callable[..., Assignment], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assignment = written()
    monkeypatch.setattr("autograder.timing.machine.processor", lambda: "a machine")
    calibration.keep(
        Calibration("squares.many", assignment.digest, "a machine", (measured("in_a_loop", 0.5, 1.0),))
    )
    (found,) = findings(assignment, tmp_path)

    assert "in_a_loop fell outside the band" in found.says


def test_sizes_and_models_of_the_rubric_must_be_there(written: Callable[..., Assignment]) -> None:
    with pytest.raises(courses.CourseError) as caught:
        written(RUBRIC.replace("{n: 1000}", "{m: 1000}").replace("in_a_loop: 0.5", "in_a_lop: 0.7"))

    assert "draws by no size 'm'" in str(caught.value)
    assert "no alternative 'in_a_lop'" in str(caught.value)
    assert "no band is worth 0.7" in str(caught.value)


def test_growth_needs_the_size_that_doubles(written: Callable[..., Assignment]) -> None:
    with pytest.raises(courses.CourseError, match="name it in `grows`"):
        written(RUBRIC.replace("timing:\n", "timing:\n      clock: growth\n"))
