"""Tensors go into a jail and come out as arrays; networks stay inside, reached by the grader's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from autograder import play
from autograder.authoring import check, close, scenario
from autograder.compare import compare
from autograder.jail import modules
from autograder.jail.host import Template
from autograder.jail.levels import Isolation
from autograder.jail.worker import Worker
from autograder.model import Answer, Check, Died, Limits, Raised, Reply

torch = pytest.importorskip("torch")
nn = torch.nn

LIMITS = Limits(import_seconds=10, check_seconds=20, total_seconds=60, memory_mb=768, processes=16)

SOURCE = """
import torch
from torch import nn

def kind(x):
    return [type(x).__name__, str(x.dtype), list(x.shape), bool(x.requires_grad)]

def double(x):
    return 2 * x

def onto(x):
    x += 1
    return x

def inner(things):
    things["x"][0].zero_()
    return 0

class Strange(torch.Tensor):
    pass

class Loud(torch.Tensor):
    def detach(self):
        raise KeyError("mine")

def odd(what):
    x = torch.arange(4.0)
    return {
        "subclass": lambda: x.as_subclass(Strange),
        "loud": lambda: x.as_subclass(Loud),
        "sparse": lambda: x.to_sparse(),
        "quantised": lambda: torch.quantize_per_tensor(x, 0.1, 0, torch.qint8),
        "complex": lambda: torch.complex(x, -x).conj(),
        "half": lambda: x.half(),
        "bfloat16": lambda: x.bfloat16(),
        "grad": lambda: (x.requires_grad_() * 2),
        "parameter": lambda: nn.Parameter(x),
        "meta": lambda: x.to("meta"),
        "huge": lambda: torch.ones(1).expand(1 << 40),
        "huge complex": lambda: torch.ones(1, dtype=torch.complex64).conj().expand(1 << 40),
        "empty": lambda: torch.empty(0, 3),
        "number": lambda: torch.tensor(2.5),
        "chance": lambda: torch.rand(3),
    }[what]()

class Net(nn.Module):
    def __init__(self, wide=3):
        super().__init__()
        self.out = nn.Linear(wide, 2)
        self.first = nn.Linear(4, wide)
        self.norm = nn.BatchNorm1d(wide)

    def forward(self, x):
        return self.out(torch.relu(self.norm(self.first(x))))

class Careless(Net):
    def forward(self, x):
        return super().forward(x.mul_(2))

class Smaller(Net):
    def __init__(self, wide=3):
        super().__init__(2)

class Huge(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(100_000, 100_000)

    def forward(self, x):
        return self.layer(x)

class Lying(Net):
    def parameters(self, recurse=True):
        return iter([1, 2, 3])

    def load_parameters(self, arrays):
        raise KeyError("the student's own")

def averaged(models, x):
    return sum(model(x) for model in models) / len(models)
"""


class Net(nn.Module):  # type: ignore[misc, name-defined]
    """The same network, with its layers defined in another order."""

    def __init__(self, wide: int = 3) -> None:
        super().__init__()
        self.dense = nn.Linear(4, wide)
        self.norm = nn.BatchNorm1d(wide)
        self.last = nn.Linear(wide, 2)

    def forward(self, x: Any) -> Any:
        """Two dense layers."""
        return self.last(torch.relu(self.norm(self.dense(x))))


@pytest.fixture(scope="module")
def warm(isolation: Isolation) -> Iterator[Template]:
    """A template with torch in it."""
    with Template(isolation, ("numpy", "torch")) as made:
        yield made


@pytest.fixture
def jail(warm: Template) -> Iterator[Worker]:
    """A jail with the source loaded."""
    with warm.jail(SOURCE, "submission.py", LIMITS) as worker:
        assert worker.load() is None
        yield worker


def ask(worker: Worker, function: str, *args: Any) -> Reply:
    """One answer."""
    return worker.ask(function, [args], LIMITS.check_seconds)[0]


def record(draw: Callable[..., Any]) -> Check:
    """The check that was written."""
    made = draw.graded  # type: ignore[attr-defined]
    assert isinstance(made, Check)
    return made


def there(worker: Worker, scene: Check, name: str) -> Reply:
    """A scenario's reply with the student's `name` in it."""
    rngs = [np.random.default_rng(5)]
    return play.played(replace_function(scene, name), lambda: worker, rngs, ("wide",), 20, {}).replies[0]


def replace_function(scene: Check, name: str) -> Check:
    """The same scenario, of another class of the student's."""
    return Check(name, scene.name, scene.says, scene.draw, scenario=True)


def here(scene: Check, function: Callable[..., Any]) -> Reply:
    """The same scenario's reply on the trusted side."""
    return play.here(scene, function, [np.random.default_rng(5)])[0]


def value(reply: Reply) -> Any:
    """The value of an answer."""
    assert isinstance(reply, Answer), reply
    return reply.value


@pytest.mark.parametrize("name", ["float32", "float64", "int64", "bool", "complex64"])
def test_a_tensor_arrives_as_a_tensor_of_its_type(jail: Worker, name: str) -> None:
    x = torch.ones(2, 3, dtype=getattr(torch, name))

    assert value(ask(jail, "kind", x)) == ["Tensor", f"torch.{name}", [2, 3], False]


def test_a_tensor_comes_back_as_an_array(jail: Worker) -> None:
    got = value(ask(jail, "double", torch.arange(3.0)))

    assert type(got) is np.ndarray
    assert got.dtype == np.float32
    assert got.tolist() == [0, 2, 4]


def test_a_tensor_that_is_not_contiguous_arrives_in_order(jail: Worker) -> None:
    assert value(ask(jail, "double", torch.arange(6.0).reshape(2, 3).T)).tolist() == [[0, 6], [2, 8], [4, 10]]


def test_a_tensor_changed_in_place_is_a_fact(jail: Worker) -> None:
    changed, kept = ask(jail, "onto", torch.zeros(3)), ask(jail, "double", torch.zeros(3))

    assert isinstance(changed, Answer)
    assert isinstance(kept, Answer)
    assert changed.facts.mutated == ("x",)
    assert kept.facts.mutated == ()


def test_a_tensor_inside_a_list_changed_in_place_is_a_fact(jail: Worker) -> None:
    reply = ask(jail, "inner", {"x": [torch.ones(3)]})

    assert isinstance(reply, Answer)
    assert reply.facts.mutated == ("things",)


def test_a_tensor_that_holds_nan_and_was_left_alone_is_no_fact(jail: Worker) -> None:
    reply = ask(jail, "double", torch.tensor([float("nan"), -0.0]))

    assert isinstance(reply, Answer)
    assert reply.facts.mutated == ()


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("subclass", [0, 1, 2, 3]),
        ("half", [0, 1, 2, 3]),
        ("bfloat16", [0, 1, 2, 3]),
        ("grad", [0, 2, 4, 6]),
        ("parameter", [0, 1, 2, 3]),
        ("complex", [0, 1 + 1j, 2 + 2j, 3 + 3j]),
        ("number", 2.5),
        ("empty", []),
    ],
)
def test_an_odd_tensor_is_a_plain_array(jail: Worker, what: str, expected: Any) -> None:
    got = value(ask(jail, "odd", what))

    assert type(got) is np.ndarray
    assert got.tolist() == expected


