"""The page bench/results.md: machine, tables, targets, and how to read them."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from . import meter, saving, side
from .measure import Results
from .side import Lane
from .tables import megabytes, spread, table, times
from .targets import targets

TARGET = ("", "to reach", "measured", "")
HOW_TO_READ = """\
- *CPU* is the processor time of all processes that a submission needs, jails and the templates they are
  forked from among them, user and system together. *Wall* is the time on the clock. A warm grader's start
  is not in its figures; it has a line of its own. *Memory* is the most that all processes of a grader
  hold at one moment, with shared pages shared out (PSS), looked at every 5 ms in a run of its own.
- A figure is the median of the rounds, in milliseconds for one submission; beside it stand the least and
  the most. In a round every grader that takes part runs once, in turn; every second round goes the other
  way, so that a machine that grows slower favours nobody. A ratio compares two figures of the same round.
- pytest, nbgrader and otter grade the six submissions of one assignment in each of the first four rounds,
  all 24 once; the others grade all 24 in every round. nbgrader is started once for the six, as an
  instructor does, otter and pytest once for each submission, pytest without plugins. All compute with the
  same numpy on one thread. What they run are the same checks with as many draws, as tests of their own
  form that compare with the reference; none of them isolates, names a misconception or explains a
  difference.
- *Right verdicts* counts the submissions of which a grader says what is so: full marks for right
  mathematics, less for wrong. `python submission.py` grades nothing: it starts Python and imports numpy,
  the floor that a user knows.
