"""The tolerance of each check lies between the spread of the right answers and the nearest wrong one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from autograder.model import Check, Comparison, Misconception

from .evidence import Evidence, askable, used
from .model import Finding, Margin, place

SPREAD = 0.5  # of the allowance that right answers may use up
CLEAR = 10.0  # times the allowance by which at least one check has to see each misconception


def margins(evidences: Sequence[Evidence]) -> tuple[Margin, ...]:
    """The margin of each check over all seeds."""
    return tuple(_margin(check, evidences) for check in askable(evidences))


def _margin(check: Check, evidences: Sequence[Evidence]) -> Margin:
    spread, farthest = max(
        (
            (_strays(alternative.name, check, evidence), alternative.name)
            for evidence in evidences
            for alternative in evidence.key.assignment.alternatives
            if alternative.function == check.function
        ),
        default=(0.0, ""),
    )
    caught = [(_least(m, check, evidences), m.name) for m in _about(check, evidences[0])]
    caught = [(least, name) for least, name in caught if least > 1]
    nearest, wrong = min(caught, default=(math.inf, ""))
    return Margin(
        check.id,
        check.draws,
        in_words(check.compare),
        spread,
        farthest if spread else "",
        nearest,
        wrong if nearest < math.inf else "",
        len(caught),
    )


def _strays(alternative: str, check: Check, evidence: Evidence) -> float:
    pairs = zip(evidence.right[alternative, check.id], evidence.key.wants(check), strict=True)
    return max((used(reply, want, check) for reply, want in pairs), default=0.0)


def _about(check: Check, evidence: Evidence) -> list[Misconception]:
    return [m for m in evidence.key.assignment.misconceptions if m.function == check.function]


def _least(misconception: Misconception, check: Check, evidences: Sequence[Evidence]) -> float:
    return min(evidence.used(misconception, check) for evidence in evidences)


def in_words(comparison: Comparison) -> str:
    """What a comparison allows, as the table shows it."""
    kind = "" if comparison.kind == "close" else comparison.kind.replace("_", " ")
    room = f"{comparison.rtol:.0e}/{comparison.atol:.0e}".replace("e-0", "e-")
    if comparison.kind in ("exact", "property_holds"):
        room = ""
    more = f"{len(comparison.fields)} by field" if comparison.fields else ""
    return " ".join(word for word in (kind, room, more) if word)


def too_near(evidences: Sequence[Evidence], measured: Sequence[Margin]) -> Iterator[Finding]:
    """Right answers that use up too much of what is allowed, and wrong ones that no check sees clearly."""
    places = {check.id: place(check.draw, evidences[0].root) for check in askable(evidences)}
    for margin in measured:
        if SPREAD < margin.spread <= 1:
            yield Finding(
                places[margin.check],
                f"{margin.check} allows little more than the right answer {margin.farthest} needs",
                "widen its tolerance, or draw arguments that lose fewer digits",
                f"it uses {margin.spread:.0%} of the allowance; at most {SPREAD:.0%} is safe",
            )
    for misconception in evidences[0].key.assignment.misconceptions:
        seen = [
            (_least(misconception, check, evidences), check.id)
            for check in askable(evidences)
            if check.function == misconception.function
        ]
        best, check_id = max(seen, default=(0.0, ""))
        if 1 < best < CLEAR:
            yield Finding(
                place(misconception.wrong, evidences[0].root),
                f"no check sees the misconception {misconception.name} clearly",
                f"tighten {check_id}, or draw arguments that bring the mistake out",
                f"the best, {check_id}, sees it at {best:.2g} times its allowance; {CLEAR:.0f} times is safe",
            )


def hanging(evidences: Sequence[Evidence]) -> Iterator[Finding]:
    """Worth a look: verdicts that hang on the draw, and checks that fail no misconception at all."""
    for check in askable(evidences):
        where = place(check.draw, evidences[0].root)
        about = _about(check, evidences[0])
        errors = {m.name: [evidence.used(m, check) for evidence in evidences] for m in about}
        if names := [name for name, of in errors.items() if _by_a_hair(of)]:
            yield Finding(
                where,
                f"on {check.id} the verdict on {', '.join(names)} hangs on the draw",
                "draw arguments that bring the mistake out, or keep it out",
            )
        if about and all(max(of) <= 1 for of in errors.values()):
            yield Finding(
                where,
                f"no misconception fails {check.id}, so nothing shows that it can fail",
                "write the wrong answer that it is there for",
            )


def _by_a_hair(errors: Sequence[float]) -> bool:
    differs = min(errors) <= 1 < max(errors)
    return differs or any(1 / CLEAR < error < CLEAR for error in errors)
