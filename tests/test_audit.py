from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from autograder import course, diagnose
from autograder.answerkey import AnswerKey
from autograder.audit import AuditReport, Finding, Margin, audit
from autograder.audit.evidence import digest, gather
from autograder.audit.margins import in_words
from autograder.audit.model import sentences
from autograder.audit.suspects import Suspects
from autograder.authoring import by_field, close, exact, up_to_sign
from autograder.jail.levels import Isolation
from autograder.model import Assignment, Check, CourseError, IsolationError, Misconception, Rubric
from autograder.reports import audit as page

from . import whole_course

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return whole_course.write(tmp_path)


def prove(root: Path, **words: Any) -> AuditReport:
    given = {"isolation": None, "seeds": 2, "jobs": 1, **words}
    return audit(course.load(root), **given)


def the_failure(root: Path, **words: Any) -> str:
    """The only failure there is."""
    (failure,) = prove(root, **words).failures
    return failure


# ---- a course that is right -----------------------------------------------------------------------


@pytest.mark.jail
def test_a_course_that_is_right_is_proved_right(root: Path, isolation: Isolation) -> None:
    report = prove(root, isolation=isolation)

    assert report.failures == ()
    assert report.warnings == ()


@pytest.mark.jail
def test_the_reference_earns_everything_and_the_stub_nothing(root: Path, isolation: Isolation) -> None:
    (assignment,) = prove(root, isolation=isolation).assignments

    assert (assignment.reference, assignment.stub) == ("6.5 of 6.5", "0 of 6.5")


def test_what_there_is_is_counted(root: Path) -> None:
    (assignment,) = prove(root).assignments
    counts = (
        assignment.functions,
        assignment.checks,
        assignment.misconceptions,
        assignment.alternatives,
    )

    assert counts == (2, 4, 8, 2)


def test_each_check_has_a_margin_between_right_and_wrong(root: Path) -> None:
    (assignment,) = prove(root).assignments

    assert [margin.check for margin in assignment.margins] == [
        "half.some_numbers",
        "half.numbers_kept",
        "third.other_numbers",
        "third.added_up",
    ]
    assert all(0 <= margin.spread < 1 < margin.nearest for margin in assignment.margins)
    assert all(margin.decades > 2 for margin in assignment.margins)


def test_the_nearest_wrong_answer_has_a_name(root: Path) -> None:
    (assignment,) = prove(root).assignments

    assert assignment.margins[2].wrong == "quarters"
    assert assignment.margins[0].farthest == "half_in_single_precision"


def test_several_processes_prove_what_one_proves(root: Path) -> None:
    (root / "rubrics/course.yaml").write_text(whole_course.COURSE.replace("[parts]", "[parts, missing]"))

    assert prove(root, jobs=2) == prove(root, jobs=1)


def test_a_process_that_ends_is_a_failure_and_not_the_end(root: Path) -> None:
    (root / "rubrics/course.yaml").write_text(whole_course.COURSE.replace("[parts]", "[parts, missing]"))
    whole_course.add(root, "reference", "import os\n\nos._exit(3)\n")
    failures = prove(root, jobs=2).failures

    assert any(failure.startswith("parts: the process that audited it") for failure in failures)


# ---- courses that are not -------------------------------------------------------------------------


def test_a_course_without_assignments_proves_nothing(root: Path) -> None:
    (root / "rubrics/course.yaml").write_text("title: Nothing\norder: []\n")

    assert any("no assignment, so there is nothing to prove" in failure for failure in prove(root).failures)


def test_an_unknown_assignment_is_an_error_of_whoever_asks(root: Path) -> None:
    with pytest.raises(CourseError, match="no assignment 'part'"):
        prove(root, names=("part",))


def test_an_assignment_that_does_not_load_is_a_failure_with_file_and_line(root: Path) -> None:
    whole_course.add(root, "checks", "nonsense")

    assert the_failure(root).startswith("solutions/parts/checks.py:")