@pytest.mark.parametrize("what", ["sparse", "quantised", "meta", "huge", "huge complex"])
def test_a_tensor_that_is_no_array_is_named_as_such(jail: Worker, what: str) -> None:
    reply = ask(jail, "odd", what)

    assert isinstance(reply, Raised)
    assert reply.kind == "NotSendable"
    assert reply.message.startswith("a tensor ")
    assert reply.message.endswith("cannot be an answer")


def test_a_tensor_whose_methods_raise_harms_nobody(jail: Worker) -> None:
    reply = ask(jail, "odd", "loud")

    assert isinstance(reply, Raised)
    assert reply.kind == "KeyError"


def test_chance_begins_anew_with_every_call(jail: Worker) -> None:
    first, second = value(ask(jail, "odd", "chance")), value(ask(jail, "odd", "chance"))
    outside = value(here(record(nothing_given), lambda: torch.rand(3)))

    assert first.tolist() == second.tolist() == outside.tolist()


@check(Net)
def nothing_given(_rng: np.random.Generator) -> Any:
    """Nothing is given."""
    return ()


@pytest.mark.parametrize(
    "tag",
    [
        '{"t":"x","v":7}',
        '{"t":"x"}',
        '{"t":"x","v":{"d":"f8","s":[4],"n":8}}',
        '{"t":"x","v":{"d":"O8","s":[1],"n":8}}',
        '{"t":"x","v":{"d":"f8","s":[-1],"n":8}}',
        '{"t":"x","v":{"d":"f4","s":[1099511627776,1099511627776],"n":0}}',
        '{"t":"h","v":"x"}',
        '{"t":"h","v":-1}',
    ],
)
def test_a_malformed_tensor_is_no_fault_of_ours(warm: Template, tag: str) -> None:
    source = f"""
import json, sys
def f():
    frame = sys._getframe()
    while "self" not in frame.f_locals or not hasattr(frame.f_locals["self"], "send"):
        frame = frame.f_back
    inside = frame.f_locals["self"]
    tag = json.loads({tag!r})
    inside.send({{"n": inside._nonce, "results": [{{"value": tag, "seconds": 0.0}}]}}, [])
    sys.stdin.read()
    import os
    os._exit(0)
"""
    with warm.jail(source, "submission.py", LIMITS) as worker:
        assert worker.load() is None
        reply = ask(worker, "f")

    assert isinstance(reply, Died)
    assert "could not be read" in reply.why


