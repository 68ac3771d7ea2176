"""Family F: the clock, the rules, and what a submission writes into our reports.

Speed is not scored yet and no policy says what an assignment forbids: here stands what holds without them.
README.md says which forms of classes 50 and 51 wait for these.
"""

# ruff: noqa: E501 - an attack reads best as one string, on one line

from __future__ import annotations

import re

import pytest

from autograder import grade, reports
from autograder.answerkey import AnswerKey
from autograder.jail.host import Template
from autograder.model import Answer, Limits, Overran, Status
from autograder.session import Bench
from tests import tiny
from tests.reports import nasty

from .conftest import BRIEF, TIGHT, Ask, Grade, outcomes

STOP_THE_CLOCKS = """
import time
for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
    setattr(time, name, lambda: 0.0)
    setattr(time, name + "_ns", lambda: 0)
"""

# ---- 50: the clock ----------------------------------------------------------------------------------


def test_a_stopped_clock_moves_no_deadline(ask: Ask) -> None:
    reply = ask(STOP_THE_CLOCKS + "def f():\n    while True: pass", limits=BRIEF)

    assert reply == Overran("seconds", 0.5)


def test_what_the_jail_says_of_its_time_is_worth_no_points(graded: Grade) -> None:
    honest, liar = graded(tiny.RIGHT), graded(STOP_THE_CLOCKS + tiny.RIGHT)

    assert honest.earned == liar.earned == 8
    assert outcomes(liar)["half.some_numbers"].seconds == 0.0, "a claim, and shown as one"


def test_work_left_for_after_the_answer_is_inside_the_budget(template: Template) -> None:
    source = "import threading\ndef f():\n    threading.Thread(target=lambda: [0 for _ in iter(int, 1)]).start()\n    return 1\n"
    limits = Limits(check_seconds=5, total_seconds=1)
    with template.jail(source + "def g():\n    while True: pass\n", "submission.py", limits) as worker:
        worker.load()
        (first,) = worker.ask("f", [()], 5)
        (second,) = worker.ask("g", [()], 5)

        assert isinstance(first, Answer)
        assert isinstance(second, Overran)
        assert second.limit == "seconds"
        assert second.allowed <= 1


def test_an_answer_kept_from_another_call_is_compared_all_the_same(graded: Grade) -> None:
    source = "kept = {}\ndef half(x):\n    return kept.setdefault(x.shape, x / 2)\n\n\ndef quarter(x):\n    return x * 0\n"

    assert graded(source).earned == 0


def test_no_core_beside_ones_own_can_be_asked_for(ask: Ask) -> None:
    reply = ask(
        "import os\ndef f():\n    try:\n        os.sched_setaffinity(0, range(64))\n"
        "    except OSError:\n        return 'refused'"
    )

    assert isinstance(reply, Answer)
    assert reply.value == "refused"


@pytest.mark.parametrize("stale", ["np.empty(x.shape)", "np.empty_like(x)", "np.ndarray(x.shape)"])
def test_memory_that_was_used_before_holds_no_answer(graded: Grade, stale: str) -> None:
    """Where the reference ran in the same process, what it left in memory would be the answer."""
    source = (
        f"import numpy as np\ndef half(x):\n    return {stale}\n\n\ndef quarter(x):\n    return {stale}\n"
    )

    assert graded(source).earned == 0


def test_an_answer_kept_by_the_identity_of_its_argument_is_stale(graded: Grade) -> None:
    source = "kept = {}\ndef half(x):\n    return kept.setdefault(len(kept) and 1, x * 3)\n\n\ndef quarter(x):\n    return x\n"

    assert graded(source).earned == 0


def test_half_the_digits_are_not_enough(graded: Grade) -> None:
    source = (
        "import numpy as np\ndef half(x):\n    return (np.asarray(x, np.float16) / 2).astype(float)\n\n\n"
        "def quarter(x):\n    return (np.asarray(x, np.float16) / 4).astype(float)\n"
    )

    assert graded(source).earned == 0


