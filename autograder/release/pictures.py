"""The pictures of a handout: functions of solutions/NAME/pictures.py, each shown by one line of handout.md.

A function that takes nothing draws one picture; its name is that of the file, its docstring what the picture
says to whoever cannot see it. The handout shows it with `![](pictures/NAME.svg)` on a line of its own. The
same course gives the same bytes on every machine, and a picture stands alone: no script, no reference to
anything outside it. In a notebook, which is opened alone, the picture lies in the cell itself.
"""

from __future__ import annotations

import base64
import html
import inspect
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from autograder.course import loading
from autograder.model import CourseError

from . import handout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from autograder.model import Course

LARGEST = 30_000  # bytes: a handout is read over slow lines too
_SHOWN = re.compile(r"( *)!\[\]\(pictures/(\w+)\.svg\) *")
_ANY = re.compile(r"!\[[^\]]*\]\([^)]*\)|!\[[^\]]*\]\[[^\]]*\]|<img\b", re.IGNORECASE)
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_FRACTION = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?|-?\d+e[-+]?\d+")
_ACTIVE = frozenset({"script", "foreignObject", "image", "iframe", "animate", "set", "style"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture: SVG, and the same in words."""

    svg: str
    says: str


def drawn(course: Course, name: str) -> Mapping[str, Drawn]:
    """The pictures of an assignment by name, drawn now; none where it has no pictures.py.

    Raises:
        CourseError: pictures.py does not run, drawsvg is missing, or a picture has no text alternative, is
            too large, or does not stand alone.
    """
    path = course.root.resolve() / "solutions" / name / "pictures.py"
    if not path.is_file():
        return {}
    root = course.root.resolve()
    # A purpose of its own: the assignment, where it is loaded, keeps its modules.
    module = loading.modules(path.parent, ["pictures"], root, purpose="pictures")["pictures"]
    made = {
        name: function
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not name.startswith("_")
    }
    if not made:
        source = path.relative_to(root).as_posix()
        raise CourseError(f"{source}: it draws nothing; write a function without arguments, or remove it")
    return {name: _draw(function, root) for name, function in made.items()}


def _draw(function: Callable[[], Any], root: Path) -> Drawn:
    path = Path(function.__code__.co_filename)
    place = f"{path.relative_to(root).as_posix()}:{function.__code__.co_firstlineno}: {function.__name__}"
    says = " ".join((inspect.getdoc(function) or "").split())
    if not says:
        raise CourseError(f"{place} has no docstring; say there what is to be seen, for those who cannot")
    if inspect.signature(function).parameters:
        raise CourseError(f"{place} takes arguments; a picture is drawn from nothing, so take them away")
    try:
        picture = function()
        svg = picture.as_svg() if hasattr(picture, "as_svg") else None
    except Exception as error:
        raise CourseError(loading.fault(error, path, root)) from error
    if not isinstance(svg, str):
        raise CourseError(f"{place} returns {type(picture).__name__}; return the Picture that it drew")
    svg = svg[max(svg.find("<svg"), 0) :]  # without the XML declaration: UTF-8 needs none
    text = _described(_rounded(svg), says)
    fault = next(_faults(text), "")
    if fault:
        raise CourseError(f"{place}: {fault}")
    return Drawn(text, says)


def _rounded(svg: str) -> str:
    """SVG with two digits behind the point: the last bits of a sine are not the same on every machine."""
    return re.sub(r'="([^"#]*)"', lambda found: f'="{_FRACTION.sub(_two_digits, found[1])}"', svg)


def _two_digits(found: re.Match[str]) -> str:
    # First to six digits, so that a tie of the second falls the same way on either side of it.
    value = round(round(float(found[0]), 6), 2)
    return f"{value + 0.0:.2f}".rstrip("0").rstrip(".")


def _described(svg: str, says: str) -> str:
    """SVG with its title, which is the first sentence, and the whole description."""
    title = re.split(r"(?<=[.:;])\s", says, maxsplit=1)[0].rstrip(".:;")
    words = f"<title>{html.escape(title, quote=False)}</title>\n<desc>{html.escape(says, quote=False)}</desc>"
    text = re.sub(r"(<svg\b[^>]*?)\s*>", rf'\1 role="img">\n{_literal(words)}', svg, count=1)
    return text.rstrip("\n") + "\n"


def _literal(text: str) -> str:
    return text.replace("\\", r"\\")


def _faults(svg: str) -> Iterator[str]:
    """Why a picture cannot be handed out."""
    size = len(svg.encode())
    if size > LARGEST:
        yield f"the picture has {size} bytes, {LARGEST} are allowed; draw less, or with fewer points"
    try:
        root = ET.fromstring(svg)  # noqa: S314 - our own text, drawn a moment ago
    except ET.ParseError as error:
        yield f"the picture is no XML: {error}"
        return
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag in _ACTIVE:
            yield f"the picture holds <{tag}>; it has to stand still and alone"
        for key, value in element.attrib.items():
            name = key.rpartition("}")[2]
            outside = name in {"href", "src"} and not value.startswith("#")
            if outside or name.startswith("on") or re.search(r"url\((?!['\"]?#)", value):
                yield f"the picture has {name}={value!r}; it has to stand alone"


def joined(markdown: str, pictures: Mapping[str, Drawn], source: str, drawer: str) -> None:
    """Prove that a handout shows every picture once, and no other.

    Raises:
        CourseError: a picture that is not drawn, or shown twice, or by nobody, or a line in another form.
    """
    seen: dict[str, int] = {}
    for number, (line, is_code) in enumerate(handout.lines(markdown), 1):
        found = None if is_code else _SHOWN.fullmatch(line)
        if found is None:
            if not is_code and _ANY.search(_CODE.sub("", line)):
                raise CourseError(
                    f"{source}:{number}: a picture is a line of its own, `![](pictures/NAME.svg)`; NAME is a "
                    f"function of {drawer}, whose docstring speaks to those who cannot see the picture"
                )
            continue
        name = found[2]
        if name not in pictures:
            there = f"it draws {', '.join(sorted(pictures))}" if pictures else "there is none"
            raise CourseError(f"{source}:{number}: {drawer} draws no picture {name!r}; {there}")
        if name in seen:
            raise CourseError(f"{source}:{number}: {name} is shown in line {seen[name]} already")
        seen[name] = number
    for name in pictures:
        if name not in seen:
            raise CourseError(
                f"{drawer}: no line of {source} shows {name}; add `![](pictures/{name}.svg)`, or let its "
                "name start with an underscore"
            )


def beside(markdown: str, pictures: Mapping[str, Drawn]) -> str:
    """The handout as it stands beside its pictures: each line has the text alternative."""
    return _shown(markdown, lambda name: f"![{_plain(pictures[name].says)}](pictures/{name}.svg)")


def inside(markdown: str, pictures: Mapping[str, Drawn]) -> str:
    """The handout with the pictures in it, for a notebook.

    An <img> with its data is what every reader of notebooks shows: JupyterLab has no attachments of SVG, and
    VS Code takes no SVG data in the Markdown form.
    """
    return _shown(markdown, lambda name: _embedded(pictures[name]))


def _embedded(picture: Drawn) -> str:
    data = base64.b64encode(picture.svg.encode()).decode()
    return f'<img alt="{html.escape(picture.says)}" src="data:image/svg+xml;base64,{data}">'


def _shown(markdown: str, form: Callable[[str], str]) -> str:
    text = []
    for line, is_code in handout.lines(markdown):
        found = None if is_code else _SHOWN.fullmatch(line)
        text.append(f"{found[1]}{form(found[2])}" if found else line)
    return "\n".join(text) + "\n"


def _plain(words: str) -> str:
    """Words that Markdown leaves as they are."""
    return re.sub(r"([\\`*_\[\]<>$])", r"\\\1", words)
