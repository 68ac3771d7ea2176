"""Reading and filling delimited text without touching the rest of it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.model import CourseError
from autograder.platforms import table

CELLS = st.text(st.sampled_from("a1é𝄞 ,;\t\"'=\r\n"), max_size=6)
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=4)
ENCODINGS = [
    ("utf-8", b""),
    ("utf-8", b"\xef\xbb\xbf"),
    ("utf-16-le", b"\xff\xfe"),
    ("utf-16-be", b"\xfe\xff"),
]
LOOSE = "Key,Value,Other\n"


def written(rows, **words) -> str:
    text = io.StringIO()
    csv.writer(text, **words).writerows(rows)
    return text.getvalue()


def values(read: table.Table) -> list[list[str]]:
    return [[cell.value for cell in row] for row in read.rows]


# Python's writer quotes a line end only where it is part of its own.
@given(ROWS, st.sampled_from([(csv.QUOTE_MINIMAL, "\r\n"), (csv.QUOTE_ALL, "\n"), (csv.QUOTE_ALL, "\r")]))
def test_it_reads_what_was_written(rows, written_as):
    quoting, ends = written_as
    text = LOOSE + written(rows, quoting=quoting, lineterminator=ends)

    assert values(table.read(text.encode(), "x.csv"))[1:] == rows


@given(st.text(st.sampled_from('ab,\n\r"x'), max_size=30))
def test_it_reads_any_text_as_pythons_own_reader_does(text):
    whole = LOOSE + text
    try:
        read = values(table.read(whole.encode(), "x.csv"))
    except CourseError:
        return

    assert read == list(csv.reader(io.StringIO(whole, newline="")))


@given(ROWS, CELLS, st.data())
def test_filling_changes_one_cell_and_nothing_else(rows, new, data):
    text = LOOSE + written(rows)
    before = table.read(text.encode(), "x.csv")
    row = data.draw(st.integers(1, len(rows)))
    column = data.draw(st.integers(0, len(before.rows[row]) - 1))
    after = table.filled(before, {(row, column): new})
    cell = before.rows[row][column]
    expected = values(before)
    expected[row][column] = new

    assert values(table.read(after, "x.csv")) == expected
    assert after.startswith(text[: cell.start].encode())
    assert after.endswith(text[cell.end :].encode())


@pytest.mark.parametrize(("encoding", "mark"), ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_mark_and_delimiter_stay(encoding, mark, delimiter):
    text = f'"Name"{delimiter}Grade\r\nÅsa "x"{delimiter}\r\n'
    data = mark + text.encode(encoding)
    read = table.read(data, "x.csv")

    assert table.filled(read, {}) == data
    assert table.filled(read, {(1, 1): "5"}) == mark + text.replace(
        f"{delimiter}\r\n", f"{delimiter}5\r\n"
    ).encode(encoding)


def test_a_cell_that_was_quoted_stays_quoted():
    read = table.read(b'A,B\n"x",""\n', "x.csv")

    assert table.filled(read, {(1, 1): "5"}) == b'A,B\n"x","5"\n'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"A,B\n\xe9,1\n", "byte 4 is no UTF-8"),
        (b"A\n1\n", "no columns"),
        (b"", "no columns"),
        (b'A,B\n"x,1\n', "line 2: a quote is not closed"),
        ("A,B\n".encode("utf-16-le"), "zero bytes"),
        (b"\xff\xfeA", "is no UTF-16-LE"),
    ],
)
def test_what_cannot_be_read_is_said(data, says):
    with pytest.raises(CourseError, match=says):
        table.read(data, "x.csv")


def test_a_row_too_short_to_fill_is_said():
    read = table.read(b"A,B\nx\n", "x.csv")

    with pytest.raises(CourseError, match="line 2: it has 1 cells"):
        table.filled(read, {(1, 1): "5"})
