"""`python -m bench`: measure everything and write bench/results.md. `make bench` runs it."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from autograder import course as courses
from autograder.jail import levels

from . import measure, page

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).with_name("results.md")


def main(arguments: Sequence[str]) -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--full", action="store_true", help="more rounds, and a class of 10,000")
    parser.add_argument(
        "--tiny", action="store_true", help="a moment's work, to see that it runs; no figures"
    )
    parser.add_argument("--rounds", type=int, help="in place of 4 (or 8)")
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args(arguments)
    sizes = measure.FULL if given.full else measure.TINY if given.tiny else measure.Sizes()
    if given.rounds:
        sizes = replace(sizes, rounds=given.rounds)
    of = courses.load(ROOT)
    isolation = levels.choose(of.isolation)
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        results = measure.measure(of, isolation, sizes, folder, sys.stderr)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    command = "make bench FULL=1" if given.full else f"python -m bench {' '.join(arguments)}".strip()
    if not arguments:
        command = "make bench"
    given.out.write_text(page.render(results, sizes.rounds, command), encoding="utf-8")
    print(given.out)


if __name__ == "__main__":
    main(sys.argv[1:])
