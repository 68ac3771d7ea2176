"""From rubrics/ASSIGNMENT.yaml to a `Rubric`: points exact, every fault with its file, line and column."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from autograder.model import Clocking, Criterion, Gates, Limits, OwnWork, Rubric, Shown
from autograder.policy import groups

from . import strict_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from .strict_yaml import Located


def read(
    path: Path, default_shown: Shown = Shown.AFTER_RELEASE, default_limits: Limits | None = None
) -> Rubric:
    """The rubric in the file at `path`.

    `default_shown` and `default_limits` are the course's, for criteria and limits the rubric does not name.

    Raises:
        CourseError: it cannot be read, does not fit the schema, or contradicts itself.
    """
    return build(locate(path), default_shown, default_limits)


def locate(path: Path) -> Located:
    """The rubric at `path` as a document with places, for whoever joins it with something else.

    Raises:
        CourseError: it cannot be read or does not fit the schema.
    """
    located = strict_yaml.read(path, f"{path.parent.name}/{path.name}")
    strict_yaml.validate(located, "rubric")
    return located


def build(
    located: Located, default_shown: Shown = Shown.AFTER_RELEASE, default_limits: Limits | None = None
) -> Rubric:
    """The rubric of a document that fits the schema.

    Raises:
        CourseError: it is named after another assignment, an id or a check stands twice, or bands do not
            go from fast and dear to slow and cheap.
    """
    fields = located.value
    name, stem = fields["assignment"], PurePath(located.source).stem
    if name != stem:
        raise located.fault(
            ("assignment",), f"{name!r} does not match the file; write {stem!r}, or rename it"
        )
    _once(located)
    return Rubric(
        assignment=name,
        title=fields.get("title") or name.replace("_", " ").capitalize(),
        criteria=tuple(
            _criterion(located, index, entry, default_shown) for index, entry in enumerate(fields["criteria"])
        ),
        needs=tuple(fields.get("needs", ("numpy",))),
        limits=replace(default_limits or Limits(), **fields.get("limits", {})),
        own_work=tuple(
            _own_work(located, index, entry) for index, entry in enumerate(fields.get("own_work", ()))
        ),
    )


def _once(located: Located) -> None:
    """No criterion and no check stands twice: the second would hide the first, or earn its points again."""
    ids: dict[str, tuple[str | int, ...]] = {}
    checks: dict[str, tuple[str | int, ...]] = {}
    for index, entry in enumerate(located.value["criteria"]):
        for seen, name, path in (
            (ids, entry["id"], ("criteria", index, "id")),
            *((checks, check, ("criteria", index, "checks", check)) for check in entry.get("checks", ())),
        ):
            if name in seen:
                first = located.where(seen[name])
                raise located.fault(path, f"{name!r} stands already at {first}; name it once")
            seen[name] = path


def _own_work(located: Located, index: int, entry: dict[str, Any]) -> OwnWork:
    for number, group in enumerate(entry["forbid"]):
        if group not in groups.GROUPS:
            known = f"the groups are {', '.join(groups.GROUPS)}{strict_yaml.near(group, groups.GROUPS)}"
            raise located.fault(("own_work", index, "forbid", number), f"{group!r} is no group; {known}")
    return OwnWork(tuple(entry["functions"]), tuple(entry["forbid"]), " ".join(entry["says"].split()))


def _criterion(located: Located, index: int, entry: dict[str, Any], default_shown: Shown) -> Criterion:
    here = ("criteria", index)
    checks = {check: Fraction(located.texts[*here, "checks", check]) for check in entry.get("checks", ())}
    return Criterion(
        id=entry["id"],
        asks=" ".join(entry["asks"].split()),
        checks=checks,
        rule=entry.get("rule", "share"),
        by=entry.get("by", "machine"),
        points=Fraction(located.texts[*here, "points"]) if "points" in entry else Fraction(0),
        shown=Shown(entry["shown"]) if "shown" in entry else default_shown,
        levels=entry.get("levels", {}),
        guidance=entry.get("guidance", "").strip(),
        bands=_bands(located, (*here, "bands"), entry.get("bands", [])),
        clocking=_clocking(located, (*here, "timing"), entry.get("timing", {})),
    )


def _clocking(located: Located, path: tuple[str | int, ...], fields: dict[str, Any]) -> Clocking:
    tolerance = fields.get("tolerance")
    clocking = Clocking(**{**fields, "tolerance": Gates(**tolerance) if tolerance else None})
    if clocking.clock == "growth" and clocking.grows not in clocking.sizes:
        raise located.fault(
            path, "the clock growth doubles a size: name it in `grows`, with its value in `sizes`"
        )
    if clocking.grows and clocking.clock != "growth":
        raise located.fault((*path, "grows"), "only the clock growth doubles a size; write `clock: growth`")
    return clocking


def _bands(
    located: Located, path: tuple[str | int, ...], pairs: list[list[float]]
) -> tuple[tuple[float, float], ...]:
    bands = tuple((float(times), float(share)) for times, share in pairs)
    for index, ((faster, dearer), (slower, cheaper)) in enumerate(pairwise(bands), 1):
        if not (faster < slower and dearer >= cheaper):
            raise located.fault(
                (*path, index),
                "the bands go from the fastest to the slowest, and none is worth more than a faster one",
            )
    return bands
