"""What of solutions/ and rubrics/ must not reach students, and whether some text gives it away.

Secret are the lines of solution regions, the sentences (docstrings) and names of checks, misconceptions and
alternatives, and the guidance for markers. Whatever a derived stub says is said on purpose, in any assignment
of the course, and so is no secret; nor is a single ordinary word, or a line that two assignments share.
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from autograder import course as courses

from . import stubs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from autograder.model import Course

HIDDEN = ("checks", "misconceptions", "alternatives")
LINE = 25  # a line of code no longer than this is anybody's
WORDS = 4  # so is a sentence of fewer words
_CONVERSION = re.compile(r"\w+ = np\.(?:as)?array\(\w+(?:, (?:dtype=)?\w+)?\)")  # a convention of the course


@dataclass(frozen=True, slots=True)
class Secret:
    """One thing that must not be read by students, in the form in which it is looked for."""

    kind: str  # "the line", "the sentence", "the name"
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Page:
    """A text in the forms in which secrets are looked for: its prose and its words."""

    prose: str
    words: frozenset[str] = field(default_factory=frozenset)


def leaks(course: Course, bundle_files: Mapping[str, str]) -> list[str]:
    """One sentence for each thing in a bundle (path -> text) that comes from solutions/ or rubrics/.

    Raises:
        CourseError: a reference from which no stub can be derived, or a rubric that cannot be read.
    """
    told = [_page(text) for text in _stubs(course).values()]
    secrets = [secret for secret in _secrets(course) if not any(_holds(page, secret) for page in told)]
    found = []
    for path, text in bundle_files.items():
        if re.search(
            r"(?:^|/)(?:solutions|rubrics)/|"
            r"(?:^|/)(?:reference|checks|misconceptions|alternatives|pictures)\.py$",
            path,
        ):
            found.append(f"{path}: this file must not be in a bundle for students; leave it out")
        page = _page(_decoded(path, text))
        found += [
            f"{path}: it names solutions/{name}, which students do not have; leave it out"
            for name in course.order
            if f"solutions/{name}" in text
        ]
        found += [
            f"{path}: it gives away {secret.kind} “{_short(secret.text)}” of {secret.place}; put it otherwise"
            for secret in secrets
            if _holds(page, secret)
        ]
    return list(dict.fromkeys(found))


def _holds(page: Page, secret: Secret) -> bool:
    if secret.kind == "the name" and "." not in secret.text:
        return secret.text in page.words
    if secret.text not in page.prose:  # first, since to compile a pattern takes a hundred times as long
        return False
    if secret.kind == "the name":
        return re.search(rf"(?<![\w.]){re.escape(secret.text)}(?!\w)", page.prose) is not None
    return True


def _page(text: str) -> Page:
    return Page(_prose(text), frozenset(re.findall(r"\w+", text)))


def _prose(text: str) -> str:
    """Text without its line breaks and marks of emphasis, so that a sentence is found however it is set."""
    return " ".join(re.sub(r"`|\*\*", "", text).split())


def _decoded(path: str, text: str) -> str:
    """What a file says: of a notebook, the text of its cells; its pictures are files of their own, too."""
    if not path.endswith(".ipynb"):
        return text
    try:
        return re.sub(r"base64,[\w+/=]+", "", "\n".join(_strings(json.loads(text))))
    except ValueError:
        return text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        yield "".join(value)
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"  # noqa: PLR2004 - a line of a terminal


def _stubs(course: Course) -> Mapping[str, str]:
    """The stub of each assignment, as it is derived now."""
    return {path: stubs.stub(text, path) for path, text in _read(course, "reference")}


def _read(course: Course, part: str) -> Iterator[tuple[str, str]]:
    for name in course.order:
        path = f"solutions/{name}/{part}.py"
        if (course.root / path).is_file():  # an assignment still being written hides nothing yet
            yield path, (course.root / path).read_text(encoding="utf-8")


def _secrets(course: Course) -> Iterator[Secret]:
    yield from _lines(course)
    for part in HIDDEN:
        for path, text in _read(course, part):
            yield from _of_module(stubs.parse(text, path), path)
    for name in course.order:
        if (course.root / "rubrics" / f"{name}.yaml").is_file():
            for criterion in courses.rubric_of(course, name).criteria:
                yield from _sentences(criterion.guidance, f"rubrics/{name}.yaml")


def _lines(course: Course) -> Iterator[Secret]:
    """The lines of solution regions; a comment behind code is a line of its own."""
    found: list[Secret] = []
    for path, text in _read(course, "reference"):
        lines = text.splitlines()
        seen = set()
        for region in stubs.solution_regions(text, path):
            for number in range(region.begin + 1, region.end):
                for piece in lines[number - 1].split("  #"):
                    line = _prose(piece.strip(" #"))
                    if len(line) > LINE and re.search(r"\w{2}", line) and line not in seen:
                        seen.add(line)
                        found.append(Secret("the line", line, f"{path}:{number}"))
    times = Counter(secret.text for secret in found)
    yield from (
        secret for secret in found if times[secret.text] == 1 and not _CONVERSION.fullmatch(secret.text)
    )


def _of_module(tree: ast.Module, path: str) -> Iterator[Secret]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _sentences(ast.get_docstring(node) or "", f"{path}:{getattr(node, 'lineno', 1)}")
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            place = f"{path}:{node.lineno}"
            if "_" in node.name.strip("_"):  # `ties` is a word, `eps_inside_the_root` is a name
                yield Secret("the name", node.name, place)
            for mark in node.decorator_list:
                asked = mark.args[0] if isinstance(mark, ast.Call) and mark.args else None
                if isinstance(asked, ast.Name):
                    yield Secret("the name", f"{asked.id}.{node.name}", place)


def _sentences(text: str, place: str) -> Iterator[Secret]:
    for sentence in re.split(r"(?<=[.!?])\s+", _prose(text)):
        if len(sentence.split()) >= WORDS and len(sentence) > LINE:
            yield Secret("the sentence", sentence.rstrip(".!?"), place)
