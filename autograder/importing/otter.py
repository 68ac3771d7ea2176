"""Reading a master notebook of otter assign (its format from version 1 on)."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from autograder.model import CourseError

from . import cells, markers, naming
from .model import Cell, Code, Exercise, Place, Question, Test

BLOCKS = ("question", "prompt", "solution", "tests")
_FENCE = re.compile(r"\s*```otter\n(.*?)\n\s*```\s*", re.DOTALL)


def read(path: Path) -> Exercise:
    """The assignment in a master notebook. Nothing of it is run.

    Raises:
        CourseError: with file and cell: no notebook, blocks that do not pair, a configuration that is none,
            a question that stands twice, nothing that students write.
    """
    file = path.name
    found = cells.read(path, file)
    if not any(_block(cell) == ("begin", "question") for cell in found):
        old = any(re.search(r"^\s*(?:```|\")?\s*BEGIN QUESTION", cell.source, re.MULTILINE) for cell in found)
        hint = "this looks like otter's format before version 1; run otter's own converter" if old else ""
        raise CourseError(
            f"{file}: no raw cell `# BEGIN QUESTION`, so this is no master notebook of otter assign"
            + (f"; {hint}" if hint else "; name the notebook that `otter assign` takes")
        )
    reader = _Reader(Exercise(naming.identifier(path.stem, "assignment"), path.stem.replace("_", " "), file))
    for cell in found:
        reader.take(cell)
    reader.finish()
    if not any(code.role == "solution" for code in reader.exercise.codes()):
        raise CourseError(f"{file}: no cell holds `# SOLUTION`, so there is nothing that students write")
    return reader.exercise


def _raw(cell: Cell) -> str | None:
    """The text of a raw cell, or of a fenced one that stands for it."""
    if cell.kind == "raw":
        return cell.source
    fenced = _FENCE.fullmatch(cell.source) if cell.kind == "markdown" else None
    return fenced[1] if fenced else None


def _block(cell: Cell) -> tuple[str, str] | None:
    text = _raw(cell)
    match = re.match(r"#\s+(begin|end)\s+(question|prompt|solution|tests)\b", text or "", re.IGNORECASE)
    return (match[1].lower(), match[2].lower()) if match else None


class _Reader:
    """One cell after the other into the exercise."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.open: list[tuple[str, Cell]] = []
        self.config: dict[str, Any] = {}  # of the open question
        self.text = ""
        self.above = ""  # the text just before the cell, where there is one
        self.answer: list[str] = []  # what a person is to compare with
        self.tests: list[Test] = []
        self.names: dict[str, Place] = {}
        self.everywhere = False
        self.doctests = True

    def take(self, cell: Cell) -> None:
        """Take note of the next cell."""
        text = _raw(cell)
        if re.match(r"(?:##\s*ignore\s*##|#\s*ignore\b)", cell.source, re.IGNORECASE):
            return
        if text is not None and re.match(r"#\s+assignment\s+config\b", text, re.IGNORECASE):
            self._assignment(_config(text, cell.place))
        elif boundary := _block(cell):
            (self._begin if boundary[0] == "begin" else self._end)(boundary[1], cell, text or "")
        else:
            self._inside(cell)
        self.above = cell.source if cell.kind == "markdown" and text is None else ""

    def finish(self) -> None:
        """See that every block has its end."""
        if self.open:
            raise self.open[-1][1].place.fault(f"# BEGIN {self.open[-1][0].upper()} without its END; add it")

    def _assignment(self, config: dict[str, Any]) -> None:
        self.everywhere = bool(
            config.get("solutions_pdf_all") or config.get("strip_solutions_from_all_cells")
        )
        tests = config.get("tests")
        self.doctests = not isinstance(tests, dict) or tests.get("ok_format", True) is not False
        name = config.get("name")
        if isinstance(name, str) and naming.identifier(name):
            self.exercise.name, self.exercise.title = naming.identifier(name), name

    def _begin(self, block: str, cell: Cell, text: str) -> None:
        within = [name for name, _ in self.open]
        if (block == "question") == bool(within) or len(within) > 1:
            inside = f"inside a {within[-1]}" if within else "outside a question"
            raise cell.place.fault(f"# BEGIN {block.upper()} stands {inside}; end the block before it")
        if block == "question":
            self.config = _config(text, cell.place)
            name = self.config.get("name")
            if not isinstance(name, str | int | float) or isinstance(name, bool) or not str(name):
                raise cell.place.fault("the question has no name; add `name: q1` below # BEGIN QUESTION")
            if str(name) in self.names:
                first = self.names[str(name)].cell
                raise cell.place.fault(f"question {name} stands already at cell {first}; give each its own")
            self.names[str(name)] = cell.place
            self.answer, self.tests, self.text = [], [], self.above
        self.open.append((block, cell))

    def _end(self, block: str, cell: Cell, _: str) -> None:
        if not self.open or self.open[-1][0] != block:
            now = f"the open block is a {self.open[-1][0]}" if self.open else "no block is open"
            raise cell.place.fault(f"# END {block.upper()}, but {now}")
        _, begin = self.open.pop()
        if block == "question":
            self._question(begin)

    def _inside(self, cell: Cell) -> None:
        block = self.open[-1][0] if self.open else ""
        if block == "tests":
            if cell.kind != "code":
                raise cell.place.fault("a cell that is no code stands among the tests; move it out")
            self._test(cell)
        elif block == "prompt":
            return
        elif cell.kind == "markdown":
            if block == "solution":
                self.answer.append(cell.source)
            else:
                self.text = cell.source
                self.exercise.texts.append(cell.source)
        elif cell.kind == "code":
            self._code(cell, block)

    def _code(self, cell: Cell, block: str) -> None:
        if block == "solution" and self.config.get("manual"):
            self.answer.append(cell.source)
            return
        text, hidden = markers.otter(cell.source, cell.place)
        if block != "solution" and not self.everywhere:
            hidden = frozenset()
        text, lost = cells.python(text, cell.place)
        self.exercise.todos += lost
        if hidden:
            cells.statements(text, cell.place)
        if text.strip():
            self.exercise.parts.append(Code(cell.place, text, hidden, "solution" if hidden else "given"))

    def _test(self, cell: Cell) -> None:
        first = cell.source.split("\n", 1)[0]
        hidden = first.lstrip().startswith("#") and re.search(r"\bhidden\b", first, re.IGNORECASE) is not None
        text, config = _test_config(cell)
        hidden = bool(config.get("hidden", hidden))
        worth = config.get("points")
        points = Fraction(-1) if worth is None else naming.points(worth, cell.place)  # -1: not said
        text, lost = cells.python(text, cell.place)
        self.exercise.todos += lost
        cells.statements(text, cell.place)
        lines = frozenset(range(1, text.count("\n") + 2)) if hidden else frozenset[int]()
        says = config.get("failure_message")
        output = cell.output.strip() if self.doctests else None
        name = naming.identifier(str(self.config.get("name")), "q")
        self.tests.append(
            Test(cell.place, text, name, lines, points, output, says if isinstance(says, str) else "")
        )

    def _question(self, begin: Cell) -> None:
        config, place = self.config, begin.place
        taken = {question.id for question in self.exercise.questions}
        name = naming.unused(naming.identifier(str(config["name"]), "q"), taken)
        asks = naming.sentence(self.text, f"Question {config['name']}")
        if config.get("manual"):
            worth = naming.points(config.get("points") or 0, place)
            answer = "\n".join(self.answer).strip()
            guidance = f"The answer of the course it was imported from:\n{answer}" if answer else ""
            variable = naming.answer(name)
            self.exercise.questions.append(
                Question(name, place, asks, worth, "hand", guidance=guidance, answer=variable)
            )
            return
        points = _resolved(config.get("points"), [test.points for test in self.tests], place)
        rule = "all" if config.get("all_or_nothing") else "share"
        self.exercise.questions.append(
            Question(name, place, asks, sum(points, Fraction(0)), rule="all" if rule == "all" else "share")
        )
        self.exercise.parts += [
            Test(t.place, t.text, name, t.hidden, worth, t.output, t.says)
            for t, worth in zip(self.tests, points, strict=True)
        ]


