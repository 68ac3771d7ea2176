from __future__ import annotations

import math
import warnings
from typing import Any

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from autograder.authoring import by_field, close, exact, property_holds, same_span, up_to_sign
from autograder.compare import compare, judge, margin
from autograder.compare.values import plainly_close
from autograder.model import Answer, Check, Comparison, Died, Facts, Overran, Raised

CLOSE = close()
EVERY = (CLOSE, exact, up_to_sign(), same_span())
A = np.random.default_rng(1).normal(size=(4, 4))

ordinary = st.floats(-1e6, 1e6)
shapes = hnp.array_shapes(min_dims=1, max_dims=3, max_side=5)
tables = hnp.arrays(np.float64, shapes, elements=ordinary)
anything = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.complex_numbers(),
        st.text(max_size=5),
        st.binary(max_size=3),
        st.frozensets(st.integers(), max_size=3),
        hnp.arrays(
            st.sampled_from(["f8", "f4", "f2", "i8", "u1", "u8", "b1", "c16", "c8", "U3", "O", "M8[s]"]),
            hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4),
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.text(max_size=3), inner, max_size=3),
    ),
    max_leaves=6,
)
wire = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**62), 2**62),
        st.floats(),
        st.text(max_size=5),
        hnp.arrays(st.sampled_from(["f8", "f4", "i8", "b1"]), hnp.array_shapes(min_dims=0, min_side=0)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.text(max_size=3), inner, max_size=3),
    ),
    max_leaves=6,
)


def kind_of(got: Any, want: Any, comparison: Comparison = CLOSE) -> str:
    found = compare(got, want, comparison)
    return found.kind if found else ""


def pattern_of(got: Any, want: Any, comparison: Comparison = CLOSE) -> str:
    found = compare(got, want, comparison)
    assert found is not None
    return found.pattern


# ---- properties


@given(wire, st.sampled_from(EVERY))
def test_every_value_is_right_when_compared_with_itself(value: Any, comparison: Comparison) -> None:
    assert compare(value, value, comparison) is None


@given(anything, st.one_of(anything, wire), st.sampled_from((*EVERY, property_holds)))
def test_nothing_makes_it_raise_or_warn(got: Any, want: Any, comparison: Comparison) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = compare(got, want, comparison)
        used = margin(got, want, comparison)

    assert (found is None) == (used <= 1)


@given(tables, st.data(), st.sampled_from((*EVERY, property_holds, close(1e300, 1e300))))
def test_nan_never_passes(want: Any, data: st.DataObject, comparison: Comparison) -> None:
    got = want.copy()
    got.flat[data.draw(st.integers(0, got.size - 1))] = np.nan

    assert compare(got, want, comparison) is not None


@given(tables, st.data())
def test_an_infinity_of_the_other_sign_never_passes(want: Any, data: st.DataObject) -> None:
    got, want = want.copy(), want.copy()
    at = data.draw(st.integers(0, got.size - 1))
    got.flat[at], want.flat[at] = -np.inf, np.inf

    assert kind_of(got, want) == "nan"


@given(hnp.arrays(np.float64, (4, 4), elements=ordinary))
def test_a_transposition_is_noticed(want: Any) -> None:
    assume((np.abs(want - want.T) > 1e-3).any())

    assert kind_of(want.T, want) == "value"


@given(hnp.arrays(np.float64, (6,), elements=ordinary), st.permutations(range(6)))
def test_a_permutation_is_noticed(want: Any, order: list[int]) -> None:
    got = want[order]
    assume((np.abs(got - want) > 1e-5 * (1 + np.abs(want))).any())

    assert kind_of(got, want) == "value"


@given(hnp.arrays(np.float64, (2, 3, 2), elements=ordinary.map(lambda x: round(x, 3))), st.integers(-20, 20))
def test_a_relative_tolerance_does_not_depend_on_the_scale(pair: Any, power: int) -> None:
    got, want = pair
    scale = 2.0**power

    assert margin(scale * got, scale * want, close(1e-3, 0)) == margin(got, want, close(1e-3, 0))


