"""Real jails for the tests of this folder: one warm template, and a fresh jail for each question."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from autograder.jail.host import Template
from autograder.jail.levels import Isolation
from autograder.model import Limits, Reply

TIGHT = Limits(
    import_seconds=5, check_seconds=2, total_seconds=20, memory_mb=256, processes=8, output_kb=4, file_mb=2
)
Ask = Callable[..., Reply]


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