@scenario(Net)
def weights_and_answers(Net: Any, rng: np.random.Generator) -> Any:  # noqa: N803 - as checks write it
    """With weights that the grader sets, numbers and gradients come out the same."""
    model = Net(3)
    model.seed_parameters(11)
    x = torch.from_numpy(rng.normal(size=(5, 4))).float()
    y = model(x)
    dx, *_ = model.gradients(x, torch.ones(5, 2))
    model.eval()
    return {
        "y": y,
        "dx": dx,
        "settled": model(x),
        "size": model.parameter_count(),
        "out": model.output_shape([2, 4]),
    }


@scenario(Net)
def weights_in_order(Net: Any, rng: np.random.Generator) -> Any:  # noqa: N803
    """Arrays are given to the parameters of their shapes."""
    model = Net(wide=3)
    model.load_parameters([rng.normal(size=s) for s in [(3, 4), (3,), (3,), (3,), (2, 3), (2,)]])
    model.double().eval()
    shapes = sorted(array.shape for array in model.parameter_arrays())
    return model(torch.from_numpy(rng.normal(size=(5, 4)))), shapes, model.trainable()


@scenario(Net)
def zeros(Net: Any, _rng: np.random.Generator) -> Any:  # noqa: N803
    """With all parameters alike."""
    model = Net()
    model.fill_parameters(0.25)
    before = model.gradient_arrays()
    model.gradients(torch.ones(2, 4), torch.ones(2, 2))
    after = model.gradient_arrays()
    kinds = sorted(map(str, model.layers()))
    return [one is None for one in before], [one is None for one in after], kinds, len(model.buffer_arrays())


@pytest.mark.parametrize("scene", [weights_and_answers, zeros])
def test_the_same_words_mean_the_same_on_both_sides(jail: Worker, scene: Callable[..., Any]) -> None:
    inside, outside = value(there(jail, record(scene), "Net")), value(here(record(scene), Net))

    assert compare(inside, outside, close(atol=1e-6)) is None


def test_the_order_of_layers_of_other_shapes_does_not_matter(jail: Worker) -> None:
    inside, outside = (
        value(there(jail, record(weights_in_order), "Net")),
        value(here(record(weights_in_order), Net)),
    )

    assert inside[1:] == outside[1:]
    assert inside[0].dtype == np.float64


def test_parameters_that_do_not_fit_are_named(jail: Worker) -> None:
    reply = there(jail, record(weights_in_order), "Smaller")

    assert isinstance(reply, Raised)
    assert reply.kind == "ParametersDoNotFit"
    assert "2×4" in reply.message
    assert "expected 3×4" in reply.message


def test_the_students_names_do_not_stand_in_the_way(jail: Worker) -> None:
    reply = there(jail, record(weights_in_order), "Lying")

    assert isinstance(reply, Raised)
    assert reply.kind != "KeyError"


def test_what_a_network_does_to_its_input_is_a_fact(jail: Worker) -> None:
    careless, careful = (there(jail, record(weights_in_order), name) for name in ("Careless", "Net"))

    assert isinstance(careless, Answer)
    assert isinstance(careful, Answer)
    assert careless.facts.mutated == ("argument 1",)
    assert careful.facts.mutated == ()


@scenario(Net)
def too_large(Net: Any, _rng: np.random.Generator) -> Any:  # noqa: N803
    """Sizes of a network that no memory holds."""
    model = Net.sketched()
    return model.parameter_count(), model.output_shape((7, 100_000))


def test_a_sketch_has_sizes_and_takes_no_memory(jail: Worker) -> None:
    inside = value(there(jail, record(too_large), "Huge"))
    outside = value(here(record(too_large), lambda: nn.Linear(100_000, 100_000)))

    assert inside == outside == ([10_000_100_000, 10_000_100_000], [7, 100_000])


def test_a_network_in_the_jail_can_be_an_argument(jail: Worker) -> None:
    one, other = (value(ask(jail, "Net", 3)) for _ in range(2))
    x = torch.ones(2, 4)
    for number, model in enumerate((one, other)):
        model.seed_parameters(number)
    both = value(ask(jail, "averaged", [one, other], x))

    np.testing.assert_allclose(both, (one(x) + other(x)) / 2, rtol=1e-6)


def test_an_operation_that_is_none_is_said_to_be_none(jail: Worker) -> None:
    (reply,) = jail.ask("@remove_everything", [()], 5)

    assert isinstance(reply, Raised)
    assert reply.kind == "AttributeError"


def test_weights_that_follow_from_a_seed_depend_on_shape_and_place_alone() -> None:
    one, other = Net(), nn.Sequential(nn.Linear(3, 2), nn.Linear(4, 3))
    modules.seed_parameters(one, 7)
    modules.seed_parameters(other, 7)

    assert torch.equal(one.last.weight, other[0].weight)
    assert torch.equal(one.dense.weight, other[1].weight)
    assert not torch.equal(one.dense.bias, one.norm.bias)