@given(tables, st.floats(0, 0.999))
def test_what_stays_within_the_allowance_passes(want: Any, share: float) -> None:
    got = want + share * (1e-3 + 1e-2 * np.abs(want))

    assert compare(got, want, close(1e-2, 1e-3)) is None


def test_an_error_of_just_what_is_allowed_passes() -> None:
    assert compare(1.5, 1.0, close(0, 0.5)) is None
    assert compare(1.5, 1.0, close(0.5, 0)) is None
    assert kind_of(np.nextafter(1.5, 2), 1.0, close(0.25, 0.25)) == "value"


@given(tables, st.floats(1.01, 100), st.data())
def test_one_number_beyond_the_allowance_fails_and_is_pointed_at(
    want: Any, times: float, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, want.size - 1))
    got = want.copy()
    got.flat[at] += times * (1e-3 + 1e-2 * abs(want.flat[at]))
    found = compare(got, want, close(1e-2, 1e-3))

    assert found is not None
    assert (found.wrong, found.total) == (1, want.size)
    assert found.where == f"result[{', '.join(map(str, np.unravel_index(at, want.shape)))}]"
    assert found.got == got.flat[at]
    assert found.want == want.flat[at]


@given(hnp.arrays(np.float64, (3, 4), elements=ordinary), st.lists(st.sampled_from([-1, 1]), min_size=3))
def test_vectors_may_be_turned_round_where_that_is_allowed(want: Any, signs: list[int]) -> None:
    got = want * np.array(signs[:3])[:, None]

    assert compare(got, want, up_to_sign(axis=1)) is None
    assert compare(got.T, want.T, up_to_sign(axis=0)) is None


@given(st.integers(0, 2**32 - 1))
def test_any_basis_of_the_subspace_will_do(seed: int) -> None:
    rng = np.random.default_rng(seed)
    want = np.linalg.qr(rng.normal(size=(6, 6)))[0][:3]
    turn = np.linalg.qr(rng.normal(size=(3, 3)))[0]

    assert compare(turn @ want, want, same_span()) is None


# ---- type


@pytest.mark.parametrize("got", [None, "0.5", {"a": 1.0}, {1.0}, b"1", object(), [None, 1.0]])
@pytest.mark.parametrize("want", [0.5, A, np.float64(2)])
def test_what_is_no_number_is_of_the_wrong_type(got: Any, want: Any) -> None:
    assert kind_of(got, want) == "type"


def test_nothing_returned_asks_for_a_return() -> None:
    found = compare(None, A, CLOSE)

    assert found is not None
    assert (found.kind, found.got, found.want) == ("type", "None", "an array of shape (4, 4)")
    assert found.pattern == "the function returns nothing: is there a `return`?"


def test_none_for_one_of_several_results_is_told_from_none_for_all() -> None:
    found = compare((A, None), (A, A), CLOSE)

    assert found is not None
    assert found.where == "result[1]"
    assert found.pattern == "one of the results is None: was it ever computed?"


def test_numbers_where_an_array_of_words_is_wanted_are_of_the_wrong_type() -> None:
    assert kind_of(A, np.array(["a"])) == "type"


def test_none_among_numbers_is_pointed_out() -> None:
    assert "None among the numbers" in pattern_of([1.0, None], np.ones(2))


@pytest.mark.parametrize("got", [0.0, "None", A])
def test_where_none_is_wanted_nothing_else_will_do(got: Any) -> None:
    assert kind_of(got, None) == "type"


def test_strings_are_compared_letter_by_letter() -> None:
    assert compare("relu", "relu", CLOSE) is None
    assert kind_of("Relu", "relu") == "value"
    assert kind_of(1.0, "relu") == "type"


@pytest.mark.parametrize("got", [[0.1, 0.2], (0.1, 0.2), np.array([0.1, 0.2]), [np.array(0.1), 0.2]])
def test_a_list_or_tuple_of_numbers_is_as_good_as_an_array(got: Any) -> None:
    assert compare(got, np.array([0.1, 0.2]), CLOSE) is None
    assert compare(got, [0.1, 0.2], CLOSE) is None or isinstance(got, tuple)


