"""A report as Gradescope's results.json, and what its submission_metadata.json says of a submission.

The total is that of the report: `score` stands at the top and overrides the sum of the tests, from which the
late rule has not been taken off. A check is a test; what nobody could judge yet carries no score, so it is
neither earned nor lost. Staff read the whole report in the run's output, which students never see.

A hidden test hides the total from its student, so by default there is none: what may not be shown yet is left
out, and shown when the submission is graded again after the date. With `details` it travels in tests of its
own, worth nothing, that Gradescope shows after the due date or after publication.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.model import OURS, Mark, Outcome, Report, Shown, Status, Verdict, points
from autograder.reports import clean, markdown, words

from .totals import rounded

SCHEMA = Path(__file__).parents[1] / "schemas" / "gradescope.schema.json"
LATER: Mapping[Shown, str] = {Shown.AFTER_DUE: "after_due_date", Shown.AFTER_RELEASE: "after_published"}
COUNTED = frozenset({Verdict.DECIDED, Verdict.INCONCLUSIVE})
TEST = 20_000  # bytes of what one test says
NOT_GRADED = (
    "This submission is **not graded yet**: the grader was stopped before it had finished. The 0 is no mark. "
    "Submit again; if it happens twice, tell your instructor."
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What Gradescope says of a submission; whatever is missing or odd is left empty."""

    student: str = "student"
    received: str = ""  # ISO 8601
    due: datetime | None = None
    possible: str = ""  # the points that the assignment is worth there
    scores: tuple[float, ...] = ()  # of earlier submissions that were graded, the first first
    before: Mapping[str, float] = field(default_factory=dict)  # points for each criterion, last time

    @property
    def attempt(self) -> int:
        """Which graded submission this is, from 1."""
        return len(self.scores) + 1


