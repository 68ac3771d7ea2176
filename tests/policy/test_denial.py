"""What a jail with a denial does, seen from outside: who is refused, who is not, and what is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("torch")

import numpy as np

from autograder.jail.host import Denied, Template
from autograder.jail.levels import Isolation
from autograder.model import Answer, Limits, Raised, Reply
from autograder.policy import groups

from . import toy

pytestmark = pytest.mark.jail

LIMITS = Limits(import_seconds=10, check_seconds=20, memory_mb=512)
SOURCE = """
import torch
import torch.nn.functional as F

seen = F.conv2d(torch.ones(1, 1, 3, 3), torch.ones(1, 1, 2, 2))  # while it is imported

def at_import():
    return seen

def convolves(x):
    return F.conv2d(x, torch.ones(1, 1, 2, 2))

def swallows(x):
    try:
        return convolves(x)
    except RuntimeError:
        return x

def pools(x):
    return F.max_pool2d(x, 2)

def goes_backward(x):
    w = torch.ones(4, 4, requires_grad=True)
    (F.unfold(x, 2)[0].T @ w).tanh().sum().backward()
    return w.grad

def trains(x):
    layer = torch.nn.Linear(4, 2)
    optimizer = torch.optim.Adam(layer.parameters())
    layer(F.unfold(x, 2)[0].T).square().sum().backward()
    optimizer.step()
    return [float(one.sum()) for one in layer.parameters()] != []

def ordinary(x):
    y = torch.einsum("nchw,nchw->nc", x, x.roll(1, 3)) @ torch.ones(1, 3)
    y = F.layer_norm(F.pad(y, (1, 1)), (5,)).softmax(-1).cumsum(-1)
    return torch.linalg.svd(y)[1].numpy().tolist() + [torch.rand(2).sort().values.argmax().item()]

def recovers(x):
    import gc
    for one in gc.get_objects():
        if type(one).__name__ == "_DispatchModule":
            one.reset()
    return convolves(x)
"""
X = toy.torch.arange(16.0).reshape(1, 1, 4, 4)


@pytest.fixture(scope="module")
def template(isolation: Isolation) -> Iterator[Template]:
    """A warm template with torch."""
    with Template(isolation, ("numpy", "torch")) as made:
        yield made


def ask(template: Template, function: str, *args: object, denied: bool = True) -> Reply:
    """One answer from a fresh jail."""
    rule = Denied(groups.patterns(toy.RULE), toy.SAYS) if denied else None
    with template.jail(SOURCE, "s.py", LIMITS, denied=rule) as worker:
        assert worker.load() is None
        (reply,) = worker.ask(function, [args], LIMITS.check_seconds)
        assert worker.take_printed() == ""
        return reply


def test_a_refused_operation_says_which_it_was_and_what_the_rule_is(template: Template) -> None:
    reply = ask(template, "convolves", X)

    assert isinstance(reply, Raised)
    assert (reply.kind, reply.line) == ("ForbiddenOperation", 11)
    assert reply.message == f"aten::conv2d was called. {toy.SAYS}"
    assert reply.facts.forbidden == ("aten::conv2d",)


def test_a_refusal_that_is_swallowed_is_told_all_the_same(template: Template) -> None:
    reply = ask(template, "swallows", X)

    assert isinstance(reply, Answer)
    assert reply.facts.forbidden == ("aten::conv2d",)


def test_every_group_of_the_rule_is_refused(template: Template) -> None:
    reply = ask(template, "pools", X)

    assert isinstance(reply, Raised)
    assert reply.facts.forbidden == ("aten::max_pool2d",)


def test_what_a_file_computes_while_it_is_imported_is_its_own_affair(template: Template) -> None:
    reply = ask(template, "at_import")

    assert isinstance(reply, Answer)
    assert np.array_equal(reply.value, np.full((1, 1, 2, 2), 4.0))
    assert reply.facts.forbidden == ()


@pytest.mark.parametrize("function", ["goes_backward", "trains", "ordinary"])
def test_everything_else_gives_the_same_bits_with_and_without(template: Template, function: str) -> None:
    with_it, without = ask(template, function, X), ask(template, function, X, denied=False)

    assert isinstance(with_it, Answer), with_it
    assert isinstance(without, Answer), without
    assert np.array_equal(np.asarray(with_it.value), np.asarray(without.value))
    assert with_it.facts.forbidden == ()


def test_the_operations_in_use_are_told(template: Template) -> None:
    reply = ask(template, "goes_backward", X)

    assert isinstance(reply, Answer)
    assert {"aten::im2col", "aten::mm"} <= set(reply.facts.operations)


def test_nothing_that_can_be_destroyed_is_found(template: Template) -> None:
    reply = ask(template, "recovers", X)

    assert isinstance(reply, Raised)
    assert reply.kind == "ForbiddenOperation"


def test_other_jails_of_the_same_template_know_nothing_of_it(template: Template) -> None:
    assert isinstance(ask(template, "convolves", X), Raised)

    reply = ask(template, "convolves", X, denied=False)

    assert isinstance(reply, Answer)
    assert reply.facts.operations == ()
