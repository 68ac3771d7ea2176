"""Names that students write and that are not there, with what to write in their place.

Removed from NumPy, left over from Python 2 or from other languages, at home in torch, or in packages that
no assignment needs.
"""

from __future__ import annotations

REMOVED = {
    "numpy.int": "`int`",
    "numpy.float": "`float`",
    "numpy.bool": "`bool`",
    "numpy.complex": "`complex`",
    "numpy.object": "`object`",
    "numpy.str": "`str`",
    "numpy.long": "`int`",
    "numpy.unicode": "`str`",
    "numpy.bool8": "`np.bool_`",
    "numpy.int0": "`np.intp`",
    "numpy.float_": "`np.float64`",
    "numpy.complex_": "`np.complex128`",
    "numpy.string_": "`np.bytes_`",
    "numpy.unicode_": "`np.str_`",
    "numpy.Inf": "`np.inf`",
    "numpy.Infinity": "`np.inf`",
    "numpy.infty": "`np.inf`",
    "numpy.PINF": "`np.inf`",
    "numpy.NINF": "`-np.inf`",
    "numpy.NaN": "`np.nan`",
    "numpy.NAN": "`np.nan`",
    "numpy.product": "`np.prod`",
    "numpy.cumproduct": "`np.cumprod`",
    "numpy.sometrue": "`np.any`",
    "numpy.alltrue": "`np.all`",
    "numpy.round_": "`np.round`",
    "numpy.mat": "`np.asarray`",
    "numpy.asmatrix": "`np.asarray`",
    "numpy.matrix": "`np.asarray`",
    "numpy.trapz": "`np.trapezoid`",
    "numpy.in1d": "`np.isin`",
    "numpy.row_stack": "`np.vstack`",
    "numpy.msort": "`np.sort(x, axis=0)`",
    "numpy.asscalar": "`x.item()`",
    "numpy.asfarray": "`np.asarray(x, dtype=float)`",
    "numpy.alen": "`len(x)`",
    "numpy.rank": "`np.ndim(x)`",
    "numpy.cast": "`x.astype(...)`",
    "numpy.math": "`import math`, then `math`",
    "numpy.lib.pad": "`np.pad`",
    "numpy.random.random_integers": "`rng.integers(low, high + 1)`",
}

ARRAY_METHODS = {
    "append": "An array cannot grow. Collect the pieces in a list and make the array at the end, or use "
    "`np.concatenate`.",
    "extend": "An array cannot grow. Collect the pieces in a list and make the array at the end, or use "
    "`np.concatenate`.",
    "ptp": "NumPy has no `x.ptp()` any more: write `np.ptp(x)`.",
    "itemset": "NumPy has no `x.itemset(...)` any more: write `x[index] = value`.",
    "tostring": "NumPy has no `x.tostring()` any more: write `x.tobytes()`.",
    "newbyteorder": "NumPy has no `x.newbyteorder()` any more.",
    "numpy": "`.numpy()` belongs to torch; this is an array of NumPy already.",
    "detach": "`.detach()` belongs to torch; this is an array of NumPy already.",
    "backward": "`.backward()` belongs to torch; this is an array of NumPy.",
    "view_as": "`.view_as()` belongs to torch; an array of NumPy has `.reshape(...)`.",
    "unsqueeze": "`.unsqueeze()` belongs to torch; NumPy has `np.expand_dims`.",
    "permute": "`.permute()` belongs to torch; NumPy has `.transpose(...)`.",
    "exp": "`exp` is a function of NumPy, not of the array: `np.exp(x)`.",
    "log": "`log` is a function of NumPy, not of the array: `np.log(x)`.",
    "sqrt": "`sqrt` is a function of NumPy, not of the array: `np.sqrt(x)`.",
    "abs": "`abs` is a function of NumPy, not of the array: `np.abs(x)`.",
    "maximum": "`maximum` is a function of NumPy, not of the array: `np.maximum(a, b)`.",
}

HABITS = {
    "np": "NumPy is not imported: the file needs `import numpy as np` at its top.",
    "numpy": "NumPy is imported as `np`: write `np.` here, or `import numpy`.",
    "math": "`math` is not imported: the file needs `import math` at its top.",
    "torch": "torch is not imported: the file needs `import torch` at its top, if the assignment allows it.",
    "plt": "There is no `plt`, and nothing to look at a picture: take the drawing out of what you hand in.",
    "xrange": "`xrange` belongs to Python 2: write `range`.",
    "unicode": "`unicode` belongs to Python 2: write `str`.",
    "raw_input": "`raw_input` belongs to Python 2, and there is nobody to answer it: take it out.",
    "reduce": "`reduce` must be imported: `from functools import reduce`.",
    "true": "Python writes it `True`.",
    "false": "Python writes it `False`.",
    "null": "Python writes it `None`.",
    "none": "Python writes it `None`.",
    "nan": "Python knows no `nan` by itself: write `np.nan`.",
    "inf": "Python knows no `inf` by itself: write `np.inf`.",
    "pi": "Python knows no `pi` by itself: write `np.pi`.",
    "exp": "Python knows no `exp` by itself: write `np.exp`.",
    "log": "Python knows no `log` by itself: write `np.log`.",
    "sqrt": "Python knows no `sqrt` by itself: write `np.sqrt`.",
    "array": "Python knows no `array` by itself: write `np.array`.",
    "zeros": "Python knows no `zeros` by itself: write `np.zeros`.",
    "dot": "Python knows no `dot` by itself: write `a @ b` or `np.dot(a, b)`.",
}

_DRAWING = "Take the drawing out of what you hand in."
_OTHER = "The task is to write the function with NumPy alone."

ABSENT = {
    "matplotlib": _DRAWING,
    "seaborn": _DRAWING,
    "plotly": _DRAWING,
    "PIL": _DRAWING,
    "cv2": _DRAWING,
    "tqdm": "Take the progress bar out of what you hand in.",
    "IPython": "Take what belongs to the notebook out of what you hand in.",
    "google": "Take what belongs to the hosted notebook out of what you hand in.",
    "scipy": _OTHER,
    "sklearn": _OTHER,
    "pandas": _OTHER,
    "torch": _OTHER,
    "torchvision": _OTHER,
    "tensorflow": _OTHER,
    "keras": _OTHER,
    "jax": _OTHER,
    "numba": _OTHER,
}

MODULES = frozenset({"numpy", "numpy.linalg", "numpy.random", "numpy.fft", "math", "random"})
