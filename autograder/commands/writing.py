"""The commands that write a course or what is handed out of it: new, release. They parse and print."""

from __future__ import annotations

from pathlib import Path

import click

from .options import PATH, course_option, examples, load_course


@click.command(epilog=examples('autograder new hopfield --title "Hopfield networks"'))
@click.argument("name")
@click.option("--title", default="", help="The heading of handout and report.")
@course_option
def new(name: str, title: str, root: Path | None) -> None:
    """Begin an assignment: files that load, pass the audit, and wait to be filled."""
    from autograder import scaffold

    for path in scaffold.new(load_course(root), name, title or name.replace("_", " ").capitalize()):
        click.echo(path)


@click.command(
    epilog=examples("autograder release --refresh", "autograder release optimizers --to ../handout")
)
@click.argument("names", nargs=-1)
@click.option("--to", type=PATH, help="Folder for the students' bundle.")
@click.option("--refresh", is_flag=True, help="Derive assignments/ anew from solutions/ and rubrics/.")
@click.option("--force", is_flag=True, help="Write into a folder that is not empty.")
@course_option
def release(names: tuple[str, ...], to: Path | None, refresh: bool, force: bool, root: Path | None) -> None:
    """Make what students receive: stubs, notebooks, handouts and pictures, and nothing that is hidden."""
    from autograder import release as bundle

    course = load_course(root)
    if not refresh and to is None:
        raise click.UsageError("say --refresh to derive assignments/ anew, or --to DIR to make a bundle")
    chosen = names or course.order
    written = list(bundle.write(course, chosen)) if refresh else []
    written += list(bundle.bundle(course, chosen, to, force=force)) if to else []
    for path in written:
        click.echo(path)
