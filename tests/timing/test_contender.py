"""One side of a duel: what is counted, and what is believed of what a jail says."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from autograder.jail.stopwatch import Stopwatch
from autograder.model import Answer, Died, Limits, Overran, Raised
from autograder.timing import clocks, contender
from autograder.timing.contender import ACCOUNT, Code, Contender, Refused
from autograder.timing.question import question

from .scripted import TIMED

ASKED = question(TIMED, (np.arange(4.0),))
RIGHT = {"places": [["<f8", [4], 0]]}


class Watch(Stopwatch):
    """A jail that says what it is told to say, and writes an answer before it says that it is done."""

    def __init__(self, account: Any = RIGHT, gone: Any = None) -> None:
        self.said, self.gone = account, gone
        self.memory: Any = None

    def _write(self, *values: float) -> None:
        self.memory.put([np.array(values)], [contender.Place("<f8", (len(values),), 0)])

    def go(self) -> Any:
        """It hears."""
        return None

    def done(self, _seconds: float) -> Any:
        """It has computed."""
        if self.gone is None:
            self._write(0.0, 2.0, 4.0, 6.0)
        return self.gone

    def account(self) -> Any:
        """Where it lies; and writes once more, too late."""
        self._write(9.0, 9.0, 9.0, 9.0)
        return self.said

    def lay_out(self, _header: Any, _buffers: Any) -> Any:
        """It has heard of something else."""
        return self.said


class Clock:
    """Reads a list of times, one at each look."""

    name = "scripted"

    def __init__(self, times: Sequence[float]) -> None:
        self.times = list(times)
        self.log: list[str] = []

    def go(self) -> None:
        """It runs."""
        self.log.append("go")

    def stop(self) -> None:
        """It stands."""
        self.log.append("stop")

    def seconds(self) -> float:
        """The next of the times, then the last for ever."""
        return self.times.pop(0) if len(self.times) > 1 else self.times[0]

    def close(self) -> None:
        """It is done with."""
        self.log.append("close")


@contextlib.contextmanager
def entered(
    monkeypatch: pytest.MonkeyPatch, watch: Any, times: Sequence[float] = (0.0, 1.0), loads: Any = None
) -> Iterator[tuple[Contender, Clock]]:
    """A contender whose jail is `watch`."""
    clock = Clock(times)
    monkeypatch.setattr(clocks, "GroupClock", lambda _: clock)
    worker = SimpleNamespace(
        load=lambda: loads, time=lambda *_: watch, group=SimpleNamespace(clock=Path("/group")), overran=False
    )

    @contextlib.contextmanager
    def jail(*_: object) -> Iterator[Any]:
        yield worker

    template: Any = SimpleNamespace(jail=jail, pid=0)
    with Contender(template, Code("", "s.py"), ASKED, 32, Limits(), 0) as made:
        if isinstance(watch, Watch):
            watch.memory = made._outputs
        yield made, clock


def test_a_lap_costs_what_its_clock_says_and_gives_what_was_there_when_it_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with entered(monkeypatch, Watch(), [5.0, 5.25, 5.25]) as (side, clock):
        lap = side.lap(ASKED, 1.0)

        assert lap.cpu == 0.25
        assert lap.outputs[0].tolist() == [0, 2, 4, 6]
        assert clock.log == ["stop", "go", "stop", "go", "stop"]
    assert clock.log[-2:] == ["go", "close"]


def test_saying_where_the_output_lies_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with entered(monkeypatch, Watch(), [0.0, 1.0, 1.0 + ACCOUNT / 2, 2.0 + ACCOUNT / 2]) as (side, _):
        assert side.lap(ASKED, 1.0).cpu == 1.0
        assert side.lap(ASKED, 1.0).cpu == 1.0


def test_computing_in_place_of_saying_where_it_lies_costs_what_it_costs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with entered(monkeypatch, Watch(), [0.0, 1.0, 4.0]) as (side, _):
        assert side.lap(ASKED, 1.0).cpu == pytest.approx(4.0 - ACCOUNT)


def test_computing_while_it_should_stand_still_costs_the_next_lap(monkeypatch: pytest.MonkeyPatch) -> None:
    with entered(monkeypatch, Watch(), [0.0, 1.0, 1.0, 9.0, 9.0]) as (side, _):
        side.lap(ASKED, 1.0)

        assert side.lap(ASKED, 1.0).cpu == 8.0


def test_laying_out_is_not_charged(monkeypatch: pytest.MonkeyPatch) -> None:
    with entered(monkeypatch, Watch(account={"ready": True}), [0.0, 7.0, 8.0]) as (side, _):
        assert side.lay_out(ASKED) is None
        assert side.lap(ASKED, 1.0).cpu == 1.0


@pytest.mark.parametrize("gone", [Died(9), Overran("seconds", 1.0)])
def test_after_it_has_gone_its_clock_is_left_alone(monkeypatch: pytest.MonkeyPatch, gone: Any) -> None:
    with entered(monkeypatch, Watch(gone=gone)) as (side, clock):
        lap = side.lap(ASKED, 1.0)

        assert lap.gone == gone
        assert clock.log == ["stop", "go"]


def test_who_does_not_stand_still_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def restless() -> None:
        raise clocks.Restless

    with entered(monkeypatch, Watch({"ready": True})) as (side, clock):
        monkeypatch.setattr(clock, "stop", restless)

        assert side.lap(ASKED, 1.0).gone == contender.RESTLESS
        assert side.lay_out(ASKED) == contender.RESTLESS
    monkeypatch.setattr(Clock, "stop", lambda _: restless())
    with pytest.raises(Refused) as refused, entered(monkeypatch, Watch()):
        pass

    assert refused.value.reply == contender.RESTLESS


def test_an_exception_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"raised": {"kinds": ["KeyError", "Exception"], "message": "x", "line": 3}}
    with entered(monkeypatch, Watch(said)) as (side, _):
        lap = side.lap(ASKED, 1.0)
        laid = side.lay_out(ASKED)

    assert isinstance(lap.gone, Raised)
    assert contender.told(lap.gone) == "It raised KeyError: x"
    assert isinstance(laid, Raised)


LIES: list[Any] = [
    [["<f8", [4], -8]],
    [["<f8", [4], 1 << 40]],
    [["<f8", [4], 10**30]],
    [["<f8", [4], True]],
    [["<f8", [4], 0.0]],
    [["<f8", [1 << 62, 1 << 62], 0]],
    [["<f8", [0, (1 << 63) - 1, 9], 0]],
    [["<f8", [10**30], 0]],
    [["<f8", [1] * 500, 0]],
    [["<f8", [-4], 0]],
    [["<f8", ["4"], 0]],
    [["<f8", "4", 0]],
    [["<f8", 4, 0]],
    [["<f8", None, 0]],
    [["O", [4], 0]],
    [["f8,f8", [4], 0]],
    [["(1,f8", [4], 0]],
    [["a5", [4], 0]],
    [["<M8[s]", [4], 0]],
    [["<c8", [4], 0]],
    [[None, [4], 0]],
    [["<f8", [4]]],
    [7],
    7,
    None,
    {"0": 1},
    "text",
]


@pytest.mark.parametrize("places", LIES, ids=range(len(LIES)))
def test_a_lie_about_where_the_output_lies_is_the_end_of_it(
    monkeypatch: pytest.MonkeyPatch, places: Any
) -> None:
    with entered(monkeypatch, Watch({"places": places})) as (side, _):
        lap = side.lap(ASKED, 1.0)

    assert isinstance(lap.gone, Died)
    assert "cannot be understood" in lap.gone.why


@pytest.mark.parametrize("said", [{}, {"raised": 7}, {"raised": {}}, {"raised": {"kinds": []}}])
def test_a_strange_account_is_the_end_of_it(monkeypatch: pytest.MonkeyPatch, said: Any) -> None:
    with entered(monkeypatch, Watch(said)) as (side, _):
        lap = side.lap(ASKED, 1.0)

    assert isinstance(lap.gone, Died)


def test_more_arrays_than_anybody_looks_at_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    with entered(monkeypatch, Watch({"places": [["<f8", [4], 0]] * 5000})) as (side, _):
        assert len(side.lap(ASKED, 1.0).outputs) == contender.SHAPES


@pytest.mark.parametrize("loads", [Raised("NameError", "x", 1, ("NameError",)), Died(11)])
def test_a_file_that_does_not_load_is_refused(monkeypatch: pytest.MonkeyPatch, loads: Any) -> None:
    with pytest.raises(Refused) as refused, entered(monkeypatch, Watch(), loads=loads):
        pass

    assert refused.value.reply == loads


def test_a_function_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = Raised("AttributeError", "x", None, ("AttributeError",))
    with pytest.raises(Refused) as refused, entered(monkeypatch, missing):
        pass

    assert refused.value.reply == missing


def test_what_became_of_it_is_told_in_a_sentence() -> None:
    assert contender.told(Overran("memory", 64)) == "It went over the limit of memory."
    assert contender.told(Died(0, "why")) == "Its process ended: why"
    assert contender.told(Answer(1)) == ""
