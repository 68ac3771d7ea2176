"""How well the reference of `train_classifier` does over many seeds, and how badly the usual failures do.

`python -m bench.training_spread` plays the graded scenario, without its floor, and prints what the floor and
the accuracies in the docstring of the glyphs rest on. It takes some minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from autograder.course import loading

ROOT = Path(__file__).parents[1]
SEEDS = 24
FEW = 4  # seeds for a failure: it is far off, or it does not show here


def main() -> None:
    """Measure and print."""
    import torch  # noqa: PLC0415 - an extra

    torch.set_num_threads(1)  # as in a jail
    names = ("reference", "misconceptions", "checks")
    parts = loading.modules(ROOT / "solutions" / "cnn_architectures", names, ROOT, "training_spread")
    checks, reference = parts["checks"], parts["reference"]

    def read(train: Callable[..., Any], make: Callable[..., Any], seed: int) -> float:
        return float(checks.glyphs_read(train, make, np.random.default_rng(seed))[0])

    _row("the reference", [read(reference.train_classifier, checks.reader, seed) for seed in range(SEEDS)])
    _row("a linear layer", [read(reference.train_classifier, checks.linear, seed) for seed in range(FEW)])
    for name, value in vars(parts["misconceptions"]).items():
        record = getattr(value, "graded", None)
        if record is not None and record.function == "train_classifier":
            _row(name, [read(value, checks.reader, seed) for seed in range(FEW)])


def _row(name: str, accuracies: list[float]) -> None:
    values = np.array(accuracies)
    sys.stdout.write(
        f"{name:28} {len(values):3} seeds  mean {values.mean():.4f}  sd {values.std(ddof=1):.4f}  "
        f"min {values.min():.3f}  max {values.max():.3f}\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
