"""A rule in a rubric: its form, and what a group of operations means."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import course
from autograder.course import rubric
from autograder.model import CourseError, OwnWork
from autograder.policy import groups
from tests import toy_course

RULE = """\
own_work:
  - functions: [half]
    forbid: [convolution, fft]
    says: Halve it
      yourself.
criteria:
"""


def written(folder: Path, rule: str = RULE) -> Path:
    """The toy course with a rule in its rubric; the path of the rubric."""
    path = toy_course.write(folder) / "rubrics" / "toy.yaml"
    toy_course.edit(path, "criteria:\n", rule)
    return path


def test_a_rule_is_read(tmp_path: Path) -> None:
    assert rubric.read(written(tmp_path)).own_work == (
        OwnWork(("half",), ("convolution", "fft"), "Halve it yourself."),
    )


def test_a_rubric_without_one_has_none(tmp_path: Path) -> None:
    assert rubric.read(written(tmp_path, "criteria:\n")).own_work == ()


def test_the_whole_course_loads_with_it(tmp_path: Path) -> None:
    written(tmp_path)

    assert course.assignment(course.load(tmp_path), "toy").rubric.own_work[0].functions == ("half",)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "[convolution, fft]",
            "[convolutions]",
            "rubrics/toy.yaml:4:14: own_work[0].forbid[0]: 'convolutions' is no group; the groups are",
        ),
        ("[convolution, fft]", "[]", "it is empty or too short"),
        ("functions:", "function:", "not a field"),
        ("    says: Halve it\n      yourself.\n", "", "'says' is missing"),
    ],
)
def test_a_mistake_in_a_rule_is_named_with_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = written(tmp_path)
    toy_course.edit(path, old, new)
    with pytest.raises(CourseError) as error:
        rubric.read(path)

    assert says in str(error.value)


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("[half, halve]", "rubrics/toy.yaml:3:23: no graded function 'halve'; did you mean 'half'"),
        ("[_private]", "no graded function '_private'"),
    ],
)
def test_a_rule_is_about_graded_functions(tmp_path: Path, new: str, says: str) -> None:
    toy_course.edit(written(tmp_path), "[half]", new)
    with pytest.raises(CourseError) as error:
        course.assignment(course.load(tmp_path), "toy")

    assert says in str(error.value)


def test_a_function_has_one_rule(tmp_path: Path) -> None:
    toy_course.edit(
        written(tmp_path), "criteria:", "  - {functions: [half], forbid: [fold], says: Again.}\ncriteria:"
    )
    with pytest.raises(CourseError, match="'half' has a rule already"):
        course.assignment(course.load(tmp_path), "toy")


def test_every_group_means_operations_that_torch_has_and_nothing_that_one_needs() -> None:
    pytest.importorskip("torch")
    import torch

    names = {one.split("::")[1].split(".")[0] for one in torch._C._dispatch_get_all_op_names()}
    everyday = {"mm", "bmm", "addmm", "einsum", "matmul", "linear", "pad", "reshape", "add", "mul", "sum"}
    everyday |= {"unfold", "as_strided", "copy_", "clone", "relu", "tanh", "index", "constant_pad_nd", "to"}
    assert everyday <= names
    for name, group in groups.GROUPS.items():
        import re

        matched = {one for one in names if re.fullmatch(group.pattern, one, re.IGNORECASE)}

        assert matched, name
        assert not matched & (everyday - ({"unfold"} if name == "unfold" else set())), name
