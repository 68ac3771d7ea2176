"""What was timed is compared: each link by its projections, some outputs in full, both with each other."""

# ruff: noqa: ARG002 - what a side is asked in which time does not matter to one whose answers are written down

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from autograder.jail import hashing
from autograder.model import CourseError, Gates, Verdict
from autograder.timing.gpu import checked
from autograder.timing.gpu.side import Kinds, Lost, Replay, Window

SIZE, LINKS, NONCE = 5000, 3, 99
NORM = {"float32": 2e-5, "float64": 1e-11}


def truth(seed: int, dtype: str = "float32") -> np.ndarray[Any, Any]:
    """The right output for a seed."""
    return np.sin(3 * hashing.uniform(seed, 0, (SIZE,), dtype, 1.0))


@dataclass
class Side:
    """A side that answers with the truth; `answer` is what it hands in when asked in full."""

    dtype: str = "float32"
    answer: Any = None
    asked: int = 0
    kinds: Kinds = ()

    def replay(self, seeds: Sequence[int], signs: Sequence[int], seconds: float) -> Replay:
        """The truth for each link."""
        found = [hashing.project([truth(a, self.dtype)], b) for a, b in zip(seeds, signs, strict=True)]
        self.answer = truth(seeds[-1], self.dtype)
        kinds = self.kinds or ((self.dtype, (SIZE,)),)
        return Replay(np.array([one[0] for one in found]), np.array([one[1] for one in found]), kinds)

    def outputs(self, seconds: float) -> tuple[np.ndarray[Any, Any], ...]:
        """What was kept."""
        self.asked += 1
        return self.answer if isinstance(self.answer, tuple) else (self.answer,)


def played(wrong: Any = lambda y, _: y, dtype: str = "float32") -> tuple[Window, np.ndarray[Any, Any]]:
    """The window of somebody who computes `wrong(truth, link)`, and the last output."""
    seed, rows = 17, []
    for link in range(LINKS):
        y = wrong(truth(seed, dtype), link)
        rows.append(hashing.project([y], seed if link < LINKS - 1 else NONCE)[0])
        seed = hashing.next_seed(seed, rows[-1])
    return Window(1.0, 17, NONCE, np.array(rows), ((str(y.dtype), (SIZE,)),)), y


def verdict(window: Window, handed: Any, *, full: bool = False, tolerance: Gates | None = None) -> str:
    """What is said of a window; empty where nothing is."""
    theirs = Side(answer=handed)
    try:
        checked.check(window, Side(), theirs, full=full, tolerance=tolerance, seconds=1.0)  # type: ignore[arg-type]
    except Lost as lost:
        return lost.reason if lost.verdict == Verdict.WRONG_OUTPUT else f"{lost.verdict}?"
    return ""


@pytest.mark.parametrize("full", [False, True])
def test_the_right_output_is_right(full: bool) -> None:
    assert verdict(*played(), full=full) == ""


def test_another_order_of_summation_is_right() -> None:
    rng = np.random.default_rng(0)
    window, y = played(lambda y, _: (y * (1 + 4e-7 * rng.normal(size=SIZE))).astype(np.float32))

    assert verdict(window, y, full=True) == ""


def test_an_output_is_asked_for_only_where_it_is_wanted() -> None:
    for full in (False, True):
        theirs = Side(answer=played()[1])
        checked.check(played()[0], Side(), theirs, full=full, tolerance=None, seconds=1.0)  # type: ignore[arg-type]

        assert theirs.asked == full


@pytest.mark.parametrize("link", range(LINKS))
def test_one_wrong_link_is_enough(link: int) -> None:
    window, y = played(lambda y, at: y * np.float32(1.01) if at == link else y)

    assert verdict(window, y)


def test_half_precision_is_named() -> None:
    rounded = lambda y, _: y.astype(np.float16).astype(np.float32)  # noqa: E731 - one line of mathematics
    window, y = played(rounded)

    assert "half precision (float16) or TF32" in verdict(window, y)


def test_half_precision_is_right_where_the_rubric_allows_it() -> None:
    window, y = played(lambda y, _: y.astype(np.float16).astype(np.float32))

    assert verdict(window, y, full=True, tolerance=Gates(1e-3, 1e-2)) == ""


def test_an_answer_of_lower_type_is_wrong_before_it_is_looked_at() -> None:
    window, y = played(lambda y, _: y.astype(np.float16))

    assert "float16" in verdict(window, y)


def test_the_right_projections_of_another_output_are_wrong() -> None:
    window, y = played()

    assert verdict(window, y + np.float32(3e-6), full=True) == (
        "The output that was handed in afterwards is not the one that was timed."
    )
    assert verdict(window, 0 * y, full=True)


def test_the_wrong_projections_of_the_right_output_are_wrong() -> None:
    window, y = played()
    table = window.table.copy()
    table[-1] += 1.0

    assert "not the one that was timed" in verdict(replace(window, table=table), y)


def test_a_lie_in_the_middle_of_the_chain_is_wrong_though_the_last_output_is_right() -> None:
    window, _ = played()
    table = window.table.copy()
    table[0, 1] *= -1
    lied = replace(window, table=table)
    seeds, _ = checked.seeds_of(lied)
    y = truth(seeds[-1])
    table[-1] = hashing.project([y], NONCE)[0]

    assert verdict(lied, y) == (
        "One of the outputs that were timed is not right, or is not the output that was claimed."
    )


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e308])
def test_what_is_not_finite_is_wrong(value: float) -> None:
    window, y = played()
    table = window.table.copy()
    table[1] = value

    assert verdict(replace(window, table=table), y)
    assert verdict(window, np.full(y.shape, value), full=True)


def test_other_shapes_and_numbers_of_outputs_are_named() -> None:
    window, y = played()

    assert "shape (7,)" in verdict(replace(window, kinds=(("float32", (7,)),)), y)
    assert "holds 2 arrays; 1 are" in verdict(replace(window, kinds=window.kinds * 2), y)
    assert "holds 2 arrays; 1 are" in verdict(window, (y, y), full=True)


def test_seeds_follow_from_what_was_claimed() -> None:
    window, _ = played()
    other = replace(window, table=window.table + np.array([[0.0], [1e-9], [0.0]]))
    (seeds, signs), (moved, _) = checked.seeds_of(window), checked.seeds_of(other)

    assert seeds[:2] == moved[:2]
    assert seeds[2] != moved[2], "a link cannot be computed before the one before it is"
    assert signs == [*seeds[:2], NONCE]


def test_a_reference_that_is_not_finite_is_our_fault() -> None:
    class Infinite(Side):
        def replay(self, *args: Any) -> Replay:
            replay = super().replay(*args)
            return replace(replay, norms=replay.norms * np.inf)

    with pytest.raises(CourseError):
        checked.check(played()[0], Infinite(), Side(), full=False, tolerance=None, seconds=1.0)  # type: ignore[arg-type]


def test_each_dtype_has_its_gate() -> None:
    assert {kind: checked.gates_of(kind, None).norm for kind in NORM} == NORM
    assert checked.gates_of("bfloat16", None).norm == 1e-2
    assert checked.gates_of("int64", None).norm == 0.0
