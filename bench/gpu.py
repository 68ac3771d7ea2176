"""`python -m bench.gpu`: the clock for devices on this machine's GPU, from known ways of one convolution.

For each way: its time as a multiple of the reference's with its interval, the share of the points, and what
was odd. The reference against itself comes several times: its interval is to cover 1. What is said stands in
bench/gpu.md, below what was said before. `--fake` runs the same on the processor with a small picture, to see
that it runs; its numbers mean nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from autograder.jail import levels
from autograder.model import (
    Assignment,
    Clocking,
    Criterion,
    Limits,
    Rubric,
    Submission,
    Timed,
    Timing,
    Verdict,
)
from autograder.session import Bench
from autograder.timing import bands, gpu
from autograder.timing.gpu import Device, Fake, device

from . import convolved

PAGE = Path(__file__).with_name("gpu.md")
SIZES = {"N": 32, "C": 64, "H": 56, "F": 128}  # reference/timing.md 3.4
SMALL = {"N": 1, "C": 4, "H": 12, "F": 4}
BANDS = ((3.0, 1.0), (30.0, 0.5))
COLUMNS = (
    "| way | verdict | share | multiple | interval | pairs | dropped | reference, ms | drawing | flags |"
)
WAYS = {
    "reference": Path(convolved.__file__).read_text(encoding="utf-8"),
    "library": (
        "import torch\ndef convolved(x, w):\n    return torch.nn.functional.conv2d(x, w, padding=1)\n"
    ),
    "shifted": """
import torch
def convolved(x, w):
    N, C, H, W = x.shape
    p = torch.nn.functional.pad(x, (1, 1, 1, 1))
    return sum(
        torch.einsum("fc,nchw->nfhw", w[:, :, i, j], p[:, :, i : i + H, j : j + W])
        for i in range(3) for j in range(3)
    )
""",
    "pixel_by_pixel": """
import torch
def convolved(x, w):
    N, C, H, W = x.shape
    p = torch.nn.functional.pad(x, (1, 1, 1, 1))
    y, k = x.new_empty(N, len(w), H, W), w.reshape(len(w), -1).T
    for i in range(H):
        for j in range(W):
            y[:, :, i, j] = p[:, :, i : i + 3, j : j + 3].reshape(N, -1) @ k
    return y
""",
    "half_precision": """
import torch
def convolved(x, w):
    return torch.nn.functional.conv2d(x.half(), w.half(), padding=1).float()
""",
    "tensor_float": """
import torch
def convolved(x, w):
    torch.backends.cudnn.allow_tf32 = True
    return torch.nn.functional.conv2d(x, w, padding=1)
""",
}


def draw(rng: np.random.Generator, N: int, C: int, H: int, F: int) -> Any:  # noqa: N803 - sizes are letters
    """Pictures and kernels."""
    kernels = rng.normal(size=(F, C, 3, 3)) / (3 * C**0.5)
    return rng.normal(size=(N, C, H, H)).astype(np.float32), kernels.astype(np.float32)


def measured(way: str, on: Device, bench: Bench, sizes: dict[str, int]) -> Timing:
    """The record of one way."""
    check = Timed("convolved", "a_batch", "A convolution.", draw, "convolved.small")
    criterion = Criterion(
        "speed", "Speed", {check.id: Fraction(4)}, bands=BANDS, clocking=Clocking("gpu", 60.0, sizes)
    )
    needs = ("numpy", "torch")
    rubric = Rubric("bench", "Bench", (criterion,), needs, Limits(import_seconds=60, memory_mb=4096))
    functions = {"convolved": convolved.convolved}
    assignment = Assignment("bench", "Bench", functions, (), (check,), (), (), rubric, needs)
    submission = Submission(way, "bench", WAYS[way], f"{way}.py", "")
    return gpu.run(check, criterion, submission, assignment, bench, device=on)


def row(way: str, timing: Timing) -> str:
    """One line of the table."""
    counts = timing.verdict in (Verdict.DECIDED, Verdict.INCONCLUSIVE)
    share = f"{bands.decide(BANDS, timing.low, timing.high)[0]:g}" if counts else ""
    cells = (
        way,
        timing.verdict.value,
        share,
        f"{timing.measure:.3f}",
        f"{timing.low:.3f} to {timing.high:.3f}",
        timing.pairs,
        timing.dropped,
        f"{1000 * timing.reference_seconds:.3f}",
        f"{timing.host.get('drawing_share', 0.0):.0%}",
        "; ".join((*timing.flags, timing.reason)),
    )
    return f"| {' | '.join(map(str, cells))} |"


def lines(on: Device, bench: Bench, sizes: dict[str, int], runs: int) -> Iterator[str]:
    """The page of one machine."""
    yield f"## {on.hardware}, {datetime.now(UTC).date()}"
    yield f"\nA convolution of {sizes} in single precision, bands {list(map(list, BANDS))}.\n"
    yield f"{COLUMNS}\n|{'---|' * (COLUMNS.count('|') - 1)}"
    for _ in range(runs):
        yield row("reference", measured("reference", on, bench, sizes))
    for way in WAYS:
        if way != "reference":
            yield row(way, measured(way, on, bench, sizes))


def main() -> int:
    """Print the page, and keep it where it was measured on a GPU."""
    parser = argparse.ArgumentParser(prog="python -m bench.gpu", description=__doc__)
    parser.add_argument("--fake", action="store_true")
    parser.add_argument("--runs", type=int, default=5, help="of the reference against itself")
    options = parser.parse_args()
    on = Fake() if options.fake else device.find()
    if on is None:
        print("no GPU here")
        return 2
    bench = Bench(levels.choose("uid"))
    said = []
    try:
        for line in lines(on, bench, SMALL if options.fake else SIZES, options.runs):
            print(line, flush=True)
            said.append(line)
    finally:
        bench.close()
    if not options.fake:
        before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# The clock for devices\n"
        PAGE.write_text(before + "\n" + "\n".join(said) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
