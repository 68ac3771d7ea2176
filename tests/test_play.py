"""Questions and answers on the trusted side: seeds and draws."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autograder import play
from autograder.answerkey import AnswerKey
from autograder.model import Answer, Check, CourseError, Raised

from . import tiny


def test_a_draw_depends_on_seed_check_and_number() -> None:
    words = [
        ("s", "a", "c", 0),
        ("t", "a", "c", 0),
        ("s", "b", "c", 0),
        ("s", "a", "d", 0),
        ("s", "a", "c", 1),
    ]
    first = [np.random.default_rng(play.entropy(*word)).normal() for word in words]

    assert len(set(first)) == len(words)
    assert first == [np.random.default_rng(play.entropy(*word)).normal() for word in words]


def test_the_reference_answers_every_draw() -> None:
    key = AnswerKey(tiny.ASSIGNMENT, "seed")
    wants = key.wants(tiny.CHECKS[0])

    assert len(wants) == 3
    assert all(isinstance(want, Answer) for want in wants)


def test_keywords_and_positions_reach_the_function_alike() -> None:
    key = AnswerKey(tiny.ASSIGNMENT, "seed")
    (want, *_) = key.wants(tiny.CHECKS[1])

    assert isinstance(want, Answer)
    assert want.value.shape == (3,)


def test_an_exception_can_be_the_right_answer() -> None:
    def refuses(_: Any) -> None:
        raise ValueError("no")

    check = Check("refuses", "anything", "It refuses.", lambda rng: rng.normal())
    (reply,) = play.here(check, refuses, [np.random.default_rng(0)])

    assert isinstance(reply, Raised)
    assert reply.kinds[:2] == ("ValueError", "Exception")


def test_facts_of_a_scenario_are_those_of_all_its_calls() -> None:
    def changes(x: Any) -> Any:
        x += 1
        return np.exp(x * 1e3)

    check = Check("changes", "twice", "", lambda f, _: [f(np.zeros(2)), f(np.ones(2))], scenario=True)
    (reply,) = play.here(check, changes, [np.random.default_rng(0)])

    assert isinstance(reply, Answer)
    assert reply.facts.mutated == ("x",)
    assert reply.facts.warnings == ("RuntimeWarning: overflow encountered in exp",)


def test_a_check_that_cannot_draw_is_the_courses_fault() -> None:
    def broken(_: Any) -> Any:
        raise KeyError("x")

    with pytest.raises(CourseError, match=r"f\.broken cannot draw"):
        play.draw(Check("f", "broken", "", broken), np.random.default_rng(0))


def test_a_scenario_that_fails_on_the_references_own_answers_is_the_courses_fault() -> None:
    """Were it an answer like any other, whoever makes the scenario fail in the same way would be right."""
    check = Check("mean", "cannot_be", "", lambda f, _: int(f(np.ones(2)) * np.nan), scenario=True)
    key = AnswerKey(replace(tiny.ASSIGNMENT, functions={"mean": np.mean}, checks=(check,)), "seed")

    with pytest.raises(
        CourseError, match=r"mean\.cannot_be fails on the reference's own answers: ValueError"
    ):
        key.wants(check)


def _character(code: int) -> str:
    return chr(code)


def test_what_a_function_raises_in_a_scenario_is_its_answer() -> None:
    check = Check("chr", "beyond", "", lambda f, _: f(-1), scenario=True)
    assignment = replace(tiny.ASSIGNMENT, functions={"chr": _character}, checks=(check,))
    key = AnswerKey(assignment, "seed")

    want, *_ = key.wants(check)

    assert isinstance(want, Raised)
    assert want.kind == "ValueError"


def test_one_key_serves_many_threads() -> None:
    key = AnswerKey(tiny.ASSIGNMENT, "seed")
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda: answers.append(key.wants(tiny.CHECKS[0]))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({id(answer) for answer in answers}) == 1
