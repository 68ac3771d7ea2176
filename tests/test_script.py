"""Asking everything at once changes nothing but the time it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autograder import script
from autograder.answerkey import AnswerKey
from autograder.authoring import check, scenario
from autograder.jail.printed import Printed, mark
from autograder.model import Answer, Check, Died, Overran
from autograder.session import Bench, Session

from . import tiny

pytestmark = pytest.mark.jail


@scenario(tiny.half)
def halved_twice(half: Callable[..., Any], rng: np.random.Generator) -> Any:
    """What is asked second depends on what was answered first."""
    return half(half(rng.normal(size=2)))


@scenario(tiny.half)
def one_after_the_other(half: Callable[..., Any], rng: np.random.Generator) -> Any:
    """Three questions, none of which depends on an answer."""
    return [half(x=rng.normal(size=2)) for _ in range(3)]


@check(tiny.quarter)
def called_back(rng: np.random.Generator) -> Any:
    """A function among the arguments is called back, so nothing can be asked beforehand."""
    return (rng.normal,)


@pytest.fixture(scope="module")
def key() -> AnswerKey:
    """The tiny assignment with checks whose calls can be foreseen to different degrees."""
    more = [tiny.record(one) for one in (halved_twice, one_after_the_other)]
    checks = (*tiny.CHECKS, *more)
    return AnswerKey(replace(tiny.ASSIGNMENT, checks=checks), "5eed")


def foreseen(key: AnswerKey, name: str) -> list[int]:
    """How many calls of each draw are known beforehand."""
    wanted = next(one for one in key.assignment.checks if one.id == name)
    made = key.script(wanted)
    return [len(calls) for calls in made.calls] if made else []


@pytest.mark.parametrize(
    ("name", "calls"),
    [
        ("half.some_numbers", [1, 1, 1]),
        ("half.large_numbers", [1, 1, 1]),
        ("half.halved_twice", [1, 1, 1]),
        ("half.one_after_the_other", [3, 3, 3]),
        ("quarter.twice_undone", [1, 1, 1]),
    ],
)
def test_what_depends_on_no_answer_is_known_beforehand(key: AnswerKey, name: str, calls: list[int]) -> None:
    assert foreseen(key, name) == calls


def test_a_function_that_is_called_back_is_asked_live() -> None:
    assert script.write(tiny.record(called_back), tiny.quarter, lambda: [np.random.default_rng(0)]) is None


def test_a_check_with_its_own_limits_is_asked_live() -> None:
    own = replace(tiny.CHECKS[0], limits=tiny.LIMITS)

    assert script.write(own, tiny.half, lambda: [np.random.default_rng(0)]) is None


def everything(key: AnswerKey, bench: Bench, source: str, *, at_once: bool) -> dict[str, Any]:
    """All replies and all that was printed, asked at once or one by one."""
    checks: tuple[Check, ...] = key.assignment.checks
    with Session(bench, tiny.submission(source), key, tiny.LIMITS) as session:
        if at_once:
            session.prepare(checks)
        there = {one.id: session.ask(one) for one in checks}
    return {
        name: (
            [
                (np.asarray(reply.value).tolist(), reply.facts) if isinstance(reply, Answer) else reply
                for reply in asked.replies
            ],
            asked.printed,
        )
        for name, asked in there.items()
    }


SOURCES = {
    "right": tiny.RIGHT,
    "wrong": tiny.RIGHT.replace("/", "*"),
    "raises on large numbers": tiny.RIGHT.replace("    return", "    assert np.max(x) < 1e4\n    return", 1),
    "changes its argument": tiny.RIGHT.replace("return x / 2", "x /= 2\n    return x"),
    "prints": tiny.RIGHT.replace("    return", "    print('for', len(x))\n    return"),
    "says nothing": "def half(x): pass\ndef quarter(x): pass\n",
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_asked_at_once_is_answered_as_one_by_one(key: AnswerKey, bench: Bench, source: str) -> None:
    source = "import numpy as np\n" + source
    one_by_one = everything(key, bench, source, at_once=False)

    assert everything(key, bench, source, at_once=True) == one_by_one


@pytest.mark.parametrize(
    ("ends", "kind"),
    [("os._exit(3)", Died), ("os.kill(os.getpid(), 11) or os.abort()", Died), ("while True: pass", Overran)],
)
def test_what_ends_the_jail_costs_the_check_it_happens_in(
    key: AnswerKey, bench: Bench, ends: str, kind: type
) -> None:
    source = "import os\n" + tiny.RIGHT.replace(
        "    return", f"    if np.max(x) > 1e4:\n        {ends}\n    return", 1
    )
    with Session(bench, tiny.submission("import numpy as np\n" + source), key, tiny.LIMITS) as session:
        session.prepare(key.assignment.checks)
        asked = {one.id: session.ask(one).replies for one in key.assignment.checks}

    assert [name for name, replies in asked.items() if not isinstance(replies[0], Answer)] == [
        "half.large_numbers"
    ]
    assert isinstance(asked["half.large_numbers"][0], kind)


def test_a_jail_that_ended_later_is_opened_again_for_what_was_not_foreseen(
    key: AnswerKey, bench: Bench
) -> None:
    source = (
        "import os\ncalls = 0\ndef half(x):\n    return x / 2\ndef quarter(x):\n    global calls\n"
        "    calls += 1\n    if calls == 4:\n        os._exit(0)\n    return x / 4\n"
    )
    order = sorted(key.assignment.checks, key=lambda one: one.id != "half.halved_twice")
    with Session(bench, tiny.submission(source), key, tiny.LIMITS) as session:
        session.prepare(order)
        asked = {one.id: session.ask(one).replies for one in order}

    assert all(isinstance(reply, Answer) for reply in asked["half.halved_twice"])
    assert sum(isinstance(replies[0], Died) for replies in asked.values()) == 1


# ---- what is printed ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_output_is_told_apart_however_it_is_cut(size: int) -> None:
    stream = b"before" + mark("ab", 0) + b"\0one\0" + mark("ab", 2) + mark("xy", 3) + b"rest\0"
    printed = Printed(1000, 1 << 20)
    printed.expect("ab", 100)
    for at in range(0, len(stream), size):
        printed.feed(stream[at : at + size])

    assert printed.section(0) == "before"
    assert printed.section(1) == ""
    assert printed.section(2) == "\0one\0"
    assert printed.take() == mark("xy", 3).decode() + "rest\0"


def test_a_forged_mark_takes_nothing_from_what_was_told_apart_before() -> None:
    printed = Printed(1000, 1 << 20)
    printed.expect("ab", 100)
    printed.feed(b"mine" + mark("ab", 0) + b"forged" + mark("ab", 0))

    assert printed.section(0) == "mine"


def test_only_the_beginning_of_each_part_is_kept() -> None:
    printed = Printed(4, 1 << 20)
    printed.expect("ab", 100)
    printed.feed(b"0123456789" + mark("ab", 0) + b"abcdefgh")

    assert printed.section(0) == "0123"
    assert printed.take() == "abcd"
    assert printed.total == 18 + len(mark("ab", 0))


def test_the_question_whose_output_was_too_much_is_known_by_its_mark() -> None:
    printed = Printed(4, 100)
    printed.expect("ab", 3)
    printed.feed(b"x" * 60 + mark("ab", 0))
    before = printed.flooded
    printed.feed(b"y" * 60 + mark("ab", 1) + b"more" + mark("ab", 2))

    assert before is None
    assert printed.flooded == 1


@pytest.mark.parametrize("at_once", [True, False])
def test_a_flood_is_put_down_to_the_question_it_comes_with(
    key: AnswerKey, bench: Bench, at_once: bool
) -> None:
    loud = "    print('x' * 2**25 if np.max(x) > 1e4 else 'x')\n    return"
    source = "import numpy as np\n" + tiny.RIGHT.replace("    return", loud, 1)
    with Session(bench, tiny.submission(source), key, tiny.LIMITS) as session:
        if at_once:
            session.prepare(key.assignment.checks)
        asked = {one.id: session.ask(one).replies for one in key.assignment.checks}

    assert [name for name, replies in asked.items() if not isinstance(replies[0], Answer)] == [
        "half.large_numbers"
    ]
    assert asked["half.large_numbers"][0] == Overran("output", tiny.LIMITS.output_kb * 256)