def test_no_checks_at_all_is_a_failure(root: Path) -> None:
    (root / "solutions/parts/checks.py").write_text("")
    (root / "rubrics/parts.yaml").write_text(
        "assignment: parts\ncriteria:\n  - {id: why, asks: Why it is, by: hand, points: 1}\n"
    )

    assert any("there are no checks at all" in failure for failure in prove(root).failures)


def test_too_few_misconceptions_are_counted(root: Path) -> None:
    whole_course.edit(root, "misconceptions", "@misconception(half)\ndef adds_one", "def adds_one")

    assert "half has 3 misconceptions, and needs at least 4; write 1 more" in the_failure(root)


def test_a_function_without_an_alternative_is_named(root: Path) -> None:
    whole_course.edit(root, "alternatives", "@alternative(third)\n", "")

    assert "third has 0 alternatives, and needs at least 1" in the_failure(root)


@pytest.mark.parametrize(
    "path",
    [
        "assignments/notes.txt",
        "assignments/old/old.py",
        "solutions/parts/test_parts.py",
        "solutions/.hidden",
        "rubrics/old.yaml",
    ],
)
def test_a_stray_file_is_named(root: Path, path: str) -> None:
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text("")

    assert the_failure(root).startswith(f"{path}: this file belongs to no assignment; remove it")


def test_what_python_leaves_behind_is_no_stray_file(root: Path) -> None:
    (root / "solutions/parts/__pycache__").mkdir()
    (root / "solutions/parts/__pycache__/checks.pyc").write_text("")

    assert prove(root).failures == ()


def test_a_rubric_that_is_wrong_is_one_failure_with_its_line(root: Path) -> None:
    text = whole_course.RUBRIC.replace("half.some_numbers: 2", "half.some_numbers: 0")
    (root / "rubrics/parts.yaml").write_text(text)

    assert the_failure(root).startswith("rubrics/parts.yaml:7:")


# ---- the reference and its alternatives -----------------------------------------------------------


def test_a_reference_that_remembers_is_not_deterministic(root: Path) -> None:
    whole_course.edit(root, "reference", "import numpy as np\n", "import numpy as np\n\nSEEN = []\n")
    whole_course.edit(
        root,
        "reference",
        "    return np.asarray(x, dtype=float) / 2",
        "    SEEN.append(1); return half_of(x)",
    )
    whole_course.add(
        root, "reference", "def _half_of(x):\n    return np.asarray(x, dtype=float) / 2 + 1e-16 * len(SEEN)\n"
    )
    whole_course.edit(root, "reference", "half_of(x)\n    ###", "_half_of(x)\n    ###")
    failures = prove(root).failures

    assert any("answers half.some_numbers differently when it is asked again" in one for one in failures)


def test_a_reference_that_changes_its_argument_fails_its_own_check(root: Path) -> None:
    whole_course.edit(root, "reference", "return np.asarray(x, dtype=float) / 2", "x /= 2; return x")
    failures = prove(root).failures

    assert any("the reference fails its own check half.numbers_kept" in one for one in failures)


def test_a_reference_that_breaks_down_is_not_taken_for_the_answer(root: Path) -> None:
    whole_course.edit(root, "checks", "return rng.normal(size=4)", "return 'four', 'words'")
    failures = prove(root).failures

    assert any("the reference itself raises TypeError on half.some_numbers" in one for one in failures)


def test_a_check_that_cannot_draw_is_named_with_its_place(root: Path) -> None:
    whole_course.edit(root, "checks", "return rng.normal(size=4)", "return rng.normall(size=4)")
    failures = prove(root).failures

    assert any(
        one.startswith("solutions/parts/checks.py:10: half.some_numbers cannot draw") for one in failures
    )


