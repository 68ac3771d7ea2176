"""A course of its own for the bench: some assignments of the real one, cut to some of their functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from autograder import course as courses
from autograder.model import Course

from . import students

FILE = "rubrics/course.yaml"


def write(of: Course, chosen: Mapping[str, Sequence[str]], root: Path) -> Course:
    """Write the course of the assignments `chosen`, each cut to its functions, below `root`, and load it.

    Points, tolerances and limits are those of the real course; hand-marked criteria are left out.

    Raises:
        CourseError: what is chosen cannot be cut out of the course.
    """
    for name, functions in chosen.items():
        parts = students.parts(of, name)
        asked = parts.checks.about(functions)
        roots = [one for names in asked.values() for one in names]
        ids = {f"{function}.{one}" for function, names in asked.items() for one in names}
        folder = root / "solutions" / name
        folder.mkdir(parents=True)
        texts = {
            "reference": parts.reference.cut(functions),
            "checks": parts.checks.cut(roots),
            "alternatives": parts.alternatives.cut(_about(parts.alternatives.about(functions))),
            "misconceptions": parts.misconceptions.cut(_about(parts.misconceptions.about(functions))),
        }
        for part, text in texts.items():
            (folder / f"{part}.py").write_text(text, encoding="utf-8")
        _write_yaml(root / "rubrics" / f"{name}.yaml", _rubric(of, name, ids))
    _write_yaml(root / FILE, {"title": "Bench", "order": list(chosen), "isolation": of.isolation})
    return courses.load(root)


def _about(said: Mapping[str, Sequence[str]]) -> list[str]:
    return [one for names in said.values() for one in names]


def _rubric(of: Course, name: str, ids: set[str]) -> dict[str, object]:
    rubric = courses.rubric_of(of, name)
    criteria = []
    for criterion in rubric.criteria:
        checks = {check: float(worth) for check, worth in criterion.checks.items() if check in ids}
        if checks:
            criteria.append(
                {"id": criterion.id, "asks": criterion.asks, "rule": criterion.rule, "checks": checks}
            )
    return {"assignment": name, "title": rubric.title, "needs": list(rubric.needs), "criteria": criteria}


def _write_yaml(path: Path, content: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")
