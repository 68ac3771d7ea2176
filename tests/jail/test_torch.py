"""A template with torch: everything a course uses works in its jails, under the same limits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.jail.host import Template
from autograder.jail.levels import Isolation
from autograder.model import Answer, Limits, Overran, Reply

pytest.importorskip("torch")

LIMITS = Limits(import_seconds=10, check_seconds=20, memory_mb=512, processes=16)
NEEDS = ("numpy", "torch")

SOURCE = """
import mmap, os, resource
import torch
from torch import nn

def train():
    torch.manual_seed(3)
    x = torch.randn(2, 3, 8, 8, requires_grad=True)
    nn.Conv2d(3, 4, 3)(x).relu().sum().backward()
    hidden, _ = nn.LSTM(5, 7, batch_first=True)(torch.randn(2, 6, 5))
    layer = nn.Linear(7, 2)
    optimizer = torch.optim.Adam(layer.parameters(), lr=0.1)
    losses = []
    for _ in range(3):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(layer(hidden.detach()[:, -1]), torch.tensor([0, 1]))
        loss.backward()
        optimizer.step()
        losses.append(float(loss))
    torch.save(layer.state_dict(), "layer.pt")
    layer.load_state_dict(torch.load("layer.pt", weights_only=True))
    return [bool(x.grad.abs().sum() > 0), tuple(hidden.shape), losses[2] < losses[0]]

def chance():
    return [torch.initial_seed(), torch.rand(2), torch.randn(2)]

def threads():
    return [torch.get_num_threads(), os.environ.get("OMP_NUM_THREADS", "")]

def many_threads():
    torch.set_num_threads(4)
    return torch.ones(400, 400).matmul(torch.ones(400, 400))[0, 0]

def eats():
    held = []
    while True:
        held.append(torch.ones(1 << 20))

def shares():
    held = []
    try:
        while len(held) < 64:
            held.append(mmap.mmap(-1, 64 << 20))
    except (OSError, MemoryError, ValueError):
        pass
    return len(held)

def limits():
    return [resource.getrlimit(one)[0] for one in (resource.RLIMIT_AS, resource.RLIMIT_DATA)]

def sees(path):
    return [os.path.exists(path), os.path.exists("/proc/self"), os.listdir("/sandbox")]

def imports(names):
    found = []
    for name in names:
        try:
            __import__(name)
            found.append(name)
        except ImportError:
            pass
    return found
"""


@pytest.fixture(scope="module")
def warm(isolation: Isolation) -> Iterator[Template]:
    """A template with torch in it."""
    with Template(isolation, NEEDS) as made:
        yield made


def call(template: Template, function: str, *args: object) -> Reply:
    """One answer from a fresh jail."""
    with template.jail(SOURCE, "submission.py", LIMITS) as worker:
        assert worker.load() is None
        (reply,) = worker.ask(function, [args], LIMITS.check_seconds)
        return reply


def value(reply: Reply) -> object:
    """The value of an answer."""
    assert isinstance(reply, Answer), reply
    return reply.value


def test_convolution_recurrence_autograd_optimizer_and_files_work(warm: Template) -> None:
    assert value(call(warm, "train")) == [True, (2, 6, 7), True]


def test_chance_is_the_same_in_every_jail_of_every_template(warm: Template, isolation: Isolation) -> None:
    first, second = call(warm, "chance"), call(warm, "chance")
    with Template(isolation, NEEDS) as another:
        third = call(another, "chance")

    assert repr(value(first)) == repr(value(second)) == repr(value(third))


def test_one_thread_computes_and_more_can_be_asked_for(warm: Template) -> None:
    assert value(call(warm, "threads")) == [1, ""]
    assert value(call(warm, "many_threads")) == 400.0


def test_a_jail_without_memory_has_the_verdict_that_every_other_has(warm: Template) -> None:
    assert call(warm, "eats") == Overran("memory", 512)


def test_memory_that_is_shared_is_bounded_too(warm: Template) -> None:
    taken = value(call(warm, "shares"))

    assert isinstance(taken, int)
    assert taken * 64 <= 512 + 1024, "the allowance, and what torch reserves"


def test_addresses_and_data_are_limited(warm: Template) -> None:
    sizes = value(call(warm, "limits"))

    assert isinstance(sizes, list)
    assert all(0 < size < 8 << 30 for size in sizes)


def test_nothing_of_the_grader_can_be_seen(warm: Template, isolation: Isolation) -> None:
    if isolation.level != "namespaces":
        pytest.skip("needs a file system of its own")

    assert value(call(warm, "sees", __file__)) == [False, False, []]
    assert value(call(warm, "imports", ["yaml", "click", "pytest", "solutions", "autograder.compare"])) == []


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="reads /proc")
@pytest.mark.parametrize(("needs", "megabytes"), [(("numpy",), 75), (NEEDS, 400)])
def test_a_warm_slot_takes_little_memory(
    needs: tuple[str, ...], megabytes: int, isolation: Isolation
) -> None:
    """Its own pages, and its share of those it has in common with others."""
    with Template(isolation, needs) as template:
        rollups = [
            Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in {template.pid, template._process.pid}
        ]
    taken = [
        int(line.split()[1]) for text in rollups for line in text.splitlines() if line.startswith("Pss:")
    ]

    assert len(taken) == len(rollups)
    assert sum(taken) < megabytes << 10