def metadata(text: str) -> Metadata:
    """Read submission_metadata.json. Nothing in it can stop the grading."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return Metadata()
    users = [one for one in _list(document, "users") if isinstance(one, dict)]
    names = [str(one.get("email") or one.get("name") or one.get("id") or "") for one in users]
    of = document.get("assignment") if isinstance(document, dict) else None
    of = of if isinstance(of, dict) else {}
    # An extension stands beside its user; of a group the latest date counts.
    dates = [_moment(of.get("due_date"))]
    dates += [_moment(one["assignment"].get("due_date")) for one in users if _is(one.get("assignment"))]
    known = [date for date in dates if date]
    earlier = [one for one in _list(document, "previous_submissions") if _was_graded(one)]
    came = _moment(document.get("created_at")) if isinstance(document, dict) else None
    return Metadata(
        student=" + ".join(filter(None, names)) or "student",
        received=came.isoformat() if came else "",
        due=max(known) if known else None,
        possible=str(of.get("total_points") or ""),
        scores=tuple(_number(one.get("score")) for one in earlier),
        before=_before(earlier[-1]) if earlier else {},
    )


def results(
    report: Report,
    seen: Report,
    given: Metadata | None = None,
    *,
    seconds: float = 0.0,
    details: bool = False,
) -> dict[str, Any]:
    """The document for one report; `seen` is the student's edition of it, and the only one that is shown.

    With `details` the staff's report goes along for criteria that are shown later, in tests that Gradescope
    keeps back until then. The rubric's guidance and what is for staff are in neither.
    """
    given = given or Metadata()
    tests = list(_tests(seen))
    if details:
        tests += list(_details(report, seen))
    return {
        "score": rounded(seen.earned),
        "execution_time": round(seconds, 2),
        "output": "\n\n".join(_heading(seen, given)),
        "output_format": "md",
        "test_output_format": "md",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "leaderboard": list(_leaderboard(seen)),
        "extra_data": {
            "graded": not any(o.status is Status.UNGRADED for mark in seen.marks for o in mark.outcomes),
            "attempt": given.attempt,
            "grader": seen.environment.get("grader", ""),
            "isolation": report.isolation,  # extra data are for staff and for the next run
            "earned": {mark.criterion.id: rounded(mark.earned) for mark in seen.marks},
        },
    }


def provisional() -> dict[str, Any]:
    """What stands there until the results do: valid, and clear that it is no mark."""
    return {
        "score": 0,
        "output": NOT_GRADED,
        "output_format": "md",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [],
        "extra_data": {"graded": False},
    }


def render(document: Mapping[str, Any]) -> str:
    """The document as text."""
    return json.dumps(document, ensure_ascii=True, indent=1, allow_nan=False) + "\n"


def _heading(seen: Report, given: Metadata) -> Iterator[str]:
    yield f"**{clean.prose(words.title(seen))}**: {words.score(seen.earned, seen.possible)}"
    for sentence in (words.pending(seen), words.late(seen)):
        if sentence:
            yield sentence
    for objection in seen.objections:
        where = words.place(objection.line, seen)
        yield f"- {clean.inline(where) + ': ' if where else ''}{clean.prose(objection.says)}"
    for note in seen.notes:
        yield f"Note: {clean.prose(note)}"
    if given.scores:
        yield f"Attempt {given.attempt}; the last one earned {given.scores[-1]:.2f}.".replace(".00.", ".")
    changes = [
        f"- {clean.prose(mark.criterion.asks)}: {given.before[mark.criterion.id]:g} → {points(mark.earned)}"
        for mark in seen.marks
        if mark.criterion.id in given.before and given.before[mark.criterion.id] != rounded(mark.earned)
    ]
    if changes:
        yield "Since then:\n\n" + "\n".join(changes)


def _tests(seen: Report) -> Iterator[dict[str, Any]]:
    first = words.first_told(seen)
    for number, mark in enumerate(seen.marks, 1):
        asks = clean.line(mark.criterion.asks)
        about = "\n\n".join(filter(None, (*words.about(mark), words.hidden(mark))))
        if mark.criterion.by == "hand" or not mark.outcomes:
            yield _whole(mark, str(number), asks, about)
            continue
        for part, outcome in enumerate(mark.outcomes, 1):
            test: dict[str, Any] = {
                "number": f"{number}.{part}",
                "name": f"{asks}: {clean.line(outcome.says)}" if part == 1 else clean.line(outcome.says),
                "visibility": "visible",
                "tags": _tags(mark, outcome),
            }
            if outcome.status in OURS:
                test["name"] += f" ({points(mark.worth(outcome))} points pending, not lost)"
            else:
                test["score"] = rounded(words.earned(mark, outcome))
                test["max_score"] = rounded(mark.worth(outcome))
                test["status"] = "failed" if words.lost(mark, outcome) else "passed"
            said = "\n".join(markdown.check(mark, outcome, seen, first))
            test["output"] = _short(f"{said}\n\n{about}" if part == 1 and about else said)
            yield test


def _whole(mark: Mark, number: str, asks: str, about: str) -> dict[str, Any]:
    test: dict[str, Any] = {"number": number, "name": asks, "visibility": "visible", "output": about}
    if mark.pending:
        test["name"] += f" ({points(mark.pending)} points pending, not lost)"
    else:
        test["score"], test["max_score"] = rounded(mark.earned), rounded(mark.possible)
        test["status"] = "passed" if mark.earned == mark.possible else "failed"
    return test


def _tags(mark: Mark, outcome: Outcome) -> list[str]:
    tags = [clean.line(mark.criterion.id)]
    if outcome.misconception:
        tags.append(f"misconception:{clean.line(outcome.misconception.name)}")
    return tags


def _details(report: Report, seen: Report) -> Iterator[dict[str, Any]]:
    first = words.first_told(report)
    for number, (mark, shown) in enumerate(zip(report.marks, seen.marks, strict=True), 1):
        visibility = LATER.get(mark.criterion.shown)
        if visibility is None or not shown.hidden:
            continue
        for part, outcome in enumerate(mark.outcomes, 1):
            if outcome.status not in OURS and words.lost(mark, outcome):
                theirs = replace(outcome, staff_note="", review=(), timing=None)  # the time is shown
                yield {
                    "number": f"{number}.{part}.1",
                    "name": f"In detail: {clean.line(outcome.says)}",
                    "score": 0,
                    "max_score": 0,
                    "status": "failed",
                    "visibility": visibility,
                    "output": _short("\n".join(markdown.check(mark, theirs, report, first))),
                }


def _leaderboard(seen: Report) -> Iterator[dict[str, Any]]:
    """The measure of each criterion that is marked by speed, the smallest first; its time where that is all.

    Where several checks are timed the slowest stands there.
    """
    for mark in seen.marks:
        judged = [outcome for outcome in mark.outcomes if outcome.status not in OURS]
        timings = [one.timing for one in judged if one.timing and one.timing.verdict in COUNTED]
        if timings and not mark.hidden:
            unit = "exponent of growth" if timings[0].clock == "growth" else "times the reference's time"
            name = f"{clean.line(mark.criterion.asks)} ({unit})"
            yield {"name": name, "value": round(max(t.measure for t in timings), 3), "order": "asc"}
            continue
        times = [o.seconds for o in mark.outcomes if o.status is Status.PASSED and o.seconds > 0]
        if mark.criterion.bands and times and not mark.hidden:
            name = f"{clean.line(mark.criterion.asks)} (ms)"
            yield {"name": name, "value": round(1000 * sum(times), 3), "order": "asc"}


def _short(text: str) -> str:
    """At most `TEST` bytes, cut between lines so that a fence is closed again."""
    if len(text.encode()) <= TEST:
        return text
    kept = text.encode()[:TEST].decode(errors="ignore").rpartition("\n")[0]
    fences = [line for line in kept.split("\n") if line.startswith("```")]
    ticks = len(fences[-1]) - len(fences[-1].lstrip("`")) if len(fences) % 2 else 0
    return f"{kept}\n{'`' * ticks}\n\nThe rest is left out here.".replace("\n\n\n", "\n\n")


def _list(document: object, key: str) -> Sequence[Any]:
    found = document.get(key) if isinstance(document, dict) else None
    return found if isinstance(found, list) else ()


def _is(value: object) -> bool:
    return isinstance(value, dict)


def _was_graded(earlier: object) -> bool:
    if not isinstance(earlier, dict) or earlier.get("autograder_error"):
        return False
    return _extra(earlier).get("graded", True) is not False


def _extra(earlier: Mapping[str, Any]) -> Mapping[str, Any]:
    found = earlier.get("results")
    extra = found.get("extra_data") if isinstance(found, dict) else None
    return extra if isinstance(extra, dict) else {}


def _before(earlier: Mapping[str, Any]) -> dict[str, float]:
    earned = _extra(earlier).get("earned")
    return {str(key): _number(value) for key, value in earned.items()} if isinstance(earned, dict) else {}


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return 0.0


def _moment(value: object) -> datetime | None:
    """A date with its offset; anything else is no date."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else None
