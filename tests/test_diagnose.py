from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from autograder.authoring import exact, property_holds, up_to_sign
from autograder.diagnose import misconceptions
from autograder.model import Answer, Check, Comparison, Died, Facts, Misconception, Overran, Raised, Reply

DRAWS = {
    name: [np.random.default_rng([i, j]).normal(size=4) for j in range(3)] for i, name in enumerate("abc")
}


def check(name: str, **more: Any) -> Check:
    return Check("f", name, "It holds.", lambda: None, **more)


def thought(
    name: str, wrong: Callable[..., Any], same_as: str | None = None, function: str = "f"
) -> Misconception:
    return Misconception(function, name, f"It is {name}.", wrong, same_as)


def reply(function: Callable[..., Any], x: Any) -> Reply:
    try:
        value = function(x)
    except ValueError as error:
        return Raised("ValueError", str(error))
    return value if isinstance(value, Answer | Raised | Overran | Died) else Answer(value)


def replies(function: Callable[..., Any], checks: Sequence[Check]) -> Mapping[str, Sequence[Reply]]:
    return {one.id: [reply(function, x) for x in DRAWS[one.name]] for one in checks}


def diagnose(
    student: Callable[..., Any],
    right: Callable[..., Any],
    candidates: Sequence[Misconception],
    checks: Sequence[Check] = (check("a"), check("b")),
    asked: list[tuple[str, str]] | None = None,
) -> dict[str, str]:
    """Names by the check's name, for a student who wrote `student` where `right` is right."""

    def wrong(one: Misconception, of: Check) -> Sequence[Reply]:
        if asked is not None:
            asked.append((one.name, of.id))
        return [reply(one.wrong, x) for x in DRAWS[of.name]]

    wants: Any = replies(right, checks)
    named = misconceptions(checks, replies(student, checks), wants, candidates, wrong)
    return {id_.removeprefix("f."): one.name for id_, one in named.items()}


def right(x: Any) -> Any:
    return np.tanh(x)


def minus(x: Any) -> Any:
    return -np.tanh(x)


def twice(x: Any) -> Any:
    return 2 * np.tanh(x)


def refuse(_: Any) -> Any:
    raise ValueError("no")


SIGN = thought("turns_the_sign", minus)
FACTOR = thought("doubles", twice)


def test_who_makes_the_same_mistake_is_told_its_name() -> None:
    assert diagnose(minus, right, [FACTOR, SIGN]) == {"a": "turns_the_sign", "b": "turns_the_sign"}


def test_who_is_right_is_told_nothing() -> None:
    assert diagnose(right, right, [FACTOR, SIGN]) == {}


def test_who_makes_another_mistake_is_told_nothing() -> None:
    assert diagnose(lambda x: 3 * right(x), right, [FACTOR, SIGN]) == {}


def test_every_draw_has_to_agree() -> None:
    odd = DRAWS["a"][1]

    assert diagnose(lambda x: 5 * x if x is odd else -right(x), right, [SIGN]) == {"b": "turns_the_sign"}


def test_the_same_mistake_in_other_words_is_recognised() -> None:
    def student(x: Any) -> Any:
        return (np.exp(-x) - np.exp(x)) / (np.exp(x) + np.exp(-x))

    assert diagnose(student, right, [SIGN]) == {"a": "turns_the_sign", "b": "turns_the_sign"}
    assert diagnose(lambda x: student(x) * (1 + 1e-5), right, [SIGN]) == {}


def test_single_precision_makes_no_difference() -> None:
    def student(x: Any) -> Any:
        return minus(x.astype(np.float32))

    assert diagnose(student, right, [SIGN]) == {"a": "turns_the_sign", "b": "turns_the_sign"}


def test_a_wide_allowance_does_not_make_answers_alike() -> None:
    wide = [check("a", compare=Comparison(rtol=0.1))]

    assert diagnose(lambda x: 2.1 * right(x), right, [FACTOR], wide) == {}
    assert diagnose(twice, right, [FACTOR], wide) == {"a": "doubles"}


def test_a_narrow_allowance_stays_narrow() -> None:
    narrow = [check("a", compare=Comparison(rtol=1e-9, atol=0))]
    nearly = thought("nearly", lambda x: right(x) * (1 + 3e-8))

    assert diagnose(lambda x: right(x) * (1 + 7e-8), right, [nearly], narrow) == {}


def test_the_freedom_of_the_check_holds_for_the_misconception_too() -> None:
    free = [check("a", compare=up_to_sign())]

    assert diagnose(lambda x: -2 * right(x), right, [FACTOR], free) == {"a": "doubles"}


