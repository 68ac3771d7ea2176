"""Gates: no order of summation fails, no lower precision passes, and the precision is named."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.model import Gates
from autograder.timing import gates

RNG = np.random.default_rng(11)
A = RNG.normal(size=(64, 1152))
B = RNG.normal(size=(1152, 64))
WANT = (A @ B).astype(np.float32)
SINGLE_A, SINGLE_B = A.astype(np.float32), B.astype(np.float32)


def rounded(values: np.ndarray, bits: int) -> np.ndarray:
    """float32 with `bits` bits of the fraction dropped, to nearest: 13 leaves TF32, 16 bfloat16."""
    whole = values.astype(np.float32).view(np.uint32)
    half = np.uint32(1 << (bits - 1))
    return ((whole + half) & ~np.uint32((1 << bits) - 1)).view(np.float32)


def halved(values: np.ndarray) -> np.ndarray:
    """Rounded to half precision."""
    return values.astype(np.float16).astype(np.float32)


def test_the_right_answer_passes() -> None:
    assert gates.judge(WANT.copy(), WANT) == ""


def test_the_worst_order_of_summation_passes() -> None:
    total = np.zeros_like(WANT)
    for k in range(A.shape[1]):
        total += np.outer(SINGLE_A[:, k], SINGLE_B[k])

    assert gates.judge(total, WANT) == ""


def test_more_precision_than_asked_for_passes() -> None:
    assert gates.judge(A @ B, WANT) == ""


@pytest.mark.parametrize(
    ("got", "named"),
    [
        (halved(A) @ halved(B), "half precision (float16) or TF32"),
        (rounded(A, 13) @ rounded(B, 13), "half precision (float16) or TF32"),
        (rounded(A, 16) @ rounded(B, 16), "bfloat16"),
    ],
    ids=["float16", "tf32", "bfloat16"],
)
def test_a_lower_precision_is_named(got: np.ndarray, named: str) -> None:
    said = gates.judge(got, WANT)

    assert named in said
    assert "float32" in said


def test_single_precision_is_named_where_double_is_wanted() -> None:
    said = gates.judge((SINGLE_A @ SINGLE_B).astype(np.float64), A @ B)

    assert "single precision (float32)" in said


def test_a_large_error_is_no_precision() -> None:
    assert gates.judge(0.9 * WANT, WANT) == "The answer is wrong: it is off by 10 % of its size."


def test_one_wrong_pixel_does_not_hide_behind_many_right_ones() -> None:
    want = RNG.normal(size=1_000_000).astype(np.float32)
    got = want.copy()
    got[7] += 0.01

    assert "single numbers" in gates.judge(got, want)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_wrong(bad: float) -> None:
    got = WANT.copy()
    got[3, 4] = bad

    assert gates.judge(got, WANT) == "The answer contains numbers that are not finite."


def test_numbers_beyond_all_size_are_wrong_and_no_warning() -> None:
    assert gates.judge(np.full(WANT.shape, 1e300), WANT).startswith("The answer is wrong")
    assert gates.judge(np.full(WANT.shape, 1e4000, np.longdouble), WANT).endswith("not finite.")


def test_another_shape_is_named() -> None:
    assert "(64, 63)" in gates.judge(WANT[:, :-1], WANT)


def test_a_coarser_type_is_named() -> None:
    assert "float16" in gates.judge(WANT.astype(np.float16), WANT)


@pytest.mark.parametrize("got", ["text", None, 3.0, np.array([object()]), np.zeros(2, complex)])
def test_what_is_no_array_of_numbers_is_wrong(got: Any) -> None:
    assert gates.judge(got, np.zeros(1)) == "The answer is not an array of numbers."


def test_whole_numbers_are_equal_or_wrong() -> None:
    want = np.arange(5)

    assert gates.judge(want.astype(float), want) == ""
    assert gates.judge(want + (want == 2), want) == "The answer is wrong: 1 of 5 numbers differ."


def test_large_whole_numbers_are_not_rounded_before_they_are_compared() -> None:
    want = np.array([2**60 + 1])

    assert gates.judge(want - 1, want) == "The answer is wrong: 1 of 1 numbers differ."


def test_truth_values_are_compared() -> None:
    want = np.array([True, False])

    assert gates.judge(want.copy(), want) == ""
    assert gates.judge(~want, want) != ""


def test_an_empty_answer_is_right_where_nothing_is_asked() -> None:
    empty = np.zeros((0, 3), np.float32)

    assert gates.judge(empty.copy(), empty) == ""


def test_nought_is_compared_without_a_size_of_its_own() -> None:
    nought = np.zeros(4, np.float32)

    assert gates.judge(nought.copy(), nought) == ""
    assert gates.judge(nought + 1, nought) != ""


def test_the_rubrics_own_gates_count() -> None:
    got = WANT * np.float32(1.001)

    assert gates.judge(got, WANT, Gates(norm=1e-2, worst=1e-1)) == ""
    assert gates.judge(got, WANT) != ""
