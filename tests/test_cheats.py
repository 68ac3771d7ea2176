"""Cheats: submissions with wrong mathematics that try to score. Each earns what its mathematics is worth.

A file of `tests/cheats/attacks` or `self_defeating` is an attack with a place for mathematics; one of
`mathematics` is the same mathematics by an honest student. The marks of both are compared check by check.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from autograder import course, grade
from autograder.answerkey import AnswerKey
from autograder.model import Course, Report, Status, Submission
from autograder.session import Bench

pytestmark = pytest.mark.jail

ROOT = Path(__file__).parents[1]
CHEATS = ROOT / "tests" / "cheats"
SEED = "5eed"
PLACE = "# MATHEMATICS\n"
Cheat = Callable[[str, str], Report]
REFUSED = (
    "a_kernel_far_too_large",
    "a_kernel_one_cell_too_large",
    "too_large_by_less_than_the_stride",
    "holes_that_make_it_too_large",
    "a_stride_of_zero",
    "a_stride_backwards",
)


def _read(folder: str) -> dict[str, str]:
    return {
        path.name.removesuffix(".py.txt"): path.read_text(encoding="utf-8")
        for path in sorted((CHEATS / folder).glob("*.py.txt"))
    }


MATHEMATICS = _read("mathematics")
ATTACKS = _read("attacks")
SELF_DEFEATING = _read("self_defeating")


@pytest.fixture(scope="module")
def the_course() -> Course:
    """The course of this repository."""
    return course.load(ROOT)


@pytest.fixture(scope="module")
def keys(the_course: Course) -> dict[str, AnswerKey]:
    """The answers of the assignments that are cheated in."""
    return {name: AnswerKey(course.assignment(the_course, name), SEED) for name in MATHEMATICS}


@pytest.fixture
def graded(the_course: Course, keys: dict[str, AnswerKey], bench: Bench) -> Cheat:
    """Grade a source for an assignment; no check may be left ungraded by it."""

    def grading(assignment: str, source: str) -> Report:
        handed_in = Submission("mallory", assignment, source, f"{assignment}.py", "sha256:0")
        report = grade.grade(handed_in, keys[assignment], bench, the_course)
        assert Status.UNGRADED not in {one.status for mark in report.marks for one in mark.outcomes}
        return report

    return grading


@pytest.fixture(scope="module")
def honest(the_course: Course, keys: dict[str, AnswerKey], bench: Bench) -> dict[str, dict[str, str]]:
    """The verdicts of the honest twins."""
    found = {}
    for name, source in MATHEMATICS.items():
        handed_in = Submission("ada", name, source, f"{name}.py", "sha256:0")
        found[name] = verdicts(grade.grade(handed_in, keys[name], bench, the_course))
    return found


def verdicts(report: Report) -> dict[str, str]:
    """Each check with what was decided about it."""
    return {outcome.check: outcome.status.value for mark in report.marks for outcome in mark.outcomes}


def worth(report: Report, *checks: str) -> Fraction:
    """The points that a report's rubric gives for `checks`."""
    return sum(
        (mark.criterion.checks.get(check, Fraction(0)) for mark in report.marks for check in checks),
        Fraction(0),
    )


def passed(report: Report) -> set[str]:
    """The checks that passed."""
    return {check for check, status in verdicts(report).items() if status == "PASSED"}


def test_there_are_cheats_and_each_has_a_place_for_mathematics() -> None:
    assert len(ATTACKS) + len(SELF_DEFEATING) >= 20
    assert all(source.count(PLACE) == 1 for source in (*ATTACKS.values(), *SELF_DEFEATING.values()))


def test_the_mathematics_is_wrong_and_not_wholly(honest: dict[str, dict[str, str]]) -> None:
    for statuses in honest.values():
        assert "PASSED" in statuses.values()
        assert "FAILED" in statuses.values()


