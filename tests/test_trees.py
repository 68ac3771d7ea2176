"""Syntax trees are made by one thread at a time."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from autograder import trees

PACKAGE = Path(trees.__file__).parent
ALONE = ("importing", "release", "tryout", "nbgrader_bridge", "trees.py")  # what never runs beside grading


def test_no_other_tree_is_made_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def parse(_: str) -> ast.Module:
        seen.append(trees.ONE_AT_A_TIME.locked())
        return ast.Module(body=[], type_ignores=[])

    monkeypatch.setattr(ast, "parse", parse)
    trees.parse("x = 1")

    assert seen == [True]
    assert not trees.ONE_AT_A_TIME.locked()


def test_a_syntax_error_leaves_the_way_free() -> None:
    with pytest.raises(SyntaxError):
        trees.parse("x = = 1")

    assert not trees.ONE_AT_A_TIME.locked()


def test_whatever_runs_beside_grading_comes_here() -> None:
    direct = [
        str(path.relative_to(PACKAGE))
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).parts[0] not in ALONE
        and re.search(r"\bast\.parse\(", path.read_text(encoding="utf-8"))
    ]

    assert direct == []
