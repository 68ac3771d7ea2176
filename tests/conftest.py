"""What the tests share: the strongest isolation of this machine and one warm worker slot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.jail.levels import Isolation, choose
from autograder.model import IsolationError
from autograder.session import Bench


@pytest.fixture(scope="session")
def isolation() -> Isolation:
    """The strongest level of this machine."""
    try:
        return choose("uid")
    except IsolationError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def bench(isolation: Isolation) -> Iterator[Bench]:
    """A worker slot whose templates stay warm from test to test."""
    made = Bench(isolation, timed=False)  # no test waits for a clock but those of the clock
    yield made
    made.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the golden reports of the sample class anew."""
    parser.addoption("--update-golden", action="store_true", help="write the golden reports anew")
