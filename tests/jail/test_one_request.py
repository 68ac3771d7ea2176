"""All that can be foreseen is asked in one request: what a jail can do with that, and what it is worth.

It sees every question before it answers the first, and its answers stand in line to be read. Each is read as
the answer to one question, in order, and every limit holds for the request as it does for a question.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autograder import grade, script
from autograder.answerkey import AnswerKey
from autograder.authoring import scenario
from autograder.jail import channel
from autograder.jail.host import Template
from autograder.jail.levels import Isolation
from autograder.jail.printed import Printed, mark
from autograder.jail.question import question
from autograder.jail.worker import REPLIES, Worker
from autograder.model import Answer, Died, Limits, Overran, Reply, Status
from autograder.session import Bench, Session
from tests import tiny

from .conftest import BRIEF, TIGHT, Ask, Grade, outcomes
from .test_surviving import NONCE

UNASKED = Died(0, "what it sent is not an answer: it answered a question that was not asked")
FORGE = (
    NONCE
    + """
def one(i, value):
    reply(i=i, results=[{"value": {"t": "i", "v": value}}])
"""
)
Play = Callable[..., list[Reply]]


@pytest.fixture
def play(template: Template) -> Play:
    """Ask the functions named, in one request; the first reply to each, and then one to `after`, if given."""

    def playing(source: str, names: str, after: str = "", limits: Limits = TIGHT) -> list[Reply]:
        questions = [question(name, [()]) for name in names.split()]
        with template.jail(textwrap.dedent(source), "submission.py", limits) as worker:
            assert worker.load() is None
            found = [replies[0] for replies in worker.play(questions, limits.check_seconds)]
            if after:
                found.append(worker.ask(after, [()], limits.check_seconds)[0])
            return found

    return playing


def values(replies: list[Reply]) -> list[Any]:
    """What was answered, and None where nothing was."""
    return [reply.value if isinstance(reply, Answer) else None for reply in replies]


# ---- 5 and 42: answers out of turn ------------------------------------------------------------------


def test_honest_answers_come_in_order(play: Play) -> None:
    assert values(play("def f(): return 1\ndef g(): return 2", "f g f", "g")) == [1, 2, 1, 2]


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ("one(0, 7)", [7, UNASKED]),  # its own answer comes too, and is a second one
        ("one(1, 7)", [UNASKED]),
        ("one(-1, 7)", [UNASKED]),
        ("one(None, 7)", [UNASKED]),
        ("one([0], 7)", [UNASKED]),
        ("one(10**400, 7)", [UNASKED]),
        ("reply(results=[])", [UNASKED]),
        ("send({'n': 'x', 'i': 0, 'results': []})", [UNASKED]),
        ("one(0, 7); one(2, 7)", [7, UNASKED]),
        ("one(1, 7); one(0, 7)", [UNASKED]),
        ("one(0, 7); one(1, 8); one(2, 9)", [7, 8, 9]),
    ],
)
def test_an_answer_out_of_turn_ends_the_jail(play: Play, says: str, expected: list[Any]) -> None:
    replies = play(FORGE + f"\ndef f():\n    {says}\n    return 1\ndef g(): return 2", "f g g")

    assert [reply.value if isinstance(reply, Answer) else reply for reply in replies] == expected


def test_answers_forged_for_every_question_are_worth_their_numbers(graded: Grade) -> None:
    source = (
        FORGE
        + """
def half(x):
    for i in range(9):
        reply(i=i, results=[{"value": {"t": "f", "v": "0x1p0"}, "passed": True, "share": 1}] * 3)
    os._exit(0)
def quarter(x):
    return 0
"""
    )
    report = graded(source)

    assert report.earned == 0
    assert Status.UNGRADED not in {one.status for one in outcomes(report).values()}


def test_answers_from_two_processes_do_not_count_twice(play: Play) -> None:
    replies = play("import os\ndef f():\n    os.fork()\n    return 1\ndef g(): return 2", "f g g")

    assert values(replies)[0] == 1
    assert len(replies) < 3 or UNASKED in replies or values(replies) == [1, 2, 2]
    assert all(value in (1, 2, None) for value in values(replies))


def test_an_answer_after_the_last_question_spoils_the_next_request(play: Play) -> None:
    source = (
        FORGE
        + "\ndef f():\n    one(0, 1); one(1, 2); one(2, 3)\n    os.read(channel(), 1)\ndef g(): return 2"
    )

    *asked, next_one = play(source, "f g", "g")

    assert asked == [Answer(1), Answer(2)]
    assert next_one in (  # as it comes before the next question is put, or just behind
        Died(0, "what it sent is not an answer: it wrote an answer before it was asked"),
        Died(0, "what it sent is not an answer: it answered a question that was not asked"),
    )


def test_a_flood_of_frames_fills_nothing_of_ours(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not asked for waits in the kernel's buffer, and its writer with it."""
    most = [0]
    receive = channel.Channel.receive

    def watched(this: channel.Channel, deadline: float) -> Any:
        try:
            return receive(this, deadline)
        finally:
            most[0] = max(most[0], len(this._came))

    monkeypatch.setattr(channel.Channel, "receive", watched)
    replies = play(FORGE + "\ndef f():\n    while True: one(0, 1)\ndef g(): return 2", "f g", limits=BRIEF)

    assert [reply.value if isinstance(reply, Answer) else reply for reply in replies] == [1, UNASKED]
    assert most[0] <= channel.PIECE + 4096


