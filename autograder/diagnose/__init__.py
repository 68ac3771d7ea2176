"""Which known misconception stands behind the wrong answers of one function.

A misconception is named on a check where it gives *all* of the student's answers and is wrong itself.
That is strong evidence where answers are rich in numbers, and weak where they are a True or a False, or
a crash; so where a check says little, the function's other checks must bear it out. A crash is put down
only to a misconception that is already named for an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from autograder.compare import passes, right
from autograder.model import Answer, Check, Comparison, Misconception, Overran, Raised, Reply

Replies = Mapping[str, Sequence[Reply]]
Wants = Mapping[str, Sequence[Answer | Raised]]
Wrong = Callable[[Misconception, Check], Sequence[Reply]]

RTOL = 1e-6  # between a student's answer and that of a misconception: the same formula, not the same program
ATOL = 1e-9


def misconceptions(
    checks: Sequence[Check],
    replies: Replies,
    wants: Wants,
    candidates: Sequence[Misconception],
    wrong: Wrong,
) -> Mapping[str, Misconception]:
    """The misconception behind each failed check, by check id; checks without one are left out.

    `checks` are those of one function; `replies[id]` and `wants[id]` hold one entry for each draw, and a
    check for which some are missing is not looked at. `wrong(candidate, check)` gives the replies of a
    misconception on the same draws; it is called only where it is needed, and once for each pair.

    Where several candidates give the student's answers, the one that agrees with the student on most
    checks of the function is named, those passed included; then on most draws; then on most failed
    checks. Where that decides nothing none is named, unless all but one say that they are the `same_as`.
    """
    heard = [check for check in checks if _complete(check, replies, wants)]
    case = _Case(heard, replies, wants, wrong, {})
    failed = [check for check in heard if case.fails(check, replies[check.id])]
    named: dict[str, Misconception] = {}
    for check in sorted(failed, key=case.only_crashes):  # a crash is explained by what explained an answer
        able = [one for one in candidates if one.function == check.function]
        if case.only_crashes(check):
            able = [one for one in able if any(one.name == other.name for other in named.values())]
        fitting = [one for one in able if case.explains(one, check) and case.borne_out(one, check)]
        if best := _best(fitting, lambda one: case.rank(one, failed)):
            named[check.id] = best
    return named


@dataclass(frozen=True, slots=True)
class _Case:
    """The student's replies to one function, and what the misconceptions answered so far."""

    checks: Sequence[Check]
    replies: Replies
    wants: Wants
    wrong: Wrong
    answered: dict[tuple[str, str], Sequence[Reply]]
    tight: dict[str, Comparison] = field(default_factory=dict)

    def answers(self, one: Misconception, check: Check) -> Sequence[Reply]:
        key = (one.name, check.id)
        if key not in self.answered:
            self.answered[key] = self.wrong(one, check)
        return self.answered[key]

    def fails(self, check: Check, replies: Sequence[Reply]) -> bool:
        return any(
            not passes(reply, want, check) for reply, want in zip(replies, self.wants[check.id], strict=True)
        )

    def agreeing(self, one: Misconception, check: Check) -> int:
        """On how many draws the misconception replies what the student replied."""
        return sum(self.alike(one, check))

    def agrees(self, one: Misconception, check: Check) -> bool:
        return all(self.alike(one, check))

    def alike(self, one: Misconception, check: Check) -> Iterator[bool]:
        """For each draw, whether the misconception replies what the student replied."""
        answers, replies = self.answers(one, check), self.replies[check.id]
        if len(answers) != len(replies):
            return iter((False,))
        tight = self.tight.setdefault(check.id, _tight(check.compare))
        return (_alike(reply, answer, check, tight) for reply, answer in zip(replies, answers, strict=True))

    def explains(self, one: Misconception, check: Check) -> bool:
        """Whether it gives all the student's replies, and these are wrong because it is."""
        return self.agrees(one, check) and self.fails(check, self.answers(one, check))

    def only_crashes(self, check: Check) -> bool:
        """Whether no draw of the check was answered at all."""
        return not any(isinstance(reply, Answer) for reply in self.replies[check.id])

    def borne_out(self, one: Misconception, check: Check) -> bool:
        """Whether a check that says little is supported by the function's other checks."""
        replies = [reply for reply in self.replies[check.id] if isinstance(reply, Answer)]
        if replies and all(_says_little(reply.value) for reply in replies):
            return all(self.agrees(one, other) for other in self.checks)
        return True

    def rank(self, one: Misconception, failed: Sequence[Check]) -> tuple[int, int, int]:
        draws = [(self.agreeing(one, check), len(self.replies[check.id])) for check in self.checks]
        return (
            sum(agreeing == asked for agreeing, asked in draws),
            sum(agreeing for agreeing, _ in draws),
            sum(self.explains(one, check) for check in failed),
        )


def _best(
    fitting: Sequence[Misconception], rank: Callable[[Misconception], tuple[int, int, int]]
) -> Misconception | None:
    if len(fitting) < 2:  # noqa: PLR2004 - one needs no comparison, which may be dear
        return next(iter(fitting), None)
    ranks = {one.name: rank(one) for one in fitting}
    first = [one for one in fitting if ranks[one.name] == max(ranks.values())]
    names = {one.name for one in first}
    originals = [one for one in first if one.same_as not in names]
    return originals[0] if len(originals) == 1 else None


def _complete(check: Check, replies: Replies, wants: Wants) -> bool:
    asked = len(wants.get(check.id, ()))
    return asked > 0 and len(replies.get(check.id, ())) == asked


def _alike(reply: Reply, answer: Reply, check: Check, tight: Comparison) -> bool:
    """Whether a student and a misconception replied the same, in what the check looks at."""
    if isinstance(reply, Answer) and isinstance(answer, Answer):
        same = right(reply.value, answer.value, tight)
    elif isinstance(reply, Raised) and isinstance(answer, Raised):
        same = reply.kind == answer.kind
    else:
        return isinstance(reply, Overran) and isinstance(answer, Overran) and reply.limit == answer.limit
    if "warnings" in check.forbids:
        same = same and bool(reply.facts.warnings) == bool(answer.facts.warnings)
    if "mutation" in check.forbids:
        same = same and set(reply.facts.mutated) == set(answer.facts.mutated)
    return same


def _tight(comparison: Comparison) -> Comparison:
    """The same freedoms, but no more room than a formula written in another way needs."""
    return replace(
        comparison,
        rtol=min(comparison.rtol, RTOL),
        atol=min(comparison.atol, ATOL),
        fields={name: _tight(inner) for name, inner in comparison.fields.items()},
    )


def _says_little(value: Any) -> bool:
    """Whether a value is made of a few truth values, words or Nones, which many errors share."""
    if isinstance(value, np.ndarray):
        return bool(value.dtype.kind == "b")
    if isinstance(value, dict):
        return all(map(_says_little, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_says_little, value))
    return value is None or isinstance(value, bool | np.bool_ | str)
