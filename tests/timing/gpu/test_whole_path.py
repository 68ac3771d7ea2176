"""From the rubric to the record on the fake device, through real jails."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from autograder.jail.levels import Isolation
from autograder.jail.nodes import Access
from autograder.model import Clocking, CourseError, Gates, Timing, Verdict
from autograder.session import Bench
from autograder.timing import gpu
from autograder.timing.gpu import Fake, Rules

from .course import ASSIGNMENT, CRITERION, HONEST, QUICK, TIMED, WIDE, run

pytestmark = pytest.mark.jail

ANOTHER_WAY = """
import torch
def blurred(x, w):
    return torch.nn.functional.conv2d(x.double(), w.double(), padding=1).float()
"""
PROBE = """
import torch
SEEN = []
def blurred(x, w):
    SEEN.append((float(x[0, 0, 0, 0]), float(w[0, 0, 0, 0])))
    if len(SEEN) > 2 and len(set(SEEN)) == len(SEEN):
        raise ValueError("all new")
    columns = torch.nn.functional.unfold(x, 3, padding=1)
    return (w.reshape(len(w), -1) @ columns).reshape(len(x), len(w), *x.shape[2:])
"""


@pytest.fixture(autouse=True)
def _torch() -> None:
    pytest.importorskip("torch")


def test_the_reference_as_a_submission_is_decided(bench: Bench) -> None:
    timing = run(HONEST, bench, Rules(slower=1e9, repeats=2, brackets=1))

    assert (timing.verdict, timing.pairs, timing.dropped) == (Verdict.DECIDED, 3, 0)
    assert (timing.check, timing.clock, timing.hardware) == (TIMED.id, "fake", "fake device")
    assert timing.bands == WIDE
    assert 0 < timing.low <= timing.measure <= timing.high < 50
    assert timing.reference_seconds > 0
    assert timing.student_seconds > 0
    assert timing.compile_seconds > 0
    assert 0 < timing.host["drawing_share"] <= 1
    assert timing.reason == ""


def test_another_order_and_a_wider_type_are_right(bench: Bench) -> None:
    timing = run(ANOTHER_WAY, bench)

    assert timing.verdict == Verdict.DECIDED, timing.reason


def test_no_input_is_seen_twice(bench: Bench) -> None:
    timing = run(PROBE, bench)

    assert (timing.verdict, timing.reason) == (Verdict.CRASHED, "It raised ValueError: all new")


def test_a_chain_is_as_long_as_the_clock_of_the_grader_says(bench: Bench) -> None:
    source = HONEST + (
        "\nimport autograder.jail.device as shim\n_whole = shim.DeviceShim._window\n"
        "def _told(self, header, buffers, nonce):\n"
        "    if header['links'] > 1:\n        raise ValueError(f'{header[\"links\"]} links')\n"
        "    return _whole(self, header, buffers, nonce)\nshim.DeviceShim._window = _told\n"
    )
    clock = map(float, itertools.count(0))  # every look a second later: one window, one second
    timing = run(
        source, bench, replace(QUICK, window_seconds=7.0, most_links=99, quickest=60.0), now=clock.__next__
    )

    assert timing.reason == "It raised ValueError: 7 links"


def test_keywords_several_outputs_and_entries_that_are_not_compared(bench: Bench) -> None:
    def draw(rng: np.random.Generator) -> dict[str, object]:
        return {
            "x": rng.normal(size=(1, 2, 5, 5)).astype(np.float32),
            "w": rng.normal(size=(2, 2, 3, 3)),
        }  # one of each precision

    mixed = HONEST.replace("w.reshape(", "w.float().reshape(")
    both = mixed.replace("    return (", "    return [x, columns], (lambda: 0), (")
    timed = replace(TIMED, draw=draw, takes=0)
    criterion = replace(CRITERION, clocking=Clocking("gpu", 60.0))
    words = {"timed": timed, "criterion": criterion}
    reference = mixed.replace("    return (", "    return [x, columns], None, (")
    right = run(both, bench, assignment=_with(reference), **words)
    wrong = run(both.replace("[x, columns]", "[columns, x]"), bench, assignment=_with(reference), **words)

    assert right.verdict == Verdict.DECIDED, right.reason
    assert wrong.verdict == Verdict.WRONG_OUTPUT


def _with(reference: str) -> object:
    """The assignment with another reference, which has a file of its own as long as it is looked at."""
    import importlib.util
    import tempfile
    from pathlib import Path

    path = Path(tempfile.mkdtemp()) / "other_reference.py"
    path.write_text(reference, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("other_reference", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return replace(ASSIGNMENT, functions={"blurred": module.blurred})


def test_the_tolerance_of_the_rubric_holds(bench: Bench) -> None:
    rounded = HONEST.replace("(w.reshape", "1.00001 * (w.reshape")
    strict = replace(CRITERION, clocking=replace(CRITERION.clocking, tolerance=Gates(1e-6, 1e-5)))

    assert run(rounded, bench).verdict == Verdict.DECIDED
    assert run(rounded, bench, criterion=strict).verdict == Verdict.WRONG_OUTPUT


def test_a_device_with_strangers_gives_an_indication_only(bench: Bench) -> None:
    timing = run(HONEST, bench, device=Fake(crowds=({4711: 1 << 30},)))

    assert timing.verdict == Verdict.INDICATIVE
    assert timing.measure > 0


def test_jails_with_access_to_a_device_are_timed_alike(isolation: Isolation) -> None:
    class Present(Fake):
        def access(self) -> Access:
            return Access(("full",), visible="fake")

    slot = Bench(isolation)
    try:
        timing = run(HONEST, slot, device=Present())
    finally:
        slot.close()

    assert timing.verdict == Verdict.DECIDED, timing


def test_without_a_device_the_points_wait(bench: Bench) -> None:
    from autograder.model import Submission

    submission = Submission("ada", "toy", HONEST, "toy.py", "sha256:0")
    timing: Timing = gpu.run(TIMED, CRITERION, submission, ASSIGNMENT, bench)

    assert timing.verdict == Verdict.PENDING_NO_GPU


def test_a_check_that_draws_nothing_new_is_a_mistake_of_the_course(bench: Bench) -> None:
    timed = replace(TIMED, draw=lambda _, **__: (3, 4))

    with pytest.raises(CourseError, match=r"blurred\.a_picture"):
        run(HONEST, bench, timed=timed)
