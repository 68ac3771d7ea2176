"""How long a student waits for `autograder try`: started anew, and with --watch from saving to the answer."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from . import meter
from .rivals import QUIET, RivalError

PATIENCE = 20.0  # seconds for an answer
COLUMNS = (0, 25, 50, 75, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 2000)  # milliseconds
WIDTH = 40  # characters of the longest bar


def cold(file: Path, times: int) -> list[float]:
    """Seconds of `autograder try FILE`, each in a process of its own."""
    return [_timed(file) for _ in range(times)]


def watched(file: Path, texts: Sequence[str], times: int) -> list[float]:
    """Seconds from saving one of `texts`, in turn, to the last word of the answer of a running --watch.

    The two texts must be answered differently, or it could not be told which one was answered.

    Raises:
        RivalError: no answer comes.
    """
    answers = []
    for text in texts:
        file.write_text(text, encoding="utf-8")
        answers.append(_said(file))
    if len(set(answers)) < len(texts):
        raise RivalError("the texts to be saved are answered alike")
    with subprocess.Popen(
        [*_command(file), "--watch"],
        cwd=file.parent,
        env={**os.environ, **QUIET},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _hear(process, answers[-1])
            found = []
            for number in range(times):
                # Off the rhythm at which it looks, so that every moment of it is met.
                time.sleep(0.05 + 0.61803 * number % 0.5)
                which = number % len(texts)
                began = time.perf_counter()
                _save(file, texts[which])
                _hear(process, answers[which])
                found.append(time.perf_counter() - began)
            return found
        finally:
            process.kill()


def histogram(seconds: Sequence[float]) -> list[str]:
    """A text histogram in milliseconds, and the percentiles below it."""
    counts = [0] * len(COLUMNS)
    for one in seconds:
        counts[max(i for i, edge in enumerate(COLUMNS) if edge <= one * 1000)] += 1
    filled = [i for i, count in enumerate(counts) if count]
    longest = max(counts)
    lines = []
    for i in range(filled[0], filled[-1] + 1):
        until = f"{COLUMNS[i + 1]}" if i + 1 < len(COLUMNS) else "…"
        bar = "█" * -(-counts[i] * WIDTH // longest)
        lines.append(f"{COLUMNS[i]:>5} to {until:>4} ms  {counts[i]:>4}  {bar}".rstrip())
    p50, p90, p99 = (meter.percentile(seconds, percent) * 1000 for percent in (50, 90, 99))
    return [*lines, "", f"p50 {p50:.0f} ms, p90 {p90:.0f} ms, p99 {p99:.0f} ms ({len(seconds)} times)"]


def _command(file: Path) -> list[str]:
    return [sys.executable, "-m", "autograder", "try", file.name]


def _timed(file: Path) -> float:
    began = time.perf_counter()
    _said(file)
    return time.perf_counter() - began


def _said(file: Path) -> bytes:
    return subprocess.run(
        _command(file), cwd=file.parent, env={**os.environ, **QUIET}, capture_output=True, check=False
    ).stdout


def _save(file: Path, text: str) -> None:
    """As editors save: a new file is put in the place of the old one."""
    new = file.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


def _hear(process: subprocess.Popen[bytes], answer: bytes) -> None:
    assert process.stdout is not None
    os.set_blocking(process.stdout.fileno(), False)
    heard, end = b"", time.monotonic() + PATIENCE
    while not heard.endswith(answer):
        said = process.stdout.read()
        if said:
            heard += said
        elif time.monotonic() > end or process.poll() is not None:
            raise RivalError(f"--watch did not answer; it said {heard[-200:]!r}")
        else:
            time.sleep(0.0005)
