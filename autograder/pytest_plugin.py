"""Grade one submission under pytest: `pytest solutions/optimizers --submission FILE`.

Each check of the assignment is an item. The submission's code runs in the jail, never in pytest's process.
Without `--submission` this plugin collects nothing, loads nothing and changes nothing: it is there in every
project of whoever has the grader installed.
"""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

OPTION = "--submission"


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Add our options; those with ordinary names only where `--submission` is given.

    Another project may have a `--seed` of its own.
    """
    group = parser.getgroup("autograder", "grading a submission, each check an item")
    group.addoption(
        OPTION, dest="autograder_submission", metavar="FILE", help="grade FILE: pytest solutions/NAME …"
    )
    if not _asked(pluginmanager):
        return
    group.addoption(
        "--seed",
        dest="autograder_seed",
        metavar="HEX",
        help="ask the same questions again (default: new ones)",
    )
    group.addoption(
        "--isolation",
        dest="autograder_isolation",
        metavar="LEVEL",
        help="the weakest isolation to accept (default: the course's)",
    )
    group.addoption(
        "--i-trust-this-code",
        dest="autograder_trust",
        action="store_true",
        help="run the submission without any wall",
    )


def _asked(pluginmanager: pytest.PytestPluginManager) -> bool:
    config = pluginmanager.getplugin("pytestconfig")
    given: Sequence[str] = [str(arg) for arg in config.invocation_params.args] if config else []
    words = [*given, *shlex.split(os.environ.get("PYTEST_ADDOPTS", ""))]
    return any(word in (OPTION, "-h", "--help") or word.startswith(f"{OPTION}=") for word in words)


def pytest_configure(config: pytest.Config) -> None:
    """Take up the submission, where one is given.

    Raises:
        pytest.UsageError: there is no such file, course or assignment, or this machine has no such jail.
    """
    if not config.getoption("autograder_submission", None):
        return
    from . import pytest_items  # noqa: PLC0415 - nothing is loaded in other projects

    config.pluginmanager.register(pytest_items.begin(config), "autograder-grading")
