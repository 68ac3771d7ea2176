"""Questions: arrays lie in shared memory, the rest crosses once."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autograder.jail.timed import _Given
from autograder.jail.wire import WireError
from autograder.model import CourseError
from autograder.timing.memory import Shared
from autograder.timing.question import alike, drawn, outputs, question, several

from .scripted import TIMED


def crossed(call: Any) -> Any:
    """What the jail makes of a call."""
    asked = question(TIMED, call)
    memory = Shared(asked.size, readonly=True)
    memory.put(asked.arrays, asked.places)
    args, kwargs = _Given(memory.descriptor).arguments(
        json.loads(json.dumps(asked.header)), b"".join(asked.buffers)
    )
    return kwargs or tuple(args)


@pytest.mark.parametrize(
    "call",
    [
        (np.arange(6.0).reshape(2, 3),),
        (np.arange(3, dtype=np.float32), 2, True, None, "same", 0.5),
        {"x": np.arange(3), "stride": 2},
        ([np.arange(2), np.arange(3.0)], {"W": np.ones((2, 2)), "n": 3}),
        (np.array(2.0), (np.zeros((0, 4)), 1)),
        (np.arange(12).reshape(3, 4).T, np.arange(10)[::2]),
    ],
    ids=["array", "scalars", "keywords", "nested", "empty", "strided"],
)
def test_a_call_arrives_as_it_was(call: Any) -> None:
    np.testing.assert_equal(crossed(call), call)


def test_arrays_that_arrive_cannot_be_written() -> None:
    (x,) = crossed((np.arange(3.0),))

    with pytest.raises(ValueError, match="read-only"):
        x[0] = 1


def test_tensors_arrive_as_tensors() -> None:
    torch = pytest.importorskip("torch")
    x, w = crossed((torch.arange(6.0).reshape(2, 3), np.ones(2)))

    assert torch.equal(x, torch.arange(6.0).reshape(2, 3))
    assert isinstance(w, np.ndarray)


def test_numbers_are_no_arrays_and_cross_with_the_words() -> None:
    asked = question(TIMED, (np.zeros(3), 2))

    assert [one.shape for one in asked.arrays] == [(3,)]
    assert "array" in asked.header["arguments"][0]
    assert "value" in asked.header["arguments"][1]


def test_a_function_cannot_cross() -> None:
    with pytest.raises(WireError):
        question(TIMED, (np.zeros(1), print))


@pytest.mark.parametrize(
    ("value", "call"), [((1, 2), (1, 2)), ({"x": 1}, {"x": 1}), (7, (7,)), ([1], ([1],))]
)
def test_what_is_drawn_is_a_call(value: Any, call: Any) -> None:
    timed = replace(TIMED, draw=lambda _rng: value)

    assert drawn(timed, np.random.default_rng(0), {}) == call


def test_a_draw_gets_the_sizes() -> None:
    (x,) = drawn(TIMED, np.random.default_rng(0), {"n": 7})  # type: ignore[misc]

    assert x.shape == (7,)


def test_a_draw_that_fails_is_the_courses_fault() -> None:
    with pytest.raises(CourseError, match="TypeError"):
        drawn(TIMED, np.random.default_rng(0), {"h": 7})


def test_repeats_differ_in_numbers_alone() -> None:
    first = question(TIMED, (np.zeros(3), 2))

    assert alike(TIMED, first, other := question(TIMED, (np.ones(3), 2))) is other
    for call in ((np.ones(4), 2), (np.ones(3), 3), (np.ones(3, np.float32), 2), (np.ones(3), [2])):
        with pytest.raises(CourseError, match="draws other shapes, or other values"):
            alike(TIMED, first, question(TIMED, call))


def test_a_question_without_an_array_is_refused() -> None:
    asked = question(TIMED, (3, [1.0, 2.0]))

    with pytest.raises(CourseError, match=r"double\.numbers draws no array"):
        alike(TIMED, asked, asked)


def test_an_answer_is_one_array_or_a_tuple_of_them() -> None:
    assert [one.tolist() for one in outputs((np.ones(1), 2), None)] == [[1.0], 2]
    assert [one.tolist() for one in outputs([1.0, 2.0], None)] == [[1.0, 2.0]]
    assert [one.tolist() for one in outputs((np.ones(1), "cache"), 0)] == [[1.0]]
    assert several((1, 2), None)
    assert not several([1, 2], None)
    assert not several(((1, 2), 3), 1)
    assert several(((1, 2), 3), 0)
