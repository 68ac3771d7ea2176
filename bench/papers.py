"""The same checks for the other graders: a text with reference, draws and comparison, as one writes it.

pytest runs it as a test file, otter as an exception-based test file, nbgrader as hidden cells of a notebook.
It is written from the course's own checks; what it compares by is plainer than ours, and near enough for the
verdicts on the 24 submissions, which the bench counts.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable
from typing import Any

from autograder.model import Assignment, Check

from .students import Parts

COMPARING = '''\
import copy
import numbers
import warnings


def same(got, want, rtol, atol, exact):
    if isinstance(want, dict):
        return (isinstance(got, dict) and set(got) >= set(want)
                and all(same(got[name], want[name], rtol, atol, exact) for name in want))
    if isinstance(want, tuple):
        return isinstance(got, (tuple, list)) and len(got) == len(want) and all(
            same(g, w, rtol, atol, exact) for g, w in zip(got, want))
    if want is None or isinstance(want, (str, bool)):
        return type(got) is type(want) and got == want
    if isinstance(got, (str, type(None))):
        return False
    if exact and isinstance(want, numbers.Integral):
        return isinstance(got, numbers.Integral) and got == want
    got, want = np.asarray(got), np.asarray(want)
    if got.dtype == np.float32:
        rtol, atol = max(rtol, 2e-5), max(atol, 1e-6)
    return got.shape == want.shape and np.allclose(got, want, rtol=rtol, atol=atol, equal_nan=True)


def ask(draw, function, rng, scenario, quiet):
    given = draw if scenario else draw(rng)
    before = copy.deepcopy(given)
    with warnings.catch_warnings():
        warnings.simplefilter("error" if quiet else "ignore")
        try:
            if scenario:
                return draw(function, rng), True
            if isinstance(given, dict):
                answer = function(**given)
            else:
                answer = function(*given) if isinstance(given, tuple) else function(given)
        except (ValueError, ZeroDivisionError) as error:
            answer = type(error).__name__
    return answer, scenario or same(given, before, 0, 0, False)


def turned(answer, fields):
    """A sign that is free is chosen: the entry of largest absolute value is positive."""
    if not isinstance(answer, dict):
        return answer
    answer = dict(answer)
    for field in fields:
        rows = np.atleast_2d(answer[field])
        largest = np.take_along_axis(rows, np.abs(rows).argmax(axis=1, keepdims=True), axis=1)
        answer[field] = rows * np.sign(largest)
    return answer


def holds(draw, function, draws, scenario, rtol, atol, exact, quiet, keeps, free=()):
    for number in range(draws):
        want, _ = ask(draw, OURS, np.random.default_rng(number), scenario, False)
        got, kept = ask(draw, function, np.random.default_rng(number), scenario, quiet)
        says = f"draw {number}: got {got}, expected {want}"
        assert same(turned(got, free), turned(want, free), rtol, atol, exact), says
        assert kept or not keeps, "an argument was changed"
'''


def preparation(parts: Parts, function: str) -> str:
    """What all tests of one function need: reference, draws, comparison."""
    draws = parts.checks.about([function])[function]
    borrowed = list(dict.fromkeys([*parts.checks.borrowed(draws), function]))
    ours = {name: f"_ours_{name.strip('_')}" for name in parts.reference.needed(borrowed)}
    imports = {
        ast.unparse(one)
        for module in (parts.reference, parts.checks)
        for one in module.imports
        if getattr(one, "module", "") != "autograder"
    }
    return "\n\n\n".join(
        [
            "\n".join(sorted({*imports, "import numpy as np"})),
            COMPARING,
            parts.reference.renamed(borrowed, ours),
            parts.checks.renamed(draws, {name: ours[name] for name in borrowed}),
            f"OURS = {ours[function]}",
        ]
    )


def asked(check: Check) -> str:
    """One test as a call of `holds`."""
    how = check.compare
    free = [name for name, field in how.fields.items() if field.kind == "up_to_sign"]
    exact, quiet, keeps = how.kind == "exact", "warnings" in check.forbids, "mutation" in check.forbids
    return (
        f"holds({check.name}, {check.function}, draws={check.draws}, scenario={check.scenario}, "
        f"rtol={how.rtol}, atol={how.atol}, exact={exact}, quiet={quiet}, keeps={keeps}, free={free})"
    )


def of_function(assignment: Assignment, function: str) -> list[Check]:
    """The checks of one function."""
    return [check for check in assignment.checks if check.function == function]


def pytest_file(parts: Parts, assignment: Assignment, function: str) -> str:
    """A test file that imports the student's module."""
    tests = "\n\n\n".join(
        f'def test_{check.name}():\n    """{check.says.splitlines()[0]}"""\n    {asked(check)}'
        for check in of_function(assignment, function)
    )
    return f"from {assignment.name} import {function}\n{preparation(parts, function)}\n\n\n{tests}\n"


def otter_file(parts: Parts, assignment: Assignment, function: str) -> str:
    """A test file of otter's exception-based format; all tests but the first two are hidden."""
    tests = "\n\n\n".join(
        f"@test_case(points=1, hidden={number > 1})\ndef test_{check.name}({function}):\n    {asked(check)}"
        for number, check in enumerate(of_function(assignment, function))
    )
    head = 'from otter.test_files import test_case\n\nOK_FORMAT = False\nname = "q1"\npoints = None\n'
    return f"{head}\n{preparation(parts, function)}\n\n\n{tests}\n"


def nbgrader_source(parts: Parts, assignment: Assignment, function: str) -> str:
    """The instructor's notebook: a cell to be filled, and a graded cell for each check, most of it hidden."""
    cells = [_cell(f"import numpy as np\ndef {function}(*args):\n    raise NotImplementedError", "answer")]
    for number, check in enumerate(of_function(assignment, function)):
        hidden = asked(check) if number else f"{preparation(parts, function)}\n{asked(check)}"
        text = f"# {check.says.splitlines()[0]}\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
        cells.append(_cell(f"assert callable({function})\n{text}", f"test_{check.name}", points=1))
    return notebook(cells)


def answered(released: str, source: str) -> str:
    """The released notebook, with a student's source in the cell to be filled."""
    document = json.loads(released)
    for cell in document["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = source
    return json.dumps(document)


def plain_notebook(source: str) -> str:
    """A notebook with nothing but the student's code."""
    return notebook([_code(source, {}, "answer")])


def notebook(cells: Iterable[dict[str, Any]]) -> str:
    """A notebook of these cells."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return json.dumps({"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def _cell(source: str, name: str, points: int = 0) -> dict[str, Any]:
    graded: dict[str, Any] = {
        "grade": bool(points),
        "grade_id": name,
        "locked": bool(points),
        "schema_version": 3,
        "solution": not points,
        "task": False,
    }
    if points:
        graded["points"] = points
    return _code(source, {"nbgrader": graded}, name)


def _code(source: str, metadata: dict[str, Any], name: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name[:60].replace(".", "-"),
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }
