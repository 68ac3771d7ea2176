"""A SyntaxError in words that help: what stands there, and what to type instead.

Python's own message is kept where it already helps. No line number stands in a sentence: the line travels
beside it, since a student of a notebook counts cells.
"""

from __future__ import annotations

import re
import unicodedata

from .decoding import printable

QUOTES = frozenset("“”„‟«»‘’‚‛′″`´")
DASHES = frozenset("‐‑‒–—−")  # hyphens, dashes and the minus sign of typography
SIGNS = {"×": "*", "·": "*", "⋅": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "√": "np.sqrt", "²": "**2"}
BLOCKS = (
    "def",
    "class",
    "if",
    "elif",
    "else",
    "for",
    "while",
    "with",
    "try",
    "except",
    "finally",
    "async def",
)
MERGE_MARKER = re.compile(r"<{7}(?: |$)|={7}$|>{7}(?: |$)")
NO_CHARACTER = re.compile(r"invalid (?:non-printable )?character .*U\+([0-9A-F]{4,6})")


def kindly(error: SyntaxError, source: str) -> tuple[int, str]:
    """The line of `source` (1-based) that an error is about, and a sentence on how to mend it."""
    lines = source.split("\n")
    for number, text in enumerate(lines, 1):
        if MERGE_MARKER.match(text) and _is_merge(lines):
            return number, (
                "a merge was left unfinished here: keep one of the two versions and delete the lines that "
                "begin with <<<<<<<, ======= and >>>>>>>"
            )
    number = min(max(error.lineno or 1, 1), len(lines))
    return number, _sentence(error, lines[number - 1])


def _is_merge(lines: list[str]) -> bool:
    return sum(text.startswith(("<" * 7, ">" * 7)) for text in lines) > 1


def _sentence(error: SyntaxError, text: str) -> str:
    message = error.msg or "invalid syntax"
    for recognise in (_indentation, _character, _python_2, _colon, _bracket, _string, _pasted):
        if sentence := recognise(message, text.strip(), error):
            return sentence
    if message == "invalid syntax":
        return (
            "Python cannot read this line: look for a missing operator, comma or bracket, here or just above"
        )
    said = re.sub(r" \(detected at line \d+\)| on line \d+", "", message)
    return f"Python cannot read this: {printable(said, 200)}"


def _indentation(message: str, _text: str, error: SyntaxError) -> str:
    if isinstance(error, TabError) or "inconsistent use of tabs" in message:
        return "tabs and spaces are mixed in the indentation; use four spaces everywhere"
    if not isinstance(error, IndentationError):
        return ""
    if message.startswith("expected an indented block"):
        of = re.search(
            r"after (?:'?)([\w ]+?)'?(?: statement| definition| block)?(?: on line \d+)?$", message
        )
        after = f" after the `{_keyword(of[1])}` above" if of else ""
        return f"an indented block is missing{after}; indent this line by four spaces, or write `pass`"
    if message.startswith("unindent"):
        return "this line ends a block but lines up with none above it; check how many spaces it begins with"
    if message.startswith("unexpected indent"):
        return "this line is indented although no block begins above it; move it to the left"
    return f"the indentation cannot be read: {printable(message)}"


def _keyword(words: str) -> str:
    return {"function": "def", "class": "class"}.get(words, words)


def _character(message: str, _text: str, _error: SyntaxError) -> str:
    found = NO_CHARACTER.match(message)
    if not found:
        return ""
    character, code = chr(int(found[1], 16)), f"U+{found[1]}"
    if character in QUOTES:
        return (
            f"the curly quote {character} was pasted from a slide or a document; type a plain ' or \" instead"
        )
    if character in DASHES:
        return f"the dash {character} ({code}) only looks like a minus sign; type a plain - instead"
    if character in SIGNS:
        return f"the sign {character} is not Python; type {SIGNS[character]} instead"
    if unicodedata.category(character) in {"Zs", "Cf", "Zl", "Zp"}:
        return (
            f"an invisible character ({code}) stands in this line, pasted from a slide or a web page; "
            "delete the spaces of the line and type them again"
        )
    return f"the character {printable(character)} ({code}) cannot stand in Python code outside a string"


def _python_2(message: str, text: str, _error: SyntaxError) -> str:
    if "Missing parentheses in call to" in message:
        word = "exec" if "exec" in message else "print"
        return f"this is `{word}` as Python 2 had it; in Python 3 it is a function: {word}(...)"
    if "multiple exception types must be parenthesized" in message:
        return (
            "this is `except` as Python 2 had it; in Python 3 write `except (A, B):` or `except A as error:`"
        )
    if re.match(r"raise\s+\w+\s*,", text):
        return "this is `raise` as Python 2 had it; in Python 3 write `raise ValueError(...)`"
    return ""


def _colon(message: str, text: str, _error: SyntaxError) -> str:
    word = next((word for word in BLOCKS if re.match(rf"{word}\b", text)), "")
    code = text.partition("#")[0].rstrip()
    if message == "expected ':'" or (message == "invalid syntax" and word and ":" not in code):
        return (
            f"a colon is missing at the end of this `{word}` line"
            if word
            else "a colon is missing in this line"
        )
    return ""


def _bracket(message: str, text: str, _error: SyntaxError) -> str:
    if found := re.match(r"'(.)' was never closed", message):
        return f"the bracket {found[1]} that opens here is never closed"
    if found := re.match(r"unmatched '(.)'", message):
        return f"the bracket {found[1]} closes here, but nothing was opened before"
    if found := re.match(r"closing parenthesis '(.)' does not match opening parenthesis '(.)'", message):
        return f"the bracket {found[1]} closes here, but the one that is open is {found[2]}"
    if message.startswith("unexpected EOF"):
        return f"the file ends in the middle of this: {printable(text, 60)}"
    return ""


def _string(message: str, _text: str, _error: SyntaxError) -> str:
    if message.startswith("unterminated triple-quoted"):
        return "the text in triple quotes that begins here is never closed"
    if message.startswith(("unterminated string", "unterminated f-string")):
        return "the text that begins here has no closing quote in this line"
    return ""


def _pasted(message: str, text: str, _error: SyntaxError) -> str:
    if text.startswith((">>>", "... ")):
        return "the prompt >>> was pasted along; delete it and keep the code after it"
    if re.match(r"In \[\d*\]:", text):
        return "the prompt In [ ]: was pasted along; delete it and keep the code after it"
    if found := re.match(r"'(return|yield|await)' outside function", message):
        return f"this `{found[1]}` stands outside a function; indent it as far as the function's other lines"
    if found := re.match(r"'(break|continue)' (?:outside|not properly in) loop", message):
        return f"this `{found[1]}` stands outside a loop; indent it as far as the loop's other lines"
    if text.startswith(("%", "!")):
        return "this is a notebook command, not Python; delete the line"
    if "Maybe you meant '=='" in message:
        return "a single = gives a name its value; to compare, write =="
    if message.endswith(" literal") and re.search(r"\d[A-Za-z_]", text):
        return "a number runs into a name here; 2x, for example, is written 2 * x"
    if message == "invalid syntax" and text.partition("#")[0].rstrip().endswith(tuple("+-*/@%=,(&|<>")):
        return (
            "this line stops in the middle of an expression; finish it, or put it in brackets to go on below"
        )
    if "Exceeds the limit" in message:
        return "this whole number has more digits than Python reads; write it as a power or a float"
    return ""
