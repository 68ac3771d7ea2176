"""What a rule can forbid, by name: groups of operations that a library has ready.

One pattern serves for both of an operation's names: in torch's table ("aten::mkldnn_convolution" without
its name space) and in Python (any part of "torch.nn.functional.conv2d", "scipy.signal.fftconvolve"). It must
match the whole part, and upper and lower case are the same. Nothing outside `LIBRARIES` is meant: a function
of the student's own may have any name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from autograder.model import OwnWork

LIBRARIES = frozenset({"torch", "numpy", "scipy", "torchvision", "jax", "tensorflow", "cv2", "skimage"})


@dataclass(frozen=True, slots=True)
class Group:
    """`title` as a sentence calls it, `pattern` of its names."""

    title: str
    pattern: str


GROUPS: Mapping[str, Group] = MappingProxyType(
    {
        "convolution": Group(
            "a convolution or correlation of the library",
            r".*conv(?!er).*|.*correlate.*|filter2d|matchtemplate",  # but not `convert`
        ),
        # The backward pass of `unfold` is a fold: do not forbid it where gradients go through an unfold.
        "fold": Group("the library's fold", r"col2im.*|fold"),
        "unfold": Group("the library's unfold", r"im2col.*|unfold|sliding_window_view"),
        "pooling": Group(
            "the library's pooling", r".*(?:max|avg|average|lp|power)_?(?:un)?pool.*|block_reduce"
        ),
        "fft": Group("a Fourier transform", r".*fft.*|.*stft"),
    }
)


def patterns(rule: OwnWork) -> tuple[str, ...]:
    """The patterns of everything that `rule` forbids."""
    return tuple(GROUPS[name].pattern for name in rule.forbid)


def group_of(rule: OwnWork, dotted: str) -> Group | None:
    """Which group that `rule` forbids a Python name such as "torch.nn.Conv2d" belongs to."""
    root, *parts = dotted.split(".")
    if root not in LIBRARIES:
        return None
    for name in rule.forbid:
        if any(re.fullmatch(GROUPS[name].pattern, part, re.IGNORECASE) for part in parts):
            return GROUPS[name]
    return None
