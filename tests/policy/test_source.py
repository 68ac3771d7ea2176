"""Names in the source: what counts as the library's, and what is a student's own."""

from __future__ import annotations

import pytest

from autograder.model import OwnWork
from autograder.policy import source

RULE = OwnWork(("conv2d",), ("convolution", "fft", "fold", "pooling"), "Write it yourself.")
HEAD = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\nimport numpy as np\n"


def dotted(body: str, head: str = HEAD) -> list[str]:
    """The library names found in `conv2d` with this body."""
    return [hit.dotted for hit in source.hits(f"{head}\ndef conv2d(x, w, b):\n    {body}\n", RULE)]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("return F.conv2d(x, w, b)", "torch.nn.functional.conv2d"),
        ("return torch.conv2d(x, w, b)", "torch.conv2d"),
        ("return nn.Conv2d(3, 8, 3)(x)", "torch.nn.Conv2d"),
        ("return torch.nn.functional.conv_transpose2d(x, w)", "torch.nn.functional.conv_transpose2d"),
        ("return torch.ops.aten.convolution.default(x, w)", "torch.ops.aten.convolution.default"),
        ("return torch.mkldnn_convolution(x, w)", "torch.mkldnn_convolution"),
        ("return getattr(F, 'conv2d')(x, w)", "torch.nn.functional.conv2d"),
        ("return getattr(F, 'con' + 'v2d')(x, w)", "torch.nn.functional.conv2d"),
        ("return getattr(F, f'conv{2}d')(x, w)", "torch.nn.functional.conv2d"),
        ("return getattr(F, ''.join(['co', 'nv', '2d']))(x, w)", "torch.nn.functional.conv2d"),
        ("return F.__dict__['conv2d'](x, w)", "torch.nn.functional.conv2d"),
        ("return vars(F)['conv2d'](x, w)", "torch.nn.functional.conv2d"),
        ("import sys; return sys.modules['torch'].conv2d(x, w)", "torch.conv2d"),
        ("return __import__('torch').conv2d(x, w)", "torch.conv2d"),
        (
            "import importlib as i; return i.import_module('torch.nn.functional').conv1d(x)",
            "torch.nn.functional.conv1d",
        ),
        ("from scipy import signal; return signal.convolve2d(x, w)", "scipy.signal.convolve2d"),
        ("from scipy.signal import correlate as c; return c(x, w)", "scipy.signal.correlate"),
        ("return np.convolve(x, w)", "numpy.convolve"),
        ("return torch.fft.rfft2(x)", "torch.fft.rfft2"),
        ("return np.fft.fft2(x)", "numpy.fft.fft2"),
        ("return nn.Fold(3, 3)(x)", "torch.nn.Fold"),
        ("return F.adaptive_avg_pool2d(x, 1)", "torch.nn.functional.adaptive_avg_pool2d"),
        ("f = F.conv2d; return f(x, w)", "torch.nn.functional.conv2d"),
        ("return eval('F.conv2d')(x, w)", "torch.nn.functional.conv2d"),
        ("exec('import torch as t; y = t.conv2d')", "torch.conv2d"),
    ],
)
def test_a_name_of_the_library_is_found_however_it_is_written(body: str, name: str) -> None:
    assert name in dotted(body)


@pytest.mark.parametrize(
    "body",
    [
        '"""Like F.conv2d and nn.Conv2d."""\n    return x',
        "return x  # not F.conv2d",
        "raise ValueError('as in torch.conv2d')",
        "return F.unfold(x, 3)",
        "return F.pad(x, (1, 1)) @ w",
        "return nn.Unfold(3)(x)",
        "conv = x @ w; return conv",
        "return x.conv2d",
        "return torch.tensor(x).to(torch.float32).convert",
        "F = x; return F.conv2d",
        "return (lambda F: F.conv2d)(x)",
        "return getattr(x, 'conv2d')",
        "return torch.multiprocessing.Pool",
        "return np.linalg.norm(x)",
    ],
)
def test_what_is_no_operation_of_the_library_is_no_hit(body: str) -> None:
    assert dotted(body) == []


def test_a_function_of_ones_own_may_be_called_conv2d() -> None:
    assert dotted("return conv1d(x)\n\ndef conv1d(x):\n    return conv2d(x, x, x)") == []
    assert dotted("return helper.conv2d(x)", "import helper\n") == []


def test_a_definition_goes_before_an_import_of_the_same_name() -> None:
    text = "from torch.nn.functional import *\nfrom torch import conv1d\ndef conv1d(x):\n    return x\n"

    assert dotted("return conv1d(x)", text) == []
    assert dotted("return conv3d(x)", text) == ["torch.nn.functional.conv3d"]


def test_helpers_that_the_function_uses_are_looked_at_and_others_are_not() -> None:
    text = HEAD + "layer = nn.Conv2d(3, 3, 3)\ndef inner(x):\n    return layer(x)\n"

    assert dotted("return inner(x)", text) == ["torch.nn.Conv2d"]
    assert dotted("return x @ w", text) == []


def test_the_line_and_the_words_are_the_students() -> None:
    (hit,) = source.hits(f"{HEAD}\ndef conv2d(x, w):\n    y = x\n    return F.conv2d(y, w)\n", RULE)

    assert (hit.function, hit.line, hit.written) == ("conv2d", 8, "F.conv2d")


@pytest.mark.parametrize("text", ["def conv2d(:", "", "(" * 5000, "x = 1", "def conv2d(x):\n" * 3])
def test_a_source_that_cannot_be_read_has_no_hits(text: str) -> None:
    assert source.hits(text, RULE) == ()


def test_deep_and_long_expressions_are_read_without_end_of_the_stack() -> None:
    deep = "F" + ".a" * 150 + ".conv2d"
    sums = "getattr(F, " + " + ".join(["'c'"] * 90) + ")"

    assert source.hits(f"{HEAD}\ndef conv2d(x):\n    return {deep}, {sums}\n", RULE) is not None
