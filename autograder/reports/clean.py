r"""Hostile text made harmless, in one place; what a character was stays visible as an escape.

Whatever came from a student or from the jail may hold terminal controls, bidirectional overrides,
invisible characters, markup of any format, or a formula. `line` and `block` make text that can be seen for
what it is; every renderer starts from these two and adds the quoting of its own format:

    terminal   rich.text.Text, never markup, each line behind a margin
    HTML       Jinja's autoescape
    Markdown   `fence`, `inline`, `prose`
    XML        `xml`
    CSV        `csv`
"""

from __future__ import annotations

import re
import unicodedata

CUT = "… [cut]"
LINE = 300  # characters of one line of a report: a name, a value, a sentence
SENTENCE = 2000  # characters of a sentence of ours, which may quote
BLOCK = 2000  # characters of what a student's code said or printed
ROWS = 40  # lines of it

_NEWLINE = re.compile(r"\r\n|\r|\n")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TICKS = re.compile(r"`+")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&$])")
_STARTS_A_LIST = re.compile(r"^([-+=:]|\d+(?=[.)]))")
_MENTION = re.compile(r"@(?=\w)")
_FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20\u2212")  # ASCII, full width, and the minus sign
# Printable by category, but drawn as nothing: joiners, fillers, variation selectors (but for that of emoji).
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code) for code in (*range(0xFE00, 0xFE0F), *range(0xE0100, 0xE01F0))
}
COMMAND = re.compile(r"^\s*(?:::|##)", re.MULTILINE)


def line(text: str, limit: int = LINE) -> str:
    r"""One line: line breaks and tabs shown as `\n` and `\t`, controls and invisible characters escaped.

    >>> line("[PASS]\x1b[2K\u202eevil\n::error::")
    '[PASS]\\x1b[2K\\u202eevil\\n::error::'
    """
    return _visible(_cut(text, limit), keep="")


def block(text: str, limit: int = BLOCK, rows: int = ROWS) -> str:
    r"""Several lines, at most `limit` characters and `rows` lines, each harmless; a cut is visible.

    Line ends become `\n`, tabs reach to the next fourth column.
    """
    short = _cut(text, limit)
    lines = _NEWLINE.split(short)
    if len(lines) > rows:
        lines = [*lines[:rows], CUT]
    return "\n".join(_visible(one, keep="\t").expandtabs(4) for one in lines)


def source_lines(source: str) -> tuple[str, ...]:
    """The lines of a source as Python counts them: a form feed or U+2028 does not end one."""
    lines = _NEWLINE.split(source)
    return tuple(lines[:-1] if lines[-1] == "" else lines)


def xml(text: str) -> str:
    r"""Only characters that XML 1.0 may hold, any other as `\uXXXX`. Markup is the writer's to escape."""
    return _NOT_XML.sub(lambda match: _escape(match[0]), text)


def csv(text: str) -> str:
    """One cell: one line, and never a formula, whatever a spreadsheet would make of its first character."""
    cell = line(text)
    return f"'{cell}" if cell.lstrip()[:1] in _FORMULA else cell


def fence(text: str, language: str = "") -> str:
    """A fenced block of Markdown, its fence longer than any run of back-ticks within.

    A line that a build server would take for a command of its own (`::error::`, `##[error]`) gets a margin.
    """
    inside = COMMAND.sub(r"│ \g<0>", block(text))
    ticks = "`" * max(3, 1 + _longest_run(inside))
    return f"{ticks}{language}\n{inside}\n{ticks}"


def inline(text: str, *, cell: bool = False) -> str:
    """Inline code of Markdown: no mention, no link, no markup within; in a `cell` of a table no bar."""
    inside = line(text).replace("|", "\\|") if cell else line(text)
    ticks = "`" * (1 + _longest_run(inside))
    pad = " " if inside[:1] in ("`", "", " ") or inside[-1:] in ("`", " ") else ""
    return f"{ticks}{pad}{inside}{pad}{ticks}"


def prose(text: str, *, cell: bool = False) -> str:
    r"""A sentence of ours in Markdown: no character is markup but the back-ticks of code.

    >>> prose("`w` times x_1 <b>")
    '`w` times x\\_1 \\<b\\>'
    """
    return "".join(inline(part, cell=cell) if code else _escaped(part) for part, code in pieces(text)).strip()


def pieces(text: str) -> tuple[tuple[str, bool], ...]:
    """One line in parts: (text, whether it stood between back-ticks). Unpaired back-ticks stay text.

    >>> pieces("is it `ones`?")
    (('is it ', False), ('ones', True), ('?', False))
    """
    parts = line(text, BLOCK).split("`")
    if len(parts) % 2 == 0:
        return (("`".join(parts), False),)
    return tuple((part, index % 2 == 1) for index, part in enumerate(parts) if part)


def _escaped(text: str) -> str:
    escaped = _MARKDOWN.sub(r"\\\1", text)
    # A mention or a bare address is found after the page is made; a comment in its middle stops that.
    escaped = _MENTION.sub("@<!-- -->", escaped).replace("://", ":<!-- -->//").replace("www.", "www<!-- -->.")
    start = _STARTS_A_LIST.match(escaped)
    if not start:
        return escaped
    return f"{start[0]}\\{escaped[start.end() :]}" if start[0].isdigit() else f"\\{escaped}"


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit] + CUT


def _visible(text: str, keep: str) -> str:
    if text.isprintable() and _INVISIBLE.isdisjoint(text):
        return text
    return "".join(one if _harmless(one) or one in keep else _escape(one) for one in text)


def _harmless(character: str) -> bool:
    # Not printable are controls, formats (bidirectional, zero width, tags), surrogates, private and
    # unassigned characters, and separators. Of these only the spaces that have a width stay as they are.
    return character not in _INVISIBLE and (
        character.isprintable() or unicodedata.category(character) == "Zs"
    )


def _escape(character: str) -> str:
    short = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(character)
    if short:
        return short
    code = ord(character)
    if code < 0x100:  # noqa: PLR2004 - Python's own spelling of small, larger and largest code points
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004 - the same


def _longest_run(text: str) -> int:
    return max(map(len, _TICKS.findall(text)), default=0)
