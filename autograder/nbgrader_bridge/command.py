"""The commands `autograder nbgrader …`: they parse and print."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.commands.options import PATH, course_option, examples, load_course


@click.group(
    "nbgrader",
    epilog=examples(
        "autograder nbgrader init ../nn-course               once; then nbgrader's own commands",
        "autograder nbgrader sync class/ --to ../nn-course   plain .py files into its gradebook",
    ),
)
def nbgrader() -> None:
    """Give the course as an nbgrader course, graded in our jail; needs the extra `nbgrader`."""


@nbgrader.command()
@click.argument("folder", type=PATH)
@click.argument("names", nargs=-1)
@click.option("--force", is_flag=True, help="Write the source notebooks of a course made before anew.")
@course_option
def init(folder: Path, names: tuple[str, ...], force: bool, root: Path | None) -> None:
    """Make an nbgrader course in FOLDER, with the assignments NAMES or all of them."""
    from autograder import course as courses  # noqa: PLC0415 - loaded when the command runs, here and below

    from . import init as make  # noqa: PLC0415

    course = load_course(root)
    chosen = tuple(courses.known(course, name) for name in names) or course.order
    for path in make.init(course, folder, chosen, force=force):
        click.echo(path)
    click.echo(f"Next: cd {folder} && nbgrader generate_assignment {chosen[0]}")


@nbgrader.command()
@click.argument("path", type=PATH)
@click.option(
    "--to", type=PATH, default=Path(), help="The nbgrader course; by default the folder you are in."
)
@click.option("--assignment", help="What it is, where the file's name does not say so.")
@click.option("--force", is_flag=True, help="Grade again, and in place of a notebook that was handed in.")
def sync(path: Path, to: Path, assignment: str | None, force: bool) -> None:
    """Grade the plain .py files at PATH, one or a class, and write their marks into an nbgrader course."""
    from . import sync as plain  # noqa: PLC0415

    for one in plain.sync(to, path, assignment=assignment, force=force):
        click.echo(f"{one.student}  {one.assignment or '?'}  {one.says}")
