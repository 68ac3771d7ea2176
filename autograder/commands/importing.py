"""The commands `autograder import …`: they parse and print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import PATH, course_option, examples, load_course

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.importing import Imported
    from autograder.jail.levels import Isolation
    from autograder.model import Course

force_option = click.option(
    "--force",
    is_flag=True,
    help="Overwrite what is there; misconceptions and alternatives stay all the same.",
)
confirm_option = click.option(
    "--confirm", is_flag=True, help="Run the original tests on the original solutions too, in the jail."
)


@click.group(
    "import",
    epilog=examples(
        "autograder import nbgrader ../nn-course            every assignment below source/",
        "autograder import nbgrader ../nn-course ps1 ps2",
        "autograder import otter hw03/hw03.ipynb --name regression",
    ),
)
def import_() -> None:
    """Turn assignments of nbgrader or otter into ours. Nothing of them is run, but under --confirm."""


@import_.command()
@click.argument("folder", type=PATH)
@click.argument("names", nargs=-1)
@confirm_option
@force_option
@course_option
def nbgrader(folder: Path, names: tuple[str, ...], confirm: bool, force: bool, root: Path | None) -> None:
    """Import the assignments NAMES, or all, of the nbgrader course in FOLDER."""
    from autograder import importing

    course = load_course(root)
    _write(course, importing.from_nbgrader(folder, names, _jail(course, confirm)), force)


@import_.command()
@click.argument("notebook", type=PATH)
@click.option("--name", default="", help="The assignment's name; by default the notebook's.")
@confirm_option
@force_option
@course_option
def otter(notebook: Path, name: str, confirm: bool, force: bool, root: Path | None) -> None:
    """Import NOTEBOOK, a master notebook as `otter assign` takes it (version 1 or later)."""
    from autograder import importing

    course = load_course(root)
    _write(course, importing.from_otter(notebook, name, _jail(course, confirm)), force)


def _jail(course: Course, confirm: bool) -> Isolation | None:
    from autograder.jail import levels

    return levels.choose(course.isolation) if confirm else None


def _write(course: Course, found: Sequence[Imported], force: bool) -> None:
    from autograder import importing

    for path in importing.write(course, found, force=force):
        click.echo(path)
    for one in found:
        hand = f", {one.by_hand} criteria to be marked by hand" if one.by_hand else ""
        click.echo(f"\n{one.name}: {one.checks} check{'s' * (one.checks != 1)}{hand}")
        for todo in one.todos:
            click.echo(f"  to finish: {todo}")
        click.echo(f"  The whole list: solutions/{one.name}/TODO.md. Next: autograder audit {one.name}")
