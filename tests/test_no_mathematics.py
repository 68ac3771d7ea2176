"""Whole assignments without any mathematics: an answer is worth the checks where it happens to be right.

A check that such an answer passes and that does not stand here is a check that gives points away.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from autograder import course, grade
from autograder.answerkey import AnswerKey
from autograder.model import Course, Status, Submission
from autograder.session import Bench

pytestmark = pytest.mark.jail

ROOT = Path(__file__).parents[1]
SEED = "5eed"
ASSIGNMENTS = (
    "perceptron",
    "regression",
    "activations",
    "losses",
    "backprop",
    "optimizers",
    "init_norm",
    "convolution",
    "conv_arithmetic",
    "conv_layers",
    "cnn_architectures",
    "detection_segmentation",
    "understanding",
    "pca",
    "tsne_autoencoder",
    "recurrent",
)
ANSWERS: Mapping[str, str] = {
    "nothing": "return None",
    "refuses": "raise ValueError",
    "hands_back": "return first(args, kwargs)",
    "zeros": "return filled(first(args, kwargs), 0.0)",
    "halves": "return filled(first(args, kwargs), 0.5)",
}
HEAD = """\
import sys

import numpy as np


def first(args, kwargs):
    return args[0] if args else next(iter(kwargs.values()), 1.0)


def filled(like, number):
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(like, torch.Tensor):
        return torch.full_like(like, number, dtype=torch.float64)
    return np.full(np.shape(like), number)


"""
NETWORK = """\
class {name}(torch.nn.Module):
    def __init__(self, *args, **kwargs):
        super().__init__()

    def forward(self, *args, **kwargs):
        {answer}


"""
FUNCTION = """\
def {name}(*args, **kwargs):
    {answer}


"""
DESERVED: Mapping[tuple[str, str], frozenset[str]] = {
    # Planes that separate nothing are to be refused.
    ("perceptron", "refuses"): frozenset(
        {"convergence_bound.a_point_behind_the_plane", "convergence_bound.a_point_on_the_plane"}
    ),
    # Far out the slope is 0, whatever the error.
    ("backprop", "zeros"): frozenset({"output_delta.saturated_output"}),
    # An unknown schedule is to be refused.
    ("optimizers", "refuses"): frozenset({"lr_at.a_schedule_nobody_knows"}),
    # Gradients that are short enough stay as they are.
    ("optimizers", "hands_back"): frozenset(
        {"clip_by_norm.short_enough", "clip_by_norm.just_long_enough", "clip_by_norm.nothing_to_clip"}
    ),
    # With nothing to drop, nothing dropped at test time and weights that are short enough, nothing changes.
    ("init_norm", "hands_back"): frozenset(
        {
            "dropout_forward.passes_at_test_time",
            "dropout_forward.nothing_to_drop",
            "classic_dropout_test.never_dropped",
            "max_norm.short_enough",
        }
    ),
    # A border of no width adds nothing.
    ("convolution", "hands_back"): frozenset({"pad2d.no_border"}),
    # One group alone has nothing to shuffle, and what was not shuffled has not to be put back.
    ("cnn_architectures", "hands_back"): frozenset(
        {"channel_shuffle.one_group_alone", "channel_shuffle.shuffled_back"}
    ),
    # Four zeros move no box.
    ("detection_segmentation", "hands_back"): frozenset({"bbox_decode.nothing_learned"}),
    # Where no slope is, no sticker, or none that touches the picture, the picture stays.
    ("understanding", "hands_back"): frozenset(
        {
            "fgsm.no_slope_at_any_pixel",
            "apply_stickers.no_stickers",
            "apply_stickers.beside_the_picture",
        }
    ),
    # Sizes that cannot be are to be refused.
    ("conv_arithmetic", "refuses"): frozenset(
        f"conv_output_size.{name}"
        for name in (
            "a_kernel_far_too_large",
            "a_kernel_one_cell_too_large",
            "too_large_by_less_than_the_stride",
            "holes_that_make_it_too_large",
            "a_stride_of_zero",
            "a_stride_backwards",
        )
    ),
    # Without holes a kernel covers as many cells as it has taps.
    ("conv_arithmetic", "hands_back"): frozenset(
        {"effective_kernel.a_kernel_without_holes", "effective_kernel.a_single_tap"}
    ),
    # A single point has no distance from its mean, no cloud has a mean left once it is centred, and of a ball
    # in a thousand dimensions nothing is left.
    ("pca", "zeros"): frozenset(
        {
            "center.a_lonely_point",
            "center.nothing_left_of_the_mean",
            "sphere_cube_ratio.a_thousand_dimensions",
        }
    ),
}


@pytest.fixture(scope="module")
def the_course() -> Course:
    """The course of this repository."""
    return course.load(ROOT)


@pytest.fixture(scope="module")
def keys(the_course: Course) -> dict[str, AnswerKey]:
    """The answers of the assignments that are handed in without mathematics."""
    return {name: AnswerKey(course.assignment(the_course, name), SEED) for name in ASSIGNMENTS}


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_an_answer_without_mathematics_is_worth_what_it_is_right_about(
    assignment: str, answer: str, the_course: Course, keys: dict[str, AnswerKey], bench: Bench
) -> None:
    functions = keys[assignment].assignment.functions
    networks = {name for name, function in functions.items() if hasattr(function, "forward")}
    written = [
        (NETWORK if name in networks else FUNCTION).format(name=name, answer=ANSWERS[answer])
        for name in functions
    ]
    source = ("import torch\n" if networks else "") + HEAD + "".join(written)
    handed_in = Submission("mallory", assignment, source, f"{assignment}.py", "sha256:0")
    report = grade.grade(handed_in, keys[assignment], bench, the_course)
    statuses = {outcome.check: outcome.status for mark in report.marks for outcome in mark.outcomes}

    assert {check for check, status in statuses.items() if status is Status.PASSED} == DESERVED.get(
        (assignment, answer), frozenset()
    )
    assert Status.UNGRADED not in statuses.values()
    assert report.earned <= 3
