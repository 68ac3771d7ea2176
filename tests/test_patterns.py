from __future__ import annotations

from typing import Any

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.compare.patterns import recognise, recognise_shape

RNG = np.random.default_rng(5)
A = RNG.normal(size=(5, 7))
S = RNG.normal(size=(4, 4))
V = RNG.normal(size=6)
POSITIVE = RNG.uniform(0.5, 3, size=8)
CUBE = RNG.normal(size=(3, 3, 5))


def says(got: Any, want: Any, rtol: float = 1e-6, atol: float = 1e-9) -> str:
    got, want = np.asarray(got), np.asarray(want)
    return recognise(got, want, atol + rtol * np.abs(want.astype(float)))


def first_row_wrong(array: Any) -> Any:
    return np.concatenate([array[:1] + RNG.normal(size=array[:1].shape), array[1:]])


def border_wrong(array: Any) -> Any:
    inner = np.zeros(array.shape, bool)
    inner[1:-1, 1:-1] = True
    return np.where(inner, array, array * RNG.uniform(0.3, 0.8, array.shape))


@pytest.mark.parametrize(
    ("got", "want", "words"),
    [
        (S.T, S, "transposed"),
        (CUBE.swapaxes(0, 1), CUBE, "axes 0 and 1 are swapped"),
        (A.T.reshape(A.shape), A, "`reshape` where the axes should be transposed"),
        (-A, A, "every value has the wrong sign"),
        (-2.5, 2.5, "the sign is wrong"),
        (A[::-1], A, "the rows are in reverse order"),
        (A[:, ::-1], A, "the columns are in reverse order"),
        (V[::-1], V, "the values are in reverse order"),
        (CUBE[..., ::-1], CUBE, "the slices along axis 2 are in reverse order"),
        (S[::-1, ::-1], S, "turned by 180 degrees"),
        (np.roll(A, 1, 0), A, "one row late"),
        (np.roll(A, -1, 1), A, "one column early"),
        (np.concatenate([[0.0], V[:-1]]), V, "one value late"),
        (np.concatenate([V[1:], [9.0]]), V, "one value early"),
        (2 * A, A, "every value is twice the wanted one"),
        (A / 2, A, "every value is half the wanted one"),
        (4 * A, A, "every value is four times the wanted one"),
        (A / 4, A, "every value is a quarter of the wanted one"),
        (-2 * A, A, "every value has the wrong sign and is twice the wanted one"),
        (5 * A, A, "n = 5 times too large, the length of axis 0: a sum where a mean belongs?"),
        (A / 7, A, "n = 7 times too small, the length of axis 1: a mean where a sum belongs?"),
        (A * 12 / 11, A, "divided by n - 1 where n belongs?"),
        (A * 11 / 12, A, "divided by n where n - 1 belongs?"),
        (A / np.log(2), A, "the logarithm to base 2 where the natural one belongs?"),
        (A / np.log(10), A, "the logarithm to base 10 where the natural one belongs?"),
        (A * np.log(2), A, "the natural logarithm where the one to base 2 belongs?"),
        (A * np.log(10), A, "the natural logarithm where the one to base 10 belongs?"),
        (32 * A, A, "is a division by the number of examples missing?"),
        (A / 32, A, "one division by the number of examples too many?"),
        (3.7134 * A, A, "every value is off by the same factor"),
        (A + 1, A, "every value is too large by 1"),
        (A - 0.123, A, "every value is too small by the same amount"),
        (POSITIVE**2, POSITIVE, "the square of the wanted one: is a root missing?"),
        (np.sqrt(POSITIVE), POSITIVE, "the square root of the wanted one"),
        (1 / POSITIVE, POSITIVE, "one over the wanted one"),
        (np.exp(V), V, "is a logarithm missing?"),
        (np.log(POSITIVE), POSITIVE, "the logarithm of the wanted one"),
        (1 - A, A, "one minus the wanted one"),
        ([1, 1, 1, 0], [0, 0, 0, 1], "one minus the wanted one"),
        (np.abs(A), A, "the sign is lost"),
        (np.maximum(A, 0), A, "the negative values became zero"),
        (np.round(A, 3), A, "every value is rounded to 3 decimals"),
        (np.round(A, 1), A, "every value is rounded to 1 decimal:"),
        ([round(float(v), 4) for v in V], V, "every value is rounded to 4 decimals"),
        (0.7311, 0.7310585786, "every value is rounded to 4 decimals"),
        (np.round(10 * A), 10 * A, "every value is rounded to whole numbers"),
        ((10 * A).astype(int), 10 * A, "an integer array, or // where / is meant"),
        (np.floor(10 * A).astype(int), 10 * A, "an integer array, or // where / is meant"),
        (np.zeros(8, int), POSITIVE / 4, "an integer array, or // where / is meant"),
        (np.trunc(10 * A), 10 * A, "cut to whole numbers"),
        (7, 7.9, "an integer array, or // where / is meant"),
        (np.zeros((5, 7)), A, "every value is zero"),
        (np.full((5, 7), 0.3), A, "every value is the same"),
        (A[[3, 0, 4, 1, 2]], A, "the right rows, but in another order"),
        (A[:, [3, 0, 4, 1, 2, 6, 5]], A, "the right columns, but in another order"),
        (np.sort(V), V, "the right numbers, but in another order"),
        (first_row_wrong(A), A, "only the first row is wrong"),
        (first_row_wrong(A[::-1])[::-1], A, "only the last row is wrong"),
        (first_row_wrong(A.T).T, A, "only the first column is wrong"),
        (first_row_wrong(V), V, "only the first value is wrong"),
        (np.where(np.arange(6) == 2, 9, V), V, "only one value is wrong"),
        (np.where(np.arange(5)[:, None] == 2, A * RNG.uniform(2, 3, 7), A), A, "only one row is wrong"),
        (np.where(np.arange(35).reshape(5, 7) == 3, 9, A), A, "only one value is wrong"),
        (border_wrong(A), A, "only the border is wrong: look at the padding"),
        (S + np.diag([1.0, 2, 3, 4]), S, "only the diagonal is wrong"),
        (A + RNG.normal(size=7), A, "each column is off by a constant of its own: a bias or a mean missing?"),
        (A + RNG.normal(size=(5, 1)), A, "each row is off by a constant of its own"),
        (A * RNG.uniform(2, 3, size=7), A, "each column is off by a factor of its own"),
        (A * RNG.uniform(2, 3, size=(5, 1)), A, "each row is off by a factor of its own"),
    ],
)
def test_a_usual_shape_of_error_is_recognised(got: Any, want: Any, words: str) -> None:
    assert words in says(got, want)


