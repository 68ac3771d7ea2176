"""An auto-graded course in neural networks. The names here are the words instructors write checks with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .authoring import (
        alternative,
        by_field,
        check,
        close,
        exact,
        misconception,
        property_holds,
        same_span,
        scenario,
        timed,
        up_to_sign,
    )
    from .model import Limits

__version__ = "0.1.0"
__all__ = [
    "Limits",
    "alternative",
    "by_field",
    "check",
    "close",
    "exact",
    "misconception",
    "property_holds",
    "same_span",
    "scenario",
    "timed",
    "up_to_sign",
]


def __getattr__(name: str) -> Any:
    """Load the authoring words on first use, so that the jail's shim and `--help` do not pay for them."""
    if name not in __all__:
        raise AttributeError(f"module 'autograder' has no attribute {name!r}")
    from . import authoring  # noqa: PLC0415 - lazy on purpose

    return getattr(authoring, name)


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext autograder`: from then on `%try adam_step` runs its worked examples inside the notebook."""
    from . import inline  # noqa: PLC0415 - only a notebook pays for it

    inline.load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext autograder`."""
    from . import inline  # noqa: PLC0415 - as above

    inline.unload(shell)
