"""From what a check draws to the form of what every window draws anew."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.jail.wire import Decoder
from autograder.model import CourseError
from autograder.timing.gpu import forms


def form(*values: Any) -> dict[str, Any]:
    """The form of positional arguments."""
    return forms.form("f.check", values, [])


def test_an_array_gives_shape_dtype_and_scale() -> None:
    x = np.random.default_rng(0).normal(scale=2.0, size=(40, 50)).astype(np.float32)
    (one,) = form(x)["of"]

    assert {name: one[name] for name in ("is", "dtype", "shape", "stream", "centre")} == {
        "is": "drawn", "dtype": "float32", "shape": [40, 50], "stream": 0, "centre": 0.0,
    }  # fmt: skip
    assert one["scale"] == pytest.approx(float(x.std()) * 3**0.5)


def test_every_array_has_a_stream_of_its_own_at_any_depth() -> None:
    x = np.random.default_rng(0).normal(size=4)
    made = form(x, [x, (x, 3)], {"w": x})
    inner = [made["of"][0], *made["of"][1]["of"][:1], made["of"][1]["of"][1]["of"][0], made["of"][2]["of"][0]]

    assert [one["stream"] for one in inner] == [0, 1, 2, 3]
    assert made["of"][1]["list"]
    assert not made["of"][1]["of"][1]["list"]
    assert made["of"][2]["names"] == ["w"]


def test_numbers_of_one_sign_keep_it() -> None:
    rng = np.random.default_rng(0)
    variance, debt, zeros = form(rng.uniform(0.5, 1.5, 1000), -rng.uniform(1, 2, 9), np.zeros(3))["of"]

    assert variance["centre"] - variance["scale"] >= 0.5
    assert debt["centre"] + debt["scale"] <= -1
    assert (zeros["scale"], zeros["centre"]) == (0.0, 0.0)


def test_an_array_of_one_number_stays_as_it_is() -> None:
    ones = form(np.ones(3), np.arange(3.0))["of"][0]

    assert (ones["scale"], ones["centre"]) == (0.0, 1.0)


def test_all_else_crosses_as_it_is() -> None:
    buffers: list[bytes] = []
    labels = np.array([1, 0, 2])
    made = forms.form("f.check", (np.arange(3.0), labels, 2, "same", np.float64(0.5), None), buffers)
    decoder = Decoder(b"".join(buffers))
    given = [decoder.value(one["value"]) for one in made["of"][1:]]

    assert [one["is"] for one in made["of"]] == ["drawn", *["given"] * 5]
    assert given[0].tolist() == labels.tolist()
    assert given[1:] == [2, "same", 0.5, None]


def test_keywords_stay_keywords() -> None:
    made = forms.form("f.check", {"x": np.arange(3.0), "stride": 2}, [])

    assert made["names"] == ["x", "stride"]


@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "float16", "float64"])
def test_tensors_are_arrays_too(dtype: str) -> None:
    torch = pytest.importorskip("torch")
    (one,) = form(torch.linspace(-1, 1, 11).to(getattr(torch, dtype)))["of"]

    assert (one["is"], one["dtype"], one["shape"]) == ("drawn", dtype, [11])


@pytest.mark.parametrize("values", [(3, "x"), (np.arange(4),), (np.float32(2.0),)])
def test_where_nothing_can_be_new_the_check_is_at_fault(values: tuple[Any, ...]) -> None:
    with pytest.raises(CourseError, match=r"f\.check"):
        form(*values)


def test_where_something_cannot_cross_the_check_is_at_fault() -> None:
    with pytest.raises(CourseError, match=r"f\.check"):
        form(np.arange(3.0), len)