@given(hnp.arrays(np.float64, (2, 4, 3), elements=st.floats(-10, 10)))
def test_a_sentence_never_holds_a_wanted_number(pair: Any) -> None:
    got, want = pair
    digits = {word for word in says(got, want).replace(":", " ").split() if word[:1].isdigit()}

    assert digits <= {"1", "0", "2", "3", "4", "5", "6", "10", "180"}


@given(st.integers(0, 2**32 - 1))
def test_unrelated_numbers_are_given_no_pattern(seed: int) -> None:
    got, want = np.random.default_rng(seed).normal(size=(2, 3, 4))

    assert says(got, want) == ""


@given(
    hnp.arrays(
        st.sampled_from(["f8", "f4", "f2", "i8", "u1", "b1", "c16"]),
        hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4),
    ),
    st.data(),
    st.floats(0, 10),
)
def test_any_two_arrays_can_be_looked_at(want: Any, data: st.DataObject, allowed: float) -> None:
    got = data.draw(hnp.arrays(st.sampled_from(["f8", "f4", "i8", "u1", "b1"]), want.shape))

    assert isinstance(recognise(got, want, allowed), str)


@pytest.mark.parametrize("factor", [3.7134, 17.3, 0.0371, 1.0005])
def test_an_unknown_factor_is_not_told(factor: float) -> None:
    assert says(factor * A, A) == "every value is off by the same factor"


def test_a_number_of_examples_is_not_told() -> None:
    assert not any(character.isdigit() for character in says(32 * A, A))


@pytest.mark.parametrize("times", [2, -1, 5, 1 / 3, 3.7134])
@pytest.mark.parametrize("want", [3.0, [3.0], [3.0, 0.0, 0.0], [1.0, 1.0, 0.0]])
def test_one_number_alone_supports_no_factor(times: float, want: Any) -> None:
    assert "every value" not in says(times * np.asarray(want), want)


def test_zeros_support_no_factor() -> None:
    assert says([0.0, 2.0, 6.0], [0.0, 1.0, 3.0]) == "every value is twice the wanted one"
    assert "twice" not in says([1.0, 2.0, 6.0], [0.0, 1.0, 3.0])


def test_numbers_that_are_much_alike_support_neither_factor_nor_constant() -> None:
    want = 1000 + RNG.normal(size=9) * 1e-3

    assert says(1.01 * want, want, rtol=1e-3) == ""


def test_noise_around_zero_is_no_tiny_factor() -> None:
    assert says(1e-12 * RNG.normal(size=9), POSITIVE[[0, 1, 2, 3, 4, 5, 6, 7, 0]]) == ""


def test_a_wide_allowance_tells_no_n_from_the_next() -> None:
    assert "n - 1" not in says(A * 150 / 149, A, rtol=1e-4)


def test_labels_in_another_order_are_only_wrong_labels() -> None:
    assert says([1, 0, 0, 0], [0, 0, 0, 1]) == ""
    assert says([[0, 1], [0, 0]], [[0, 0], [1, 0]]) == ""


def test_a_half_that_is_no_rounding_is_not_called_one() -> None:
    assert says(0.5, 0.46) == ""
    assert says(1.0, 0.8) == ""
    assert says(1, 0.8) == ""


def test_a_step_counted_one_too_high_is_no_shift() -> None:
    assert says(np.arange(2.0, 8.0), np.arange(1.0, 7.0)) == "every value is too large by 1"


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (np.zeros(3), np.zeros(4)),
        (np.zeros(0), np.zeros(0)),
        (np.array([np.nan, 1.0]), np.array([1.0, 2.0])),
        (np.array([1.0, 2.0]), np.array([np.inf, 2.0])),
        (np.array([1j, 2.0]), np.array([1.0, 2.0])),
        (np.ones(1_000_001), np.zeros(1_000_001)),
    ],
)
def test_what_cannot_be_looked_at_gets_no_sentence(got: Any, want: Any) -> None:
    assert recognise(got, want, 1e-9) == ""


def test_rows_too_many_to_be_matched_are_left_alone() -> None:
    want = RNG.normal(size=(1200, 2))

    assert says(want[RNG.permutation(1200)], want) == "the right numbers, but in another order"


def test_the_shape_is_not_guessed_at_where_arrays_are_huge() -> None:
    assert recognise_shape(np.zeros(1_000_001), np.zeros((1_000_001, 1)), lambda _: True) == ""
