r"""The report as JSON: the one format that holds everything, and from which every other can be made again.

Numbers. Points are written as numbers where two decimals say them exactly (6, 3.5), else as a string with
the fraction ("1/3"), so that reading gives back the very same points. Numbers that JSON has no word for are
the strings "NaN", "Infinity" and "-Infinity"; where a number can stand these three read back as numbers.

Text. Everything beyond ASCII is escaped, so that a terminal shows the file as it is. Half a surrogate pair
is no character and many readers stop at it: it is written as the six characters `\udc80`. Any other text
comes back as it was.

`earned`, `possible`, `pending` and `complete` are written for the reader and computed anew on reading: a
document whose totals are not those of its own outcomes is refused. A field that is empty is left out.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.model import REPORT_VERSION, Report

from . import json_reading, json_writing

SCHEMA = Path(__file__).parents[1] / "schemas" / "report.schema.json"
LAID_OUT = 4  # document, marks, mark, outcomes: an outcome has a line of its own
SURROGATE = re.compile(r"\\ud[89a-f]")  # half of a pair, perhaps without the other


def render(report: Report) -> str:
    """The document as text, `version` first, ending in a line feed."""
    fields = json_writing.document(report).items()
    kept = {key: value for key, value in fields if key in _always() or value not in ("", [], {}, None)}
    text = _laid_out(kept, LAID_OUT)
    return (_laid_out(_plain(kept), LAID_OUT) if SURROGATE.search(text) else text) + "\n"


def parse(text: str) -> Report:
    """The report that `render` wrote.

    Raises:
        ValueError: not JSON, not a report of this version, or totals that are not those of its outcomes;
            the message says where and what.
    """
    try:
        document = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("this is not a report: it is nested too deeply") from None
    except ValueError as error:
        raise ValueError(f"this is not JSON: {error}") from None
    validate(document)
    report = json_reading.report(document)
    for name in ("earned", "possible", "pending"):
        said, computed = json_reading.fraction(document[name]), getattr(report, name)
        if said != computed:
            adds_up_to = json_writing.points(computed)
            raise ValueError(
                f"$.{name} says {document[name]}, but the outcomes add up to {adds_up_to}: "
                "this document was changed by hand; grade the submission again"
            )
    return report


def validate(document: object) -> None:
    """Check a decoded document against the published schema.

    Raises:
        ValueError: the first field that does not fit, by its path, and why.
    """
    if isinstance(document, Mapping) and document.get("version") != REPORT_VERSION:
        raise ValueError(
            f"$.version is {document.get('version')!r}; this grader reads version {REPORT_VERSION}: "
            "grade the submission again, or use the grader that made the report"
        )
    from jsonschema.exceptions import best_match  # noqa: PLC0415 - a sixth of a second, only where one is read

    error = best_match(_validator().iter_errors(document))
    if error is not None:
        raise ValueError(f"this is not a report: {error.json_path}: {error.message[:300]}")


@functools.cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - the same

    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@functools.cache
def _always() -> frozenset[str]:
    return frozenset(json.loads(SCHEMA.read_text(encoding="utf-8"))["required"])


def _laid_out(value: Any, depth: int, margin: str = "\n") -> str:
    """JSON with a line for each entry of the upper `depth` levels: down to the outcomes of checks."""
    inner = margin + " "
    if depth and value and isinstance(value, dict):
        entries = [f"{json.dumps(key)}: {_laid_out(item, depth - 1, inner)}" for key, item in value.items()]
        return "{" + inner + f",{inner}".join(entries) + margin + "}"
    if depth and value and isinstance(value, list) and isinstance(value[0], dict):
        items = [_laid_out(item, depth - 1, inner) for item in value]
        return "[" + inner + f",{inner}".join(items) + margin + "]"
    return json.dumps(value, ensure_ascii=True, allow_nan=False)


def _plain(value: Any) -> Any:
    """The same value without halves of surrogate pairs in any of its texts."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_plain(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no number in JSON")
