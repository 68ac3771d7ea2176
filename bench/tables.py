"""Markdown tables, numbers with their spread, and targets met or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import meter


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that the project set itself, and what was measured."""

    says: str
    wanted: str
    got: str
    met: bool | None  # None: not measured

    @property
    def row(self) -> tuple[str, str, str, str]:
        """As a row of the table."""
        return (
            self.says,
            self.wanted,
            self.got,
            {True: "met", False: "not met", None: "not measured"}[self.met],
        )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table; all columns but the first are numbers and stand on the right."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]


def spread(values: Sequence[float], scale: float = 1000.0, places: int = 1) -> str:
    """The median, and beside it the least and the most where there are several."""
    shown = f"{meter.median(values) * scale:.{places}f}"
    if len(values) == 1:
        return shown
    return f"{shown} ({min(values) * scale:.{places}f} to {max(values) * scale:.{places}f})"


def times(values: Sequence[float]) -> str:
    """A ratio with its spread."""
    return spread(values, 1.0, 1 if meter.median(values) < 100 else 0) + " ×"  # noqa: PLR2004 - three digits


def megabytes(size: float) -> str:
    """In MB of 2²⁰ bytes."""
    return f"{size / meter.MB:.0f}"
