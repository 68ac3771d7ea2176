"""What a time says of where an answer came from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.model import Timing, Verdict
from autograder.policy import cost

FAST = Timing("conv2d.large", Verdict.DECIDED, "process", 0.3, 0.28, 0.34)


def test_a_time_below_what_one_writes_oneself_is_a_flag() -> None:
    assert cost.too_fast(FAST) == (
        "conv2d.large took 0.30 of the time of our unfold and product (at most 0.34); below 0.55 is where "
        "the library's own convolution lies, and very good code too"
    )


@pytest.mark.parametrize(
    "timing",
    [
        replace(FAST, measure=1.0, low=0.97, high=1.03),
        replace(FAST, high=0.6),
        replace(FAST, clock="growth"),
        Timing("conv2d.large", Verdict.PENDING_NO_GPU, "cuda"),
    ],
)
def test_a_time_that_says_nothing_is_none(timing: Timing) -> None:
    assert cost.too_fast(timing) == ""


def test_the_limit_can_be_another() -> None:
    assert cost.too_fast(FAST, limit=0.25) == ""
    assert "below 0.4" in cost.too_fast(FAST, limit=0.4)
