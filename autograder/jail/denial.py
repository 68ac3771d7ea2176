"""Operations of torch that a rule forbids, refused where they are carried out: below every name they have.

torch sends each operation through one table, whichever way it was called: a function, a module, an alias,
a compiled script, another thread, the backward pass. Here the entries of that table are replaced, in a
jail that is asked nothing but the functions the rule is about, and for good: nothing in Python holds what
would have to be destroyed to bring the old entries back.

What is seen here is a claim, as everything from a jail is. Code written against this page can change it.
"""

from __future__ import annotations

import contextlib
import ctypes
import re
import warnings
from collections.abc import Callable, Sequence
from typing import Any

# Where a kernel for tensors on this machine may stand; the last is what all other places fall back to.
PLACES = (
    "CPU",
    "MkldnnCPU",
    "QuantizedCPU",
    "NestedTensorCPU",
    "SparseCPU",
    "SparseCsrCPU",
    "CUDA",
    "CompositeExplicitAutograd",
)
# Ways to a kernel beside the table: a handle taken earlier, and graphs rewritten to hold library calls.
SIDE_DOORS = (
    "_dispatch_get_computed_kernel_for_dispatch_key",
    "_jit_pass_convert_frozen_ops_to_mkldnn",
    "_jit_pass_optimize_for_inference",
)
SEEN = 16  # names that are passed on


class ForbiddenOperation(RuntimeError):  # noqa: N818 - a name that a student reads
    """An operation was called that the rule for this function forbids."""


class Denial:
    """Refuses the operations whose names match `patterns`, and keeps account of what was called."""

    def __init__(self, patterns: Sequence[str], says: str) -> None:
        import torch  # noqa: PLC0415 - optional, and in the template's memory already

        self._says = says
        self._rule = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
        self._refused: dict[str, None] = {}
        self._used: dict[str, None] = {}
        self._library = torch._C._dispatch_library  # noqa: SLF001 - kept from before the student's file ran
        self._names: Callable[[], list[str]] = torch._C._dispatch_get_all_op_names  # noqa: SLF001
        self._mode = self._trace()
        for name in SIDE_DOORS:
            if hasattr(torch._C, name):  # noqa: SLF001 - torch has no public way to close them
                setattr(torch._C, name, self._refusing(name.strip("_")))  # noqa: SLF001

    def install(self) -> None:
        """Refuse from now on. What the student's file has put into the table itself then lies below ours.

        Called when the file was imported: an honest one may try itself against the library meanwhile.
        """
        libraries: dict[str, Any] = {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch warns that a kernel is replaced
            for name in self._names():
                space, _, operation = name.partition("::")
                if not self._rule.fullmatch(operation.partition(".")[0]):
                    continue
                if space not in libraries:
                    libraries[space] = self._library("IMPL", space, "")
                for place in PLACES:
                    with contextlib.suppress(RuntimeError):  # no such place for this operation, or version
                        libraries[space].impl(operation, place, self._refusing(name), False)
        for library in libraries.values():
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(library))  # never destroyed, and nobody's to find

    def watched(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, with account kept anew of each call."""

        def called(*args: Any, **kwargs: Any) -> Any:
            self._refused.clear()
            self._used.clear()
            with self._mode:
                return function(*args, **kwargs)

        return called

    def facts(self) -> dict[str, list[str]]:
        """What was refused in the last watched call, and which operations were used."""
        return {"forbidden": list(self._refused)[:SEEN], "operations": list(self._used)[:SEEN]}

    def _refusing(self, name: str) -> Callable[..., Any]:
        def refuse(*_args: Any, **_kwargs: Any) -> Any:
            self._refused[name] = None
            raise ForbiddenOperation(f"{name} was called. {self._says}")

        return refuse

    def _trace(self) -> Any:
        from torch.utils._python_dispatch import (  # noqa: PLC0415 - the same
            TorchDispatchMode,
        )

        used = self._used

        class Trace(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch's
            """A second witness: of one thread, and easily switched off, but of what is allowed too."""

            def __torch_dispatch__(self, func: Any, _types: Any, args: Any = (), kwargs: Any = None) -> Any:
                used[func.name()] = None
                return func(*args, **(kwargs or {}))

        return Trace()  # type: ignore[no-untyped-call]
