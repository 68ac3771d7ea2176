"""Timed checks on a GPU: the wall's clock, because a device has no account that stands still in between.

Theory of operation. The clock, the seeds and the verdict are out here; a jail gets a seed and answers with
a few numbers. Inputs do not cross, as copying them would take longer than the work: both sides expand the
seed on the device by a hash that gives the same bits everywhere (`jail.hashing`). Outputs do not cross
either: the window ends when the projections of the output on dense random signs arrive, and the last signs
come from a nonce that is drawn when the jail says it is done. To know them costs as much as the output.

A window is a chain of links, long enough that the conversation does not count; the seed of a link is a hash
of the projections before it, so that no link can begin before the last has ended. Afterwards, untimed, the
reference computes the same links in its own jail and every projection is compared; on a third of the windows,
chosen after the answer, the whole output crosses too and must fit both the reference and the projections.

    rules        the numbers
    forms        from the draw of a check to the form of its arguments
    side         a jail as one side of a pair; the clock
    checked      what was timed is right
    pair         the turns of one pair, the brackets around them, the device's own clock
    contest      pairs until the verdict
    seen         what is asked of a device
    device       the fake one; which there is; one check at a time
    nvidia       a real one, by its driver

What this does not do: drawing the inputs lies in the window of both sides and pulls ratios towards 1; its
share stands in the record (`drawing_share`), and bands are to be calibrated with it. A kernel that never
ends is bracketed, not prevented. The whole path runs in tests with tensors on the processor. On CUDA it has
never run: no GPU was at hand.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.jail import host
from autograder.jail.host import Template
from autograder.model import (
    Assignment,
    Criterion,
    Limits,
    Submission,
    Timed,
    Timing,
    Verdict,
)
from autograder.timing import bands as banding
from autograder.timing import clocks, machine
from autograder.timing.contender import Code, told
from autograder.timing.models import reference_code
from autograder.timing.question import drawn

from . import contest
from .device import Device, Fake, State, alone, find
from .forms import form
from .pair import Match
from .rules import Rules
from .side import JailedSide, Lost, Side, Trusted

if TYPE_CHECKING:
    from autograder.session import Bench

__all__ = ["Device", "Fake", "Rules", "State", "find", "run"]

ROOM_MB = 8192  # beside the limits of the rubric: what a context and the libraries of CUDA take of the host
FILES, PROCESSES = 256, 64


def run(
    timed: Timed,
    criterion: Criterion,
    submission: Submission,
    assignment: Assignment,
    bench: Bench,
    *,
    device: Device | None = None,
    rules: Rules | None = None,
    now: Callable[[], float] = time.perf_counter,
) -> Timing:
    """Time one function of a submission on `device`, or on the one of `bench`; waits until it is free.

    Raises:
        CourseError: the check cannot draw, or its reference has no file or no finite answer.
        SandboxFault: no jail can use the device, or our reference failed.
    """
    device = device or bench.device
    clocking, rules = criterion.clocking, rules or Rules()
    if device is None:
        return Timing(timed.id, Verdict.PENDING_NO_GPU, "cuda", bands=criterion.bands)
    call = drawn(timed, np.random.default_rng(secrets.randbits(128)), dict(clocking.sizes))
    buffers: list[bytes] = []
    question = {
        "function": timed.function,
        "takes": timed.takes,
        "device": device.kind,
        "form": form(timed.id, call, buffers),
    }
    limits = _limits(assignment.rubric.limits, clocking.budget_seconds, device, rules)
    needs = tuple(dict.fromkeys((*assignment.rubric.needs, "torch")))
    theirs = Code(submission.source, Path(submission.path).name or "submission.py")
    access = device.access()

    def reference() -> contextlib.AbstractContextManager[Side]:
        template = bench.template(needs, "reference", access)
        return _opened(template, reference_code(timed, assignment), question, buffers, limits, now, ours=True)

    def student() -> contextlib.AbstractContextManager[Side]:
        template = bench.template(needs, "", access)
        return _opened(template, theirs, question, buffers, limits, now, ours=False)

    hopeless = banding.hopeless(criterion.bands)
    match = Match(device, rules, clocking.tolerance, hopeless, lambda: secrets.randbelow(rules.one_in) == 0)
    base = Timing(
        timed.id, Verdict.DECIDED, device.clock, bands=tuple(criterion.bands), hardware=device.hardware
    )
    with alone(device):
        timing = contest.hold(base, reference, student, match, clocking, now)
    return replace(timing, host={**machine.load(), **timing.host})


@contextlib.contextmanager
def _opened(
    template: Template,
    code: Code,
    question: dict[str, Any],
    buffers: list[bytes],
    limits: Limits,
    now: Callable[[], float],
    *,
    ours: bool,
) -> Iterator[Side]:
    """A jail with the function ready to be asked. The submission's is frozen between its turns.

    Raises:
        Lost: the submission does not load, or has no such function.
        SandboxFault: the jail, or the reference, failed.
    """
    with contextlib.ExitStack() as after:
        alive = host.Timed((), None)
        worker = after.enter_context(template.jail(code.source, code.filename, limits, alive))
        refused = worker.load()
        if refused is not None:
            raise Lost(Verdict.CRASHED, told(refused))
        folder = worker.group.clock if worker.group and not ours else None
        clock = clocks.GroupClock(folder) if folder else None
        if clock:
            after.callback(clock.close)
            after.callback(clock.go)
            after.callback(setattr, worker, "overran", True)  # who stands still is not waited for
        side = JailedSide(worker, clock, now)
        made: Side = Trusted(side) if ours else side
        made.begin(question, buffers, limits.check_seconds)
        yield made


def _limits(limits: Limits, budget: float, device: Device, rules: Rules) -> Limits:
    """The limits of a jail that is timed: the clock of the grader ends it, not these."""
    wide = replace(
        limits,
        check_seconds=max(limits.check_seconds, rules.compile_seconds),
        total_seconds=10 * (budget + rules.compile_seconds),
        reply_mb=1024,
    )
    if device.kind != "cuda":
        return wide
    return replace(
        wide,
        memory_mb=limits.memory_mb + ROOM_MB,
        processes=max(limits.processes, PROCESSES),
        open_files=max(limits.open_files, FILES),
    )
