"""Real jails for the tests of this folder: one warm template, and a fresh jail for each question.

After every test that used a jail the neighbours are looked at: an honest submission gets its answer from the
same template at once, no process and no descriptor is left, in the template or in the grader.
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder import grade
from autograder.answerkey import AnswerKey
from autograder.jail.host import Template
from autograder.jail.levels import Isolation
from autograder.model import Answer, Limits, Outcome, Reply, Report
from autograder.session import Bench
from tests import tiny

TIGHT = Limits(
    import_seconds=5, check_seconds=2, total_seconds=20, memory_mb=256, processes=8, output_kb=4, file_mb=2
)
BRIEF = Limits(import_seconds=1, check_seconds=0.5, total_seconds=10, memory_mb=256, processes=8, output_kb=4)
HONEST = "import os\ndef honest(x):\n    return [x / 2, len(os.listdir('.'))]"
Ask = Callable[..., Reply]
Grade = Callable[[str], Report]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here starts real jails."""
    for item in items:
        if "tests/jail/" in item.path.as_posix():
            item.add_marker(pytest.mark.jail)


@pytest.fixture(scope="session")
def template(isolation: Isolation) -> Iterator[Template]:
    """A warm template shared by the tests; each test forks its own jails from it."""
    with Template(isolation) as made:
        yield made


@pytest.fixture
def ask(template: Template) -> Ask:
    """Load `source` in a fresh jail and call `function`: its reply, or what loading ended in."""

    def asking(source: str, function: str = "f", *args: Any, limits: Limits = TIGHT) -> Reply:
        with template.jail(textwrap.dedent(source), "submission.py", limits) as worker:
            ended = worker.load()
            if ended is not None:
                return ended
            (reply,) = worker.ask(function, [args], limits.check_seconds)
            return reply

    return asking


@pytest.fixture(scope="session")
def key() -> AnswerKey:
    """The answers of the tiny assignment."""
    return AnswerKey(tiny.ASSIGNMENT, "5eed")


@pytest.fixture
def graded(key: AnswerKey, bench: Bench) -> Grade:
    """Grade `source` as a submission to the tiny assignment."""
    return lambda source: grade.grade(tiny.submission(source), key, bench, tiny.COURSE)


def outcomes(report: Report) -> dict[str, Outcome]:
    """The outcomes by check."""
    return {outcome.check: outcome for mark in report.marks for outcome in mark.outcomes}


def descendants(pid: int) -> list[int]:
    """Every process below `pid`."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *descendants(int(child))]
    return found


def _descriptors(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


@pytest.fixture(autouse=True)
def unharmed(request: pytest.FixtureRequest) -> Iterator[None]:
    """The neighbours of the test's jails are as they were."""
    warm: list[Template] = []
    if "template" in request.fixturenames:
        warm.append(request.getfixturevalue("template"))
    if "bench" in request.fixturenames:
        warm.append(request.getfixturevalue("bench").template(("numpy",)))
    family = [os.getpid(), *(one.pid for one in warm)] if Path("/proc/self/task").exists() else []
    before = [_descriptors(pid) for pid in family]
    yield
    for one in warm:
        with one.jail(HONEST, "honest.py", TIGHT) as worker:
            loaded = worker.load()
            (reply,) = worker.ask("honest", [(7.0,)], 5)

        assert loaded is None
        assert isinstance(reply, Answer)
        assert reply.value == [3.5, 0], "the next submission is served as if nothing had been"
        assert reply.facts.warnings == reply.facts.mutated == ()
        assert not family or descendants(one.pid) == [], "nothing outlives its jail"
    assert [_descriptors(pid) for pid in family] == before
