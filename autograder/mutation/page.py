"""What `autograder mutants` prints: the score of an assignment, and its survivors as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import Mutant, Scored


def render(scored: Scored) -> str:
    """One assignment; each survivor with its place, its name for equivalents.yaml, and what it changes."""
    name = scored.record.assignment
    lines = [f"{name}: {scored.record} in {scored.seconds:.0f} s"]
    for mutant in scored.survivors:
        lines += _survivor(name, mutant)
    return "\n".join(lines)


def _survivor(name: str, mutant: Mutant) -> list[str]:
    quoted = mutant.name.replace("'", "''")
    return [
        f"  solutions/{name}/reference.py:{mutant.line}: '{quoted}'",
        f"    - {mutant.before}",
        f"    + {mutant.after}",
    ]
