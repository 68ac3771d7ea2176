"""Family D: tampering with the judge, looking for the answers, guessing them, carrying them out."""

# ruff: noqa: E501, ISC004 - an attack reads best as one string, on one line

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from autograder import grade, play, records
from autograder.answerkey import AnswerKey
from autograder.edition import student_edition
from autograder.jail.host import Template
from autograder.model import Answer, Report, Shown, Status
from autograder.reports import json as report_json
from autograder.session import Bench
from tests import tiny

from .conftest import TIGHT, Ask, Grade, outcomes

ZEROS = "import numpy as np\ndef half(x):\n    return np.zeros(np.shape(x))\n\n\nquarter = half\n"


def _with(attack: str) -> str:
    """A wrong submission that attacks while it is imported."""
    return attack.strip("\n") + "\n" + ZEROS


# ---- 30 and 31: patches -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attack",
    [
        "import numpy as np\nyes = lambda *a, **k: True\nfor name in ('allclose', 'isclose', 'array_equal', 'all', 'any'):"
        "\n    setattr(np, name, yes)\nnp.testing.assert_allclose = yes\nnp.abs = np.absolute = lambda *a, **k: 0.0",
        "import builtins\nbuiltins.all = builtins.isinstance = lambda *a: True\nbuiltins.abs = lambda *a: 0",
        "import unittest\nunittest.TestCase.assertEqual = lambda *a: None\n"
        "unittest.TestCase.run = lambda *a: None\nimport sys\nsys.modules['pytest'] = unittest",
        "import sys\nsys.settrace(lambda *a: None)\nsys.setprofile(lambda *a: None)",
        "import sys\nclass Finder:\n    def find_spec(self, *a): return None\nsys.meta_path.insert(0, Finder())\n"
        "sys.path_hooks.clear()\nsys.path.insert(0, '/sandbox')",
        "import math\nmath.isnan = lambda x: False\nimport operator\noperator.eq = lambda a, b: True",
        "import numpy as np\nnp.ndarray = list\nnp.float64 = str\nnp.dtype = dict",
        "import sys, types\nfor name in list(sys.modules):\n    if name not in ('sys', 'types'):\n"
        "        sys.modules[name] = types.ModuleType(name)",
    ],
    ids=["numpy", "builtins", "unittest", "tracing", "imports", "math", "types", "modules"],
)  # fmt: skip
def test_a_patched_judge_is_not_the_judge(graded: Grade, attack: str) -> None:
    assert graded(_with(attack)).earned == 0
    assert graded(tiny.RIGHT).earned == 8, "the next submission meets everything as it was"


@pytest.mark.parametrize(
    "attack",
    [
        "import json\njson.dumps = lambda *a, **k: '{\"passed\": true}'",
        "import json\njson.loads = lambda *a, **k: {}",
        "import struct\nstruct.Struct = None\nimport autograder.jail.wire as w\nw.HEAD = None",
        "import os\nreal = os.write\nos.write = lambda fd, data: real(fd, bytes(len(data)))",
        "import os\nos.write = lambda fd, data: len(data)\nos._exit(0)",
        "import autograder.jail.inside as i\ni.encode = lambda *a: {'t': 'c', 'v': True}",
        "import autograder.jail.inside as i\ni.observe = lambda f, a, k: (True, {'passed': True})",
        "import autograder.jail.inside as i\ni.Inside._call = lambda *a: {'passed': True, 'status': 'PASSED'}",
        "import autograder.jail.inside as i\ni.frame = lambda *a: b'PASSED' * 9",
        "import gc\nfor one in gc.get_objects():\n    if type(one).__name__ == 'Inside':\n        one._nonce = one._socket = 'x'",
        "import time\ntime.perf_counter = lambda: float('nan')",
    ],
)  # fmt: skip
def test_a_patched_runner_hurts_only_the_student(graded: Grade, attack: str) -> None:
    assert graded(_with(attack)).earned == 0
    assert graded(tiny.RIGHT).earned == 8


# ---- 32 to 36: looking ------------------------------------------------------------------------------


