"""`python -m bench.clock`: how well the clock tells kinds of solution apart. Writes bench/clock.md.

Every model solution of an assignment is timed so many times; the page says in how many runs it was decided
in its band, how far the reference was from itself, how long a verdict took, and what the protocol costs.
`--burners 2` lets two processes burn processor time beside it. The page of a GPU is made by
`autograder calibrate --log`.
"""

from __future__ import annotations

import argparse
import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from autograder import course as courses
from autograder.jail import levels
from autograder.model import Assignment, Criterion, Timed
from autograder.session import Bench
from autograder.timing import calibration, machine
from autograder.timing.calibration import Measured
from autograder.timing.check import ring_of
from autograder.timing.contender import Code, Contender
from autograder.timing.models import reference_code
from autograder.timing.question import drawn, outputs, question

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).with_name("clock.md")
BURN = "while True: pass"
LAPS = 300


def main(arguments: Sequence[str]) -> None:
    """Measure, and add a section to the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.clock", description=__doc__)
    parser.add_argument("assignment")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--burners", type=int, default=0)
    parser.add_argument("--check", default="", help="only checks whose name contains this")
    given = parser.parse_args(arguments)
    of = courses.load(ROOT)
    assignment = courses.assignment(of, given.assignment)
    bench = Bench(levels.choose(of.isolation))
    lines = [
        f"## {given.assignment}{f', {given.check}' if given.check else ''}, {_beside(given.burners)}",
        "",
        (
            f"`python -m bench.clock {' '.join(arguments)}`, {datetime.now(UTC):%Y-%m-%d}, "
            f"{machine.processor()}, {len(machine.cores())} cores."
        ),
        "",
    ]
    try:
        with _burning(given.burners):
            for timed, criterion in calibration.checks(assignment):
                if given.check in timed.id and criterion.clocking.clock != "gpu":
                    lines += _table(timed, criterion, assignment, bench, given.runs)
    finally:
        bench.close()
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# The clock of timed checks\n"
    RESULTS.write_text(_with(old, lines), encoding="utf-8")
    print(RESULTS)


def _beside(burners: int) -> str:
    return f"{burners} processes burning processor time beside it" if burners else "nothing else running"


def _with(page: str, lines: Sequence[str]) -> str:
    """The page with a section in place of the one with the same heading."""
    sections = [part for part in page.split("\n## ") if f"## {part}".splitlines()[0] != lines[0]]
    return "\n## ".join(sections).rstrip() + "\n\n" + "\n".join(lines).rstrip() + "\n"


@contextlib.contextmanager
def _burning(count: int) -> Iterator[None]:
    burners = [subprocess.Popen([sys.executable, "-c", BURN]) for _ in range(count)]
    try:
        yield
    finally:
        for one in burners:
            one.kill()
            one.wait()


def _table(timed: Timed, criterion: Criterion, assignment: Assignment, bench: Bench, runs: int) -> list[str]:
    rows: dict[str, list[Measured]] = {}
    seconds: dict[str, list[float]] = {}
    for run in range(runs):
        start = time.perf_counter()
        for one in calibration.measure(timed, criterion, assignment, bench):
            rows.setdefault(one.model, []).append(one)
            now = time.perf_counter()
            seconds.setdefault(one.model, []).append(now - start)
            start = now
        print(f"{timed.id}: run {run + 1} of {runs}", file=sys.stderr)
    lines = [
        f"### `{timed.id}`",
        "",
        f"Bands {[list(band) for band in criterion.bands]}, clock {criterion.clocking.clock}.",
        "",
        "| model solution | in its band | median | least | most | interval covers 1 | seconds to a verdict |",
        "|---|---|---|---|---|---|---|",
    ]
    for model, several in rows.items():
        measures = np.array([one.measure for one in several])
        covers = sum(one.low <= 1 <= one.high for one in several)
        itself = model == calibration.REFERENCE and criterion.clocking.clock != "growth"
        aa = f"{covers} of {runs}" if itself else ""
        took = f"{np.median(seconds[model]):.1f} (most {max(seconds[model]):.1f})"
        lines.append(
            f"| {model} | {sum(one.sound for one in several)} of {runs} | {np.median(measures):.3f} | "
            f"{measures.min():.3f} | {measures.max():.3f} | {aa} | {took} |"
        )
    return [*lines, "", *_overhead(timed, criterion, assignment, bench), ""]


def _overhead(timed: Timed, criterion: Criterion, assignment: Assignment, bench: Bench) -> list[str]:
    """What a window costs in which nothing is computed, beside the reference's own."""
    if criterion.clocking.clock == "growth":
        return []
    call = drawn(timed, np.random.default_rng(0), dict(criterion.clocking.sizes))
    asked = question(timed, call)
    reference = assignment.functions[timed.function]
    answer = reference(**call) if isinstance(call, dict) else reference(*call)
    room = sum(one.nbytes for one in outputs(answer, timed.takes))
    ring = ring_of(assignment, bench)
    found = {}
    for name, code in (("nothing", _idle(timed)), ("reference", reference_code(timed, assignment))):
        with Contender(ring.student, code, asked, room, ring.limits, ring.core) as contender:
            laps = [contender.lap(asked, 60.0) for _ in range(LAPS if name == "nothing" else 20)]
            found[name] = np.median([(lap.cpu, lap.wall) for lap in laps[5:]], axis=0)
    (cpu, wall), (window, _) = found["nothing"], found["reference"]
    nothing = f"{cpu * 1e6:.0f} µs of processor time, {wall * 1e6:.0f} µs on the wall"
    share = f"{100 * cpu / window:.2f} %"
    return [
        f"A window in which nothing is computed: {nothing}; the reference's: {window * 1e3:.2f} ms; {share}."
    ]


def _idle(timed: Timed) -> Code:
    answer = "(0.0, 0.0)" if timed.takes is not None else "0.0"
    return Code(f"def {timed.function}(*args, **kwargs):\n    return {answer}\n", "nothing.py")


if __name__ == "__main__":
    main(sys.argv[1:])