def test_a_number_is_as_good_as_an_array_of_no_axes() -> None:
    assert compare(0.5, np.array(0.5), CLOSE) is None
    assert compare(np.array(0.5), 0.5, CLOSE) is None
    assert compare(np.float32(0.5), np.float64(0.5), CLOSE) is None


# ---- count


def test_too_few_results_are_counted() -> None:
    found = compare((A, A), (A, A, A), CLOSE)

    assert found is not None
    assert (found.kind, found.got, found.want) == ("count", "2", "3")
    assert found.pattern == "3 results are wanted, the function returned 2"


def test_one_array_where_several_results_are_wanted_is_a_wrong_count() -> None:
    assert pattern_of(A, (A, A)) == "2 results are wanted, the function returned an array of shape (4, 4)"


def test_several_results_where_one_is_wanted_are_a_wrong_count() -> None:
    assert pattern_of((A, A), A) == "1 result is wanted, the function returned 2"
    assert kind_of((1.0, 2.0), 1.0) == "count"
    assert kind_of(("a", 2.0), A) == "count"


def test_a_comma_too_many_after_return_is_recognised() -> None:
    found = compare((A,), A, CLOSE)

    assert found is not None
    assert found.got == "a tuple of 1"
    assert "comma" in found.pattern


def test_a_wrong_count_deeper_down_says_where() -> None:
    found = compare((1.0, [A]), (1.0, [A, A]), CLOSE)

    assert found is not None
    assert found.where == "result[1]"
    assert found.pattern == "2 results are wanted in this place, there is 1"


def test_a_missing_entry_is_named_and_an_extra_one_tolerated() -> None:
    want = {"w": A, "b": 1.0}
    found = compare({"w": A}, want, CLOSE)

    assert found is not None
    assert (found.kind, found.got, found.pattern) == ("count", "no 'b'", "the dict has no 'b'")
    assert compare({"w": A, "b": 1.0, "more": None}, want, CLOSE) is None


def test_a_tuple_where_a_dict_is_wanted_names_the_entries() -> None:
    found = compare((A, 1.0), {"w": A, "b": 1.0}, CLOSE)

    assert found is not None
    assert (found.kind, found.want) == ("type", "a dict with 'w', 'b'")


def test_the_worst_entry_comes_first() -> None:
    want = {"mean": np.zeros(3), "scale": np.ones(3)}
    found = compare({"mean": np.full(3, 1e-8), "scale": np.array([1, 1, 5.0])}, want, CLOSE)

    assert found is not None
    assert found.where == "result['scale'][2]"


def test_what_is_more_basic_comes_before_what_is_worse() -> None:
    found = compare((A + 1e9, A[:, :1]), (A, A[:, 0]), CLOSE)

    assert found is not None
    assert (found.kind, found.where) == ("shape", "result[1]")


def test_an_entry_may_have_a_comparison_of_its_own() -> None:
    rows = {"rows": up_to_sign(axis=1)}
    want = {"rows": A, "mean": A[0]}

    assert compare({"rows": -A, "mean": A[0]}, want, by_field(**rows)) is None
    assert kind_of({"rows": -A, "mean": -A[0]}, want, by_field(**rows)) == "value"
    assert kind_of({"rows": A + 1e-3, "mean": A[0]}, want, by_field(close(1, 1), **rows)) == "value"


# ---- shape


def test_shapes_must_be_equal() -> None:
    found = compare(np.zeros((3, 1)), np.arange(3.0), CLOSE)

    assert found is not None
    assert (found.kind, found.got, found.want) == ("shape", "(3, 1)", "(3,)")
    assert found.pattern == ""


