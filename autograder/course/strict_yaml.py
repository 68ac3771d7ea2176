"""YAML read strictly, with the place of every field, so that an instructor's slip is named where it stands.

Plain scalars follow YAML 1.2: `1e-6` is a number, `no`, `012`, `12:30:00` and dates are text, only `true` and
`false` are booleans. Refused: a key given twice, anchors and aliases (a few lines of them can stand for
gigabytes), tags that build objects, a second document. Fields are checked by the JSON Schemas in `schemas/`.
"""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

from autograder.model import CourseError

if TYPE_CHECKING:
    from pathlib import Path

    from jsonschema.exceptions import ValidationError

Steps = tuple[str | int, ...]  # from the top of the document to one entry: ("criteria", 0, "points")

DEEPEST = 40  # levels of nesting; a rubric has four, and the parser's own recursion must not be the limit
_TAG = "tag:yaml.org,2002:"
_PLAIN = (  # tag, pattern of a plain scalar, its possible first characters ("" for an empty scalar)
    ("bool", r"true|false", ("t", "f")),
    ("null", r"null|~|", ("n", "~", "")),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", tuple("-+0123456789")),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?",
        tuple("-+.0123456789"),
    ),
)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ADVICE = (  # what the parser says -> what usually helps
    (
        "cannot start any token",
        "indent with spaces, not tabs, and put quotes around text that starts with a sign",
    ),
    ("mapping values are not allowed", "put quotes around text that holds a colon, or mend the indentation"),
    ("did not find expected key", "line the fields up under each other"),
    ("did not find expected '-' indicator", "line the dashes up under each other"),
    ("unexpected end of stream", "a quote or a bracket is not closed"),
    ("could not find expected ':'", "a field is written `name: value`"),
)


def _resolvers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    table: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for tag, pattern, firsts in _PLAIN:
        for first in firsts:
            table.setdefault(first, []).append((_TAG + tag, re.compile(rf"(?:{pattern})\Z")))
    return table


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # libyaml where there is one
    """Composes nodes only; the constructors of PyYAML are never reached."""

    yaml_implicit_resolvers = _resolvers()


@dataclass(frozen=True, slots=True)
class Located:
    """A document together with the place of each of its entries.

    `source` is the name of the file as messages give it; `texts` holds the numbers as they were typed, so
    that 0.1 can be read exactly.
    """

    source: str
    value: Any
    marks: Mapping[Steps, tuple[int, int]]
    texts: Mapping[Steps, str]

    def position(self, path: Sequence[str | int]) -> tuple[int, int]:
        """Line and column, from 1, of the entry at `path`: of its key, or of the item of a list.

        An entry that is not there is placed at the nearest one around it.
        """
        steps = tuple(path)
        while steps not in self.marks:
            steps = steps[:-1]
        return self.marks[steps]

    def where(self, path: Sequence[str | int]) -> str:
        """`rubrics/optimizers.yaml:7:5`, for the entry at `path`."""
        line, column = self.position(path)
        return f"{self.source}:{line}:{column}"

    def fault(self, path: Sequence[str | int], says: str) -> CourseError:
        """The error that says `says` of the entry at `path`, ready to be raised."""
        name = dotted(path)
        return CourseError(f"{self.where(path)}: {name}: {says}" if name else f"{self.where(path)}: {says}")


def dotted(path: Sequence[str | int]) -> str:
    """A path as people write it.

    >>> dotted(("criteria", 0, "checks", "adam_step.first_step"))
    "criteria[0].checks['adam_step.first_step']"
    """
    text = ""
    for step in path:
        if isinstance(step, str) and step.isidentifier():
            text += f".{step}"
        else:
            text += f"[{step!r}]"
    return text.removeprefix(".")


def near(word: str, words: Iterable[str]) -> str:
    """`; did you mean 'points'?` where one of `words` is close to `word`, else nothing."""
    close = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


