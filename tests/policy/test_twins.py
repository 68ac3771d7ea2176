"""Whose rounding an answer has."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from autograder.policy import twins

SHAPES = [(2, 3, 12, 8, 3, 1, 1), (2, 4, 9, 8, 3, 2, 1), (2, 16, 10, 4, 5, 1, 2), (1, 32, 28, 32, 3, 1, 1)]


def drawn(n: int, c: int, h: int, f: int, k: int, stride: int, pad: int) -> dict[str, Any]:
    """A convolution's arguments."""
    rng = np.random.default_rng(7)
    x, w, b = (rng.normal(size=size).astype(np.float32) for size in ((n, c, h, h), (f, c, k, k), (f,)))
    return {"x": x, "w": w, "b": b, "stride": stride, "pad": pad}


def computed(form: twins.Form, arguments: dict[str, Any]) -> np.ndarray[Any, Any]:
    """What a form answers, on one thread."""
    tensors = [torch.from_numpy(arguments[name]) for name in "xwb"]
    with twins._one_thread():
        answer: np.ndarray[Any, Any] = (
            form(*tensors, arguments["stride"], arguments["pad"]).contiguous().numpy()
        )
    return answer


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", twins.LIBRARY)
def test_the_librarys_answers_agree_with_the_library_in_every_bit(name: str, shape: tuple[int, ...]) -> None:
    arguments = drawn(*shape)
    found = twins.agreement(arguments, computed(twins.LIBRARY[name], arguments))

    assert found is not None
    assert found.library[name] == 1
    assert max(found.honest.values()) < twins.APART, "honest forms lie well apart at these sizes"
    assert "agree in every bit with torch.nn.functional.conv2d" in found.evidence


@pytest.mark.parametrize("shape", [*SHAPES, (1, 8, 16, 16, 3, 1, 1), (1, 3, 6, 5, 3, 1, 0)])
@pytest.mark.parametrize("name", twins.HONEST)
def test_no_honest_answer_is_evidence(name: str, shape: tuple[int, ...]) -> None:
    arguments = drawn(*shape)
    found = twins.agreement(arguments, computed(twins.HONEST[name], arguments))

    assert found is not None
    assert found.honest[name] == 1
    assert found.evidence == ""


def test_without_onednn_the_library_cannot_be_told_from_an_honest_product() -> None:
    arguments = drawn(*SHAPES[0])
    with torch.backends.mkldnn.flags(enabled=False, allow_tf32=None):
        answer = computed(twins.LIBRARY["torch.nn.functional.conv2d"], arguments)
    found = twins.agreement(arguments, answer)

    assert found is not None
    assert found.evidence == "", "it is unfold and a product, inside the library"


def test_one_unit_in_the_last_place_defeats_the_comparison() -> None:
    arguments = drawn(*SHAPES[0])
    answer = computed(twins.LIBRARY["torch.nn.functional.conv2d"], arguments)
    answer[0, 0, 0, 0] = np.nextafter(answer[0, 0, 0, 0], np.float32(np.inf))
    found = twins.agreement(arguments, answer)

    assert found is not None
    assert found.evidence == ""


def test_tensors_and_arrays_are_the_same_to_it() -> None:
    arguments = drawn(*SHAPES[0])
    answer = computed(twins.LIBRARY["torch.nn.functional.conv2d"], arguments)
    tensors = {name: torch.from_numpy(one) if name in "xwb" else one for name, one in arguments.items()}

    assert twins.agreement(tensors, torch.from_numpy(answer)) == twins.agreement(arguments, answer)


def test_threads_are_as_before_afterwards() -> None:
    before = torch.get_num_threads()
    arguments = drawn(*SHAPES[0])
    twins.agreement(arguments, computed(twins.HONEST["shifted products"], arguments))

    assert torch.get_num_threads() == before


@pytest.mark.parametrize(
    "changed",
    [
        {"x": np.zeros((2, 3, 12), np.float32)},
        {"x": np.zeros((2, 5, 12, 12), np.float32)},
        {"x": np.zeros((2, 3, 12, 12))},
        {"x": np.zeros((0, 3, 12, 12), np.float32)},
        {"x": "a picture"},
        {"w": np.zeros((8, 3, 1, 1), np.float32)},
        {"w": np.zeros((8, 3, 33, 33), np.float32)},
        {"b": np.zeros(3, np.float32)},
        {"stride": 0},
        {"pad": -1},
        {"stride": "2"},
    ],
)
def test_what_is_no_convolution_of_single_precision_is_left_alone(changed: dict[str, Any]) -> None:
    assert twins.agreement({**drawn(*SHAPES[0]), **changed}, np.zeros((2, 8, 12, 12), np.float32)) is None


@pytest.mark.parametrize("answer", [None, 3.0, np.zeros((2, 8, 12, 12)), np.zeros(5, np.float32)])
def test_an_answer_of_another_form_is_left_alone(answer: Any) -> None:
    assert twins.agreement(drawn(*SHAPES[0]), answer) is None


def test_a_convolution_without_a_bias_has_twins_too() -> None:
    arguments = {**drawn(*SHAPES[0]), "b": None}
    x, w = (torch.from_numpy(arguments[name]) for name in "xw")
    with twins._one_thread():
        answer = torch.nn.functional.conv2d(x, w, None, 1, 1)
    found = twins.agreement(arguments, answer)

    assert found is not None
    assert found.evidence
