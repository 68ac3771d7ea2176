"""A delimited text as an instructor exported it: its cells can be read, and filled without touching the rest.

Every byte outside of the filled cells stays as it is: encoding, byte-order mark, quoting, line ends, and
whatever the platform wrote into other columns.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from autograder.model import CourseError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds, and where it stands in the text."""

    value: str
    start: int
    end: int


Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """An export; `mark` is its byte-order mark."""

    name: str
    text: str
    mark: bytes
    encoding: str
    delimiter: str
    rows: Rows

    def value(self, row: int, column: int) -> str:
        """The cell's value; "" where the row is shorter."""
        cells = self.rows[row]
        return cells[column].value if 0 <= column < len(cells) else ""


def read(data: bytes, name: str) -> Table:
    """The table in `data`; `name` is for messages.

    Raises:
        CourseError: it is neither UTF-8 nor UTF-16 with its mark, has no columns, or a quote is left open.
    """
    mark, encoding = next(((m, e) for m, e in MARKS if data.startswith(m)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise CourseError(
            f"{name}: byte {error.start} is no {encoding.upper()}; export it again, and do not open it before"
        ) from None
    if "\0" in text:
        raise CourseError(f"{name}: it holds zero bytes; export it again as CSV in UTF-8")
    first = {delimiter: len(next(iter(_rows(text, delimiter, name)), ())) for delimiter in DELIMITERS}
    delimiter = max(first, key=lambda one: first[one])
    if first[delimiter] < 2:  # noqa: PLR2004 - a key and a column to fill
        raise CourseError(f"{name}: the first line has no columns; give the file as it was exported")
    return Table(name, text, mark, encoding, delimiter, tuple(_rows(text, delimiter, name)))


def filled(table: Table, values: Mapping[tuple[int, int], str]) -> bytes:
    """The bytes of the export with `values`, by (row, column), in place of what stood there.

    Raises:
        CourseError: a row has no such cell.
    """
    parts, end = [], 0
    for row, column in sorted(values):
        if column >= len(table.rows[row]):
            raise CourseError(
                f"{table.name}, line {row + 1}: it has {len(table.rows[row])} cells, and cell "
                f"{column + 1} is to be filled; export it again, and do not open it before"
            )
        cell = table.rows[row][column]
        parts += [table.text[end : cell.start], _written(values[row, column], table, cell)]
        end = cell.end
    return table.mark + "".join([*parts, table.text[end:]]).encode(table.encoding)


def _written(value: str, table: Table, cell: Cell) -> str:
    quoted = table.text[cell.start : cell.start + 1] == '"'
    if quoted or re.search(r'["\r\n]', value) or table.delimiter in value:
        return '"' + value.replace('"', '""') + '"'
    return value


def _rows(text: str, delimiter: str, name: str) -> Iterator[tuple[Cell, ...]]:
    plain = re.compile(rf"[^{delimiter}\r\n]*")
    quoted = re.compile(r'"((?>(?:[^"]|"")*))"')
    place, cells = 0, []
    while place < len(text):
        start, value = place, ""
        if text[place] == '"':
            found = quoted.match(text, place)
            if found is None:
                line = text.count("\n", 0, place) + 1
                raise CourseError(f"{name}, line {line}: a quote is not closed; export it again")
            value, place = found[1].replace('""', '"'), found.end()
        rest = plain.match(text, place)
        assert rest is not None
        value, place = value + rest[0], rest.end()
        cells.append(Cell(value, start, place))
        if text[place : place + 1] == delimiter:
            place += 1
            if place < len(text):
                continue
            cells.append(Cell("", place, place))
        # An empty line is a row without cells, as readers of such files have it.
        yield () if len(cells) == 1 and cells[0].start == cells[0].end else tuple(cells)
        cells = []
        place += 2 if text.startswith("\r\n", place) else 1
