"""What a jail says of a window is read with distrust, and the clock runs until all of it is there."""

# ruff: noqa: ARG002 - a worker whose answers are written down needs no buffers and no deadline

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from autograder.jail.wire import encode
from autograder.model import Died, Overran, SandboxFault, Verdict
from autograder.timing.gpu.side import JailedSide, Lost, Trusted

Answer = Callable[[Callable[[], int]], Any]


class Talks:
    """A worker that answers as it is told; `time` is what its grader's clock shows."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.time = 0.0
        self.open = True
        self.asked: list[Mapping[str, Any]] = []

    def order(
        self,
        request: Mapping[str, Any],
        buffers: list[bytes],
        seconds: float,
        handles: Mapping[str, Callable[..., Any]] | None = None,
    ) -> Any:
        """Whatever the test wants said."""
        self.asked.append(request)
        return self.answer((handles or {}).get("nonce", lambda: 0))


class Stopped:
    """A clock that writes down when the jail may run."""

    def __init__(self) -> None:
        self.said: list[str] = []

    name = "stopped"

    def go(self) -> None:
        """Run."""
        self.said.append("go")

    def stop(self) -> None:
        """Stand."""
        self.said.append("stop")

    def seconds(self) -> float:
        """Never asked."""
        return 0.0

    def close(self) -> None:
        """Nothing."""


def answer(links: int = 2, **changes: Any) -> tuple[dict[str, Any], bytes]:
    """An answer that keeps to the rules, but for `changes`."""
    buffers: list[bytes] = []
    header = {
        "table": encode(changes.pop("table", np.ones((links, 2))), buffers),
        "kinds": [["float32", [3]]],
    }
    return {**header, **changes}, b"".join(buffers) + changes.pop("more", b"")


def side(given: Answer) -> tuple[JailedSide, Talks]:
    """A side on a worker that answers as it is told."""
    worker = Talks(given)
    return JailedSide(worker, None, lambda: worker.time), worker  # type: ignore[arg-type]


def test_work_behind_the_question_for_the_nonce_is_in_the_window() -> None:
    def lazy(nonce: Callable[[], int]) -> Any:
        nonce()
        worker.time += 5.0  # it said that it was done, and only now begins
        return answer()

    one, worker = side(lazy)

    assert one.window(1, 2, 9.0).seconds == 5.0


def test_every_window_has_a_nonce_of_its_own() -> None:
    def honest(nonce: Callable[[], int]) -> Any:
        given.append(nonce())
        return answer()

    given: list[int] = []
    one, _ = side(honest)
    windows = [one.window(1, 2, 9.0) for _ in range(4)]

    assert [window.nonce for window in windows] == given
    assert len(set(given)) == 4


def test_who_never_asks_for_the_nonce_broke_the_rules() -> None:
    one, _ = side(lambda _: answer())

    with pytest.raises(Lost) as lost:
        one.window(1, 2, 9.0)
    assert lost.value.verdict == Verdict.PROTOCOL_ERROR


def test_the_nonce_is_given_once() -> None:
    def greedy(nonce: Callable[[], int]) -> Any:
        nonce()
        nonce()

    one, _ = side(greedy)

    with pytest.raises(ValueError, match="twice"):
        one.window(1, 2, 9.0)


@pytest.mark.parametrize(
    "changes",
    [
        {"table": np.ones((3, 2))},
        {"table": np.ones((2, 2), np.float32)},
        {"table": 1.0},
        {"kinds": None},
        {"kinds": []},
        {"kinds": [["float32", [-1]]]},
        {"kinds": [["float32", "3"]]},
        {"kinds": [["float32"]]},
        {"kinds": [["float32", [3]]] * 33},
        {"kinds": [["float32", [True]]]},
        {"more": b"left over"},
    ],
)
def test_an_answer_of_another_form_broke_the_rules(changes: dict[str, Any]) -> None:
    def malformed(nonce: Callable[[], int]) -> Any:
        nonce()
        return answer(**dict(changes))

    one, _ = side(malformed)

    with pytest.raises(Lost) as lost:
        one.window(1, 2, 9.0)
    assert lost.value.verdict == Verdict.PROTOCOL_ERROR


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        (Overran("seconds", 3.0), Verdict.TIMEOUT),
        (Overran("output", 3.0), Verdict.CRASHED),
        (Overran("memory", 256), Verdict.CRASHED),
        (Died(9), Verdict.CRASHED),
        (Died(0, "what it sent is not an answer: no"), Verdict.PROTOCOL_ERROR),
        (({"raised": {"kinds": ["KeyError"], "message": "x"}}, b""), Verdict.CRASHED),
        (({"raised": 7}, b""), Verdict.PROTOCOL_ERROR),
    ],
)
def test_what_came_in_place_of_an_answer_has_its_verdict(reply: Any, verdict: Verdict) -> None:
    one, _ = side(lambda _: reply)

    with pytest.raises(Lost) as lost:
        one.window(1, 2, 9.0)
    assert lost.value.verdict == verdict
    assert lost.value.reason


def test_of_the_reference_it_is_a_fault_of_ours() -> None:
    one, _ = side(lambda _: Overran("seconds", 3.0))
    trusted = Trusted(one)
    asked: list[Callable[[], object]] = [
        lambda: trusted.window(1, 2, 9.0),
        lambda: trusted.replay([1], [2], 9.0),
        lambda: trusted.outputs(9.0),
        lambda: trusted.heat(9.0),
        lambda: trusted.begin({}, [], 9.0),
    ]
    for one_of_them in asked:
        with pytest.raises(SandboxFault):
            one_of_them()


@pytest.mark.parametrize("values", [7, [1.0, 2.0], ["a"]])
def test_outputs_are_arrays(values: Any) -> None:
    buffers: list[bytes] = []
    said = {"outputs": encode(values, buffers)}
    one, _ = side(lambda _: (said, b"".join(buffers)))

    with pytest.raises(Lost, match="no list of arrays"):
        one.outputs(9.0)


def test_a_jail_runs_only_in_its_turns() -> None:
    clock = Stopped()
    worker = Talks(lambda _: answer())
    with pytest.raises(Lost):
        JailedSide(worker, clock, lambda: 0.0).window(1, 2, 9.0)  # type: ignore[arg-type]

    assert clock.said == ["go", "stop"]
    worker.open = False
    with pytest.raises(Lost):
        JailedSide(worker, clock, lambda: 0.0).window(1, 2, 9.0)  # type: ignore[arg-type]
    assert clock.said == ["go", "stop", "go"], "who is dead is not frozen: it must be collected"
