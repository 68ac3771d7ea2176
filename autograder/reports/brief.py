"""What is kept of a report until the whole class is graded: what its tables and its overview show.

Source, inputs, printed text and messages stand in the record on the disk. Equal parts are kept once, so that
ten thousand reports take some kilobytes each, whatever was handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from autograder.model import OURS, Crash, Criterion, Mark, Mismatch, Outcome, Report, Timing

Part = TypeVar("Part", bound=Hashable)


@dataclass(slots=True)
class Shortening:
    """Shortens the reports of one class."""

    _criteria: dict[tuple[str, str], Criterion] = field(default_factory=dict)
    _parts: dict[Hashable, Hashable] = field(default_factory=dict)

    def brief(self, report: Report) -> Report:
        """The report without what only its own page shows; seconds to two digits."""
        return replace(
            report,
            marks=tuple(self._mark(report.assignment, mark) for mark in report.marks),
            assignment=self._once(report.assignment),
            title=self._once(report.title),
            seed="",
            isolation=self._once(report.isolation),
            environment={},
            path="",
            source="",
            line_names=(),
            notes=(),
            objections=tuple(self._once(one) for one in report.objections if one.fatal),
            late_share=self._once(report.late_share),
        )

    def _mark(self, assignment: str, mark: Mark) -> Mark:
        name = (assignment, mark.criterion.id)
        known = self._criteria.setdefault(name, mark.criterion)
        criterion = known if known == mark.criterion else mark.criterion
        return replace(mark, criterion=criterion, outcomes=tuple(map(self._outcome, mark.outcomes)))

    def _outcome(self, outcome: Outcome) -> Outcome:
        ours = outcome.status in OURS
        # The record of a timing has no hash, and no two are equal.
        once: Callable[[Outcome], Outcome] = self._once if outcome.timing is None else lambda one: one
        return once(
            replace(
                outcome,
                mismatch=outcome.mismatch
                and Mismatch(outcome.mismatch.kind, pattern=outcome.mismatch.pattern),
                crash=outcome.crash and Crash(outcome.crash.kind, outcome.crash.name),
                note=outcome.note if ours else "",
                staff_note=outcome.staff_note if ours else "",
                inputs=(),
                warnings=(),
                printed="",
                timing=outcome.timing and _brief(outcome.timing),
                curve=None,
                review=outcome.review if ours else (),
                seconds=float(f"{outcome.seconds:.2g}"),
            )
        )

    def _once(self, part: Part) -> Part:
        return self._parts.setdefault(part, part)  # type: ignore[return-value]  # it equals `part`


def _brief(timing: Timing) -> Timing:
    return Timing(
        timing.check,
        timing.verdict,
        timing.clock,
        timing.measure,
        timing.low,
        timing.high,
        timing.bands,
        flags=timing.flags,
        reason=timing.reason,
    )