def _resolved(total: Any, tests: list[Fraction], place: Place) -> list[Fraction]:
    """The points of each test of a question, as otter works them out; -1 stands for none said."""
    if not tests:
        raise place.fault("the question has no tests and is not `manual: true`; add one of the two")
    if isinstance(total, dict):
        total = naming.points(total.get("each", 1), place) * len(tests)
    elif isinstance(total, list):
        if len(total) != len(tests):
            raise place.fault(f"{len(total)} points are given for {len(tests)} tests; give one for each")
        return [naming.points(one, place) for one in total]
    elif total is not None:
        total = naming.points(total, place)
    said = sum((one for one in tests if one >= 0), Fraction(0))
    open_ = sum(one < 0 for one in tests)
    if total is None:
        total = Fraction(1) if not said and open_ else said
    if said > total:
        raise place.fault("its tests are worth more than the question; mend the points")
    if not open_:
        return tests
    rest = iter(naming.shares(total - said, open_) if total > said else [Fraction(0)] * open_)
    return [one if one >= 0 else next(rest) for one in tests]


def _test_config(cell: Cell) -> tuple[str, dict[str, Any]]:
    """The test without its configuration, line for line, and the configuration."""
    begin = r"(?:\w+\s*=\s*)?(?:\"\"\"|\")\s*#\s*BEGIN\s*TEST\s*CONFIG[^\n]*\n"
    found = re.match(
        begin + r"(.*?)\n(?:\"\"\"|\")\s*#\s*END\s*TEST\s*CONFIG", cell.source, re.DOTALL | re.IGNORECASE
    )
    if found is None:
        return cell.source, {}
    blank = "\n" * found[0].count("\n")
    return blank + cell.source[found.end() :], _config(found[1], cell.place)


def _config(text: str, place: Place) -> dict[str, Any]:
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise place.fault(f"line {line} of its configuration is not YAML; mend it") from None
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise place.fault("its configuration holds no fields; write them as `name: q1`")
    return value
