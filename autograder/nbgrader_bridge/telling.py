"""What a report says in the cells and comments of an nbgrader notebook.

A comment belongs to the cell of a function and tells, in Markdown, of each of its checks; the first begins
with what concerns the whole file. The cell of a criterion holds a table of its checks, so that one sees where
its points come from. Everything is clean: nbgrader shows both as HTML, to the student and to whoever marks.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from autograder.model import Mark, Report, points
from autograder.reports import clean, markdown, words

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMENT = 60_000  # bytes; a function has a dozen checks, each told in less than a thousandth of that


def comment(report: Report, function: str) -> str:
    """What there is to say of one function; "" where no check that may be named asks for it."""
    return markdown.checks(report, f"{function}.", COMMENT)


def whole(report: Report) -> str:
    """What concerns the whole file: why it could not be run, what intake left out, lateness; mostly ""."""
    said = []
    for objection in report.objections:
        where = words.place(objection.line, report)
        said.append(f"{clean.inline(where) + ': ' if where else ''}{clean.prose(objection.says)}")
    said += [clean.prose(words.late(report))] if report.late_share else []
    said += [f"Note: {clean.prose(note)}" for note in report.notes]
    return "\n\n".join(said)


def outputs(mark: Mark) -> list[dict[str, Any]]:
    """The outputs of a criterion's cell: its checks, and the points as a result that nbgrader reads."""
    sentences = [sentence for sentence in (*words.about(mark), words.hidden(mark)) if sentence]
    rows = list(_rows(mark))
    table = "".join(
        f"<tr><td>{escape(sign)} {escape(word)}</td><td>{escape(says)}</td><td>{escape(worth)}</td></tr>"
        for sign, word, says, worth in rows
    )
    html = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    plain = "\n".join([*sentences, *("  ".join(row) for row in rows)])
    return [
        {
            "output_type": "display_data",
            "data": {
                "text/html": f'{html}<table class="table table-condensed">{table}</table>',
                "text/plain": plain,
            },
            "metadata": {},
        },
        {
            "output_type": "execute_result",
            "data": {"text/plain": repr(float(mark.earned))},
            "execution_count": 1,
            "metadata": {},
        },
    ]


def _rows(mark: Mark) -> Iterator[tuple[str, str, str, str]]:
    for outcome in mark.outcomes:
        worth = f"{points(words.earned(mark, outcome))} of {points(mark.worth(outcome))}"
        yield words.SIGN[outcome.status], words.WORD[outcome.status], clean.line(outcome.says), worth