# ---- 7 and 10: time ---------------------------------------------------------------------------------


def test_many_slow_answers_share_the_whole_budget(play: Play) -> None:
    limits = Limits(check_seconds=0.5, total_seconds=1)
    replies = play("import time\ndef f():\n    time.sleep(0.25)\n    return 1", "f " * 20, limits=limits)

    assert len(replies) <= 5, "four at most, and the one that was too late"
    assert isinstance(replies[-1], Overran)
    assert replies[-1].limit == "seconds"


def test_a_drip_within_an_answer_moves_no_deadline(play: Play) -> None:
    source = (
        NONCE
        + """
import struct, time
def f():
    for byte in struct.pack("<4sIQ", b"NNAG", 4000, 0) + b" " * 4000:
        os.write(channel(), bytes([byte]))
        time.sleep(0.01)
"""
    )

    assert play(source, "f f f", limits=BRIEF) == [Overran("seconds", 0.5)]


SLOW = "import time\ndef half(x):\n    time.sleep({})\n    return x / 2\ndef quarter(x):\n    return x / 4\n"


def test_a_fresh_jail_has_no_budget_of_its_own(
    bench: Bench, key: AnswerKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each overrun costs a jail; all jails of a submission end by the same time."""
    ends: list[float] = []
    load = Worker.load

    def watched(this: Any) -> Any:
        ends.append(this._end)
        return load(this)

    monkeypatch.setattr(Worker, "load", watched)
    limits = replace(tiny.LIMITS, check_seconds=0.2, total_seconds=20)
    with Session(bench, tiny.submission(SLOW.format(9)), key, limits) as session:
        session.prepare(tiny.CHECKS)
        replies = [session.ask(check).replies[0] for check in tiny.CHECKS]

    assert [type(reply) for reply in replies] == [Overran, Overran, Overran, Answer, Answer]
    assert len(ends) > 1
    assert set(ends) == {session._end}


def test_what_was_answered_in_time_counts_although_the_time_is_over_when_it_is_read(
    bench: Bench, key: AnswerKey
) -> None:
    with Session(bench, tiny.submission(tiny.RIGHT), key, tiny.LIMITS) as session:
        session.prepare(tiny.CHECKS)
        session.ask(tiny.CHECKS[0])
        session._end = 0.0
        rest = [session.ask(check).replies[0] for check in tiny.CHECKS[1:3]]

    assert [type(reply) for reply in rest] == [Answer, Answer]


def test_a_second_chance_has_no_time_of_its_own(
    bench: Bench, key: AnswerKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[float] = []
    begin = Session.__init__

    def watched(this: Session, *words: Any, **more: Any) -> None:
        begin(this, *words, **more)
        given.append(this._limits.total_seconds)

    monkeypatch.setattr(Session, "__init__", watched)
    wrong = tiny.RIGHT.replace("x / 2", "x * 2")
    report = grade.grade(tiny.submission(wrong), key, bench, tiny.COURSE)

    assert len(given) == 2, "a second chance was given"
    assert given[1] < given[0] == tiny.LIMITS.total_seconds
    assert outcomes(report)["quarter.other_numbers"].note.startswith("With ours")


# ---- 11 and 18: memory ------------------------------------------------------------------------------

HEAVY = "import numpy as np\ndef f(): return np.zeros(110_000)\ndef g(): return 1\n"  # 880 kB


def test_all_answers_together_have_a_limit(play: Play) -> None:
    replies = play(HEAVY, "f " * 9, limits=replace(TIGHT, reply_mb=1))

    assert len([one for one in replies if isinstance(one, Answer)]) == REPLIES
    assert replies[-1] == Died(0, "what it sent is not an answer: all its answers together are too large")


def test_the_limit_of_all_answers_holds_across_jails(bench: Bench, key: AnswerKey) -> None:
    heavy = """
import numpy as np
def half(x):
    return np.zeros(110_000)
def quarter(x):
    return x / 4
"""
    limits = replace(tiny.LIMITS, reply_mb=3)  # a check draws three times
    checks = tiny.CHECKS[:3]
    with Session(bench, tiny.submission(heavy), key, limits) as session:
        session._room = 6 << 20
        session.prepare(checks)
        kinds = [type(session.ask(check).replies[0]) for check in checks]
        last = session.ask(tiny.CHECKS[4]).replies[0]

    assert kinds == [Answer, Answer, Died]
    assert isinstance(last, Answer), "what is small can still be said"


# ---- 17 and 41: output ------------------------------------------------------------------------------


def test_marks_for_questions_that_were_not_asked_are_text() -> None:
    printed = Printed(1000, 1 << 20)
    printed.expect("ab", 2)
    for number in range(2, 5000):
        printed.feed(mark("ab", number))
    printed.feed(b"end" + mark("ab", 1))

    assert len(printed._sections) == 1
    assert printed.section(1).startswith("\0ab 2\0\0ab 3\0")


def test_a_request_does_not_inherit_the_output_of_another() -> None:
    printed = Printed(1000, 1 << 20)
    printed.expect("ab", 9)
    printed.feed(b"old" + mark("ab", 7))
    printed.expect("cd", 9)
    printed.feed(b"new" + mark("cd", 7))

    assert printed.section(7) == "new"


def test_forged_marks_move_a_submissions_own_text_and_nothing_else(graded: Grade) -> None:
    source = (
        NONCE
        + """
def half(x):
    for i in range(-3, 99):
        os.write(1, b"\\0%s %d\\0PASSED" % (runner()._nonce.encode(), i))
    return x * 3
def quarter(x):
    return x
"""
    )
    report = graded(source)

    assert report.earned == 0
    assert {one.status for one in outcomes(report).values()} <= {Status.FAILED, Status.SKIPPED}


# ---- 32 and 46: what a request and its neighbours give away -----------------------------------------


def _scenario(play: Callable[..., Any]) -> Any:
    return tiny.record(scenario(tiny.half)(play))


def _signs(half: Callable[..., Any], rng: np.random.Generator) -> Any:
    """The second question tells the sign of the right first answer."""
    return half(bool(half(rng.normal()) > 0))


def _largest(half: Callable[..., Any], rng: np.random.Generator) -> Any:
    """It tells which number is the largest."""
    return half(int(np.argmax(half(rng.normal(size=9)))))


def _order(half: Callable[..., Any], rng: np.random.Generator) -> Any:
    """It tells the order."""
    return half(np.argsort(half(rng.normal(size=9))))


def _in_words(half: Callable[..., Any], rng: np.random.Generator) -> Any:
    """It tells a word of the answer."""
    return half(half(rng.normal()))


ANSWERS = {
    "signs": (_signs, lambda x: np.asarray(x, dtype=float) / 2),
    "largest": (_largest, lambda x: np.asarray(x, dtype=float) / 2),
    "order": (_order, lambda x: np.asarray(x, dtype=float) / 2),
    "word": (_in_words, lambda x: "down" if np.all(x == 0) else "up"),
    "truth": (_in_words, lambda x: bool(np.all(x))),
    "truths": (_in_words, lambda _: np.asarray([True, False])),
    "nothing": (_in_words, lambda _: None),
    "whole number": (_in_words, lambda _: 7),
    "whole numbers": (_in_words, lambda _: np.arange(3)),
    "in a tuple": (_in_words, lambda _: (True, {"a": "b"})),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_no_question_is_put_beforehand_that_tells_of_an_answer(what: str) -> None:
    played, reference = ANSWERS[what]
    written = script.write(_scenario(played), reference, lambda: [np.random.default_rng(n) for n in range(3)])

    assert written is not None
    assert [len(calls) for calls in written.calls] == [1, 1, 1]


OPEN_FILES = """
import fcntl
def f():
    seen = []
    for number in (0, 1, 2):
        seen += [fcntl.fcntl(number, command) for command in (fcntl.F_GETFL, fcntl.F_GETOWN, 11)]
        for command, value in ((fcntl.F_SETFL, seen[-3] | 0o6000), (fcntl.F_SETOWN, 1), (10, 40)):
            try:
                fcntl.fcntl(number, command, value)
            except OSError:
                pass
    return seen
"""


def test_flags_and_owner_of_an_open_file_are_no_letter_box(ask: Ask) -> None:
    first, second = ask(OPEN_FILES), ask(OPEN_FILES)

    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert first.value == second.value


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (55, "channel(), 1, 77, buffer, buffer"),  # who is at the other end, as a descriptor
        (55, "channel(), 1, 17, buffer, buffer"),
        (46, "channel(), buffer, 0"),  # a descriptor sent over to us
        (47, "channel(), buffer, 0"),
        (54, "channel(), 1, 7, buffer, 4"),  # a larger buffer
        (48, "channel(), 2"),
        (157, "1, 0, 0, 0, 0"),  # stay when the template ends
    ],
)
def test_of_the_one_socket_there_is_read_and_write(
    ask: Ask, isolation: Isolation, number: int, words: str
) -> None:
    if "seccomp" not in isolation.layers:
        pytest.skip("no system call filter here")
    reply = ask(
        NONCE
        + f"""
import ctypes
def f():
    buffer = (ctypes.c_long * 16)(8)
    library = ctypes.CDLL(None, use_errno=True)
    return [library.syscall({number}, {words}), ctypes.get_errno()]
"""
    )

    assert isinstance(reply, Answer)
    assert reply.value == [-1, 1]
