"""The toy convolution as an assignment, and a run of it on the fake device. No verdict here hangs on luck."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from autograder.model import (
    Assignment,
    Clocking,
    Criterion,
    Limits,
    Rubric,
    Submission,
    Timed,
    Timing,
)
from autograder.session import Bench
from autograder.timing import gpu
from autograder.timing.gpu import Fake, Rules

from . import toy

HONEST = Path(toy.__file__).read_text(encoding="utf-8")
NEEDS = ("numpy", "torch")
LIMITS = Limits(import_seconds=20, check_seconds=20, memory_mb=1024, processes=16)
QUICK = Rules(  # one pair, chains of four links however fast this machine is, each window compared in full
    slower=1e9, one_in=1, fewest=1, most=1, repeats=1, brackets=1, window_seconds=60.0, most_links=4
)
WIDE = ((50.0, 1.0),)  # so wide that no neighbour on the machine can push an honest solution out


def draw(rng: np.random.Generator, H: int = 8) -> Any:  # noqa: N803 - the letter of the slides
    """A picture of four channels, and four kernels."""
    return rng.normal(size=(1, 4, H, H)).astype(np.float32), rng.normal(size=(4, 4, 3, 3)).astype(np.float32)


TIMED = Timed("blurred", "a_picture", "It is quick.", draw, "blurred.small")
CRITERION = Criterion(
    "speed",
    "Quick",
    {TIMED.id: Fraction(4)},
    bands=WIDE,
    clocking=Clocking("gpu", 60.0, {"H": 12}),
)
RUBRIC = Rubric("toy", "Toy", (CRITERION,), NEEDS, LIMITS)
ASSIGNMENT = Assignment("toy", "Toy", {"blurred": toy.blurred}, (), (TIMED,), (), (), RUBRIC, NEEDS)


def run(source: str, bench: Bench, rules: Rules = QUICK, **words: Any) -> Timing:
    """Time `source` as Mallory's submission on the fake device."""
    submission = Submission("mallory", "toy", source, "toy.py", "sha256:0")
    device = words.pop("device", None) or Fake()
    return gpu.run(
        words.pop("timed", TIMED),
        words.pop("criterion", CRITERION),
        submission,
        words.pop("assignment", ASSIGNMENT),
        bench,
        device=device,
        rules=rules,
        **words,
    )
