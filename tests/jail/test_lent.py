"""Models that are lent to a call: what the call did to them is seen outside, and nothing else comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.jail import lent
from autograder.jail.host import Template
from autograder.jail.levels import Isolation
from autograder.jail.question import question
from autograder.model import Answer, Limits, Raised, Reply

torch = pytest.importorskip("torch")
nn = torch.nn

LIMITS = Limits(import_seconds=10, check_seconds=20, memory_mb=512, processes=16)
SOURCE = """
import torch
from torch import nn

def step(model, x):
    model.train()
    model(torch.as_tensor(x)).sum().backward()
    torch.optim.SGD(model.parameters(), lr=0.5).step()
    return 7

def steps(models):
    return [len(list(model.parameters())) for model in models] + [step(models[1], torch.ones(4, 3))]

def new_head(model, classes):
    model.requires_grad_(False)
    model[-1] = nn.Linear(model[-1].in_features, classes)

def other_layers(model):
    model.append(nn.Linear(2, 2))

def in_double(model):
    model.double()

def plain(number):
    return number + 1

def fails(model):
    nn.init.zeros_(model[0].weight)
    raise ValueError("no")
"""


def network() -> Any:
    """A small network with a batch norm, in evaluation mode."""
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 2)).eval()


@pytest.fixture(scope="module")
def warm(isolation: Isolation) -> Iterator[Template]:
    """A warm template with torch."""
    template = Template(isolation, ("numpy", "torch"))
    yield template
    template.close()


Ask = Callable[..., Reply]


@pytest.fixture
def ask(warm: Template) -> Iterator[Ask]:
    """Asks a function of SOURCE in a jail."""
    with warm.jail(SOURCE, "lent_models.py", LIMITS) as worker:
        assert worker.load() is None
        yield lambda function, *args: worker.ask(function, [args], 20.0)[0]


@pytest.mark.jail
def test_a_step_in_the_jail_moves_the_model_outside_as_it_would_here(ask: Ask) -> None:
    mine, theirs = network(), network()
    x = np.random.default_rng(0).normal(size=(5, 3)).astype(np.float32)
    reply = ask("step", theirs, x)
    mine.train()
    mine(torch.from_numpy(x)).sum().backward()
    torch.optim.SGD(mine.parameters(), lr=0.5).step()

    assert isinstance(reply, Answer)
    assert reply.value == 7
    assert theirs.training
    for name, value in mine.state_dict().items():
        np.testing.assert_allclose(theirs.state_dict()[name], value, rtol=1e-5, atol=1e-6)


@pytest.mark.jail
def test_each_of_several_models_gets_its_own_state(ask: Ask) -> None:
    one, other = network(), network()
    reply = ask("steps", [one, other])

    assert isinstance(reply, Answer)
    assert reply.value == [6, 6, 7]
    assert torch.equal(one[0].weight, network()[0].weight)
    assert other[1].num_batches_tracked == 1
    assert one[1].num_batches_tracked == 0


@pytest.mark.jail
def test_a_linear_layer_may_come_back_with_other_sizes(ask: Ask) -> None:
    model = network()
    before = torch.get_rng_state()
    reply = ask("new_head", model, 5)

    assert isinstance(reply, Answer)
    assert model[-1].weight.shape == (5, 4)
    assert [one.requires_grad for one in model.parameters()] == [False] * 4 + [True] * 2
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.jail
@pytest.mark.parametrize(("function", "says"), [("other_layers", "other layers"), ("in_double", "float64")])
def test_a_model_that_became_another_is_no_answer(ask: Ask, function: str, says: str) -> None:
    model = network()
    reply = ask(function, model)

    assert isinstance(reply, Raised)
    assert says in reply.message
    assert torch.equal(model[0].weight, network()[0].weight)


@pytest.mark.jail
def test_a_call_that_raises_leaves_the_model_as_it_was(ask: Ask) -> None:
    model = network()
    reply = ask("fails", model)

    assert isinstance(reply, Raised)
    assert (reply.kind, reply.message) == ("ValueError", "no")
    assert torch.equal(model[0].weight, network()[0].weight)


@pytest.mark.jail
def test_a_lent_model_is_forgotten_before_the_next_questions(warm: Template) -> None:
    with warm.jail(SOURCE, "lent_models.py", LIMITS) as worker:
        assert worker.load() is None
        worker.ask("step", [(network(), np.ones((4, 3), np.float32))], 20.0)
        (replies,) = worker.play([question("plain", [(3,)])], 20.0)

    assert isinstance(replies[0], Answer)
    assert replies[0].value == 4


def test_what_was_packed_is_the_same_model() -> None:
    model = network()
    again = lent.unpacked(lent.packed(model))

    assert not again.training
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), again.parameters(), strict=True))


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        [],
        {},
        {"arrays": {}, "learns": {}, "training": []},
        {"arrays": {}, "learns": {}, "training": {}},
        {**lent.state(network()), "learns": {}},
        {**lent.state(network()), "training": {"": True}},
        {**lent.state(network()), "arrays": dict.fromkeys(network().state_dict(), 1.0)},
        {**lent.state(network()), "arrays": dict.fromkeys(network().state_dict(), np.zeros((2, 0)))},
        {**lent.state(network()), "arrays": dict.fromkeys(network().state_dict(), np.zeros((2, 3)))},
    ],
)
def test_a_state_of_nonsense_is_refused(nonsense: Any) -> None:
    with pytest.raises(lent.Changed):
        lent.restore(network(), nonsense)


def test_flags_are_truth_values_and_nothing_else() -> None:
    model = network()
    state = lent.state(model)
    state["learns"] = dict.fromkeys(state["learns"], "yes")
    lent.restore(model, state)

    assert not any(one.requires_grad for one in model.parameters())


def test_only_networks_are_models() -> None:
    assert lent.is_model(nn.ReLU())
    assert not any(map(lent.is_model, (torch.ones(2), len, nn.ReLU, 3, None, Path())))
