"""`timing:` in a rubric: what arrives, and the sentence for each mistake with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import course
from autograder.course import rubric
from autograder.model import Clocking, CourseError, Criterion, Gates, Rubric
from tests import toy_course

HEAD = """\
assignment: toy
criteria:
  - id: fast
    asks: In time
    checks: {half.many: 3}
    bands: [[4, 1.0], [20, 0.7], [140, 0.4]]
"""
WHOLE = (
    "    timing: {clock: cpu, budget_seconds: 12.5, sizes: {n: 112}, device: any, "
    "tolerance: {norm: 2.0e-5, worst: 2.0e-4}, models: {by_product: 0.7}}\n"
)
Read = Callable[[str], Rubric]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a rubric with a text for `timing`."""

    def reading(timing: str) -> Rubric:
        path = tmp_path / "toy.yaml"
        path.write_text(HEAD + timing, encoding="utf-8")
        return rubric.read(path)

    return reading


def clocking(found: Rubric) -> Clocking:
    """Of its only criterion."""
    criterion: Criterion
    (criterion,) = found.criteria
    return criterion.clocking


def test_all_that_is_said_of_the_clock_arrives(read: Read) -> None:
    found = read(WHOLE)

    assert clocking(found) == Clocking(
        clock="cpu",
        budget_seconds=12.5,
        sizes={"n": 112},
        tolerance=Gates(2e-5, 2e-4),
        device="any",
        models={"by_product": 0.7},
    )
    assert found.criteria[0].bands == ((4.0, 1.0), (20.0, 0.7), (140.0, 0.4))


def test_what_is_not_said_has_a_default(read: Read) -> None:
    assert clocking(read("")) == Clocking()
    assert clocking(read("    timing: {clock: gpu}\n")) == Clocking(clock="gpu")


def test_growth_names_the_size_that_doubles(read: Read) -> None:
    found = clocking(read("    timing: {clock: growth, sizes: {n: 500}, grows: n}\n"))

    assert (found.clock, found.grows, found.sizes) == ("growth", "n", {"n": 500})


@pytest.mark.parametrize(
    ("timing", "said"),
    [
        ("{clock: growth, sizes: {n: 5}}", "the clock growth doubles a size: name it in `grows`"),
        ("{clock: growth, sizes: {n: 5}, grows: m}", "the clock growth doubles a size: name it in `grows`"),
        ("{sizes: {n: 5}, grows: n}", "only the clock growth doubles a size; write `clock: growth`"),
        ("{clock: sundial}", "sundial"),
        ("{budget_seconds: 0}", "budget_seconds"),
        ("{sizes: {n: many}}", "many"),
        ("{tolerance: {norm: 1.0}}", "worst"),
        ("{tolerance: {norm: -1.0, worst: 1.0}}", "norm"),
        ("{threads: 4}", "threads"),
    ],
)
def test_a_clock_that_cannot_be_is_refused_with_its_place(read: Read, timing: str, said: str) -> None:
    with pytest.raises(CourseError) as refused:
        read(f"    timing: {timing}\n")

    assert said in str(refused.value)
    assert "toy.yaml:7" in str(refused.value)


CHECK = """

@timed(half, twin=ones)
def many(rng, n=10):
    \"\"\"Many numbers.\"\"\"
    return rng.normal(size=n)
"""


@pytest.fixture
def timed(tmp_path: Path) -> Path:
    """The toy course with a timed check."""
    root = toy_course.write(tmp_path)
    checks = root / "solutions" / "toy" / "checks.py"
    toy_course.edit(checks, "import check, scenario", "import check, scenario, timed")
    checks.write_text(checks.read_text(encoding="utf-8") + CHECK, encoding="utf-8")
    rubrics = root / "rubrics" / "toy.yaml"
    criterion = HEAD.partition("criteria:\n")[2]
    rubrics.write_text(rubrics.read_text(encoding="utf-8") + criterion + WHOLE, encoding="utf-8")
    return root


def test_a_timed_criterion_joins_its_check(timed: Path) -> None:
    found = course.assignment(course.load(timed), "toy")

    assert [one.id for one in found.timed] == ["half.many"]
    assert found.rubric.criteria[-1].clocking.models == {"by_product": 0.7}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{n: 112}", "{m: 112}", "half.many draws by no size 'm'"),
        ("{by_product: 0.7}", "{by_produkt: 0.7}", "half has no alternative 'by_produkt'"),
        (
            "{by_product: 0.7}",
            "{by_product: 0.6}",
            "no band is worth 0.6; write the share of",
        ),
        (
            "half.many: 3}\n    bands: [[4, 1.0], [20, 0.7], [140, 0.4]]\n",
            "half.many: 3}\n",
            "'half.many' is timed; give the criterion bands",
        ),
    ],
)
def test_a_clock_that_does_not_fit_its_check_is_refused(timed: Path, old: str, new: str, said: str) -> None:
    toy_course.edit(timed / "rubrics" / "toy.yaml", old, new)

    with pytest.raises(CourseError) as refused:
        course.assignment(course.load(timed), "toy")

    assert said in str(refused.value)
    assert "rubrics/toy.yaml:" in str(refused.value)


def test_a_model_that_earns_nothing_needs_no_band(timed: Path) -> None:
    toy_course.edit(timed / "rubrics" / "toy.yaml", "{by_product: 0.7}", "{by_product: 0}")

    assert course.assignment(course.load(timed), "toy").rubric.criteria[-1].clocking.models == {
        "by_product": 0
    }


def test_timing_without_a_timed_check_is_refused(timed: Path) -> None:
    toy_course.edit(
        timed / "rubrics" / "toy.yaml", "half.loop: 1\n", "half.loop: 1\n    timing: {clock: cpu}\n"
    )

    with pytest.raises(CourseError, match="timing belongs to timed checks; here is none"):
        course.assignment(course.load(timed), "toy")