- Figures of a machine that does something else at the same time are worth nothing."""


def render(results: Results, rounds: int, command: str) -> str:
    """The whole page."""
    parts = [
        ["# Results of the bench", "", *_machine(results, rounds, command)],
        [
            "## What was to be reached",
            "",
            *table(("", "to reach", "measured", ""), (t.row for t in targets(results))),
        ],
        ["## Side by side, on the same 24 submissions", "", *_side_by_side(results)],
        ["## A whole assignment", "", *_whole(results)],
        ["## `autograder try` on save", "", *_saving(results)],
        ["## A growing class", "", *_growth(results)],
        ["## Where the time of one warm submission goes", "", *_profile(results)],
        ["## How to read this", "", HOW_TO_READ],
    ]
    return "\n\n".join("\n".join(part).strip() for part in parts) + "\n"


def _machine(results: Results, rounds: int, command: str) -> Iterator[str]:
    yield f"`{command}` on {datetime.now(UTC).date()}, {rounds} rounds, {results.seconds / 60:.0f} minutes."
    yield ""
    system = f"Linux {platform.release()}, {_total():.0f} GiB of memory"
    yield f"- Machine: {os.cpu_count()} cores, {_model()}, {system}"
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    yield f"- Load at the end (1, 5, 15 minutes, the bench's own included): {load}"
    names = ("numpy", "torch", "nn-autograder")
    ours = [f"{name} {found}" for name in names if (found := _version(name))]
    yield f"- Versions: Python {platform.python_version()}, {', '.join([*ours, _commit()])}"
    others = [f"{name} {found}" for name, found in results.versions.items() if found]
    yield f"- Beside it: {', '.join(others) or 'nothing else'}"
    yield f"- Isolation: {results.isolation}"
    yield from (f"- Not measured: {one}" for one in results.troubles)


def _model() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )


def _total() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _commit() -> str:
    asked = ["git", "describe", "--always", "--dirty"]
    try:
        done = subprocess.run(asked, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    except OSError:
        return "commit unknown"
    return f"commit {done.stdout.strip() or 'unknown'}"


def _side_by_side(results: Results) -> Iterator[str]:
    ours = results.lanes[0]
    python = next(lane for lane in results.lanes if lane.rival.name.startswith("python "))
    head = ("", "CPU ms", "wall ms", "memory MB", "CPU of ours", "CPU of python", "right verdicts")
    yield from table(head, (_lane(lane, ours, python, results) for lane in results.lanes))
    yield ""
    start = results.start
    yield (
        f"Start of one warm slot, and its end: {spread([one.cpu for one in start])} ms of CPU, "
        f"{spread([one.wall for one in start])} ms on the clock; paid once for a class."
    )
    if results.misjudged:
        yield ""
        yield f"Judged wrongly by us: {'; '.join(results.misjudged)}."


def _lane(lane: Lane, ours: Lane, python: Lane, results: Results) -> tuple[str, ...]:
    if lane.failed:
        return (lane.rival.name, f"left out: {lane.failed}", *[""] * 5)
    agreed = f"{24 - len(results.misjudged)} of 24" if lane.rival.roots else lane.agreed
    return (
        lane.rival.name,
        spread(lane.cpu),
        spread(lane.wall),
        megabytes(lane.memory),
        times(side.ratios(lane, ours)),
        times(side.ratios(lane, python)),
        agreed,
    )


def _whole(results: Results) -> Iterator[str]:
    yield (
        "A complete grade on one warm slot: jail, all checks, comparison, diagnosis, JSON report. The "
        "assignment `losses` has twelve functions, more than the ten that the target speaks of, so it stands "
        "here cut to ten as well. A class is twelve files in which most functions are right and some hold a "
        "misconception."
    )
    yield ""
    python = results.whole_python
    assert python is not None
    rows = [
        (
            one.says,
            str(one.checks),
            spread(one.lane.cpu),
            spread(one.lane.wall),
            times(side.ratios(one.lane, python)),
            megabytes(one.template.pss),
            megabytes(one.template.private),
            megabytes(one.template.shared),
            megabytes(one.grader.pss),
            f"{one.start.cpu * 1000:.0f}",
        )
        for one in results.whole
    ]
    rows.append(
        ("`python submission.py`", "0", spread(python.cpu), spread(python.wall), "1.0 ×", "", "", "", "", "")
    )
    yield from table(
        (
            "`losses`",
            "checks",
            "CPU ms",
            "wall ms",
            "CPU of python",
            "template PSS MB",
            "private MB",
            "shared MB",
            "grader PSS MB",
            "start CPU ms",
        ),
        rows,
    )
    if results.whole_left_out:
        yield f"\n{results.whole_left_out}"


def _saving(results: Results) -> Iterator[str]:
    yield "Twelve functions, all with their examples (`optimizers`). Started anew for each try:"
    yield from _histogram(results.cold)
    yield "With `--watch` running, from saving the file to the last line of the answer:"
    yield from _histogram(results.watched)


def _histogram(seconds: Sequence[float]) -> Iterator[str]:
    shown = saving.histogram(seconds) if seconds else ["not measured"]
    yield from ("", "```", *shown, "```", "")


def _growth(results: Results) -> Iterator[str]:
    yield (
        "The 24 submissions again and again, each from a student of its own and with a text of its own, on "
        "two slots, in a process of its own; the start of the slots and the first answers of the reference "
        "and of all misconceptions are in the figures."
    )
    yield ""
    yield from table(
        (
            "submissions",
            "CPU ms each",
            "wall ms each",
            "a second",
            "grader's peak MB",
            "of that, submissions MB",
        ),
        (
            (
                f"{one.count:,}",
                f"{one.cpu * 1000:.1f}",
                f"{one.wall * 1000:.1f}",
                f"{1 / one.wall:.0f}",
                megabytes(one.grader),
                f"{one.submissions / meter.MB:.1f}",
            )
            for one in results.grown
        ),
    )


def _profile(results: Results) -> Iterator[str]:
    assert results.profile is not None
    stages = results.profile.stages
    wall = sum(one.wall or 0 for one in stages)
    cpu = sum(one.cpu for one in stages)
    yield "Of one of the 24, on one slot. Stages do not overlap; where the grader waits, others compute."
    yield ""
    rows = [
        (
            one.name,
            "" if one.wall is None else f"{one.wall:.2f}",
            "" if one.wall is None else f"{100 * one.wall / wall:.0f} %",
            f"{one.cpu:.2f}",
            f"{100 * one.cpu / cpu:.0f} %",
        )
        for one in stages
    ]
    yield from table(
        ("", "wall ms", "of wall", "CPU ms", "of CPU"),
        [*rows, ("together", f"{wall:.2f}", "", f"{cpu:.2f}", "")],
    )
    if results.profile.missing:
        yield f"\nNot found, and counted to what is around them: {', '.join(results.profile.missing)}."
