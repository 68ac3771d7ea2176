"""What a time says of where an answer came from. A flag for a person, never a verdict.

Measured on one thread: the library's convolution takes 0.16 to 0.53 of the time of unfold and a matrix
product, both in torch. Good code of one's own reaches 0.3 to 0.7 of it too (products of copies, in numpy),
so a fast answer alone proves nothing.
"""

from __future__ import annotations

from autograder.model import Timing

FAST = 0.55  # of the time of unfold and a product: the library's convolution lies below


def too_fast(timing: Timing, *, limit: float = FAST) -> str:
    """A sentence where even the slow end of the interval is below `limit` times the reference; else nothing.

    The reference must be unfold and a matrix product for the default to mean anything.
    """
    if timing.clock == "growth" or not 0 < timing.measure <= timing.high < limit:
        return ""
    return (
        f"{timing.check} took {timing.measure:.2f} of the time of our unfold and product "
        f"(at most {timing.high:.2f}); below {limit:g} is where the library's own convolution lies, "
        "and very good code too"
    )
