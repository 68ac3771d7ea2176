"""Frames and values: whatever may cross arrives as it was, and nothing else arrives."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from autograder.jail.wire import DTYPES, HEAD, MAGIC, Decoder, WireError, encode, frame, header_of, lengths

NUMBERS = st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.floats(allow_nan=False)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    NUMBERS | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(WORDS, inner, max_size=4)
    ),
    max_leaves=12,
)
ARRAYS = st_numpy.arrays(
    st.sampled_from(sorted(DTYPES)).map(lambda name: np.dtype("?" if name == "b1" else name)),
    st_numpy.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4),
)


def crossed(value: Any) -> Any:
    """`value` after its way through a frame."""
    buffers: list[bytes] = []
    data = frame({"value": encode(value, buffers)}, buffers)
    header, payload = lengths(data[: HEAD.size], 1 << 20)
    decoder = Decoder(data[HEAD.size + header :])
    assert len(data) == HEAD.size + header + payload
    arrived = decoder.value(header_of(data[HEAD.size : HEAD.size + header])["value"])
    decoder.finish()
    return arrived


@given(VALUES)
def test_plain_values_arrive_as_they_were(value: Any) -> None:
    arrived = crossed(value)

    assert arrived == value
    assert type(arrived) is type(value)


@given(ARRAYS)
def test_arrays_arrive_bit_for_bit(array: np.ndarray[Any, Any]) -> None:
    arrived = crossed(array)

    assert arrived.dtype == array.dtype.newbyteorder("=")
    assert arrived.shape == array.shape
    assert arrived.tobytes() == np.ascontiguousarray(array).tobytes()


@given(ARRAYS.filter(lambda array: array.ndim > 1))
def test_the_layout_in_memory_does_not_matter(array: np.ndarray[Any, Any]) -> None:
    assert crossed(array.T).tobytes() == np.ascontiguousarray(array.T).tobytes()


@given(st.integers(0, 2**64), st.integers(0, 5))
def test_a_generator_goes_on_drawing_where_it_was(seed: int, drawn: int) -> None:
    generator = np.random.default_rng(seed)
    generator.integers(0, 100, size=drawn, dtype=np.uint32)
    arrived = crossed(generator)

    def draw(one: np.random.Generator) -> list[int]:
        return one.integers(0, 9, 3, dtype=np.uint32).tolist()

    assert draw(arrived) == draw(generator)


def test_another_kind_of_generator_does_not_cross() -> None:
    with pytest.raises(WireError, match="default_rng"):
        encode(np.random.Generator(np.random.MT19937(0)), [])


def test_a_long_list_of_numbers_stays_a_list() -> None:
    assert crossed(list(range(5000))) == list(range(5000))


@pytest.mark.parametrize(
    "prefix", [b"EVIL" + bytes(12), HEAD.pack(MAGIC, 1 << 21, 0), HEAD.pack(MAGIC, 1, 1 << 40)]
)
def test_sizes_are_refused_before_anything_is_read(prefix: bytes) -> None:
    with pytest.raises(WireError):
        lengths(prefix, 1 << 20)


@pytest.mark.parametrize("text", [b"", b"[]", b"1", b"{", b"\xff", b"[" * 100_000, b'{"a":' * 50_000])
def test_a_header_is_an_object_or_nothing(text: bytes) -> None:
    with pytest.raises(WireError):
        header_of(text)


@pytest.mark.parametrize(
    "tag",
    [
        None,
        [],
        {},
        {"t": "c", "v": 1},
        {"t": "i", "v": True},
        {"t": "i", "v": 2**70},
        {"t": "i", "v": 1.0},
        {"t": "f", "v": "not a number"},
        {"t": "f", "v": "0x1p99999999"},
        {"t": "f", "v": 1.0},
        {"t": "s", "v": 1},
        {"t": "d", "v": [["a"]]},
        {"t": "d", "v": [[1, {"t": "c", "v": None}]]},
        {"t": "h", "v": 1},
        {"t": "a", "d": "O8", "s": [1], "n": 8},
        {"t": "a", "d": "f8", "s": [2], "n": 8},
        {"t": "a", "d": "f8", "s": [-1], "n": -8},
        {"t": "a", "d": "f8", "s": [1.0], "n": 8},
        {"t": "a", "d": "f8", "s": [True], "n": 8},
        {"t": "a", "d": "f8", "s": [1 << 33, 0], "n": 0},
        {"t": "a", "d": "f8", "s": [1] * 9, "n": 8},
        {"t": "a", "d": "f8", "s": [100], "n": 800},
        {"t": "a", "d": ["f8"], "s": [1], "n": 8},
        {"t": "l", "v": [{"t": "c", "v": None}] * 5000},
        {"t": ["c"], "v": None},
        {"t": "g", "v": ["1"]},
        {"t": "g", "v": ["x", "1", "0", "0"]},
        {"t": "g", "v": ["1", "1", "0", "f" * 30]},
        {"t": "g", "v": [1, 2]},
    ],
)
def test_a_malformed_value_is_refused(tag: Any) -> None:
    with pytest.raises(WireError):
        Decoder(bytes(16)).value(tag)


def test_bytes_left_over_are_refused() -> None:
    decoder = Decoder(bytes(16))
    decoder.value({"t": "a", "d": "f8", "s": [1], "n": 8})

    with pytest.raises(WireError, match="left over"):
        decoder.finish()


def test_depth_is_bounded_on_both_sides() -> None:
    deep: list[Any] = []
    for _ in range(20):
        deep = [deep]

    with pytest.raises(WireError):
        encode(deep, [])
    tag: Any = {"t": "c", "v": None}
    for _ in range(20):
        tag = {"t": "l", "v": [tag]}
    with pytest.raises(WireError):
        Decoder(b"").value(tag)


def test_a_truth_value_with_an_odd_byte_is_still_a_truth_value() -> None:
    (arrived,) = Decoder(b"\x07").value({"t": "a", "d": "b1", "s": [1], "n": 1})

    assert arrived.tobytes() == b"\x01"


def test_a_frame_is_plain_json_and_raw_bytes() -> None:
    buffers: list[bytes] = []
    data = frame({"v": encode(np.array([1.5]), buffers)}, buffers)
    _, header, payload = HEAD.unpack(data[:16])

    assert json.loads(data[16 : 16 + header])["v"]["d"] == "f8"
    assert np.frombuffer(data[-payload:])[0] == 1.5