def test_the_freedom_of_an_entry_holds_too() -> None:
    free = [check("a", compare=Comparison(fields={"v": up_to_sign()}))]
    boxed = thought("doubles", lambda x: {"v": twice(x)})

    assert diagnose(lambda x: {"v": -twice(x)}, lambda x: {"v": right(x)}, [boxed], free) == {"a": "doubles"}


def test_a_misconception_that_passes_explains_nothing() -> None:
    harmless = thought("harmless", right)

    assert diagnose(lambda x: right(x) + 1e-8, right, [harmless], [check("a")]) == {}


def test_a_misconception_of_another_function_is_not_asked() -> None:
    other = thought("turns_the_sign", minus, function="g")

    assert diagnose(minus, right, [other]) == {}


def test_of_two_that_fit_here_the_one_that_fits_elsewhere_is_named() -> None:
    here = thought("fits_here_only", lambda x: minus(x) if any(x is y for y in DRAWS["a"]) else twice(x))

    assert diagnose(minus, right, [here, SIGN]) == {"a": "turns_the_sign", "b": "turns_the_sign"}


def test_a_check_the_student_passes_counts_too() -> None:
    def student(x: Any) -> Any:
        return minus(x) if any(x is y for y in DRAWS["a"]) else right(x)

    here = thought("fits_here_only", student)

    assert diagnose(student, right, [SIGN, here]) == {"a": "fits_here_only"}


def test_single_draws_decide_between_equals() -> None:
    def of(count: int) -> Callable[[Any], Any]:
        return lambda x: minus(x) if any(x is y for y in [*DRAWS["a"], *DRAWS["b"][:count]]) else twice(x)

    candidates = [thought("less", of(1)), thought("more", of(2))]

    assert diagnose(minus, right, candidates) == {"a": "more"}


def test_the_one_that_explains_more_failures_is_named() -> None:
    def is_in(x: Any, name: str) -> bool:
        return any(x is y for y in DRAWS[name])

    def student(x: Any) -> Any:
        return right(x) if is_in(x, "c") else minus(x)

    wider = thought("wider", lambda x: twice(x) if is_in(x, "c") else minus(x))
    narrower = thought("narrower", lambda x: twice(x) if is_in(x, "b") else student(x))
    checks = [check("a"), check("b"), check("c")]

    assert diagnose(student, right, [narrower, wider], checks) == {"a": "wider", "b": "wider"}


def test_a_tie_is_not_decided_by_order() -> None:
    twin = thought("turns_twice", lambda x: -right(x))

    assert diagnose(minus, right, [SIGN, twin]) == {}
    assert diagnose(minus, right, [twin, SIGN]) == {}


def test_of_declared_twins_the_original_is_named() -> None:
    twin = thought("turns_twice", minus, same_as="turns_the_sign")
    third = thought("turns_thrice", minus, same_as="turns_twice")

    assert diagnose(minus, right, [twin, SIGN, third], [check("a")]) == {"a": "turns_the_sign"}
    assert diagnose(minus, right, [twin], [check("a")]) == {"a": "turns_twice"}


def test_a_wanted_exception_that_does_not_come_is_explained() -> None:
    careless = thought("does_not_look", right)

    assert diagnose(right, refuse, [careless, SIGN], [check("a")]) == {"a": "does_not_look"}


def test_a_crash_alone_is_no_misconception() -> None:
    refusing = thought("refuses", refuse)

    assert diagnose(refuse, right, [refusing]) == {}


def test_a_crash_is_named_where_the_values_of_another_check_bear_it_out() -> None:
    def student(x: Any) -> Any:
        return minus(x) if any(x is y for y in DRAWS["a"]) else refuse(x)

    candidates = [thought("half_refuses", student), thought("refuses", refuse)]

    assert diagnose(student, right, candidates) == {"a": "half_refuses", "b": "half_refuses"}


def test_another_exception_is_another_mistake() -> None:
    def student(x: Any) -> Any:
        return minus(x) if any(x is y for y in DRAWS["a"]) else Raised("KeyError", "'W'")

    candidate = thought("half_refuses", lambda x: minus(x) if any(x is y for y in DRAWS["a"]) else refuse(x))

    assert diagnose(student, right, [candidate]) == {"a": "half_refuses"}


@pytest.mark.parametrize(
    ("mine", "theirs", "named"),
    [
        (Overran("seconds", 3), Overran("seconds", 1), True),
        (Overran("seconds", 3), Overran("memory", 1), False),
        (Died(9), Died(9), False),
        (Overran("seconds", 3), Answer(1.0), False),
    ],
)
def test_an_endless_loop_agrees_with_an_endless_loop(mine: Reply, theirs: Reply, named: bool) -> None:
    def of(other: Reply) -> Callable[[Any], Any]:
        return lambda x: minus(x) if any(x is y for y in DRAWS["a"]) else other

    found = diagnose(of(mine), right, [thought("loops", of(theirs))])

    assert ("b" in found) == named