@pytest.mark.parametrize(
    ("got", "want", "says"),
    [
        (A[0].reshape(4, 1), A[0], "the right numbers, but with an axis of length 1 too many"),
        (A[0], A[:1], "the right numbers, but an axis of length 1 is missing"),
        (A[:1], A[0].reshape(4, 1), "the right numbers, but the axis of length 1 stands in another place"),
        (A[:3].T, A[:3], "the right numbers, but transposed"),
        (A.reshape(2, 8), A, "the right numbers in the right order, but in another shape"),
        (A.reshape(2, 2, 4).transpose(0, 2, 1), A.reshape(2, 2, 4), "in another order"),
        ([0.5], 0.5, "inside an array"),
        (0.5, [[0.5]], "the right number, but in another shape"),
        (A, A[:3], "one row too many at the end"),
        (A, A[:, 1:], "one column too many at the start"),
        (A.mean(), A[0], "over every axis"),
        (np.zeros(0), A[0], "an empty array"),
        ([[1.0, 2.0], [3.0]], A, "differ in length"),
        ([np.zeros(2), np.zeros(3)], A, "differ in length"),
    ],
)
def test_the_right_numbers_in_another_shape_are_recognised(got: Any, want: Any, says: str) -> None:
    want = np.asarray(want)

    assert kind_of(got, want) == "shape"
    assert says in pattern_of(got, want)


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (A[:1].T + 1, A[0]),
        (A[:3].T + 1, A[:3]),
        ([7.0], 1.0),
        (A + 1, A[:3]),
        (A[:3], A),
        (A.reshape(2, 2, 4) + 1, A),
        (np.arange(64.0).reshape([2] * 6), np.ones((8, 8))),
        (np.zeros((3, 2)), A[:2, :1]),
        (np.zeros((3, 2)), A[0]),
    ],
)
def test_wrong_numbers_in_another_shape_are_not_called_right(got: Any, want: Any) -> None:
    assert kind_of(got, want) == "shape"
    assert pattern_of(got, want) == ""


# ---- dtype


def test_a_float_where_exactly_a_whole_number_is_wanted_is_of_the_wrong_kind() -> None:
    found = compare(55.0, 55, exact)

    assert found is not None
    assert (found.kind, found.got, found.want) == ("dtype", "float", "int")
    assert "`//`" in found.pattern
    assert pattern_of(np.array([1.0, 2.0]), np.array([1, 2]), exact).startswith("whole numbers (int) are")
    assert kind_of(True, 1, exact) == "dtype"


def test_a_float_where_nearly_a_whole_number_is_wanted_will_do() -> None:
    assert compare(55.0, 55, CLOSE) is None
    assert compare(np.array([1.0, 2.0]), np.array([1, 2]), CLOSE) is None


def test_whole_numbers_of_any_width_are_whole_numbers() -> None:
    assert compare(np.array([1, 2], np.uint8), np.array([1, 2]), exact) is None
    assert kind_of(3, 2, exact) == "value"
    assert kind_of(10**30, 2, exact) == "nan" or kind_of(10**30, 2, exact) == "value"


@pytest.mark.parametrize(("got", "kind"), [(True, ""), (1, ""), (0, "value"), (1.0, "dtype"), (2, "dtype")])
def test_true_may_be_written_as_one(got: Any, kind: str) -> None:
    assert kind_of(got, True) == kind


def test_complex_numbers_are_refused_where_real_ones_are_wanted() -> None:
    assert kind_of(A + 0j, A) == "dtype"
    assert "take `.real`" in pattern_of(A + 0j, A)
    assert "take `.real`" not in pattern_of(A + 1j, A)


def test_complex_numbers_are_compared_where_they_are_wanted() -> None:
    want = A + 1j

    assert compare(want.copy(), want, CLOSE) is None
    assert kind_of(want.conj(), want) == "value"


def test_single_precision_brings_its_own_slack() -> None:
    assert compare(A.astype(np.float32), A, CLOSE) is None
    assert kind_of((A * (1 + 1e-3)).astype(np.float32), A) == "value"
    assert compare(A.astype(np.float32), A, close(1e-12, 0)) is None
    assert kind_of(A.astype(np.float32).astype(float), A, close(1e-12, 0)) == "value"


def test_cancellation_in_single_precision_is_forgiven_in_proportion() -> None:
    want = np.array([1e-9, 1000.0])
    got = np.array([5e-4, 1000.0], np.float32)

    assert compare(got, want, CLOSE) is None
    assert kind_of(got, want / 1000) == "value"


