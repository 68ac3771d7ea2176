"""Wrong answers are seen: every misconception fails a check and is named as itself alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from autograder import diagnose
from autograder.model import Check, Misconception

from .evidence import Evidence
from .model import Finding, place
from .suspects import Suspects


def misconceptions(evidence: Evidence) -> Iterator[Finding]:
    """Each is caught, and a student who answers as it does is told so, and nothing else."""
    for function in evidence.key.assignment.functions:
        candidates = [m for m in evidence.key.assignment.misconceptions if m.function == function]
        roots = _roots(candidates)
        suspects = Suspects(candidates, evidence)
        for misconception in candidates:
            where = place(misconception.wrong, evidence.root)
            failed = [c for c in evidence.of(function) if evidence.used(misconception, c) > 1]
            if not failed:
                yield Finding(
                    where,
                    f"no check of {function} fails the misconception {misconception.name}",
                    "add a check that tells it from the reference, or remove it",
                )
                continue
            yield from _named(misconception, failed, candidates, roots, evidence, suspects, where)
            yield from _synonym(misconception, candidates, evidence, where)


def _named(
    misconception: Misconception,
    failed: list[Check],
    candidates: list[Misconception],
    roots: Mapping[str, str],
    evidence: Evidence,
    suspects: Suspects,
    where: str,
) -> Iterator[Finding]:
    """Diagnose it like a student's answers, on all checks of its function."""
    key, checks = evidence.key, evidence.of(misconception.function)
    named = diagnose.misconceptions(
        checks,
        {check.id: key.wrong(misconception, check) for check in checks},
        {check.id: key.wants(check) for check in checks},
        candidates,
        suspects.answers(misconception),
    )
    for check in failed:
        other = named.get(check.id)
        if other is None:
            yield Finding(
                where,
                f"{misconception.name} fails {check.id} and is not recognised there",
                "let it answer the same to the same question, and let a check tell it from the others",
            )
        elif roots[other.name] != roots[misconception.name]:
            yield Finding(
                where,
                f"{misconception.name} is taken for {other.name} on {check.id}",
                "add a check that tells the two apart, or declare one same_as= the other",
            )


def _roots(candidates: list[Misconception]) -> dict[str, str]:
    """The name that stands for each misconception and all its synonyms."""
    same = {m.name: m.same_as for m in candidates}
    roots = {}
    for name in same:
        root, seen = name, {name}
        while (following := same.get(root)) and following in same and following not in seen:
            seen.add(following)
            root = following
        roots[name] = root
    return roots


def _synonym(
    misconception: Misconception, candidates: list[Misconception], evidence: Evidence, where: str
) -> Iterator[Finding]:
    """Synonyms answer alike: what one check fails, it fails of the other too."""
    if misconception.same_as is None:
        return
    twin = next((m for m in candidates if m.name == misconception.same_as), None)
    if twin is None:
        yield Finding(
            where,
            f"{misconception.name} is same_as {misconception.same_as}, which is no misconception of "
            f"{misconception.function}",
            "name one that is",
        )
        return
    for check in evidence.of(misconception.function):
        if (evidence.used(misconception, check) > 1) != (evidence.used(twin, check) > 1):
            yield Finding(
                where,
                f"{misconception.name} is declared same_as {twin.name}, but {check.id} tells them apart",
                "take same_as away",
            )
            return