def test_work_between_two_questions_is_inside_the_budget(template: Template) -> None:
    source = (
        "import threading, time\ndef f():\n    threading.Thread(target=time.sleep, args=(60,)).start()\n    return 1\n"
        "def g():\n    while True: time.sleep(0.01)\n"
    )
    with template.jail(source, "submission.py", BRIEF) as worker:
        worker.load()
        (first,) = worker.ask("f", [()], 5)
        (second,) = worker.ask("g", [()], 0.2)

        assert isinstance(first, Answer)
        assert second == Overran("seconds", 0.2)


# ---- 51: forbidden routines -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "way",
    [
        "subprocess.run([sys.executable, '-c', 'print(1)'])",
        "os.execv(sys.executable, ['python'])",
        "os.popen('python').read()",
    ],
)
def test_no_second_interpreter_does_the_work(ask: Ask, way: str) -> None:
    reply = ask(
        f"import os, subprocess, sys\ndef f():\n    try:\n        {way}\n"
        "    except (OSError, ImportError, AttributeError, ValueError):\n        return 'refused'"
    )

    assert isinstance(reply, Answer)
    assert reply.value == "refused"


@pytest.mark.parametrize("name", ["torch", "scipy", "sklearn", "pandas", "autograder.compare", "solutions"])
def test_no_library_beyond_what_is_needed_does_the_work(ask: Ask, name: str) -> None:
    reply = ask(
        f"def f():\n    try:\n        __import__({name!r})\n    except ImportError:\n        return 'absent'"
    )

    assert isinstance(reply, Answer)
    assert reply.value == "absent"


@pytest.mark.parametrize(
    "way",
    [
        "eval('__import__(\"torch\")')",
        "exec(compile('import scipy.linalg', '<string>', 'exec'))",
        "getattr(__builtins__, '__imp' + 'ort__')('autograder.compare')",
        "eval(compile(\"eval('__import__(\\\\'solutions\\\\')')\", '', 'eval'))",
        "importlib.util.spec_from_file_location('t', '/usr/lib/python3/dist-packages/x.py').loader.load_module()",
    ],
)
def test_no_evaluated_text_reaches_further_than_the_file_itself(ask: Ask, way: str) -> None:
    reply = ask(
        f"import importlib.util\ndef f():\n    try:\n        {way}\n"
        "    except (ImportError, AttributeError, FileNotFoundError):\n        return 'absent'"
    )

    assert isinstance(reply, Answer)
    assert reply.value == "absent"


def test_a_name_in_other_letters_is_the_same_name_to_us_and_to_python(graded: Grade) -> None:
    source = tiny.RIGHT.replace("def half", "def \u210calf".replace("\u210c", "\U0001d525"))

    assert graded(source).earned == 8, "NFKC, as the compiler reads it"


# ---- 52: reports ------------------------------------------------------------------------------------

SAYS = """
TEXT = {text!r}
def half(x):
    print(TEXT)
    raise ValueError(TEXT)


def quarter(x):
    import warnings
    warnings.warn(TEXT)
    return TEXT
"""


@pytest.mark.parametrize("name", nasty.TEXTS)
def test_what_a_submission_says_is_only_text_in_every_report(name: str, key: AnswerKey, bench: Bench) -> None:
    text = nasty.TEXTS[name].encode("utf-8", "backslashreplace").decode()
    student = tiny.submission(SAYS.format(text=text[:5000]), student=text[:200])
    report = grade.grade(student, key, bench, tiny.COURSE)
    rendered = {name: reports.render(name, report) for name in reports.REPORTS}

    assert report.earned == 0
    assert outcomes(report)["half.some_numbers"].status == Status.CRASHED
    for form, document in rendered.items():
        assert not re.search(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]", document
        ), form
        # Pages are no logs; the other forms may be printed in one, where such a line is a command.
        assert form == "html" or not re.search(r"^(::|##\[)", document, re.MULTILINE), form
    assert "<script" not in rendered["html"]


def test_a_message_is_short_however_long_it_was(template: Template) -> None:
    source = "def f():\n    print('x' * 10**6)\n    raise ValueError('y' * 10**7)"
    with template.jail(source, "submission.py", TIGHT) as worker:
        worker.load()
        (reply,) = worker.ask("f", [()], 5)

        assert len(repr(reply)) < 3000
        assert len(worker.take_printed()) <= TIGHT.output_kb << 10
