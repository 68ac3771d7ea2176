"""What the pages tell people to type does what they say: each fenced block is run, or says why not."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from autograder.cli import cli
from autograder.course import strict_yaml

from . import documents, prepared
from .documents import PAGES, ROOT, Block, Reader

BLOCKS = [block for page in PAGES for block in documents.blocks(page)]
MOST_SKIPPED = 12  # of all pages together; each has a reason
WHEN_NBGRADER = importlib.util.find_spec("nbgrader") is not None


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """The wheel that students get."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-q"]
    subprocess.run([*command, "-w", str(folder), str(ROOT)], check=True, capture_output=True)
    return folder / prepared.WHEEL


def identity(value):
    """The page and line of a block, or the page."""
    return str(value) if isinstance(value, Block) else str(value.relative_to(ROOT))


@pytest.mark.slow
@pytest.mark.jail
@pytest.mark.timeout(600)
@pytest.mark.usefixtures("isolation")
@pytest.mark.parametrize("page", PAGES, ids=identity)
def test_a_page_works_from_top_to_bottom(page, tmp_path, request):
    place = documents.begins(page)
    folder, home = tmp_path / place, tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    reader = Reader(prepared.PLACES[place](folder), home)
    if place == "student":
        (folder / prepared.WHEEL).write_bytes(request.getfixturevalue("wheel").read_bytes())
    for block in documents.blocks(page):
        if block.note("skip") is not None or (block.note("nbgrader") is not None and not WHEN_NBGRADER):
            continue
        if block.note("back") is not None:
            reader.folder = folder
        for name in (block.note("needs") or "").split():
            prepared.PREPARED[name](reader.folder)
        follow(block, reader)


def follow(block: Block, reader: Reader) -> None:
    """Do what a person would do with a block."""
    if block.language == "python":
        compile(block.text, str(block), "exec", dont_inherit=True)
    into, end = block.note("into"), block.note("end of")
    if block.language in {"sh", "console"}:
        reader.run(block)
    elif into or end:
        path = reader.folder / str(into or end)
        path.parent.mkdir(parents=True, exist_ok=True)
        before = f"{path.read_text(encoding='utf-8')}\n\n" if end else ""
        path.write_text(before + block.text, encoding="utf-8")
    elif block.language in {"python", "ipython"} and block.note("fragment") is None:
        script = reader.home / f"block.{'ipy' if block.language == 'ipython' else 'py'}"
        script.write_text(block.text, encoding="utf-8")
        program = "IPython --no-banner --quick" if block.language == "ipython" else ""
        status, said = reader.shell(f"python {f'-m {program}' if program else ''} {shlex.quote(str(script))}")

        assert status == 0, f"{block}: {said}"
        assert "Traceback" not in said, f"{block}: {said}"


@pytest.mark.parametrize("block", [one for one in BLOCKS if one.language == "yaml"], ids=identity)
def test_yaml_is_what_it_says(block, tmp_path):
    located = strict_yaml.load(block.text, str(block))
    if schema := re.search(r"\$schema=\S*/(\w+)\.schema\.json", block.text):
        strict_yaml.validate(located, schema[1])
    elif re.search(r"^jobs:", block.text, re.MULTILINE):
        (tmp_path / "workflow.yml").write_text(block.text, encoding="utf-8")
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
        done = subprocess.run(
            [*command, str(tmp_path / "workflow.yml")], capture_output=True, text=True, check=False
        )

        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("block", BLOCKS, ids=identity)
def test_a_block_says_its_language(block):
    assert block.language in documents.LANGUAGES


@pytest.mark.parametrize("page", PAGES, ids=identity)
def test_a_page_has_no_fence_left_open(page):
    assert len(re.findall(r"^ *```", page.read_text(encoding="utf-8"), re.MULTILINE)) % 2 == 0


def test_few_blocks_are_skipped_and_each_says_why():
    skipped = [block for block in BLOCKS if block.note("skip") is not None]

    assert len(skipped) <= MOST_SKIPPED
    assert all(len(block.note("skip").split()) > 2 for block in skipped)


def prose(text):
    """A page without its fenced blocks."""
    return re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)


def typed():
    """Every command of ours on the pages, in blocks and between back-ticks."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        fenced = [line.removeprefix("$ ") for one in documents.blocks(page) for line in one.text.splitlines()]
        inline = re.findall(r"`(autograder [^`\n]*)`", prose(text))
        for line in [*inline, *(line.strip().removeprefix("- ") for line in fenced)]:
            if re.match(r"autograder [a-z]", line):
                yield pytest.param(
                    re.split("  #| > | [|][|] ", line)[0].strip(), id=f"{page.name}: {line[:60]}"
                )


def unknown(words: list[str], command: click.Command = cli) -> list[str]:
    """The commands and options among `words` that do not exist; what is run is tested by running it."""
    if isinstance(command, click.Group):
        if not words or words[0].startswith("-"):
            return []
        name, *rest = words
        return unknown(rest, command.commands[name]) if name in command.commands else [name]
    options = {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
    given = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
    return sorted(given - options - {"-h", "--help"})


@pytest.mark.parametrize("line", [*typed()])
def test_every_command_on_the_pages_is_one(line):
    words = shlex.split(re.sub(r"\$\{\{.*?\}\}|\$\{[^}]*\}", "x", line))

    assert unknown(words[1:]) == []


def test_a_command_or_an_option_that_does_not_exist_is_found():
    assert unknown(["grate", "x"]) == ["grate"]
    assert unknown(["lms", "fill", "x", "--form", "y"]) == ["--form"]
    assert unknown(["grade", "--out"]) == []


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make ([a-z]+)", "".join(b.text for b in BLOCKS)))))
def test_every_target_of_make_on_the_pages_is_one(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=identity)
def test_links_between_pages_lead_somewhere(page):
    text = re.sub(r"`[^`\n]*`", "", prose(page.read_text(encoding="utf-8")))
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["student", "instructor", "ci", "gradescope", "gradebook", "nbgrader"])
def test_a_page_begins_with_the_shortest_thing_that_works(name):
    text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    first = text.index("```")

    assert len(text[:first].splitlines()) <= 14
    assert re.match(r"```(sh|console)\n", text[first:])


def test_what_a_page_shows_may_leave_out_what_changes():
    assert documents.agrees("took … s\n…\nend\n", "took 3.1 s\nx\ny\nend\n")
    assert not documents.agrees("took … s\nend\n", "took 3.1 s\nx\nend\n")


def test_a_block_knows_its_notes(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# T\n\n<!-- test: needs class/; exits 1 -->\n```sh\nfalse\n```\n\n```text\nx\n```\n")
    first, second = documents.blocks(page)

    assert (first.note("needs"), first.note("exits"), first.line) == ("class/", "1", 4)
    assert second.notes == ()


def test_a_command_that_fails_fails_the_page(tmp_path):
    reader = Reader(tmp_path, tmp_path)
    block = Block(ROOT / "README.md", 1, "sh", "cd /\nfalse\ntrue\n")

    with pytest.raises(AssertionError, match=r"README.md:1: exit status 1"):
        reader.run(block)
    assert reader.folder == Path("/")


def test_output_that_differs_fails_the_page(tmp_path):
    block = Block(ROOT / "README.md", 1, "console", "$ echo one\ntwo\n")

    with pytest.raises(AssertionError, match="`echo one` says"):
        Reader(tmp_path, tmp_path).run(block)