def test_a_search_for_the_reference_finds_none(graded: Grade) -> None:
    source = """
import gc, importlib, inspect, sys
import numpy as np

NAMES = ("half", "quarter", "want", "wants", "expected", "reference", "answer", "checks", "rubric", "ASSIGNMENT")
HERE = __name__


def search():
    frame = sys._getframe()
    while frame:
        yield from ((name, value) for name, value in {**frame.f_globals, **frame.f_locals}.items())
        frame = frame.f_back
    for module in list(sys.modules.values()):
        yield from list(vars(module).items()) if hasattr(module, "__dict__") else ()
    for thing in gc.get_objects():
        if isinstance(thing, dict):
            yield from [(name, value) for name, value in list(thing.items()) if isinstance(name, str)]


def half(x):
    for name, value in search():
        if name in NAMES and getattr(value, "__module__", HERE) != HERE and callable(value):
            try:
                return value(x)
            except Exception:
                pass
    for name in ("tests.tiny", "solutions", "autograder.answerkey", "autograder.compare", "autograder.grade"):
        try:
            return getattr(importlib.import_module(name), "half")(x)
        except Exception:
            pass
    return np.zeros(np.shape(x))


quarter = half
"""
    report = graded(source)

    assert report.earned == 0
    assert outcomes(report)["half.some_numbers"].status == Status.FAILED


def test_no_call_before_this_one_can_be_seen_from_it(ask: Ask) -> None:
    reply = ask(
        """
        import sys
        def f():
            frames, frame = [], sys._getframe()
            while frame:
                frames.append(frame.f_code.co_qualname if hasattr(frame.f_code, "co_qualname") else frame.f_code.co_name)
                frame = frame.f_back
            return frames
        """
    )

    assert isinstance(reply, Answer)
    assert set(reply.value) <= {
        "f", "observe", "Inside._call", "Inside._handle", "Inside.serve", "_fork", "_serve", "main", "<module>", "<listcomp>",
        "Inside._handle.<locals>.<listcomp>", "_call", "_handle", "serve",
    }  # fmt: skip


def test_arguments_and_environment_of_the_process_say_nothing(ask: Ask) -> None:
    reply = ask(
        "import os, sys\ndef f():\n"
        "    return {'argv': sys.argv, 'orig': sys.orig_argv, 'path': sys.path, 'env': dict(os.environ), 'cwd': os.getcwd()}"
    )

    assert isinstance(reply, Answer)
    seen = reply.value
    assert (seen["argv"], seen["orig"]) == ([""], [""])
    assert set(seen["env"]) == {"HOME", "TMPDIR", "LANG", "OPENBLAS_NUM_THREADS"}
    assert not any(path in ("", ".", seen["cwd"]) for path in seen["path"]), (
        "nothing is imported from the sandbox"
    )


@pytest.mark.parametrize(
    "path",
    [
        "/proc/self/environ", "/proc/1/mem", "/proc/self/cmdline", "/proc/self/maps", "/sys/fs/cgroup",
        "/run", "/var/run/docker.sock", "/tmp", "/dev/mem", "/dev/shm", "/dev/tty", "/old", "/mnt", "/etc",
    ],
)  # fmt: skip
def test_there_is_nothing_to_look_at(ask: Ask, path: str) -> None:
    reply = ask(
        f"import os\ndef f():\n    try:\n        return os.listdir({path!r}) or 'empty'\n"
        f"    except NotADirectoryError:\n        return open({path!r}, 'rb').read(9)\n"
        "    except OSError as error:\n        return error.errno"
    )

    assert isinstance(reply, Answer)
    assert reply.value in (2, 13, "empty")


@pytest.mark.parametrize("form", ["os.pread(n, 9, 0)", "os.read(n, 9)", "os.listdir(n)", "os.write(n, b'x')"])
def test_no_descriptor_of_ours_is_left_open(ask: Ask, form: str) -> None:
    reply = ask(
        f"""
        import os, stat
        def f():
            found = []
            for n in range(64):
                try:
                    mode = os.fstat(n).st_mode
                except OSError:
                    continue
                if n > 2 and not stat.S_ISSOCK(mode):
                    found.append(n)
                    {form}
            return found
        """
    )

    assert isinstance(reply, Answer)
    assert reply.value == []


