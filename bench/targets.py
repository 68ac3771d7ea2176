"""What the project set itself, against what was measured."""

from __future__ import annotations

from collections.abc import Iterator

from . import meter, side
from .measure import Results
from .side import Lane
from .tables import Target, megabytes, spread, times

WHOLE_MS, PYTHON_TIMES, NBGRADER_TIMES, TORCH_MS = 25, 3, 60, 40
A_SECOND, NUMPY_MB, TORCH_MB, COLD_MS, WATCHED_MS = 80, 150, 500, 300, 60
LINEAR, FLAT = 1.1, 1.1  # largest class against the smallest: CPU each, memory without the submissions


def targets(results: Results) -> Iterator[Target]:
    """Each target with its figure."""
    ten, loaded = _whole(results, "cut to"), _whole(results, "torch loaded")
    yield _below("a whole ten-function assignment, CPU ms", WHOLE_MS, ten.cpu if ten else None)
    python = results.whole_python
    yield _ratio("its CPU, times less than python submission.py", PYTHON_TIMES, python, ten)
    nbgrader = _lane(results, "nbgrader")
    # Both on the 24: a whole assignment would take nbgrader longer still.
    yield _ratio("CPU of the 24, times less than nbgrader", NBGRADER_TIMES, nbgrader, results.lanes[0])
    yield _below("the whole assignment with torch loaded, CPU ms", TORCH_MS, loaded.cpu if loaded else None)
    rates = [1 / one for one in results.lanes[1].wall]
    yield Target(
        "submissions a second on two slots (the 24)",
        f"{A_SECOND}",
        spread(rates, 1.0, 0),
        meter.median(rates) >= A_SECOND,
    )
    yield _memory(results, "a class", NUMPY_MB, "numpy")
    yield _memory(results, "torch loaded", TORCH_MB, "torch")
    yield _below("`autograder try`, cold, median ms", COLD_MS, results.cold)
    yield _below("`autograder try --watch`, save to answer, median ms", WATCHED_MS, results.watched)
    yield from _growth(results)


def _growth(results: Results) -> Iterator[Target]:
    if len(results.grown) < 2:  # noqa: PLR2004 - growth is from one size to another
        yield Target("CPU each and memory in a growing class", f"at most {LINEAR} ×", "", None)
        return
    small, large = results.grown[0], results.grown[-1]
    grows = large.cpu / small.cpu
    says = f"CPU each, class of {large.count:,} against {small.count:,}"
    yield Target(says, f"at most {LINEAR} ×", f"{grows:.2f} ×", grows <= LINEAR)
    kept = (large.grader - large.submissions) / (small.grader - small.submissions)
    says = "memory of the grader but for the submissions, the same"
    yield Target(says, f"at most {FLAT} ×", f"{kept:.2f} ×", kept <= FLAT)


def _whole(results: Results, words: str) -> Lane | None:
    return next((one.lane for one in results.whole if words in one.says), None)


def _lane(results: Results, words: str) -> Lane | None:
    return next((one for one in results.lanes if words in one.rival.name and not one.failed), None)


def _below(says: str, wanted: float, seconds: list[float] | None) -> Target:
    if not seconds:
        return Target(says, f"at most {wanted}", "", None)
    return Target(says, f"at most {wanted}", spread(seconds), meter.median(seconds) * 1000 <= wanted)


def _ratio(
    says: str,
    wanted: float,
    slow: Lane | None,
    fast: Lane | None,
) -> Target:
    if slow is None or fast is None:
        return Target(says, f"at least {wanted}", "", None)
    found = side.ratios(slow, fast)
    return Target(says, f"at least {wanted}", times(found), meter.median(found) >= wanted)


def _memory(results: Results, words: str, wanted: float, package: str) -> Target:
    says = f"memory of a warm slot ({package}): its template, PSS, MB"
    one = next((one for one in results.whole if one.says.endswith(words)), None)
    if one is None:
        return Target(says, f"below {wanted}", "", None)
    held = one.template.pss
    return Target(says, f"below {wanted}", megabytes(held), 0 < held < wanted * meter.MB)
