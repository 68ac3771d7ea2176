"""The formats of a report, each a pure function of one `Report`; a format is loaded when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from autograder.model import Report


def _terminal(report: Report) -> str:
    from . import terminal  # noqa: PLC0415 - lazy on purpose, here and below

    return terminal.render(report, colour=False)


def _html(report: Report) -> str:
    from . import html  # noqa: PLC0415

    return html.render(report)


def _json(report: Report) -> str:
    from . import json  # noqa: PLC0415

    return json.render(report)


def _markdown(report: Report) -> str:
    from . import markdown  # noqa: PLC0415

    return markdown.render(report)


def _junit(report: Report) -> str:
    from . import junit  # noqa: PLC0415

    return junit.render(report)


def _csv(report: Report) -> str:
    from . import csv  # noqa: PLC0415

    return csv.tidy([report])


REPORTS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {
        "terminal": _terminal,
        "html": _html,
        "json": _json,
        "markdown": _markdown,
        "junit": _junit,
        "csv": _csv,
    }
)
SUFFIX: Mapping[str, str] = MappingProxyType(
    {
        "terminal": ".txt",
        "html": ".html",
        "json": ".json",
        "markdown": ".md",
        "junit": ".xml",
        "csv": ".csv",
    }
)


def render(format: str, report: Report) -> str:  # noqa: A002 - the word of the command line
    """The report in a format of `REPORTS`; "terminal" is plain text, 100 columns wide.

    Raises:
        ValueError: no such format; the message names those there are.
    """
    if format not in REPORTS:
        raise ValueError(f"there is no format {format!r}; there are {', '.join(REPORTS)}")
    return REPORTS[format](report)