def test_an_alternative_that_fails_is_named_with_the_numbers(root: Path) -> None:
    whole_course.edit(root, "alternatives", "(1 / 3)", "0.3333")
    failure = prove(root).failures[0]

    assert failure.startswith("solutions/parts/alternatives.py:16: the alternative third_by_product fails")
    assert "expected" in failure
    assert "allowed" in failure


def test_right_answers_that_use_up_the_allowance_are_named(root: Path) -> None:
    whole_course.edit(root, "alternatives", "(1 / 3)", "(1 / 3) * (1 + 8e-7)")

    assert (
        "allows little more than the right answer third_by_product needs (it uses 80% "
        in (prove(root).failures[0])
    )


def test_draws_that_ask_the_same_are_named(root: Path) -> None:
    whole_course.edit(root, "checks", "return rng.normal(size=4)", "return np.arange(4.0)")

    assert "half.some_numbers asks the same question in each of its 3 draws" in the_failure(root)


def test_a_scenario_that_asks_the_same_is_named(root: Path) -> None:
    whole_course.edit(root, "checks", "rng.uniform(1, 2, size=3)", "np.ones(3)")

    assert "third.added_up asks the same question" in the_failure(root)


def test_one_draw_may_do_without_randomness(root: Path) -> None:
    whole_course.edit(root, "checks", "return rng.normal(size=4)", "return np.arange(4.0)")
    whole_course.edit(root, "checks", "@check(half)", "@check(half, draws=1)")

    assert prove(root).failures == ()


# ---- misconceptions -------------------------------------------------------------------------------


def test_a_misconception_that_passes_everything_is_named(root: Path) -> None:
    whole_course.edit(root, "misconceptions", "return half(half(x))", "return np.asarray(x) / 3")

    assert "no check of third fails the misconception quarters" in the_failure(root)


ANOTHER = '''\
@misconception(third{same_as})
def divides_by_four(x):
    """This divides by four, which is one too many."""
    return {formula}
'''


def test_two_misconceptions_that_answer_alike_are_not_recognised(root: Path) -> None:
    whole_course.add(
        root, "misconceptions", ANOTHER.format(same_as="", formula="np.asarray(x, dtype=float) / 4")
    )
    failures = prove(root).failures

    assert any("quarters fails third.other_numbers and is not recognised there" in one for one in failures)


def test_a_synonym_may_answer_alike(root: Path) -> None:
    whole_course.add(
        root,
        "misconceptions",
        ANOTHER.format(same_as=", same_as=quarters", formula="np.asarray(x, dtype=float) / 4"),
    )

    assert prove(root).failures == ()


def test_a_synonym_that_a_check_tells_apart_is_none(root: Path) -> None:
    formula = "np.asarray(x) / 3 if np.size(x) == 4 else np.asarray(x) / 4"
    whole_course.add(root, "misconceptions", ANOTHER.format(same_as=", same_as=quarters", formula=formula))
    failures = prove(root).failures

    assert any(
        "declared same_as quarters, but third.other_numbers tells them apart" in one for one in failures
    )


def test_a_misconception_taken_for_another_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def the_last(checks: Sequence[Check], *_: Any) -> dict[str, Misconception]:
        last = course.assignment(course.load(root), "parts").misconceptions[-1]
        return {check.id: last for check in checks if check.function == last.function}

    monkeypatch.setattr("autograder.diagnose.misconceptions", the_last)
    failures = prove(root, seeds=1).failures

    assert any("quarters is taken for takes_three_off on third.added_up" in one for one in failures)


def test_a_misconception_that_is_nearly_right_is_not_seen_clearly(root: Path) -> None:
    whole_course.edit(root, "misconceptions", "return half(half(x))", "return third(x) * (1 + 5e-6)")
    (failure,) = prove(root).failures

    assert "no check sees the misconception quarters clearly" in failure
    assert "5 times its allowance; 10 times is safe" in failure