def test_a_truth_value_alone_is_weak_evidence() -> None:
    checks = [check("a", compare=property_holds), check("b")]

    def of(other: Callable[..., Any]) -> Callable[[Any], Any]:
        return lambda x: False if any(x is y for y in DRAWS["a"]) else other(x)

    def correct(x: Any) -> Any:
        return True if any(x is y for y in DRAWS["a"]) else right(x)

    candidate = [thought("turns_the_sign", of(minus))]

    assert diagnose(of(minus), correct, candidate, checks) == {"a": "turns_the_sign", "b": "turns_the_sign"}
    assert diagnose(of(right), correct, candidate, checks) == {}


@pytest.mark.parametrize("value", [np.array([False]), {"ok": False}, (False, "no"), None])
def test_truth_in_any_box_is_weak_evidence(value: Any) -> None:
    checks = [check("a", compare=exact), check("b")]

    def of(first: Any, other: Callable[..., Any]) -> Callable[[Any], Any]:
        return lambda x: first if any(x is y for y in DRAWS["a"]) else other(x)

    student, correct = of(value, right), of(1.0, right)

    assert diagnose(student, correct, [thought("other", of(value, minus))], checks) == {}
    assert diagnose(student, correct, [thought("same", of(value, right))], checks) == {"a": "same"}


def test_changing_the_arguments_is_a_misconception_where_it_is_forbidden() -> None:
    strict = [check("a", forbids=frozenset({"mutation"}))]

    def in_place(x: Any) -> Any:
        return Answer(right(x), facts=Facts(mutated=("x",)))

    candidates = [thought("writes_into_x", in_place), thought("harmless", right)]

    assert diagnose(in_place, right, candidates, strict) == {"a": "writes_into_x"}
    assert diagnose(in_place, right, candidates, [check("a")]) == {}


def test_a_warning_is_part_of_the_answer_where_it_is_forbidden() -> None:
    strict = [check("a", forbids=frozenset({"warnings"}))]

    def naive(text: str) -> Callable[[Any], Any]:
        return lambda x: Answer(right(x), facts=Facts(warnings=(text,)))

    candidates = [thought("overflows", naive("RuntimeWarning: overflow encountered in exp"))]

    assert diagnose(naive("RuntimeWarning: overflow in exp"), right, candidates, strict) == {"a": "overflows"}
    assert diagnose(minus, right, [*candidates, SIGN], strict) == {"a": "turns_the_sign"}


def test_facts_that_the_check_allows_do_not_matter() -> None:
    def noisy(x: Any) -> Any:
        return Answer(minus(x), facts=Facts(warnings=("RuntimeWarning: overflow",), mutated=("x",)))

    assert diagnose(noisy, right, [SIGN], [check("a")]) == {"a": "turns_the_sign"}
    assert diagnose(noisy, right, [SIGN], [check("a", forbids=frozenset({"mutation"}))]) == {}
    assert diagnose(noisy, right, [SIGN], [check("a", forbids=frozenset({"warnings"}))]) == {}


def test_a_check_without_all_its_replies_is_left_out() -> None:
    checks = [check("a"), check("b"), check("c")]
    mine: dict[str, Any] = {"f.a": replies(minus, checks)["f.a"], "f.b": replies(minus, checks)["f.b"][:2]}
    wants: Any = {**replies(right, checks), "f.c": []}
    named = misconceptions(
        checks, mine, wants, [SIGN], lambda one, of: [reply(one.wrong, x) for x in DRAWS[of.name]]
    )

    assert list(named) == ["f.a"]


def test_a_misconception_without_all_its_replies_agrees_with_nothing() -> None:
    checks = [check("a")]
    wants: Any = replies(right, checks)

    assert misconceptions(checks, replies(minus, checks), wants, [SIGN], lambda *_: []) == {}


def test_nobody_is_asked_where_nothing_failed() -> None:
    asked: list[tuple[str, str]] = []
    diagnose(right, right, [SIGN, FACTOR], asked=asked)

    assert asked == []


def test_each_is_asked_at_most_once_for_each_check() -> None:
    asked: list[tuple[str, str]] = []
    twin = thought("turns_twice", minus, same_as="turns_the_sign")
    diagnose(minus, right, [SIGN, FACTOR, twin], [check("a"), check("b"), check("c")], asked)

    assert len(asked) == len(set(asked))


def test_one_that_fits_alone_is_not_asked_about_what_the_student_passed() -> None:
    def student(x: Any) -> Any:
        return minus(x) if any(x is y for y in DRAWS["a"]) else right(x)

    asked: list[tuple[str, str]] = []
    diagnose(student, right, [SIGN, FACTOR], asked=asked)

    assert set(asked) == {("turns_the_sign", "f.a"), ("doubles", "f.a")}