def read(path: Path, source_name: str) -> Located:
    """Read the file at `path`; messages call it `source_name`.

    Raises:
        CourseError: it cannot be read, is not UTF-8, or is not strict YAML.
    """
    try:
        return load(path.read_text(encoding="utf-8-sig"), source_name)
    except OSError as error:
        raise CourseError(f"{source_name}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CourseError(f"{source_name}:{line}: is not UTF-8; save it as UTF-8 and try again") from error


def load(text: str, source_name: str) -> Located:
    """Read one YAML document; messages call it `source_name`.

    Raises:
        CourseError: it is empty or not strict YAML; the message starts with `source_name:line:column:`.
    """
    odd = _UNPRINTABLE.search(text)
    if odd:
        line, column = text.count("\n", 0, odd.start()) + 1, odd.start() - text.rfind("\n", 0, odd.start())
        raise CourseError(
            f"{source_name}:{line}:{column}: the character U+{ord(odd[0]):04X} cannot be printed; remove it"
        )
    try:
        _refuse(yaml.parse(text, Loader=_Loader), source_name)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise CourseError(_syntax(error, source_name)) from error
    if root is None or (root.tag == f"{_TAG}null" and isinstance(root, yaml.ScalarNode)):
        raise CourseError(f"{source_name}:1:1: the file is empty; write its fields")
    marks: dict[Steps, tuple[int, int]] = {(): (1, 1)}
    texts: dict[Steps, str] = {}
    return Located(source_name, _value(root, (), source_name, marks, texts), marks, texts)


def _refuse(events: Iterable[yaml.Event], source: str) -> None:
    """Look at the stream before anything is built from it."""
    depth = documents = 0
    for event in events:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise CourseError(f"{_at(event, source)}: anchors (&) and aliases (*) are not read; write it out")
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise CourseError(f"{_at(event, source)}: a second document starts here; a file holds one")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise CourseError(f"{_at(event, source)}: more than {DEEPEST} levels of nesting")


def _at(thing: Any, source: str) -> str:
    return f"{source}:{thing.start_mark.line + 1}:{thing.start_mark.column + 1}"


def _syntax(error: yaml.MarkedYAMLError, source: str) -> str:
    mark = error.problem_mark or error.context_mark
    place = f"{source}:{mark.line + 1}:{mark.column + 1}" if mark else source
    says = " ".join(part for part in (error.context, error.problem) if part)
    advice = next((f"; {hint}" for words, hint in _ADVICE if words in says), "")
    return f"{place}: {says}{advice}"


def _value(
    node: yaml.Node, path: Steps, source: str, marks: dict[Steps, tuple[int, int]], texts: dict[Steps, str]
) -> Any:
    if isinstance(node, yaml.SequenceNode) and node.tag == f"{_TAG}seq":
        items = []
        for index, item in enumerate(node.value):
            marks[*path, index] = (item.start_mark.line + 1, item.start_mark.column + 1)
            items.append(_value(item, (*path, index), source, marks, texts))
        return items
    if isinstance(node, yaml.MappingNode) and node.tag == f"{_TAG}map":
        entries: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise CourseError(f"{_at(key, source)}: a key is a word, not a list or a mapping")
            name = key.value  # as typed: `1:` and `no:` are keys like any other
            if name in entries:
                first = marks[*path, name][0]
                raise CourseError(f"{_at(key, source)}: {name!r} is given twice, first in line {first}")
            marks[*path, name] = (key.start_mark.line + 1, key.start_mark.column + 1)
            entries[name] = _value(value, (*path, name), source, marks, texts)
        return entries
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, path, source, texts)
    raise _tagged(node, source)


