"""What is measured, in what order, and how much of it."""

from __future__ import annotations

import contextlib
import importlib.util
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import numpy as np

from autograder import course as courses
from autograder.jail.levels import Isolation
from autograder.model import Course

from . import course as courses_of_the_bench
from . import environment as environments
from . import growth, ours, rivals, saving, stages, students, whole
from .meter import Cost
from .rivals import RivalError
from .side import Lane, look_at_memory, rounds
from .students import FOUR


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    rounds: int = 4
    repeat: int = 4  # of the 24 submissions in one round of what is warm
    presses: int = 30  # savings of a file
    growth: tuple[int, ...] = (100, 1000)
    files: int = 12  # of a whole assignment
    others: bool = True  # nbgrader, otter and pytest too
    two_slots: int = 2


FULL = Sizes(rounds=8, repeat=8, presses=100, growth=(100, 1000, 10_000))
TINY = Sizes(rounds=1, repeat=1, presses=2, growth=(5,), files=2, others=False)


@dataclass(slots=True)
class Results:
    """All that was measured, in the order of the page."""

    isolation: str
    slots: int
    start: list[Cost] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    misjudged: list[str] = field(default_factory=list)
    whole: list[whole.Whole] = field(default_factory=list)
    whole_python: Lane | None = None
    whole_left_out: str = ""
    cold: list[float] = field(default_factory=list)
    watched: list[float] = field(default_factory=list)
    grown: list[growth.Grown] = field(default_factory=list)
    profile: stages.Profile | None = None
    troubles: list[str] = field(default_factory=list)
    seconds: float = 0.0


def measure(of: Course, isolation: Isolation, sizes: Sizes, folder: Path, say: TextIO) -> Results:
    """Measure everything, one part after the other, in the empty folder `folder`."""
    began = time.monotonic()
    results = Results(str(isolation), sizes.two_slots)
    parts: tuple[Callable[[], None], ...] = (
        lambda: _side_by_side(results, of, isolation, sizes, folder),
        lambda: _whole(results, of, isolation, sizes, folder),
        lambda: _saving(results, of, sizes, folder),
        lambda: _growth(results, of, sizes, folder),
    )
    for name, part in zip(("side by side", "a whole assignment", "try", "growth"), parts, strict=True):
        print(f"{time.monotonic() - began:5.0f} s  {name}", file=say, flush=True)
        try:
            part()
        except RivalError as error:  # the other parts stand
            results.troubles.append(f"{name}: {error}")
    results.seconds = time.monotonic() - began
    return results


def _side_by_side(results: Results, of: Course, isolation: Isolation, sizes: Sizes, folder: Path) -> None:
    handed_in = students.four_times_six(of)
    cut = courses_of_the_bench.write(of, {name: [one] for name, one in FOUR.items()}, folder / "course")
    keys = ours.keys(cut)
    results.start = [ours.start_up(cut, isolation) for _ in range(sizes.rounds)]
    with contextlib.ExitStack() as after:
        warm = [ours.Warm(cut, keys, isolation, slots) for slots in (1, sizes.two_slots)]
        for one in warm:
            after.callback(one.close)
            one.start()
            results.misjudged = ours.settled(one, handed_in)
        results.lanes = [Lane(ours.lane(one, sizes.repeat)) for one in warm]
        results.lanes += [
            Lane(ours.command(handed_in, cut, folder / f"command{jobs}", jobs))
            for jobs in (1, sizes.two_slots)
        ]
        results.lanes.append(Lane(rivals.bare_python(handed_in, folder / "python")))
        if sizes.others:
            results.lanes += _others(results, cut, of, folder)
        rounds(results.lanes, handed_in, sizes.rounds)
        look_at_memory(results.lanes, handed_in)
        results.profile = stages.profile(warm[0], handed_in, sizes.repeat)


def _others(results: Results, cut: Course, of: Course, folder: Path) -> Iterator[Lane]:
    """The other graders that can be installed; a lane with its sentence for each that cannot."""
    print("         setting up the other graders", file=sys.stderr, flush=True)
    environment = environments.make(numpy=np.__version__)
    handed_in = students.four_times_six(of)
    assignments = {name: courses.assignment(cut, name) for name in FOUR}
    makers = {"pytest": rivals.pytest, "nbgrader": rivals.nbgrader, "otter": rivals.otter}
    for name, make in makers.items():
        why = environment.missing.get(name, "")
        rival = rivals.Rival(name, lambda _: None)
        if not why:
            try:
                rival = make(handed_in, of, assignments, environment, folder / name)
            except (RivalError, OSError) as error:
                why = str(error)
        package = environments.PINNED[name].partition("==")[0]
        results.versions[name] = "" if why else environment.version(package)
        yield Lane(rival, failed=why)


def _whole(results: Results, of: Course, isolation: Isolation, sizes: Sizes, folder: Path) -> None:
    results.whole, results.whole_python = whole.measure(
        of, isolation, folder / "whole", sizes.files, sizes.rounds, sizes.repeat
    )
    if not importlib.util.find_spec("torch"):
        results.whole_left_out = "With torch loaded: left out, since torch is not installed."


def _saving(results: Results, of: Course, sizes: Sizes, folder: Path) -> None:
    name = "optimizers"
    file = folder / "saving" / f"{name}.py"
    file.parent.mkdir()
    text = (of.root / "solutions" / name / "reference.py").read_text(encoding="utf-8")
    wrong = f"{text}\n\ndef sgd_step(theta, g, lr):\n    return np.asarray(theta) + lr * np.asarray(g)\n"
    file.write_text(text, encoding="utf-8")
    saving.cold(file, 1)
    results.cold = saving.cold(file, sizes.presses)
    results.watched = saving.watched(file, [text, wrong], sizes.presses)


def _growth(results: Results, of: Course, sizes: Sizes, folder: Path) -> None:
    results.grown = [growth.measure(count, of.root, folder / "course") for count in sizes.growth]
