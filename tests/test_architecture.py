"""Who may import whom, and what must not be loaded before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "autograder"
FILES = sorted(PACKAGE.rglob("*.py"))
LEAVES = ("compare", "authoring", "intake", "screen", "score", "diagnose", "edition")


def _module(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def _whole(name: str) -> str:
    """The types are one thing, whichever file they stand in."""
    return "model" if name.startswith("model.") else name


def _imports(path: Path) -> set[str]:
    """Modules of the package that `path` imports, at any depth of its code, relative to the package."""
    here = ["autograder", *path.relative_to(PACKAGE).parts[:-1]]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{start}.{alias.name}" for alias in node.names] + [start]
        else:
            continue
        found |= {name.removeprefix("autograder.") for name in names if name.startswith("autograder.")}
    modules = {_module(file) for file in FILES}
    return {_whole(name) for name in found if name in modules and name}


GRAPH = {_module(path): _imports(path) for path in FILES}


def test_the_model_imports_nothing_of_ours() -> None:
    assert set().union(*(GRAPH[name] for name in GRAPH if _whole(name) == "model")) == {"model"}


def _of(name: str, packages: tuple[str, ...]) -> bool:
    """Whether a module is one of `packages`, or part of one."""
    return name.split(".", maxsplit=1)[0] in packages


@pytest.mark.parametrize("name", sorted(name for name in GRAPH if _of(name, LEAVES)))
def test_what_only_works_on_data_knows_neither_jail_nor_course(name: str) -> None:
    assert {other for other in GRAPH[name] if not _of(other, LEAVES)} <= {"model", "patience", "trees"}


@pytest.mark.parametrize("name", sorted(name for name in GRAPH if name.startswith("reports")))
def test_reports_are_functions_of_a_report(name: str) -> None:
    others = {other for other in GRAPH[name] if not other.startswith("reports")}

    assert others <= {"model", "edition", "audit.model"}


@pytest.mark.parametrize("name", ["gradescope", "github", "gitlab", "classroom50", "places", "totals"])
def test_formats_of_platforms_are_functions_of_a_report(name: str) -> None:
    others = {other for other in GRAPH[f"platforms.{name}"] if not _of(other, ("platforms", "reports"))}

    assert others <= {"model"}


@pytest.mark.parametrize("name", sorted(name for name in GRAPH if name.startswith("jail")))
def test_the_jail_knows_the_types_and_itself(name: str) -> None:
    assert {other for other in GRAPH[name] if not other.startswith("jail")} <= {"model"}


def test_what_runs_inside_knows_the_wire_and_nothing_else() -> None:
    shim = {"device", "lent", "modules", "printed", "streams", "tensors", "timed", "wire"}

    assert GRAPH["jail.inside"] == {"jail", *(f"jail.{name}" for name in shim)}
    assert GRAPH["jail.streams"] == GRAPH["jail.printed"] == set()
    assert GRAPH["jail.wire"] == {"jail", "jail.tensors"}


def test_the_jail_does_not_name_the_solutions() -> None:
    sources = [path.read_text(encoding="utf-8") for path in FILES if _module(path).startswith("jail")]

    assert not any("solutions" in source for source in sources)


def test_nothing_imports_the_command_line() -> None:
    assert [name for name, imports in GRAPH.items() if "cli" in imports] == ["__main__"]


def test_there_are_no_import_cycles() -> None:
    cycles = []

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            cycles.append(trail[trail.index(name) :])
            return
        for other in GRAPH[name]:
            # A package's own page of names may import its parts, and they their siblings through it.
            if not name.startswith(other) and not other.startswith(name):
                visit(other, (*trail, name))

    for name in GRAPH:
        visit(name, ())

    assert cycles == []


def _loaded_by(words: str) -> set[str]:
    code = f"import sys\n{words}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_help_loads_neither_numpy_nor_what_draws() -> None:
    words = "import sys\nsys.argv = ['autograder', '--help']\nimport autograder.cli"
    loaded = _loaded_by(words)

    assert not loaded & {"numpy", "rich", "jinja2", "jsonschema", "yaml", "junitparser", "torch", "nbgrader"}


def test_grading_numpy_loads_no_torch_and_no_nbgrader() -> None:
    loaded = _loaded_by("import autograder.run, autograder.reports.html, autograder.audit")

    assert not loaded & {"torch", "nbgrader", "distributed"}


def test_trying_loads_nothing_that_only_linux_has() -> None:
    loaded = _loaded_by("import autograder.tryout")

    assert not {name for name in loaded if name.startswith("autograder.jail")}