@pytest.mark.parametrize("assignment", MATHEMATICS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_cheat_earns_what_its_honest_twin_earns(
    attack: str, assignment: str, graded: Cheat, honest: dict[str, dict[str, str]]
) -> None:
    report = graded(assignment, ATTACKS[attack].replace(PLACE, MATHEMATICS[assignment]))

    assert verdicts(report) == honest[assignment]


@pytest.mark.parametrize("assignment", MATHEMATICS)
@pytest.mark.parametrize("attack", SELF_DEFEATING)
def test_a_cheat_that_gives_no_answer_earns_nothing(attack: str, assignment: str, graded: Cheat) -> None:
    report = graded(assignment, SELF_DEFEATING[attack].replace(PLACE, MATHEMATICS[assignment]))

    assert report.earned == 0
    assert passed(report) == set()


# ---- answers that need no mathematics ---------------------------------------------------------------


def test_the_examples_of_the_handout_by_heart_are_worth_nothing(graded: Cheat) -> None:
    sigmoid = (
        "import numpy as np\nKNOWN = {-2.0: 0.119203, 0.0: 0.5, 2.0: 0.880797, -1000.0: 0.0, 1000.0: 1.0}\n"
        "SLOPE = {-3.0: 0.045177, -0.5: 0.235004, 0.0: 0.25, 0.7: 0.221713, 2.0: 0.104994}\n"
        "def look(known, z):\n    z = np.asarray(z, dtype=float)\n"
        "    return np.array([known.get(float(v), 0.0) for v in z.flat]).reshape(z.shape)\n"
        "def sigmoid(z, lam=1.0):\n    return look(KNOWN, z)\n"
        "def sigmoid_derivative(z, lam=1.0):\n    return look(SLOPE, z)\n"
    )
    sizes = (
        "KNOWN = {(227, 11, 4): 55, (8, 3, 2): 3, (64, 3, 1): 64}\n"
        "def conv_output_size(n, k, s=1, p=0, d=1):\n    return KNOWN.get((n, k, s), 0)\n"
    )

    assert graded("activations", sigmoid).earned == 0
    assert graded("conv_arithmetic", sizes).earned == 0


def test_the_input_as_the_answer_is_worth_nothing(graded: Cheat) -> None:
    source = "def sigmoid(z, lam=1.0):\n    return z\n\n\ndef sigmoid_derivative(z, lam=1.0):\n    return z\n"

    assert graded("activations", source).earned == 0
    assert graded("conv_arithmetic", "def conv_output_size(n, *rest, **more):\n    return n\n").earned == 0


def test_a_constant_earns_nothing_for_a_property_that_it_happens_to_have(graded: Cheat) -> None:
    source = (
        "import numpy as np\ndef sigmoid(z, lam=1.0):\n    return np.full(np.shape(z), 0.5)\n\n\n"
        "def sigmoid_derivative(z, lam=1.0):\n    return np.full(np.shape(z), 0.25)\n"
    )
    report = graded("activations", source)

    assert passed(report) == set(), "0.5 and 0.5 do add up to 1, but the numbers themselves are asked for too"
    assert report.earned == 0


def test_refusing_everything_earns_what_is_to_be_refused(graded: Cheat) -> None:
    report = graded("conv_arithmetic", "def conv_output_size(*args, **kwargs):\n    raise ValueError\n")

    assert passed(report) == {f"conv_output_size.{name}" for name in REFUSED}, "what asks for the exception"
    assert report.earned == worth(report, *passed(report))
    assert (report.earned, report.possible) == (1.5, 100)


def test_no_other_exception_is_the_one_that_is_asked_for(graded: Cheat) -> None:
    for raised in (
        "NotImplementedError",
        "type('ValueError2', (ValueError,), {})",
        "Exception",
        "SystemExit",
    ):
        report = graded("conv_arithmetic", f"def conv_output_size(*args, **kwargs):\n    raise {raised}\n")
        subclass = "ValueError2" in raised

        assert (report.earned > 0) == subclass, "`except ValueError` catches what is a ValueError"


# ---- known weaknesses, by the point -----------------------------------------------------------------

NAIVE = """
import numpy as np


def sigmoid(z, lam=1.0):
    return 1 / (1 + np.exp(-lam * np.asarray(z, dtype=float)))


def sigmoid_derivative(z, lam=1.0):
    z *= 1
    s = sigmoid(z, lam)
    return lam * s * (1 - s)
"""
NO_FACTS = """
import autograder.jail.inside as inside
real = inside.observe
inside.observe = lambda *args: (real(*args)[0], {"warnings": [], "mutated": []})
"""
SILENCED = NAIVE.replace("    return 1 /", "    with np.errstate(all='ignore'):\n        return 1 /")


def test_whoever_hides_the_facts_earns_what_one_honest_line_would(graded: Cheat) -> None:
    """Facts are claims. Hiding a warning is worth what `np.errstate` is worth, and not a point more."""
    plain, cheat, twin = (graded("activations", source) for source in (NAIVE, NAIVE + NO_FACTS, SILENCED))

    assert verdicts(cheat) == verdicts(twin)
    assert passed(cheat) - passed(plain) == {"sigmoid.far_out", "sigmoid.far_out_because_steep"}
    assert cheat.earned - plain.earned == worth(plain, *(passed(cheat) - passed(plain))) == 3


def test_whoever_hides_a_changed_argument_earns_the_point_for_leaving_it_alone(graded: Cheat) -> None:
    """Facts are claims. The value has to be right all the same."""
    source = NAIVE.replace(
        "z *= 1\n    s =", "z = np.asarray(z)\n    before = z.astype(float)\n    z *= 0\n    z += 1\n    s ="
    )
    source = source.replace("s = sigmoid(z, lam)", "s = sigmoid(before, lam)")
    plain, cheat = graded("activations", source), graded("activations", source + NO_FACTS)

    assert {"sigmoid_derivative.sums_left_alone"} <= passed(cheat) - passed(plain)
    assert passed(cheat) - passed(plain) <= {
        "sigmoid_derivative.sums_left_alone",
        "sigmoid.far_out",
        "sigmoid.far_out_because_steep",
        "sigmoid_derivative.slope_far_out",
    }


EACH_BY_THE_OTHER = """
import numpy as np

NODES, WEIGHTS = np.polynomial.legendre.leggauss(60)
busy = []


def sigmoid(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    if busy:
        return 0 * z
    busy.append(1)
    t = z[..., None] * (NODES + 1) / 2
    slope = np.asarray(sigmoid_derivative(t, lam))
    busy.clear()
    return 0.5 + (slope * WEIGHTS).sum(-1) * z / 2


def sigmoid_derivative(z, lam=1.0):
    z = np.asarray(z, dtype=float)
    if busy:
        return 0 * z
    busy.append(1)
    above, below = np.asarray(sigmoid(z + 1e-5, lam)), np.asarray(sigmoid(z - 1e-5, lam))
    busy.clear()
    return (above - below) / 2e-5
"""


def test_two_functions_that_only_call_each_other_do_not_earn_each_others_points(graded: Cheat) -> None:
    report = graded("activations", EACH_BY_THE_OTHER)
    notes = [outcome.note for mark in report.marks for outcome in mark.outcomes]

    assert not any("With ours" in note for note in notes)
    assert report.earned <= 1  # what returning a half and a nought is worth
