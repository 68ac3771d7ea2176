"""The real course, loaded and graded with, is not in the memory of the jail or of anything above it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from autograder import course
from autograder.answerkey import AnswerKey
from autograder.model import Answer
from autograder.session import Bench, Session
from tests.tiny import submission

from .test_walls import _writable_memory

ROOT = Path(__file__).parents[2]
RIGHT = (ROOT / "tests" / "submissions" / "perfect" / "conv_arithmetic.py").read_text(encoding="utf-8")


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="reads the memory of other processes"
)
def test_no_sentence_of_the_course_is_in_the_memory_of_the_jail(bench: Bench) -> None:
    key = AnswerKey(course.assignment(course.load(ROOT), "conv_arithmetic"), "a-seed-that-is-kept-outside")
    assignment = key.assignment
    sentences = [
        one.says for one in (*assignment.misconceptions, *assignment.checks, *assignment.alternatives)
    ]
    sentences += [criterion.guidance for criterion in assignment.rubric.criteria if criterion.guidance]
    needles = [sentence[:40].encode() for sentence in sentences if len(sentence) > 40] + [key.seed.encode()]
    handed_in = submission(RIGHT, assignment="conv_arithmetic")
    with Session(bench, handed_in, key, assignment.rubric.limits) as session:
        asked = session.ask(assignment.checks[0])
        family = [bench.template(assignment.needs)._process.pid]
        for pid in family:
            for task in Path(f"/proc/{pid}/task").iterdir():
                family += [int(child) for child in (task / "children").read_text().split()]
        found = {
            needle
            for pid in family
            for piece in _writable_memory(pid)
            for needle in needles
            if needle in piece
        }
    control = {needle for piece in _writable_memory(os.getpid()) for needle in needles if needle in piece}

    assert all(isinstance(reply, Answer) for reply in asked.replies)
    assert len(family) >= 3, "keeper, template and jail"
    assert found == set()
    assert key.seed.encode() in control, "the search finds it where it is"


def test_inputs_that_were_asked_do_not_name_their_check(bench: Bench) -> None:
    source = """
import gc
def conv_output_size(n, k, s=1, p=0, d=1):
    known = [value for thing in gc.get_objects() if isinstance(thing, dict) for value in thing.values()]
    seen = " ".join(value for value in known if isinstance(value, str))
    return int("kernel_alone" in seen or "check" in globals())
"""
    key = AnswerKey(course.assignment(course.load(ROOT), "conv_arithmetic"), "5eed")
    with Session(
        bench, submission(source, assignment="conv_arithmetic"), key, key.assignment.rubric.limits
    ) as session:
        replies = session.ask(key.assignment.checks[0]).replies

    assert {reply.value for reply in replies if isinstance(reply, Answer)} == {0}