def _scalar(node: yaml.ScalarNode, path: Steps, source: str, texts: dict[Steps, str]) -> Any:
    text, kind = node.value, node.tag.removeprefix(_TAG)
    if kind == "str":
        return text
    if kind == "null":
        return None
    if kind == "bool" and text in {"true", "false"}:
        return text == "true"
    if kind in {"int", "float"}:
        try:
            number = int(text) if kind == "int" else float(text)
        except ValueError:
            raise CourseError(
                f"{_at(node, source)}: {text[:40]!r} is not a number that can be read"
            ) from None
        if not math.isfinite(number):
            raise CourseError(f"{_at(node, source)}: {text[:40]!r} is not a finite number")
        texts[path] = text
        return number
    raise _tagged(node, source)


def _tagged(node: yaml.Node, source: str) -> CourseError:
    tag = node.tag.replace(_TAG, "!!")
    return CourseError(
        f"{_at(node, source)}: the tag {tag} is refused; a course file holds plain values only"
    )


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema `name` ("rubric", "course") that travels with the package."""
    text = (
        resources.files("autograder").joinpath("schemas", f"{name}.schema.json").read_text(encoding="utf-8")
    )
    return dict(json.loads(text))


def validate(located: Located, schema_name: str) -> None:
    """Check a document against the schema `schema_name`.

    Raises:
        CourseError: one line for each fault, the most telling first: misspelt fields, wrong values, then
            missing fields.
    """
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - 160 ms that only instructors' files need

    faults = [
        (rank, located.position(path), path, says)
        for error in Draft202012Validator(schema(schema_name)).iter_errors(located.value)
        for rank, path, says in _faults(error)
    ]
    if faults:
        lines = (str(located.fault(path, says)) for _, _, path, says in sorted(faults, key=lambda f: f[:2]))
        raise CourseError("\n".join(dict.fromkeys(lines)))


def _faults(error: ValidationError) -> Iterator[tuple[int, Steps, str]]:
    """The faults that one validation error stands for: (rank, path, sentence)."""
    path = tuple(error.absolute_path)
    rules: Any = error.schema
    got: Any = error.instance
    want: Any = error.validator_value
    if "propertyNames" in error.schema_path:
        yield 1, (*path, got), rules.get("errorMessage", f"{got!r} cannot be a name here")
    elif error.validator == "unevaluatedProperties":
        known = list(rules["properties"])
        for name in (name for name in got if name not in known):
            guess = near(name, known)
            yield (
                0 if guess else 1,
                (*path, name),
                f"not a field{guess or '; the fields are ' + ', '.join(known)}",
            )
    elif error.validator == "required":
        name = next(name for name in want if f"{name!r} is" in error.message)
        about = rules.get("properties", {}).get(name, {}).get("description", "")
        yield 2, path, rules.get("errorMessage") or f"{name!r} is missing{': ' + about if about else ''}"
    else:
        yield 1, path, rules.get("errorMessage") or _sentence(error.validator, got, want) or error.message


def _sentence(rule: Any, got: Any, want: Any) -> str:
    """One broken rule of a schema in plain words; empty where there are none."""
    shown = json.dumps(got, ensure_ascii=False) if isinstance(got, str) else str(got)
    match rule:
        case "type":
            named = f"{shown} is " if isinstance(got, str | int | float) else "it is "
            return f"{named}{_KINDS[type(got)]}, not {_WANTED[want]}"
        case "enum":
            return f"{shown} is not one of {', '.join(want)}{near(str(got), want)}"
        case "minimum" | "exclusiveMinimum" if got < want:
            return f"{shown} is less than {want}"
        case "exclusiveMinimum":
            return f"it must be more than {want}"
        case "maximum":
            return f"{shown} is more than {want}"
        case "minLength" | "minItems" | "minProperties":
            return f"it is empty or too short; {want} or more are wanted"
        case "uniqueItems":
            return f"{next(item for item in got if got.count(item) > 1)!r} is named twice"
    return ""


_KINDS = {
    type(None): "empty",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "text",
    list: "a list",
    dict: "a mapping of fields",
}
_WANTED = {
    "number": "a number",
    "integer": "a whole number",
    "string": "text",
    "array": "a list",
    "object": "a mapping of fields",
}
