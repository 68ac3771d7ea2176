"""What a report says of the clock: a line for each timed check, and the facts behind it.

A line without a verdict of its own says first what it is: "GPU check not run: no GPU here. 4 points pending
(not lost)." Measured, it holds the multiple of the reference's time with its 95 % interval, or by how much
the time grows as the size doubles.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from autograder.model import OURS, Curve, Mark, Outcome, Timing, Verdict, points
from autograder.reports import clean

from .marks import count, earned, waiting

NO_GPU = "GPU check not run: no GPU here."
TENS, UNITS = 10, 1  # from where on a multiple has no decimal, and one
HIGHEST = 99.0  # exponent of which a power is still worth writing down
FINEST = 4  # decimals, to tell the ends of a narrow interval apart

_CLOCKS: Mapping[str, str] = MappingProxyType(
    {
        "cgroup": "CPU",
        "process": "CPU",
        "cpu": "CPU",
        "growth": "Growth",
        "cuda": "GPU",
        "gpu": "GPU",
        "fake": "GPU",
    }
)
_ENDED: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.PENDING_NOISY: "this machine is too busy to measure anything.",
        Verdict.WRONG_OUTPUT: "an answer that was timed is not the reference's, so its time does not count.",
        Verdict.PROTOCOL_ERROR: "your code did not keep to the exchange with the clock, so no time counts.",
        Verdict.TIMEOUT: "it was not finished in the time allowed.",
        Verdict.CRASHED: "your code broke off while it was timed.",
        Verdict.INTERFERENCE: (
            "the reference was slower beside this code than before and after it, so no time counts."
        ),
    }
)


def clock(mark: Mark, outcome: Outcome) -> str:
    """How the timing of a check ended, in a line; "" where it was not timed, or its note says it already."""
    timing = outcome.timing
    if timing is None:
        return ""
    worth, open_ = mark.worth(outcome), outcome.status in OURS or waiting(mark, outcome) > 0
    later = f" {_points(worth)} pending (not lost)." if open_ else ""
    if timing.verdict is Verdict.PENDING_NO_GPU:
        return "" if outcome.note.startswith(NO_GPU) else NO_GPU + later
    name = f"{_CLOCKS.get(timing.clock, 'Time')} check"
    got = "" if open_ else f"{points(earned(mark, outcome))}/{points(worth)}"
    if timing.verdict in _ENDED:
        ended = _ENDED[timing.verdict]
        start = f"{name}: {got}. {ended[:1].upper()}{ended[1:]}" if got else f"{name} not decided: {ended}"
        reason = clean.line(timing.reason, clean.SENTENCE)
        reason += "." if reason and reason[-1] not in ".?!" else ""
        return f"{start} {reason}".rstrip() + later
    said = ", ".join(filter(None, (got, measured(timing), _best(timing))))
    return f"{name}: {said}.{_but(timing)}{later}"


def measured(timing: Timing) -> str:
    """What was measured, with its interval: "1.9x the reference's time [1.8, 2.0]"; "" where nothing was."""
    if not is_measured(timing):
        return ""
    low, middle, high = interval(timing)
    if timing.clock == "growth":
        factor = times(2 ** min(timing.measure, HIGHEST)).removesuffix("x")
        return f"twice the size costs {factor} times the time (exponent {middle} [{low}, {high}])"
    return f"{middle}x the reference's time [{low}, {high}]"


def interval(timing: Timing) -> tuple[str, str, str]:
    """Low, measure and high with as many decimals as tell the ends apart, and from an edge between them."""
    spanned = _spanned(timing) if timing.verdict is Verdict.INCONCLUSIVE else []
    ends = (timing.low, *spanned, timing.high)
    decimals = _decimals(ends, 2 if timing.clock == "growth" else 0)
    low, middle, high = (f"{one:.{decimals}f}" for one in (timing.low, timing.measure, timing.high))
    return low, middle, high


def times(measure: float) -> str:
    """A multiple with two decimals at most, none from 10 on: "0.85x", "1x", "8.9x", "140x"."""
    return f"{measure:.0f}x" if measure >= TENS else f"{measure:.2f}".rstrip("0").rstrip(".") + "x"


def is_measured(timing: Timing) -> bool:
    """Whether there is a measure to tell."""
    there = timing.measure or timing.high  # an exponent may be 0
    return bool(there) and all(map(math.isfinite, (timing.measure, timing.low, timing.high)))


def edge(timing: Timing, measure: float) -> str:
    """A measure as a person says it: "4x", "an exponent of 1.3"."""
    return f"an exponent of {measure:g}" if timing.clock == "growth" else f"{measure:g}x"


def clock_facts(timing: Timing) -> Iterator[tuple[str, str]]:
    """What stands behind the line: (label, value) of what the edition holds."""
    pairs = count(timing.pairs, "pair") + " of fresh processes" if timing.pairs else ""
    rows = (
        ("your time", duration(timing.student_seconds)),
        ("the reference's time", duration(timing.reference_seconds)),
        ("measured in", pairs + (f", {timing.dropped} more dropped" if timing.dropped else "")),
        ("compiling", duration(timing.compile_seconds)),
        ("measured on", clean.line(timing.hardware)),
        ("crowding", f"{timing.crowding:.2f}" if timing.crowding != 1 else ""),
        *((clean.line(name), f"{value:.3g}") for name, value in timing.host.items()),
    )
    yield from ((label, value) for label, value in rows if value)


def to_look_at(outcome: Outcome) -> tuple[str, ...]:
    """What a person should look at, with the evidence: in a staff edition only."""
    flags = outcome.timing.flags if outcome.timing else ()
    return tuple(clean.line(one, clean.SENTENCE) for one in (*outcome.review, *flags))


def learning(curve: Curve) -> str:
    """A learning curve in a sentence: how it begins and ends, and where the reference ends."""
    name = clean.line(curve.name[:1].upper() + curve.name[1:])
    if not curve.values:
        return f"{name}: no epoch was finished."
    first, last = _value(curve.values[0]), _value(curve.values[-1])
    course = f"{first} at first, {last} at last" if len(curve.values) > 1 else first
    said = f"{name} over {count(len(curve.values), 'epoch')}: {course}"
    if curve.low and curve.high:
        said += f"; the reference ends between {_value(curve.low[-1])} and {_value(curve.high[-1])}"
    return f"{said}."


def duration(seconds: float) -> str:
    """A time as people say it: "0.4 ms", "2.1 s"; "" where none was taken."""
    if not 0 < seconds < math.inf:
        return ""
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def _value(value: float) -> str:
    return f"{value:.3g}" if math.isfinite(value) else "no number"


def _best(timing: Timing) -> str:
    """Up to where the best band reaches."""
    if not timing.bands:
        return ""
    most, share = timing.bands[0]
    credit = "full credit" if share == 1 else f"{share * 100:g} %"
    return f"{credit} up to {edge(timing, most)}"


def _but(timing: Timing) -> str:
    """What is not plain about a measure, in a sentence with a space before it."""
    if timing.verdict is Verdict.INDICATIVE:
        return " It was measured on a device shared with others: shown, not counted."
    if timing.verdict is not Verdict.INCONCLUSIVE:
        return ""
    spanned = _spanned(timing)
    if not spanned:
        return " The interval is wider than it should be, so the best share within it counts."
    edges = " and ".join(edge(timing, one) for one in spanned)
    noun = "edge" if len(spanned) == 1 else "edges"
    return f" The interval spans the {noun} at {edges}, so the best share within it counts."


def _spanned(timing: Timing) -> list[float]:
    """The edges of bands that lie within the interval."""
    return [most for most, _ in timing.bands if timing.low <= most < timing.high]


def _points(worth: Fraction) -> str:
    return f"{points(worth)} {'point' if worth == 1 else 'points'}"


def _decimals(ends: Sequence[float], least: int = 0) -> int:
    """Decimals for two digits of the first, and as many more as tell each from the next."""
    decimals = max(least, 0 if ends[0] >= TENS else (1 if ends[0] >= UNITS else 2))
    while decimals < FINEST and any(
        one != other and f"{one:.{decimals}f}" == f"{other:.{decimals}f}" for one, other in pairwise(ends)
    ):
        decimals += 1
    return decimals