# ---- 37: carrying inputs out ------------------------------------------------------------------------

CARRY = {
    "printed": "print(said)",
    "errors": "import sys; sys.stderr.write(said)",
    "message": "raise ValueError(said)",
    "name": "raise type('V' + said.replace('.', '_').replace('-', 'm'), (Exception,), {})",
    "base name": "raise type('E', (type('V' + said.replace('.', '_'), (Exception,), {}),), {})",
    "warning": "import warnings; warnings.warn(said)",
    "warning's name": "import warnings; warnings.warn('x', type('V' + said.replace('.', '_'), (Warning,), {}))",
    "answer": "return said",
    "answer's shape": "return np.zeros(tuple(int(c) for c in said if c.isdigit())[:6])",
    "key": "return {said: x}",
    "line": "exec(compile('\\n' * (int(''.join(c for c in said if c.isdigit())[:5]) + 99) + '1/0', 'tiny.py', 'exec'))",
    "argument": "half.__code__ = half.__code__.replace(co_varnames=(said, 'said')); x *= 2; return x",
    "exit": "import os; os._exit(int(''.join(c for c in said if c.isdigit())[-2:]))",
    "source": "raise SyntaxError(said, ('tiny.py', 2, 1, said))",
}


def _needles(key: AnswerKey) -> Iterator[str]:
    for check in tiny.CHECKS:
        if not check.scenario:
            for rng in key.generators(check):
                drawn = play.draw(check, rng)
                (value,) = drawn.values() if isinstance(drawn, dict) else drawn
                yield from (repr(float(number)).split(".")[1][:8] for number in value)


@pytest.mark.parametrize("way", CARRY)
@pytest.mark.parametrize("shown", [Shown.AFTER_RELEASE, Shown.NEVER])
def test_no_hidden_input_reaches_the_student(way: str, shown: Shown, key: AnswerKey, bench: Bench) -> None:
    source = (
        "import numpy as np\ndef half(x):\n    said = ' '.join(map(repr, map(float, x)))\n    "
        + CARRY[way]
        + "\n    return x * 2\n\n\ndef quarter(x):\n    return 0 * x\n"
    )
    criteria = tuple(replace(criterion, shown=shown) for criterion in tiny.RUBRIC.criteria)
    rubric = replace(tiny.RUBRIC, criteria=criteria)
    shy = AnswerKey(replace(tiny.ASSIGNMENT, rubric=rubric), key.seed)
    staff = grade.grade(tiny.submission(source), shy, bench, tiny.COURSE)
    student = student_edition(staff, lambda _: False)
    text = report_json.render(student)
    needles = set(_needles(key))

    assert len(needles) > 20
    assert student.earned == staff.earned == 0
    assert [needle for needle in needles if needle in text or needle[:6] in text.replace("_", "")] == []
    assert key.seed not in text


def test_staff_can_see_what_was_printed(key: AnswerKey, graded: Grade) -> None:
    """The search of the tests above finds what is there."""
    report = graded(
        "def half(x):\n    print(*map(repr, map(float, x)))\n    return x * 2\n\n\ndef quarter(x):\n    return x\n"
    )

    assert any(needle in report_json.render(report) for needle in _needles(key))


# ---- 38 to 40: guessing -----------------------------------------------------------------------------


def _recorded(key: AnswerKey) -> str:
    """A submission that knows the answers to every question put under the seed of `key`."""
    known = {}
    for name in ("half", "quarter"):
        for check in tiny.CHECKS:
            if check.function != name:
                continue
            for rng in key.generators(check):
                arguments: list[np.ndarray] = []

                def spy(x: np.ndarray, name: str = name) -> np.ndarray:
                    known[name, x.tobytes().hex()] = (x / (2 if name == "half" else 4)).tolist()
                    return x / (2 if name == "half" else 4)

                if check.scenario:
                    check.draw(spy, rng)
                else:
                    drawn = play.draw(check, rng)
                    arguments += drawn.values() if isinstance(drawn, dict) else drawn
                    spy(arguments[0])
    return (
        f"KNOWN = {known!r}\n"
        "def half(x):\n    return KNOWN.get(('half', x.tobytes().hex()), [0.0] * len(x))\n\n\n"
        "def quarter(x):\n    return KNOWN.get(('quarter', x.tobytes().hex()), [0.0] * len(x))\n"
    )


