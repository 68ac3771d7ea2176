"""Evidence that work is not a student's own, from questions that were answered rightly.

The functions under a rule are asked once more, the same questions in a jail that refuses what the rule
forbids. Work of one's own does not notice. Of the rest, what the jail reports about refusals is a claim, but
what is compared here is not: an answer that is right only while the library may be used, or that has other
bits without it. Then the bits of the first answers are compared with those of the library's own.
"""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from autograder import compare
from autograder.answerkey import TRUSTED, AnswerKey
from autograder.jail.host import Denied
from autograder.jail.wire import same
from autograder.model import (
    OURS,
    Answer,
    Check,
    Comparison,
    CourseError,
    Facts,
    Objection,
    Outcome,
    Overran,
    OwnWork,
    Raised,
    Reply,
    Rubric,
    SandboxFault,
    Status,
    Submission,
    line_name,
)
from autograder.play import There
from autograder.session import Bench, Session

from . import groups, source, twins

PATIENCE = 4  # times a check's limit: keeping account of operations takes its time
OPERATION = re.compile(r"[A-Za-z_][\w:.]{0,80}")
SENTENCES = 8  # for one function
NOTE = "There are signs of something that this function is to be written without. {says}"
PROBE = "a_question_of_ours"
ROUGHLY = Comparison("close", 1e-3, 1e-3)  # of what is asked for its bits
Right = Sequence[tuple[Check, There]]  # checks with the right answers to them


def objections(submission: Submission, rubric: Rubric) -> tuple[Objection, ...]:
    """What a student reads of names in the source: the line, and the rule."""
    return tuple(
        Objection(f"`{hit.written}` in `{hit.function}` is {hit.title}. {rule.says}", hit.line)
        for rule in rubric.own_work
        for hit in source.hits(submission.source, rule)
    )


def looked_into(
    outcomes: Sequence[Outcome], right: Right, submission: Submission, key: AnswerKey, bench: Bench
) -> list[Outcome]:
    """The outcomes, where those with evidence against them wait for a person.

    `right` are the checks that the submission passed by itself, with the answers. If looking itself goes
    wrong, everything under a rule waits: that costs nobody a point and gives none away.
    """
    rubric = key.assignment.rubric
    if not rubric.own_work:
        return list(outcomes)
    try:
        found = evidence(submission, key, bench, right, outcomes)
    except Exception as fault:  # noqa: BLE001 - a mistake of ours must not cost a class its grading
        names = (name for rule in rubric.own_work for name in rule.functions)
        found = dict.fromkeys(names, (f"this could not be looked into: {type(fault).__name__}: {fault}",))
    return withheld(outcomes, found, rubric)


def evidence(
    submission: Submission, key: AnswerKey, bench: Bench, right: Right, outcomes: Sequence[Outcome] = ()
) -> dict[str, tuple[str, ...]]:
    """For each function under a rule, what speaks against its being own work; those with nothing are absent.

    `right` as above. Functions that passed no check are left out. `outcomes` tell which timed checks earned
    something: their question is asked too, for somebody might know it by its size.
    """
    found: dict[str, tuple[str, ...]] = {}
    for rule in key.assignment.rubric.own_work:
        asked = [(check, there) for check, there in right if check.function in rule.functions]
        if not asked:
            continue
        said: dict[str, dict[str, list[str]]] = {check.function: {} for check, _ in asked}
        for hit in source.hits(submission.source, rule):
            if hit.function in said:
                place = line_name(hit.line, submission.line_names)
                said[hit.function].setdefault(f"{place}: `{hit.written}` is {hit.dotted}, {hit.title}", [])
        if "torch" in key.assignment.needs:
            earned = {outcome.check for outcome in outcomes if outcome.share}
            probes = [*_probes(rule, key, asked), *_timed(rule, key, earned)]
            asked += _answered(probes, submission, key, bench)
            word = (*_refused(rule, submission, key, bench, asked), *_alike(rule, key, asked))
            for check, sentence in word:
                said[check.function].setdefault(sentence, []).append(check.name)
        found |= {
            name: tuple(map(_joined, list(one.items())[:SENTENCES])) for name, one in said.items() if one
        }
    return found


def _probes(rule: OwnWork, key: AnswerKey, asked: Right) -> Iterator[Check]:
    """A question of ours to each function that convolves, of a size at which the library's rounding shows."""
    seen = set()
    for check, there in asked if "convolution" in rule.forbid else ():
        draw = twins.probe(_given(key.names(check.function), there.calls[0])) if there.calls else None
        if draw and not check.scenario and check.function not in seen:
            seen.add(check.function)
            yield Check(check.function, PROBE, PROBE, draw, compare=ROUGHLY, draws=1)


def _timed(rule: OwnWork, key: AnswerKey, earned: Collection[str]) -> Iterator[Check]:
    """The questions of timed checks that earned something, drawn anew in the same sizes."""
    holds = {name: criterion for criterion in key.assignment.rubric.criteria for name in criterion.checks}
    for timed in key.assignment.timed:
        clocking = holds[timed.id].clocking
        if timed.function in rule.functions and timed.id in earned and clocking.clock == "cpu":
            draw = functools.partial(timed.draw, **clocking.sizes)
            yield Check(timed.function, timed.name, timed.says, draw, compare=ROUGHLY, draws=1)


