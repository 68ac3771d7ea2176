"""Models that the grader lends to a call: copied into the jail, and copied back out when the call is over.

A `torch.nn.Module` among the arguments, made of torch's own layers, goes in as a list of them with their
settings and weights. What comes out is arrays and flags, and the grader writes these into its own model. So a
check can train a model in the jail and look at it outside, where nothing of the student's runs any more.
"""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import torch

MATRIX = 2  # axes


class Changed(Exception):  # noqa: N818 - a fact about an answer, told to the student in its own words
    """A lent model came back as another one than it was."""


def is_model(value: Any) -> bool:
    """Whether `value` is a `torch.nn.Module`; torch is not loaded to find out."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, torch.nn.Module)


def packed(model: torch.nn.Module) -> dict[str, Any]:
    """A model as plain values, for `unpacked` in the jail: its layers with their settings, and its state.

    Raises:
        TypeError: a layer that is not torch's own.
    """
    layers = [[name, *_described(layer)] for name, layer in model.named_modules()]
    return {"layers": layers, "state": state(model)}


def _described(layer: torch.nn.Module) -> list[Any]:
    """The class of a layer, and what it was made with."""
    kind = type(layer)
    nn = sys.modules["torch"].nn
    if getattr(nn, kind.__name__, None) is not kind or (kind is not nn.Sequential and any(layer.children())):
        raise TypeError(f"{kind.__name__} cannot be lent: a lent model is made of torch's own layers")
    if kind is nn.Sequential:
        return [kind.__name__, {}]
    settings = {
        name: getattr(layer, name) is not None if name == "bias" else getattr(layer, name)
        for name in inspect.signature(kind).parameters
        if hasattr(layer, name)  # device and dtype are its parameters' own
    }
    return [kind.__name__, settings]


def unpacked(data: dict[str, Any]) -> torch.nn.Module:
    """The model of `packed`."""
    loaded = sys.modules["torch"]
    made: dict[str, Any] = {}
    for name, kind, settings in data["layers"]:
        made[name] = getattr(loaded.nn, kind)(**settings)
        if name:
            parent, _, last = name.rpartition(".")
            made[parent].add_module(last, made[name])
    floats = [array.dtype for array in data["state"]["arrays"].values() if array.dtype.kind == "f"]
    model: torch.nn.Module = made[""]
    if floats:
        model.to(loaded.from_numpy(np.empty(0, floats[0])).dtype)
    restore(model, data["state"])
    return model


def state(model: torch.nn.Module) -> dict[str, dict[str, Any]]:
    """What a call may have changed of a model, as plain values.

    `arrays` are weights and running statistics, `learns` says which weights want a gradient, `training`
    which layers stand in training mode.
    """
    return {
        "arrays": {name: value.detach().cpu().numpy() for name, value in model.state_dict().items()},
        "learns": {name: value.requires_grad for name, value in model.named_parameters()},
        "training": {name: layer.training for name, layer in model.named_modules()},
    }


def restore(model: torch.nn.Module, said: Any) -> None:
    """Give `model` the state that came out of the jail; a linear layer may have other sizes than before.

    Raises:
        Changed: the state is not that of a model with the same layers.
    """
    torch = sys.modules["torch"]
    if not isinstance(said, dict) or not all(
        isinstance(said.get(key), dict) for key in ("arrays", "learns", "training")
    ):
        raise Changed("the model cannot be read")
    arrays = said["arrays"]
    _resize(model, arrays)
    own = model.state_dict()
    if (
        arrays.keys() != own.keys()
        or said["learns"].keys() != dict(model.named_parameters()).keys()
        or said["training"].keys() != dict(model.named_modules()).keys()
    ):
        raise Changed("the model came back with other layers than it had")
    for name, there in own.items():
        array, mine = arrays[name], there.numpy()
        if not isinstance(array, np.ndarray) or array.shape != mine.shape:
            raise Changed(f"{name} of the model came back with another shape than it had")
        if array.dtype != mine.dtype:
            raise Changed(f"{name} of the model came back as {array.dtype}; it was {mine.dtype}")
    model.load_state_dict({name: torch.from_numpy(array) for name, array in arrays.items()})
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(said["learns"][name] is True)
    for name, layer in model.named_modules():
        layer.training = said["training"][name] is True


def _resize(model: torch.nn.Module, arrays: dict[str, Any]) -> None:
    """Put linear layers of other sizes where the state has them."""
    nn = sys.modules["torch"].nn
    for name, layer in list(model.named_modules()):
        weight = arrays.get(f"{name}.weight")
        if not isinstance(layer, nn.Linear) or not isinstance(weight, np.ndarray) or weight.ndim != MATRIX:
            continue
        if weight.size and weight.shape != tuple(layer.weight.shape):
            parent, _, last = name.rpartition(".")
            rows, columns = weight.shape
            bias = f"{name}.bias" in arrays
            # Without first weights: those would be drawn from a generator that is not ours to move.
            new = nn.utils.skip_init(nn.Linear, columns, rows, bias=bias, dtype=layer.weight.dtype)
            setattr(model.get_submodule(parent), last, new)