def test_answers_learnt_by_heart_are_worth_nothing_under_another_seed(key: AnswerKey, bench: Bench) -> None:
    source = tiny.submission(_recorded(key))
    other = AnswerKey(tiny.ASSIGNMENT, "0dd5eed")

    def earned(under: AnswerKey) -> Report:
        return grade.grade(source, under, bench, tiny.COURSE)

    assert earned(key).earned == 8, "which is why the seed is a secret"
    assert earned(other).earned == 0


@pytest.mark.parametrize(
    "condition",
    [
        "calls > 2",  # right for those who look at two examples only
        "x.size > 3",  # right for small inputs
        "'AUTOGRADER' not in str(os.environ) and '/sandbox' in os.getcwd()",  # right while nobody watches
        "np.abs(x).max() < 1e4 and calls % 3 == 2",
    ],
)
def test_being_right_some_of_the_time_is_being_wrong(graded: Grade, condition: str) -> None:
    source = (
        "import os\nimport numpy as np\ncalls = 0\ndef half(x):\n    global calls\n    calls += 1\n"
        f"    return np.zeros(x.shape) if {condition} else x / 2\n\n\ndef quarter(x):\n    return x * 0\n"
    )
    report = graded(source)

    assert outcomes(report)["half.some_numbers"].status == Status.FAILED
    assert report.earned <= 2, (
        "the mark for leaving arguments alone, where the answers of that check are right"
    )


def test_the_seed_is_not_among_those_one_can_try(ask: Ask) -> None:
    seed = "%032x" % (2**127 + 12345)
    asked = [rng.normal(size=4) for rng in AnswerKey(tiny.ASSIGNMENT, seed).generators(tiny.CHECKS[0])]
    reply = ask(
        """
        import random
        import numpy as np
        def f(x):
            for seed in range(1024):
                if np.array_equal(np.random.default_rng(seed).normal(size=4), x):
                    return seed
                if np.array_equal(np.random.RandomState(seed).normal(size=4), x):
                    return seed
            return -1
        """,
        "f",
        asked[0],
    )

    assert records.SEED_BITS == 128
    assert isinstance(reply, Answer)
    assert reply.value == -1


@pytest.mark.parametrize(
    "body",
    [
        "return rng.normal(size=np.shape(x))",
        "return last.pop() if last else x",
        "last.append(x); return last[0][: len(x)] if len(last[0]) >= len(x) else x",
        "return x * rng.uniform(0.25, 1.0)",
    ],
)
def test_an_answer_by_chance_or_from_before_is_wrong(graded: Grade, body: str) -> None:
    source = f"import numpy as np\nrng = np.random.default_rng()\nlast = []\ndef half(x):\n    {body}\n\n\nquarter = half\n"
    first, second = graded(source), graded(source)

    assert first.earned == second.earned == 0


def test_nothing_is_remembered_from_one_grading_to_the_next(template: Template) -> None:
    source = """
import builtins, os, random, sys, types
import numpy as np
def f():
    seen = [
        hasattr(builtins, "mailbox"), hasattr(np, "mailbox"), "mailbox" in sys.modules, os.path.exists("mailbox"),
        "MAILBOX" in os.environ, random.random(), np.random.rand(), np.geterr()["over"], sys.getrecursionlimit(),
        np.get_printoptions()["precision"],
    ]
    builtins.mailbox = np.mailbox = sys.modules["mailbox"] = types.ModuleType("mailbox")
    os.environ["MAILBOX"] = "1"
    open("mailbox", "w").close()
    np.seterr(all="raise")
    np.set_printoptions(precision=1)
    sys.setrecursionlimit(99999)
    return seen
"""
    seen = []
    for _ in range(2):
        with template.jail(source, "submission.py", TIGHT) as worker:
            worker.load()
            (reply,) = worker.ask("f", [()], 5)
            assert isinstance(reply, Answer)
            seen.append(reply.value)

    assert seen[0] == seen[1]
    assert seen[0][:5] == [False] * 5