def test_half_precision_is_not_forgiven_and_named() -> None:
    assert "float16" in pattern_of(A.astype(np.float16), A)
    assert pattern_of(A.T.astype(np.float16).astype(float) ** 3, A) == ""


def test_integers_are_welcome_where_they_are_right() -> None:
    assert compare(np.array([1, 2]), np.array([1.0, 2.0]), CLOSE) is None
    assert "cut to whole numbers" in pattern_of(A.astype(int), A)


def test_an_empty_list_is_an_empty_array_of_any_kind() -> None:
    assert compare([], np.zeros(0, int), exact) is None


# ---- NaN and infinities


def test_nan_says_where_and_what_it_comes_from() -> None:
    found = compare((1.0, np.array([1.0, np.nan, np.nan])), (1.0, np.ones(3)), CLOSE)

    assert found is not None
    assert (found.kind, found.where, found.got, found.want) == ("nan", "result[1][1]", "nan", 1.0)
    assert (found.wrong, found.total) == (2, 3)
    assert "0/0" in found.pattern


def test_nan_and_infinities_may_stand_where_they_belong() -> None:
    want = np.array([np.nan, np.inf, -np.inf, 1.0])

    assert compare(want.copy(), want, CLOSE) is None
    assert margin(want.copy(), want, CLOSE) == 0
    assert kind_of(np.array([0.0, np.inf, -np.inf, 1.0]), want) == "nan"
    assert kind_of(want + np.array([0, 0, 0, 1]), want) == "value"


def test_numbers_beyond_every_float_are_infinite_and_wrong() -> None:
    assert kind_of(10**400, 1.0) == "nan"
    assert kind_of([-(10**400)], np.array([-np.inf])) == ""
    assert kind_of(1e308, -1e308) == "value"


def test_an_error_too_large_for_a_float_is_still_a_number() -> None:
    found = compare(np.array([1e308, 0]), np.array([-1e308, 0]), CLOSE)

    assert found is not None
    assert found.error is not None
    assert math.isfinite(found.error)


# ---- values


def test_a_failure_says_where_what_and_how_much_was_allowed() -> None:
    want = np.array([[1.0, 2.0], [3.0, -4.0]])
    got = want + np.array([[0, 0], [0, 1e-3]])
    found = compare((0.0, got), (0.0, want), close(1e-6, 1e-9))

    assert found is not None
    assert (found.kind, found.where) == ("value", "result[1][1, 1]")
    assert (found.got, found.want) == (got[1, 1], -4.0)
    assert found.error == pytest.approx(1e-3)
    assert found.allowed == pytest.approx(1e-9 + 4e-6)
    assert (found.wrong, found.total) == (1, 4)


def test_the_worst_number_is_the_worst_for_what_it_is_allowed() -> None:
    found = compare(np.array([1e6 + 5, 1.1]), np.array([1e6, 1.0]), close(1e-6, 0))

    assert found is not None
    assert found.where == "result[1]"


def test_where_nothing_is_allowed_the_largest_error_is_the_worst() -> None:
    found = compare(np.array([1, 5, 2]), np.array([0, 0, 0]), exact)

    assert found is not None
    assert (found.where, found.wrong, found.total) == ("result[1]", 3, 3)


def test_small_unsigned_integers_do_not_wrap_around() -> None:
    found = compare(np.array([0], np.uint8), np.array([1], np.uint8), CLOSE)

    assert found is not None
    assert found.error == 1


def test_signs_of_rows_are_not_signs_of_columns() -> None:
    got = A * np.array([1, -1, 1, 1])

    assert compare(got, A, up_to_sign(axis=0)) is None
    assert kind_of(got, A, up_to_sign(axis=1)) == "value"
    assert kind_of(-1.0, 1.0, up_to_sign()) == "value"
    assert compare(-A[0], A[0], up_to_sign(axis=-2)) is None


def test_another_subspace_is_not_the_same_span() -> None:
    basis = np.linalg.qr(A)[0]
    found = compare(basis[1:3], basis[:2], same_span())

    assert found is not None
    assert found.error == pytest.approx(1)
    assert (found.wrong, found.total) == (1, 2)
    assert "another subspace" in found.pattern