def test_a_check_that_nothing_fails_deserves_a_look(root: Path) -> None:
    zero = '@check(half)\ndef nothing(rng):\n    """Half of nothing."""\n    return 0 * rng.normal(size=3)\n'
    whole_course.add(root, "checks", zero)
    whole_course.edit(root, "misconceptions", "half(x) + 1", "half(x) * 1.5")
    text = whole_course.RUBRIC.replace("half.numbers_kept: 1", "half.numbers_kept: 1\n      half.nothing: 1")
    (root / "rubrics/parts.yaml").write_text(text)
    whole_course.refresh(root)

    assert any("no misconception fails half.nothing" in warning for warning in prove(root).warnings)


def test_a_verdict_that_hangs_on_the_draw_deserves_a_look(root: Path) -> None:
    formula = "third(x) * (1 + 3e-6) if np.size(x) == 4 else -third(x)"
    whole_course.edit(root, "misconceptions", "return half(half(x))", f"return {formula}")
    (warning,) = prove(root).warnings

    assert "on third.other_numbers the verdict on quarters hangs on the draw" in warning


# ---- what students read ---------------------------------------------------------------------------


def test_a_worked_example_that_does_not_come_out_is_named(root: Path) -> None:
    whole_course.edit(root, "reference", "[0.5, 1.5]", "[0.5, 1.6]")
    whole_course.refresh(root)
    failure = the_failure(root)

    assert failure.startswith("solutions/parts/reference.py:6: the worked example")
    assert "gives '[0.5, 1.5]', the docstring says '[0.5, 1.6]'" in failure


def test_a_worked_example_that_raises_is_named(root: Path) -> None:
    whole_course.edit(root, "reference", "print(half([1.0, 3.0])", "print(halve([1.0, 3.0])")
    whole_course.refresh(root)

    assert "raises NameError" in the_failure(root)


def test_a_function_without_a_worked_example_is_named(root: Path) -> None:
    whole_course.edit(root, "reference", "    >>> print(half([1.0, 3.0]).tolist())\n    [0.5, 1.5]\n", "")
    whole_course.refresh(root)

    assert "the docstring of half holds no worked example" in the_failure(root)


def test_a_stub_that_is_not_fresh_is_named(root: Path) -> None:
    (root / "assignments/parts/parts.py").write_text("")

    assert the_failure(root).startswith("assignments/parts/parts.py:1: ")


def test_a_handout_that_gives_a_misconception_away_is_named(root: Path) -> None:
    path = root / "solutions/parts/handout.md"
    path.write_text(path.read_text().replace("Divide.", "One is added, which nobody asked for."))
    whole_course.refresh(root)

    assert any("gives away" in failure for failure in prove(root).failures)


def test_a_missing_readme_for_students_is_named(root: Path) -> None:
    (root / "assignments/README.md").unlink()

    assert the_failure(root).startswith("assignments/README.md: students receive it")


# ---- through the jail -----------------------------------------------------------------------------


@pytest.mark.jail
def test_a_stub_that_passes_a_check_is_named(root: Path, isolation: Isolation) -> None:
    (root / "assignments/parts/parts.py").write_text("def half(x):\n    return x / 2\n")
    failures = prove(root, isolation=isolation).failures

    assert any("the untouched stub passes half.some_numbers" in failure for failure in failures)


@pytest.mark.jail
def test_a_reference_that_needs_what_no_student_has_is_named(root: Path, isolation: Isolation) -> None:
    whole_course.edit(root, "reference", "import numpy as np\n", "import numpy as np\nimport yaml as _yaml\n")
    whole_course.refresh(root)
    failures = prove(root, isolation=isolation).failures

    assert any("the reference does not pass half.some_numbers" in failure for failure in failures)


@pytest.mark.jail
def test_a_missing_stub_cannot_be_graded(root: Path, isolation: Isolation) -> None:
    (root / "assignments/parts/parts.py").unlink()
    failures = prove(root, isolation=isolation).failures

    assert any("it cannot be read, so it cannot be graded" in failure for failure in failures)