def _answered(
    probes: Sequence[Check], submission: Submission, key: AnswerKey, bench: Bench
) -> list[tuple[Check, There]]:
    """Those of `probes` that are answered rightly, with the answers."""
    found = []
    with Session(bench, submission, key, key.assignment.rubric.limits) as session:
        for probe in probes:
            with contextlib.suppress(SandboxFault, CourseError):  # without it there is less evidence, no more
                there = session.ask(probe)
                replies = zip(there.replies, key.wants(probe), strict=True)
                if all(isinstance(one, Answer) and compare.passes(one, want, probe) for one, want in replies):
                    found.append((probe, there))
    return found


def _given(names: Sequence[str], call: Any) -> dict[str, Any]:
    """Arguments by name, in order."""
    given = call if isinstance(call, dict) else dict(zip(names, call, strict=False))
    return {name: given[name] for name in names if name in given}


def _joined(said: tuple[str, list[str]]) -> str:
    sentence, checks = said
    return f"{', '.join(checks)}: {sentence}" if checks else sentence


def withheld(
    outcomes: Iterable[Outcome], found: Mapping[str, Sequence[str]], rubric: Rubric
) -> list[Outcome]:
    """The outcomes, where what earns points for a function in `found` waits for a person."""
    says = {name: rule.says for rule in rubric.own_work for name in rule.functions}
    made = []
    for outcome in outcomes:
        name = outcome.check.partition(".")[0]
        waits = name in found and outcome.share and outcome.status not in OURS
        made.append(_waiting(outcome, found[name], says[name]) if waits else outcome)
    return made


def _waiting(outcome: Outcome, review: Sequence[str], says: str) -> Outcome:
    note = " ".join(part for part in (outcome.note, NOTE.format(says=says)) if part)
    return replace(outcome, status=Status.PENDING, share=Fraction(0), review=tuple(review), note=note)


def _refused(
    rule: OwnWork, submission: Submission, key: AnswerKey, bench: Bench, asked: Right
) -> Iterator[tuple[Check, str]]:
    """(check, sentence) where a function does something else once the operations are refused."""
    limits = key.assignment.rubric.limits
    limits = replace(limits, check_seconds=PATIENCE * limits.check_seconds)
    denied = Denied(groups.patterns(rule), f"It is not to be used here. {rule.says}")
    with Session(bench, submission, key, limits, denied=denied) as session:
        for check, there in asked:
            own = check.limits
            slow = replace(own, check_seconds=PATIENCE * own.check_seconds) if own else None
            try:
                again = session.ask(replace(check, limits=slow))
            except SandboxFault as fault:
                yield check, f"it could not be asked a second time ({fault}): grade again"
                continue
            sentence = _different(check, there, again, key)
            if sentence:
                yield check, sentence


def _different(check: Check, there: There, again: There, key: AnswerKey) -> str:
    """What was different with the operations refused; empty where nothing was."""
    called = {
        name for reply in again.replies for name in _facts(reply).forbidden if OPERATION.fullmatch(name)
    }
    if called:
        names = ", ".join(sorted(called)[:4])
        return f"asked again, with the library's operations refused, it called {names}"
    for first, second, want in zip(there.replies, again.replies, key.wants(check), strict=True):
        if not isinstance(second, Answer | Raised) or not compare.passes(second, want, check):
            return "it is right as long as the library's operations are there; with them refused, " + _became(
                second
            )
        if isinstance(first, Answer) and isinstance(second, Answer) and not same(first.value, second.value):
            return "with the library's operations refused it takes another way: its numbers have other bits"
    return ""


def _facts(reply: Reply) -> Facts:
    return reply.facts if isinstance(reply, Answer | Raised) else Facts()


def _became(reply: Reply) -> str:
    if isinstance(reply, Raised):
        return f"it raised {reply.kind}" if reply.kind.isidentifier() else "it raised an exception"
    if isinstance(reply, Overran):
        return f"it did not end within its limit ({reply.limit})"
    return "its answer was wrong" if isinstance(reply, Answer) else "its process ended"


def _alike(rule: OwnWork, key: AnswerKey, asked: Right) -> Iterator[tuple[Check, str]]:
    """(check, the twins' word) on answers to plain checks; the first draw that says something is enough."""
    if "convolution" not in rule.forbid:
        return
    for check, there in asked:
        if check.scenario:
            continue
        for call, reply in zip(there.calls, there.replies, strict=True):
            if isinstance(reply, Answer) and (word := _twins_word(key.names(check.function), call, reply)):
                yield check, word
                break


def _twins_word(names: Sequence[str], call: Any, reply: Answer) -> str:
    with TRUSTED:  # the number of threads belongs to the whole process
        alike = twins.agreement(_given(names, call), reply.value)
    return alike.evidence if alike else ""
