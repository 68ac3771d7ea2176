"""Real contests for cheats: two warm templates for each way of clocking, sizes of milliseconds.

After every test the neighbours are looked at: an honest contest on the same templates is decided, and no
process and no descriptor is left, in the grader or in the templates.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.jail import cgroups, levels
from autograder.jail.host import Template
from autograder.jail.levels import Isolation
from autograder.model import Band, Clocking, Limits, Timed, Timing, Verdict
from autograder.timing import contest, statistics
from autograder.timing.contender import Code
from autograder.timing.contest import Matter, Ring

MODELS = (Path(__file__).parent / "models.py.txt").read_text(encoding="utf-8")
SIZES = {"C": 8, "H": 64, "F": 8}
BANDS: tuple[Band, ...] = ((3.5, 1.0), (200.0, 0.5))
LIMITS = Limits(import_seconds=5, check_seconds=5, total_seconds=60, memory_mb=512, processes=8, output_kb=4)
SCOPE: dict[str, Any] = {}
exec(MODELS, SCOPE)

Hold = Callable[..., Timing]


def draw(rng: np.random.Generator, C: int, H: int, F: int) -> tuple[Any, ...]:  # noqa: N803 - sizes
    """A picture and its filters."""
    return tuple(rng.standard_normal(s, dtype=np.float32) for s in ((1, C, H, H), (F, C, 3, 3)))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here starts real jails."""
    for item in items:
        if "tests/cheats/timing/test" in item.path.as_posix():
            item.add_marker(pytest.mark.jail)


def _rings(isolation: Isolation, needs: tuple[str, ...] = ("numpy",)) -> Iterator[Ring]:
    with Template(isolation, needs) as reference, Template(isolation, needs) as student:
        yield Ring(reference, student, 0, LIMITS)


@pytest.fixture(scope="session")
def group_ring(isolation: Isolation) -> Iterator[Ring]:
    """Clocked by control groups."""
    if not cgroups.clock_parent():
        pytest.skip("no control groups of version 2 here")
    yield from _rings(isolation)


@pytest.fixture(scope="session")
def process_ring(isolation: Isolation) -> Iterator[Ring]:
    """Clocked by the clocks of processes, as where there are no control groups."""
    yield from _rings(replace(isolation, layers=tuple(one for one in isolation.layers if one != "cgroup")))


@pytest.fixture(scope="session")
def user_ring(isolation: Isolation) -> Iterator[Ring]:
    """Behind users, Landlock and the filter of system calls alone, where namespaces are refused."""
    if os.getuid() or not levels.landlock_there() or not levels.seccomp_there():
        pytest.skip("isolation uid needs root, Landlock and a filter of system calls")
    yield from _rings(replace(isolation, level="uid"))


@pytest.fixture(scope="module")
def torch_ring(isolation: Isolation) -> Iterator[Ring]:
    """With torch, under the clock that is there."""
    pytest.importorskip("torch")
    yield from _rings(isolation, ("numpy", "torch"))


def _descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_descendants(int(child))]
    return found


def _state(ring: Ring) -> list[object]:
    """What must be the same afterwards: the grader's and the templates' descriptors, and no children."""
    pids = [os.getpid(), ring.reference.pid, ring.student.pid]
    descriptors = [len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in pids]
    return [descriptors, *(_descendants(pid) for pid in pids[1:])]


@pytest.fixture(params=["group", "process"])
def clocked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    """A ring under each of the two clocks; short contests."""
    kind = request.param
    ring: Ring = request.getfixturevalue(f"{kind}_ring")
    if kind == "process":
        monkeypatch.setattr(cgroups, "clock_parent", lambda: None)
    monkeypatch.setattr(contest, "REPEATS", (2, 2))
    monkeypatch.setattr(contest, "QUICKEST", 0.4)
    monkeypatch.setattr(statistics, "DRAWS", 200)
    before = _state(ring)
    yield ring
    monkeypatch.setattr(contest, "FEWEST", 1)
    honest = held(ring, "convolution = im2col", bands=((1e3, 1.0),))

    assert honest.verdict == Verdict.DECIDED, "the next submission is timed as if nothing had been"
    assert _state(ring) == before


def held(ring: Ring, cheat: str, bands: tuple[Band, ...] = BANDS, **words: Any) -> Timing:
    """A contest of `cheat`, which follows the model solutions in its file, against `im2col`."""
    timed = Timed("convolution", "a_picture", "It is fast.", draw, "convolution.twin")
    matter = Matter(timed, SCOPE["im2col"], Code(f"{MODELS}\nconvolution = im2col\n", "reference.py"))
    student = Code(f"{MODELS}\n{cheat}\n", "submission.py")
    clocking = Clocking(**{"sizes": SIZES, "budget_seconds": 20.0, **words})
    return contest.hold(matter, student, ring, clocking, bands, np.random.default_rng())


@pytest.fixture
def hold(clocked: Ring) -> Hold:
    """Hold a contest for the source of a cheat."""
    return lambda cheat, **words: held(clocked, cheat, **words)
