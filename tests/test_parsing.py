from __future__ import annotations

import ast

import pytest

from autograder.intake.parsing import bindings, continues, is_stub, safe_parse
from autograder.model import SubmissionError


@pytest.mark.parametrize(
    "source",
    [
        "x = " + "(" * 150 + ")" * 150,
        "x = " + "[" * 100_000,
        "x = " + "-" * 200_000 + "1",
        "x = " + "not " * 1000 + "1",
        "x = " + "- + ~ " * 300 + "1",
        "f = " + "lambda:" * 5000 + "0",
        "x = " + "1 +\\\n" * 30_000 + "1",
        "x = " + "2 ** " * 3000 + "1",
        "x = " + "1 if 1 else " * 1500 + "1",
        "import a" + ".\\\na" * 3000,
        "x = a" + ".a" * 5000,
        "x = f'{" + "-" * 5000 + "1}'",
        "x = f'{" + "(" * 150 + ")" * 150 + "}'",
        "x = a" + "()" * 9000,
        "x = a" + "[0]" * 6000,
        "if 1:\n pass\n" + "elif 1:\n pass\n" * 9000,
        "x = '" + "a" * 30_000 + "'",
        "#" * 300_000,
        "x = 1\0",
        "'\ud800'",
    ],
    ids=lambda source: repr(source[:12]),
)
def test_a_parser_bomb_is_refused_with_a_sentence(source: str) -> None:
    with pytest.raises(SubmissionError) as refused:
        safe_parse(source)

    assert 20 < len(str(refused.value)) < 200


@pytest.mark.parametrize(
    "source",
    [
        "W = [\n" + "-0.25, +1e-3,\n" * 5000 + "]",
        "x = " + "(" * 60 + "1" + ")" * 60,
        "x = (" + " + ".join(f"w{i}" for i in range(300)) + ")",
        's = """' + "((((" * 500 + '"""',
        "# " + "((((" * 500,
        "s = '(((' * 3  # it's\n" * 400,
        "s = '\\'((('",
        "if 1:\n    pass\n" + "elif 1:\n    pass\n" * 200,
        "d = {\n" + "    'a': [1, 2],\n" * 3000 + "}",
        'f"{x!r:>{width}} it\'s {y}"',
    ],
    ids=lambda source: repr(source[:12]),
)
def test_what_people_write_is_parsed(source: str) -> None:
    assert isinstance(safe_parse(source), ast.Module)


def test_the_line_of_too_deep_a_nesting_is_named() -> None:
    with pytest.raises(SubmissionError, match="line 3 "):
        safe_parse("x = 1\n\ny = " + "(" * 150)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = 1\nreturn x", 2),
        ("for i in x:\n    pass\nelse:\n    break", 4),
        ("def f():\n    for i in x:\n        def g():\n            continue", 4),
        ("class A:\n    return 1", 2),
        ("x = 1\nyield x", 2),
        ("def f(a, a):\n    pass", 1),
        ("def f():\n    x = 1\n    global x", 3),
        ("await f()", 1),
    ],
)
def test_what_only_the_compiler_refuses_is_a_syntax_error_too(source: str, line: int) -> None:
    with pytest.raises(SyntaxError) as refused:
        safe_parse(source)

    assert refused.value.lineno == line


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    while x:\n        if x:\n            break\n        continue\n    return 1",
        "async def f():\n    await g()\n    yield 1",
        "f = lambda: (yield)",
        "import re\nre.match('\\d', x is 1)",
        "def f(x):\n    for x in x:\n        try:\n            continue\n        finally:\n            pass",
    ],
)
def test_what_the_compiler_takes_is_no_error(source: str) -> None:
    assert safe_parse(source).body


def test_a_file_is_parsed_without_being_run() -> None:
    (statement,) = safe_parse("raise SystemExit").body

    assert isinstance(statement, ast.Raise)


def test_names_bound_in_blocks_are_found_and_those_of_the_main_guard_are_not() -> None:
    tree = safe_parse(
        "import a.b, c as d\nfrom e import f as g, h\n(x, [y, *z]) = 1\nw: int = 2\nbare: int\n"
        "try:\n    import torch\nexcept ImportError:\n    torch = None\n"
        "for i in x:\n    j = 1\nwith o as p:\n    pass\n"
        "if x:\n    def q(): inner = 1\nelif y:\n    class R: inside = 1\n"
        "if __name__ == '__main__':\n    hidden = 1\n"
    )

    names = [binding.name for binding in bindings(tree)]

    assert names == ["a", "d", "g", "h", "x", "y", "z", "w", "torch", "torch", "i", "j", "p", "q", "R"]


def test_a_binding_inside_a_block_is_not_direct() -> None:
    one, two = bindings(safe_parse("def f(): pass\nif 1:\n    def f(): pass"))

    assert (one.direct, two.direct) == (True, False)


def test_a_decorated_definition_begins_at_its_decorator() -> None:
    (binding,) = bindings(safe_parse("\n@a\n@b\ndef f(): pass"))

    assert binding.line == 2


@pytest.mark.parametrize(
    ("source", "stub"),
    [
        ("def f():\n    'Says.'\n    raise NotImplementedError()", True),
        ("def f():\n    ...", True),
        ("def f(): pass", True),
        ("class A:\n    def f(self): raise NotImplementedError('later')", True),
        ("def f(): return None", False),
        ("def f(): raise ValueError", False),
        ("class A:\n    def f(self): pass\n    def g(self): return 1", False),
        ("x = 1", False),
    ],
)
def test_a_stub_is_told_from_work(source: str, stub: bool) -> None:
    assert is_stub(safe_parse(source).body[0]) is stub


@pytest.mark.parametrize(
    ("line", "before", "after"),
    [
        ("x = (1,", (0, ""), (1, "", False)),
        ("  2)", (1, ""), (0, "", False)),
        ("s = '''a", (0, ""), (0, "'''", False)),
        ("b''' + (", (0, "'''"), (1, "", False)),
        ('still " open', (0, '"""'), (0, '"""', False)),
        ('s = """a\\"""', (0, ""), (0, '"""', False)),
        ('s = """a"""', (0, ""), (0, "", False)),
        ('s = """"""', (0, ""), (0, "", False)),
        ("x = 1 + \\", (0, ""), (0, "", True)),
        ("x = 1  # (", (0, ""), (0, "", False)),
        ("x = '('", (0, ""), (0, "", False)),
    ],
)
def test_what_a_line_leaves_open_is_known(
    line: str, before: tuple[int, str], after: tuple[int, str, bool]
) -> None:
    assert continues(line, *before) == after
