"""The result below the cell: HTML for a notebook, plain text for a terminal; the words are those of `tryout`.

The page has no script and no heading (which would stand among those of the notebook), and takes its colours
from JupyterLab's theme, with colours of its own elsewhere. Jinja escapes every value.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from autograder.reports import clean
from autograder.tryout import Tryout, Word, render
from autograder.tryout import result as words

WIDTH = 100  # columns of the plain text


class Page:
    """A result that a notebook or a terminal can show."""

    def __init__(self, tryout: Tryout, *, colour: bool = False) -> None:
        self._tryout = tryout
        self._colour = colour

    def bundle(self) -> dict[str, str]:
        """By MIME type, the richest last."""
        return {
            "text/plain": render(self._tryout, WIDTH, self._colour).rstrip("\n"),
            "text/html": html(self._tryout),
        }

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return self.bundle()


def html(tryout: Tryout) -> str:
    """The result as a part of a page, with its style."""
    return str(_template().render(tryout=tryout))


@functools.cache
def _template() -> Any:
    import jinja2  # noqa: PLC0415 - only where a page is drawn

    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.globals.update(
        words=words,
        Word=Word,
        signs={word: sign for word, (sign, _) in words.SIGNS.items()},
        block=lambda text: clean.block(text.rstrip("\n"), rows=words.ROWS),
        line=clean.line,
        pieces=_pieces,
    )
    return made.get_template("try.html.j2")


def _pieces(sentence: str) -> tuple[tuple[str, bool], ...]:
    return clean.pieces(clean.line(sentence, words.LONGEST))
