"""Right answers are right: the reference, its alternatives, and the questions they are asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder import compare
from autograder.model import Answer, Check, Mismatch, Raised, Reply

from .evidence import Evidence, askable, digest
from .model import Finding, place

# A reference refuses bad arguments on purpose, with ValueError and its like. These it raises by accident.
ACCIDENTS = frozenset(
    {
        "AssertionError",
        "AttributeError",
        "ImportError",
        "IndexError",
        "KeyError",
        "ModuleNotFoundError",
        "NameError",
        "NotImplementedError",
        "RecursionError",
        "SyntaxError",
        "TypeError",
        "UnboundLocalError",
    }
)


def reference(evidence: Evidence) -> Iterator[Finding]:
    """The reference passes every check, answers the same when asked again, and breaks down nowhere."""
    for check in evidence.checks:
        where = place(check.draw, evidence.root)
        for draw, (want, again) in enumerate(
            zip(evidence.key.wants(check), evidence.again[check.id], strict=True), 1
        ):
            if isinstance(want, Raised) and want.kind in ACCIDENTS:
                yield Finding(
                    where,
                    f"the reference itself raises {want.kind} on {check.id}",
                    "mend the arguments of the check, or the reference",
                    f"draw {draw}: {want.message[:120]}",
                )
            elif not _same(want, again):
                yield Finding(
                    where,
                    f"the reference answers {check.id} differently when it is asked again",
                    "let whatever it draws or remembers come in as an argument",
                    f"draw {draw}",
                )
            elif failing := _failing(again, want, check):
                yield Finding(
                    where,
                    f"the reference fails its own check {check.id}",
                    "mend the reference, or take back what the check forbids",
                    f"draw {draw}: {failing}",
                )
            else:
                continue
            break


def _same(one: Reply, other: Reply) -> bool:
    """Equal bit for bit; what was observed beside the answer is not compared."""
    if isinstance(one, Answer) and isinstance(other, Answer):
        return digest(one.value) == digest(other.value)
    if isinstance(one, Raised) and isinstance(other, Raised):
        return (one.kind, one.message) == (other.kind, other.message)
    return False


def alternatives(evidence: Evidence) -> Iterator[Finding]:
    """Every right answer by another road passes every check of its function."""
    for alternative in evidence.key.assignment.alternatives:
        for check in evidence.of(alternative.function):
            replies = evidence.right[alternative.name, check.id]
            for draw, (reply, want) in enumerate(zip(replies, evidence.key.wants(check), strict=True), 1):
                if failing := _failing(reply, want, check):
                    yield Finding(
                        place(alternative.right, evidence.root),
                        f"the alternative {alternative.name} fails {check.id}",
                        "mend it, or widen the check, since a student would lose these points",
                        f"draw {draw}: {failing}",
                    )
                    break


def draws_differ(evidences: Sequence[Evidence]) -> Iterator[Finding]:
    """A check that draws more than once asks more than one question."""
    for check in askable(evidences):
        asked = [one for evidence in evidences for one in evidence.questions[check.id]]
        if check.draws > 1 and len(set(asked)) == 1:
            yield Finding(
                place(check.draw, evidences[0].root),
                f"{check.id} asks the same question in each of its {check.draws} draws",
                "draw the arguments from rng, or say draws=1",
            )


def _failing(reply: Reply, want: Answer | Raised, check: Check) -> str:
    """How a reply fails a check, in words; "" where it passes."""
    assert isinstance(reply, Answer | Raised)  # trusted functions run here, where nothing overruns or dies
    mismatch = compare.judge(reply, want, check)
    if mismatch is None:
        return ""
    raised = f": {reply.message[:120]}" if mismatch.kind == "raise" and isinstance(reply, Raised) else ""
    return _words(mismatch) + raised


def _words(mismatch: Mismatch) -> str:
    got, want = _number(mismatch.got), _number(mismatch.want)
    if mismatch.kind in ("raise", "warning", "mutation"):
        return f"{got}, expected {want}"
    words = f"{mismatch.where} is {got}, expected {want}" if got or want else mismatch.where
    if mismatch.error is not None and mismatch.allowed is not None:
        words += f": off by {mismatch.error:.2g}, allowed {mismatch.allowed:.2g}"
    return words


def _number(value: float | str | None) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value or "")