def test_rows_that_lie_on_one_line_span_too_little() -> None:
    basis = np.linalg.qr(A)[0]

    assert "fewer directions" in pattern_of(basis[[0, 0]], basis[:2], same_span())
    assert "more directions" in pattern_of(basis[:2], basis[[0, 0]], same_span())
    assert "fewer directions" in pattern_of(basis[:2] * 0, basis[:2], same_span())
    assert compare(-2 * basis[0], basis[0], same_span()) is None


def test_a_basis_that_cannot_be_found_is_no_right_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise np.linalg.LinAlgError

    want = np.eye(3)[:2]
    monkeypatch.setattr(np.linalg, "svd", fail)

    assert kind_of(want, want, same_span()) == "value"


@pytest.mark.parametrize(
    ("got", "right"), [(True, True), (1, True), (2.5, True), (False, False), (0.0, False)]
)
def test_a_property_holds_where_it_is_true(got: Any, right: bool) -> None:
    assert (compare(got, True, property_holds) is None) == right


def test_a_property_may_hold_number_by_number() -> None:
    want = np.array([True, False])

    assert compare(np.array([3, 0]), want, property_holds) is None
    assert kind_of(np.array([1, 1]), want, property_holds) == "value"
    assert kind_of(None, True, property_holds) == "type"


# ---- the picture


def test_the_heat_map_shows_how_badly_each_number_misses() -> None:
    want = np.zeros((2, 3))
    got = np.array([[0, 2e-9, 0], [5e-8, 0, 1e9]])
    found = compare(got, want, CLOSE)

    assert found is not None
    assert found.heat == ((0, 1, 0), (2, 0, 9))


def test_a_large_heat_map_keeps_the_worst_of_each_cell() -> None:
    want = np.zeros((100, 7))
    got = want.copy()
    got[99, 3] = 1
    found = compare(got, want, CLOSE)

    assert found is not None
    assert (len(found.heat), len(found.heat[0])) == (24, 7)
    assert [level for row in found.heat for level in row if level] == [9]
    assert found.heat[23][3] == 9


def test_of_more_than_two_axes_the_worst_slice_is_shown() -> None:
    want = np.zeros((3, 2, 2))
    got = want.copy()
    got[0, 0, 0], got[2, 1, 0] = 1e-8, 1
    found = compare(got, want, CLOSE)

    assert found is not None
    assert found.heat == ((0, 0), (9, 0))


def test_the_shown_slice_is_named() -> None:
    want = np.zeros((3, 2, 2))
    got = want.copy()
    got[0, 0, 0], got[2, 1, 0] = 1e-8, 1
    found = compare((got,), (want,), CLOSE)

    assert found is not None
    assert found.heat_of == "result[0][2, :, :]"


def test_of_a_batch_of_pictures_picture_and_channel_are_named() -> None:
    want = np.zeros((4, 8, 30, 5))
    got = want.copy()
    got[1, 6] = 1e-8
    got[2, 5, 29, 4] = 1
    found = compare(got, want, CLOSE)

    assert found is not None
    assert (len(found.heat), found.heat[23]) == (24, (0, 0, 0, 0, 9))
    assert found.heat_of.startswith("result[2, 5, :, :]; ")
    assert "picture 2, channel 5" in found.heat_of


def test_an_array_of_two_axes_is_shown_whole_and_names_no_slice() -> None:
    found = compare(np.ones((2, 3)), np.zeros((2, 3)), CLOSE)

    assert found is not None
    assert found.heat_of == ""


def test_two_numbers_make_a_heat_map() -> None:
    found = compare(np.array([1.0, 2.0]), np.array([1.0, 1.0]), CLOSE)

    assert found is not None
    assert found.heat == ((0, 6),)


def test_one_number_has_no_heat_map() -> None:
    found = compare(1.0, 2.0, CLOSE)

    assert found is not None
    assert found.heat == ()


# ---- margins


