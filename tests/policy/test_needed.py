"""A jail has the packages that its assignment needs, and no other: there is nothing to forbid then."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.jail.host import Template
from autograder.jail.levels import Isolation
from autograder.model import Answer, Limits

pytestmark = pytest.mark.jail

LIMITS = Limits(import_seconds=5, check_seconds=20)
SOURCE = """
import importlib, sys

def refused(names):
    found = []
    for name in names:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            found.append(f"{name}: {error}")
    return found

def works(names):
    return [importlib.import_module(name).__name__ for name in names]

def in_memory():
    return sorted({name.partition(".")[0] for name in sys.modules} & {"torch", "scipy", "sklearn", "numpy"})
"""
ABSENT = ["torch", "torch.nn.functional", "scipy", "scipy.signal", "scipy.ndimage", "sklearn", "yaml"]
LEVELS = ["strongest", "none"]


@pytest.fixture(scope="module", params=LEVELS)
def numpy_alone(request: pytest.FixtureRequest, isolation: Isolation) -> Iterator[Template]:
    """A template for numpy at the strongest level of this machine, and without any wall."""
    chosen = isolation if request.param == "strongest" else Isolation("none")
    with Template(chosen) as made:
        yield made


def ask(template: Template, function: str, *args: object) -> object:
    """One answer from a fresh jail."""
    with template.jail(SOURCE, "submission.py", LIMITS) as worker:
        assert worker.load() is None
        (reply,) = worker.ask(function, [args], LIMITS.check_seconds)
        assert isinstance(reply, Answer), reply
        return reply.value


def test_a_numpy_task_has_neither_torch_nor_scipy(numpy_alone: Template) -> None:
    pytest.importorskip("torch")  # they are there for the grader: else this would show nothing
    pytest.importorskip("scipy")

    said = [f"{name}: No module named {name.split('.')[0]!r}" for name in ABSENT]

    assert ask(numpy_alone, "refused", ABSENT) == said
    assert ask(numpy_alone, "in_memory") == ["numpy"]


def test_numpy_and_the_standard_library_are_there(numpy_alone: Template) -> None:
    names = ["numpy.fft", "numpy.lib.stride_tricks", "json", "decimal", "sysconfig", "concurrent.futures"]

    assert ask(numpy_alone, "works", names) == names


def test_the_course_cannot_be_imported(numpy_alone: Template) -> None:
    names = ["autograder.compare", "solutions", "autograder.grade"]

    assert len(ask(numpy_alone, "refused", names)) == 3  # type: ignore[arg-type]


def test_a_torch_task_has_torch_and_no_scipy(isolation: Isolation) -> None:
    pytest.importorskip("torch")
    names = ["torch.nn.functional", "torch.utils.data", "numpy"]
    with Template(isolation, ("numpy", "torch")) as template:
        assert ask(template, "works", names) == names
        assert len(ask(template, "refused", ["scipy.signal", "sklearn", "torchvision"])) == 3  # type: ignore[arg-type]
