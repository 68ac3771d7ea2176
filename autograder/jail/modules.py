"""What a grader does with a network that it cannot see into: set weights, read them, count, push back.

None of it depends on a name that the student has chosen. The same words work in the jail, where a network
stays and is reached by its number, and on the trusted side (`Reached`), where reference and misconceptions
play the same scenarios.
"""

from __future__ import annotations

import functools
import hashlib
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from . import lent, tensors

PERIOD = 65537  # numbers after which those of a large layer repeat: a prime, so that no two rows are alike
MARK = "@"  # before a name: not the student's, but one of this module


class ParametersDoNotFit(ValueError):  # noqa: N818 - its name is what the student reads
    """The network's parameters are not of the shapes they should be."""


# ---- what is done with a network ------------------------------------------------------------------


def load_parameters(module: Any, arrays: Sequence[Any]) -> None:
    """Set all parameters: each takes the next of `arrays` that is of its kind, in order of definition.

    Of one kind are parameters that belong to as many outputs and have as many numbers: a convolution that
    sees the whole map, and the dense layer behind a flattened map.

    Raises:
        ParametersDoNotFit: not one array for each parameter and one parameter for each array.
    """
    left = [np.asarray(array) for array in arrays]
    shapes = [tuple(one.shape) for one in module.parameters()]
    if sorted(map(_kind, shapes)) != sorted(_kind(array.shape) for array in left):
        raise ParametersDoNotFit(
            f"the parameters have the shapes {_words(shapes)}; expected {_words([a.shape for a in left])}"
        )
    with tensors.torch().no_grad():
        for one in module.parameters():
            shape = tuple(one.shape)
            place = next(i for i, array in enumerate(left) if _kind(array.shape) == _kind(shape))
            one.copy_(tensors.torch().from_numpy(left.pop(place).reshape(shape).copy()))


def seed_parameters(module: Any, seed: int) -> None:
    """Set all parameters to numbers that follow from `seed`, their kind, and their place in it.

    So the order in which layers of different kinds (see `load_parameters`) are defined does not matter.
    Weights are normal with a variance of 2 / (numbers that go into one), all others normal around 0.5 with
    deviation 0.5. A network that was sketched gets its storage here.
    """
    if any(one.is_meta for one in module.parameters()):
        module.to_empty(device="cpu")
    counted: dict[tuple[int, ...], int] = {}
    with tensors.torch().no_grad():
        for one in module.parameters():
            shape = tuple(one.shape)
            kind = _kind(shape)
            place = counted[kind] = counted.get(kind, -1) + 1
            words = hashlib.sha256(f"{seed} {kind} {place}".encode()).digest()
            rng = np.random.default_rng(int.from_bytes(words[:16], "little"))
            numbers = rng.standard_normal(min(one.numel(), PERIOD), dtype=np.float32)
            if len(shape) > 1:
                numbers *= np.float32((2 * shape[0] / max(1, one.numel())) ** 0.5)
            else:
                numbers = np.float32(0.5) * (numbers + 1)
            one.copy_(tensors.torch().from_numpy(np.resize(numbers, shape)))


def _kind(shape: Sequence[int]) -> tuple[int, ...]:
    return (*shape[:1], math.prod(shape))


def fill_parameters(module: Any, value: float) -> None:
    """Set all numbers of all parameters to `value`."""
    with tensors.torch().no_grad():
        for one in module.parameters():
            one.fill_(value)


def parameter_arrays(module: Any) -> list[Any]:
    """The parameters, in order of definition."""
    return [tensors.as_array(one).copy() for one in module.parameters()]


def gradient_arrays(module: Any) -> list[Any]:
    """The gradients gathered by the parameters, in order of definition; None where there is none."""
    return [None if one.grad is None else tensors.as_array(one.grad).copy() for one in module.parameters()]


def buffer_arrays(module: Any) -> list[Any]:
    """What is remembered and not learned, such as running means, in order of definition."""
    return [tensors.as_array(one).copy() for one in module.buffers()]


def parameter_count(module: Any) -> list[int]:
    """How many numbers are parameters, and how many of these are learned."""
    counts = [(one.numel(), one.requires_grad) for one in module.parameters()]
    return [sum(count for count, _ in counts), sum(count for count, learned in counts if learned)]


def trainable(module: Any) -> list[bool]:
    """Whether each parameter is learned, in order of definition."""
    return [bool(one.requires_grad) for one in module.parameters()]


def layers(module: Any) -> list[list[Any]]:
    """Class and training mode of each layer that holds no others, in order of definition."""
    inner = [one for one in module.modules() if not any(True for _ in one.children())]
    return [[type(one).__name__, bool(one.training)] for one in inner]


def output_shape(module: Any, shape: Sequence[int]) -> list[int]:
    """The shape of what comes out for zeros of `shape`."""
    torch = tensors.torch()
    first = next(module.parameters(), torch.zeros(1))
    with torch.no_grad():
        return list(module(torch.zeros(tuple(shape), device=first.device, dtype=first.dtype)).shape)


def gradients(module: Any, x: Any, dout: Any) -> list[Any]:
    """The gradients of Σ y · dout by x and by each parameter, in order; None for what is not learned."""
    torch = tensors.torch()
    x = torch.as_tensor(x).detach().clone().requires_grad_()
    for one in module.parameters():
        one.grad = None
    module(x).backward(torch.as_tensor(dout))
    return [None if x.grad is None else tensors.as_array(x.grad).copy(), *gradient_arrays(module)]


OPERATIONS: dict[str, Callable[..., Any]] = {
    one.__name__: one
    for one in (
        load_parameters,
        seed_parameters,
        fill_parameters,
        parameter_arrays,
        gradient_arrays,
        buffer_arrays,
        parameter_count,
        trainable,
        layers,
        output_shape,
        gradients,
    )
}


def _words(shapes: Sequence[tuple[int, ...]]) -> str:
    text = ", ".join("×".join(map(str, shape)) or "()" for shape in shapes[:40])
    return text or "(none)"


# ---- networks that are made -----------------------------------------------------------------------


def sketched(make: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What `make` makes, without storage: sizes can be asked for, numbers not."""
    with tensors.torch().device("meta"):
        return make(*args, **kwargs)


def found(name: str, owner: Any) -> Callable[..., Any]:
    """What a marked name means: of a network an operation, of the student's file how something is made.

    Raises:
        AttributeError: there is no such operation.
    """
    word, _, rest = name.removeprefix(MARK).partition(" ")
    if word == "sketched":
        return functools.partial(sketched, getattr(owner, rest))
    if word in OPERATIONS and lent.is_model(owner):
        return functools.partial(OPERATIONS[word], owner)
    raise AttributeError(f"{type(owner).__name__[:80]} has no {word}")


# ---- the trusted side -----------------------------------------------------------------------------


class Reached:
    """A network of the trusted side, behind the words with which one in a jail is reached.

    `call` runs a function and returns what comes back, as it would come back from a jail.
    """

    def __init__(self, module: Any, call: Callable[..., Any]) -> None:
        self._module = module
        self._call = call

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the network."""
        return self._call(self._module.__call__, *args, **kwargs)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in OPERATIONS:
            return functools.partial(self._call, functools.partial(OPERATIONS[name], self._module))
        return functools.partial(self._call, getattr(self._module, name))

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        """Given to a function as an argument it is the network itself, as in a jail."""
        return self._module
