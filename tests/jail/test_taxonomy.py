"""The table in README.md: all 52 classes of attack, each with tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = ROW.findall((HERE / "README.md").read_text(encoding="utf-8"))


def _tests(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_the_table_has_a_row_for_each_class_in_order() -> None:
    assert [int(number) for number, _, _ in ROWS] == list(range(1, 53))


@pytest.mark.parametrize(("number", "tests"), [(number, tests) for number, _, tests in ROWS])
def test_a_class_names_tests_that_exist(number: str, tests: str) -> None:
    named = re.findall(r"`([^`]+)`", tests)

    assert named, f"class {number} has a test"
    for name in named:
        file, _, test = name.partition("::")
        path = ROOT / file if "/" in file else HERE / file

        assert path.is_file(), name
        assert test in _tests(path), name


def test_every_test_of_an_attack_stands_in_the_table() -> None:
    families = ("leaving", "resources", "lying_values", "looking", "surviving", "clock_and_rules")
    named = set(re.findall(r"::(test_\w+)", " ".join(tests for _, _, tests in ROWS)))
    missing = [
        test
        for family in families
        for test in sorted(_tests(HERE / f"test_{family}.py"))
        if test not in named
    ]

    assert missing == []
