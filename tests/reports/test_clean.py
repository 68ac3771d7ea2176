import csv
import io
import unicodedata
import xml.etree.ElementTree as ET

import pytest

from autograder.reports import clean

from . import nasty

each = pytest.mark.parametrize("text", nasty.TEXTS.values(), ids=nasty.TEXTS.keys())
DANGEROUS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def dangerous(text: str) -> list[str]:
    return [one for one in text if unicodedata.category(one) in DANGEROUS]


@each
def test_a_line_holds_no_control_and_no_line_break(text):
    assert dangerous(clean.line(text)) == []


@each
def test_a_block_holds_no_control_but_the_line_feed(text):
    assert set(dangerous(clean.block(text))) <= {"\n"}


@each
def test_a_block_is_short_and_low(text):
    shown = clean.block(text, limit=100, rows=5)

    assert len(shown) <= 10 * 100 + 20
    assert shown.count("\n") <= 5


@each
def test_clean_text_can_be_written_as_utf_8(text):
    for shown in (clean.line(text), clean.block(text), clean.csv(text), clean.fence(text), clean.prose(text)):
        assert shown.encode("utf-8").decode("utf-8") == shown


def test_what_a_character_was_stays_visible():
    shown = clean.line("\x1b \u202e \u200b \U000e0041 \ud83d \n \t \x7f \u2028 \u3164")

    assert shown == r"\x1b \u202e \u200b \U000e0041 \ud83d \n \t \x7f \u2028 \u3164"


def test_letters_of_all_scripts_and_formulas_stay_as_they_are():
    text = "√v̂ + ε ≠ √(v̂ + ε), Größe 深度 שלום 🙂 a\u00a0b"

    assert clean.line(text) == text


def test_a_cut_is_visible():
    assert clean.line("A" * 50, limit=10) == "A" * 10 + clean.CUT
    assert clean.block("a\n" * 50, rows=3) == f"a\na\na\n{clean.CUT}"


def test_tabs_in_a_block_reach_to_the_next_fourth_column():
    assert clean.block("\tx\r\ny") == "    x\ny"


def test_source_lines_are_those_that_python_counts():
    assert clean.source_lines("a\x0cb\r\nc\u2028d\re\n") == ("a\x0cb", "c\u2028d", "e")
    assert clean.source_lines("") == ()


@each
def test_xml_text_parses(text):
    element = ET.Element("x")
    element.text = clean.xml(text)
    again = ET.fromstring(ET.tostring(element, encoding="unicode"))

    assert (again.text or "") == clean.xml(text).replace("\r\n", "\n").replace("\r", "\n")


def test_what_xml_may_not_hold_is_written_out():
    assert clean.xml("a\x00\x1b\ud83d\uffff\t") == "a\\x00\\x1b\\ud83d\\uffff\t"


@each
def test_no_cell_begins_like_a_formula(text):
    first = clean.csv(text).lstrip()[:1]

    assert unicodedata.normalize("NFKC", first) not in {"=", "+", "-", "@", "\t", "\r"}


@each
def test_a_cell_survives_a_csv_file_on_one_line(text):
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerow([clean.csv(text)])

    assert len(written.getvalue().splitlines()) == 1


@each
def test_a_fence_is_closed_by_its_own_last_line_only(text):
    lines = clean.fence(text).split("\n")
    ticks = lines[0]

    assert set(ticks) == {"`"}
    assert lines[-1] == ticks
    assert not any(ticks in line for line in lines[1:-1])


def test_inline_code_holds_back_ticks_and_pipes():
    assert clean.inline("a``b|c") == "```a``b|c```"
    assert clean.inline("b|c", cell=True) == "`b\\|c`"
    assert clean.inline("`x`") == "`` `x` ``"
    assert clean.inline("") == "`  `"


def test_prose_keeps_code_and_escapes_the_rest():
    assert clean.prose("Write `np.array`, not *this* <b>") == "Write `np.array`, not \\*this\\* \\<b\\>"


def test_prose_mentions_nobody_and_links_nowhere():
    shown = clean.prose("@someone http://a.example www.a.example X @ W")

    assert "@someone" not in shown
    assert "://" not in shown
    assert "www." not in shown
    assert "X @ W" in shown


@pytest.mark.parametrize(("text", "shown"), [("1. x", "1\\. x"), ("- x", "\\- x"), ("# x", "\\# x")])
def test_prose_starts_no_list_and_no_heading(text, shown):
    assert clean.prose(text) == shown


def test_an_unpaired_back_tick_is_text():
    assert clean.pieces("a ` b") == (("a ` b", False),)


@pytest.mark.parametrize("text", ["::error::x", "  ::add-mask::y", "##[error]z", "a\n::debug::b"])
def test_a_command_of_a_build_server_never_begins_a_line_of_a_fence(text):
    inside = clean.fence(text).splitlines()[1:-1]

    assert not any(row.strip().startswith(("::", "##")) for row in inside)
    assert any(row.startswith("│ ") for row in inside)
