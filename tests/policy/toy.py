"""An assignment in torch with one function under a rule, and one that may use what the rule forbids."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from autograder.authoring import check, close
from autograder.model import Assignment, Course, Criterion, Limits, OwnWork, Rubric, Submission

SAYS = "Write the convolution yourself from elementwise operations, reshaping, unfold and matrix products."
RULE = OwnWork(("conv2d",), ("convolution", "fold", "pooling", "fft"), SAYS)
NEAR = close(rtol=1e-4, atol=1e-4)
Tensor = torch.Tensor


def conv2d(x: Tensor, w: Tensor, b: Tensor, stride: int = 1, pad: int = 0) -> Tensor:
    """The reference: unfold and a product."""
    columns = nn.functional.unfold(x, w.shape[2:], padding=pad, stride=stride)
    height = (x.shape[2] + 2 * pad - w.shape[2]) // stride + 1
    return (w.flatten(1) @ columns + b[:, None]).reshape(len(x), len(w), height, -1)


def smallest(x: Tensor) -> Tensor:
    """A function that may use all of torch: the mean over windows."""
    return nn.functional.avg_pool2d(x, 2)


def drawn(rng: np.random.Generator, *shape: int) -> Tensor:
    """Normal numbers in single precision."""
    return torch.from_numpy(rng.normal(size=shape).astype(np.float32))


@check(conv2d, compare=NEAR, draws=2)
def two_pictures(rng: np.random.Generator) -> Any:
    """Two pictures of three channels through eight kernels."""
    return drawn(rng, 2, 3, 12, 12), drawn(rng, 8, 3, 3, 3), drawn(rng, 8), 1, 1


@check(conv2d, compare=NEAR, draws=1)
def steps_of_two(rng: np.random.Generator) -> Any:
    """The kernel moves two pixels at a time."""
    return {
        "x": drawn(rng, 2, 4, 9, 9),
        "w": drawn(rng, 8, 4, 3, 3),
        "b": drawn(rng, 8),
        "stride": 2,
        "pad": 1,
    }


@check(smallest, compare=NEAR, draws=1)
def one_window(rng: np.random.Generator) -> Any:
    """Windows of two by two."""
    return drawn(rng, 1, 2, 4, 4)


CHECKS = tuple(one.graded for one in (two_pictures, steps_of_two, one_window))  # type: ignore[attr-defined]
RUBRIC = Rubric(
    "toy",
    "Convolution",
    (
        Criterion("conv", "A convolution", {one.id: Fraction(2) for one in CHECKS[:2]}),
        Criterion("mean", "A mean over windows", {CHECKS[2].id: Fraction(1)}),
    ),
    needs=("numpy", "torch"),
    limits=Limits(import_seconds=10, check_seconds=10, total_seconds=60, memory_mb=512),
    own_work=(RULE,),
)
ASSIGNMENT = Assignment(
    "toy",
    "Convolution",
    {"conv2d": conv2d, "smallest": smallest},
    CHECKS,
    (),
    (),
    (),
    RUBRIC,
    RUBRIC.needs,
)
COURSE = Course("Toys", Path("/nowhere"), ("toy",))


def submission(source: str) -> Submission:
    """A student's file."""
    return Submission("ada", "toy", source, "toy.py", "sha256:0")