def test_the_margin_is_the_share_of_the_allowance_that_was_used() -> None:
    assert margin(1.0 + 5e-4, 1.0, close(1e-3, 0)) == pytest.approx(0.5)
    assert margin((1.0, A + 2e-3), (1.0, A), close(0, 1e-3)) == pytest.approx(2)
    assert margin(None, A, CLOSE) == math.inf
    assert margin({}, {}, CLOSE) == 0


# ---- replies


def check(**more: Any) -> Check:
    return Check("f", "some_case", "It holds.", lambda: None, **more)


VALUE_ERROR = Raised("ValueError", "no", kinds=("ValueError", "Exception", "BaseException", "object"))


def test_a_wanted_exception_passes() -> None:
    assert judge(VALUE_ERROR, VALUE_ERROR, check()) is None


def test_a_subclass_of_the_wanted_exception_passes() -> None:
    got = Raised("LinAlgError", "no", kinds=("LinAlgError", "ValueError", "Exception"))

    assert judge(got, VALUE_ERROR, check()) is None
    assert judge(VALUE_ERROR, got, check()) is not None


def test_a_function_that_is_not_written_is_never_right() -> None:
    got = Raised("NotImplementedError", "", kinds=("NotImplementedError", "RuntimeError", "Exception"))
    want = Raised("RuntimeError", "", kinds=("RuntimeError", "Exception"))

    assert judge(got, want, check()) is not None


@pytest.mark.parametrize(
    ("got", "want", "said"),
    [
        (Answer(1.0), VALUE_ERROR, ("a value", "ValueError")),
        (VALUE_ERROR, Answer(1.0), ("ValueError", "a value")),
        (Overran("seconds", 3), Answer(1.0), ("no answer", "a value")),
        (Died(9), VALUE_ERROR, ("no answer", "ValueError")),
        (Raised("KeyError", "x", kinds=("KeyError",)), VALUE_ERROR, ("KeyError", "ValueError")),
    ],
)
def test_an_exception_is_told_from_a_value(got: Any, want: Any, said: tuple[str, str]) -> None:
    found = judge(got, want, check())

    assert found is not None
    assert (found.kind, found.got, found.want) == ("raise", *said)


def test_a_wrong_value_comes_before_a_forbidden_warning() -> None:
    facts = Facts(warnings=("RuntimeWarning: overflow encountered in exp",))
    strict = check(forbids=frozenset({"warnings"}))
    found = judge(Answer(1.0, facts=facts), Answer(1.0), strict)

    assert found is not None
    assert (found.kind, found.got) == ("warning", "RuntimeWarning: overflow encountered in exp")
    assert judge(Answer(2.0, facts=facts), Answer(1.0), strict).kind == "value"  # type: ignore[union-attr]
    assert judge(Answer(1.0, facts=facts), Answer(1.0), check()) is None


def test_arguments_changed_in_place_fail_a_check_that_forbids_it() -> None:
    got = Answer(1.0, facts=Facts(mutated=("w", "b")))
    found = judge(got, Answer(1.0), check(forbids=frozenset({"mutation", "warnings"})))

    assert found is not None
    assert (found.kind, found.got, found.wrong) == ("mutation", "w, b", 2)
    assert judge(got, Answer(1.0), check()) is None


def test_facts_count_for_an_exception_too() -> None:
    got = Raised("ValueError", "no", facts=Facts(mutated=("w",)))

    assert judge(got, VALUE_ERROR, check(forbids=frozenset({"mutation"}))) is not None
    assert judge(got, VALUE_ERROR, check()) is None


@given(anything, st.data())
def test_what_is_plain_is_what_a_close_look_says(want: Any, data: st.DataObject) -> None:
    got = data.draw(
        st.one_of(st.just(want), st.just(nudged(want, 1e-12)), st.just(nudged(want, 1e-3)), anything)
    )
    plain = plainly_close(got, want, CLOSE)

    assert plain is None or plain is (compare(got, want, CLOSE) is None)


def nudged(value: Any, by: float) -> Any:
    """The same, with every number off by a share of itself."""
    if isinstance(value, list | tuple):
        return type(value)(nudged(item, by) for item in value)
    if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        with np.errstate(all="ignore"):
            return value * (1 + by)
    return value