def test_without_a_jail_what_needs_one_is_left_out(root: Path) -> None:
    (assignment,) = prove(root).assignments

    assert (assignment.reference, assignment.stub) == ("not proved", "not proved")
    assert assignment.failures == ()


def test_a_machine_without_a_jail_proves_less_and_says_so(root: Path) -> None:
    failure = the_failure(root, isolation=IsolationError("no namespaces here."))

    assert "not proved here (no namespaces here)" in failure


# ---- the parts ------------------------------------------------------------------------------------


def test_what_is_wrong_under_some_seeds_only_is_said_to_be() -> None:
    flaky, always = Finding("a.py:1", "it flakes", "mend it", "draw 2"), Finding("a.py:2", "it is wrong")

    assert sentences([[always], [flaky, always], [always, flaky]]) == (
        "a.py:2: it is wrong",
        "a.py:1: it flakes under seeds 2 and 3 of 3 only (draw 2); mend it",
    )


def test_a_margin_is_the_distance_to_the_nearer_side() -> None:
    margin = Margin("f.c", 3, "exact", spread=1e-3, nearest=1e2)

    assert (margin.below, margin.above, margin.decades) == pytest.approx((3, 2, 2))


def test_a_margin_without_numbers_has_no_end() -> None:
    assert Margin("f.c", 3, "exact").decades == math.inf


@pytest.mark.parametrize(
    ("comparison", "words"),
    [
        (close(), "1e-6/1e-9"),
        (exact, "exact"),
        (up_to_sign(rtol=1e-3), "up to sign 1e-3/1e-9"),
        (by_field(t=exact), "1e-6/1e-9 1 by field"),
    ],
)
def test_a_comparison_is_said_in_words(comparison: Any, words: str) -> None:
    assert in_words(comparison) == words


def closure(bound: Any) -> Callable[[], Any]:
    return lambda: bound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (np.zeros(2), np.zeros(3)),
        (np.zeros(2), np.zeros(2, dtype=int)),
        (0.0, -0.0),
        (1, 1.0),
        ([1, 2], (1, 2)),
        ({"a": 1}, {"a": 2}),
        (closure(1), closure(2)),
        (functools.partial(max, 1), functools.partial(max, 2)),
        (lambda x: x + 1, lambda x: x + 2),
        (np.array([1, None], dtype=object), np.array([2, None], dtype=object)),
        (SimpleNamespace(a=1), SimpleNamespace(a=2)),
    ],
)
def test_different_values_have_different_digests(one: Any, other: Any) -> None:
    assert digest(one) != digest(other)


@pytest.mark.parametrize("value", [np.nan, [1, "a", None], {"a": np.ones(2)}, closure(3)])
def test_a_value_has_one_digest(value: Any) -> None:
    assert digest(value) == digest(value)


def wrong(name: str, function: Callable[..., Any]) -> Misconception:
    return Misconception("double", name, "Wrong.", function)


def numbers(rng: np.random.Generator) -> Any:
    """Numbers."""
    return rng.normal(size=3) + 5


def near(**candidates: Callable[..., Any]) -> dict[str, list[str]]:
    """Who could be taken for whom, of wrong answers to `double`."""
    asked = Check("double", "numbers", "Numbers.", numbers, compare=up_to_sign())
    made = [wrong(name, function) for name, function in candidates.items()]
    assignment = Assignment(
        "a", "A", {"double": lambda x: 2 * x}, (asked,), (), (), tuple(made), Rubric("a", "A", ())
    )
    evidence = gather(AnswerKey(assignment, "0"), Path("/"))
    suspects = Suspects(made, evidence)
    return {one.name: [other.name for other in made if suspects.near(one, other, asked)] for one in made}


