"""How the arguments of a call are shown to a person."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder import arguments


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.array([1.0, 2.5]), "[1. , 2.5]"),
        (np.float64(0.25), "0.25"),
        ([1, np.array([2])], "[1, [2]]"),
        ((1.5, "a"), "(1.5, 'a')"),
        ({"k": 1}, "{k: 1}"),
        (len, "a function"),
        (None, "None"),
    ],
)
def test_values_are_shown_briefly(value: Any, text: str) -> None:
    assert arguments.short(value) == text


def test_a_large_array_is_shown_by_its_shape_and_corners() -> None:
    assert arguments.short(np.zeros((10, 10))).startswith("shape (10, 10): [[0., 0., ..., 0., 0.]")


def test_arguments_are_shown_by_name() -> None:
    assert arguments.described((1, 2, 3), ("a", "b")) == (("a", "1"), ("b", "2"), ("argument 3", "3"))
    assert arguments.described({"n": 5}, ("a",)) == (("n", "5"),)