def test_a_suspect_answers_nearly_the_same_up_to_sign() -> None:
    found = near(threefold=lambda x: 3 * x, turned=lambda x: -3.0000001 * x, fourfold=lambda x: 4 * x)

    assert found == {
        "threefold": ["threefold", "turned"],
        "turned": ["threefold", "turned"],
        "fourfold": ["fourfold"],
    }


def test_who_answers_in_another_form_stays_a_suspect() -> None:
    found = near(threefold=lambda x: 3 * x, with_more=lambda x: {"x": 3 * x, "y": 1})

    assert found["threefold"] == ["threefold", "with_more"]


def test_who_answers_with_fewer_numbers_is_no_suspect() -> None:
    found = near(threefold=lambda x: 3 * x, the_first=lambda x: 3 * x[:1])

    assert found == {"threefold": ["threefold"], "the_first": ["the_first"]}


@pytest.mark.slow
def test_leaving_out_who_is_nowhere_near_changes_no_name() -> None:
    assignment = course.assignment(course.load(REPOSITORY), "activations")
    evidence = gather(AnswerKey(assignment, "0"), REPOSITORY)
    key, checks = evidence.key, evidence.of("sigmoid")
    candidates = [one for one in assignment.misconceptions if one.function == "sigmoid"]
    suspects = Suspects(candidates, evidence)
    wants = {check.id: key.wants(check) for check in checks}
    for one in candidates:
        replies = {check.id: key.wrong(one, check) for check in checks}
        named = diagnose.misconceptions(checks, replies, wants, candidates, suspects.answers(one))

        assert named == diagnose.misconceptions(checks, replies, wants, candidates, key.wrong)


def test_who_raises_is_no_suspect_of_who_answers() -> None:
    found = near(threefold=lambda x: 3 * x, breaks=lambda x: x.nothing, fails=lambda x: {}[x.size])

    assert found == {"threefold": ["threefold"], "breaks": ["breaks"], "fails": ["fails"]}


# ---- on the terminal ------------------------------------------------------------------------------


def test_the_page_shows_every_check_with_its_margin(root: Path) -> None:
    text = page.render(prove(root), 100)

    assert "2 functions, 4 checks, 8 misconceptions, 2 alternatives" in text
    assert "some_numbers" in text
    assert "2e5× quarters" in text


def test_the_page_says_that_everything_is_proved(root: Path) -> None:
    assert "Everything is proved, except what needs a jail (1 assignment, 2 seeds, no jail)." in page.render(
        prove(root), 100
    )


def test_the_page_lists_the_failures_whole(root: Path) -> None:
    (root / "rubrics/old.yaml").write_text("")
    report = prove(root)
    text = page.render(report, 40)

    assert f"- {report.failures[0]}\n" in text
    assert "1 failure (" in text


def test_no_line_of_the_table_is_wider_than_asked(root: Path) -> None:
    text = page.render(prove(root), 72)

    assert max(map(len, text.splitlines())) <= 72


@pytest.mark.parametrize(
    ("margin", "shown"),
    [
        (Margin("f.c", 3, "exact", caught=2), "beyond measure"),
        (Margin("f.c", 3, "exact"), "no misconception fails"),
        (Margin("f.c", 3, "close", spread=2.0), "fails"),
        (Margin("f.c", 3, "close", spread=1e-9), "under 0.01%"),
        (Margin("f.c", 3, "close", nearest=3.21, wrong="w", caught=1), "3.2× w"),
        (Margin("f.c", 3, "close", nearest=2100.0, wrong="w", caught=1), "2100× w"),
        (Margin("f.c", 3, "close", nearest=4e7, wrong="w", caught=1), "4e7× w"),
    ],
)
def test_a_margin_is_shown_in_words(margin: Margin, shown: str) -> None:
    from autograder.audit import AssignmentAudit

    report = AuditReport("C", 1, "no jail", (AssignmentAudit("a", "A", margins=(margin,)),))

    assert shown in page.render(report, 120)
