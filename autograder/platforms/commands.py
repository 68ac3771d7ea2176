"""The commands for other platforms. They parse and print; every decision is made elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.commands.options import PATH, course_option, examples, load_course


@click.group()
def gradescope() -> None:
    """Make autograders for Gradescope."""


@gradescope.command(
    epilog=examples(
        "autograder gradescope build pca --to pca.zip",
        "autograder gradescope build --to zips/          one zip for each assignment of the course",
        "autograder gradescope build pca --to pca.zip --isolation permissions      if there is no Landlock",
    )
)
@click.argument("names", nargs=-1)
@click.option("--to", type=PATH, required=True, help="The zip; a folder where it is for several assignments.")
@click.option("--seed", default="", help="Hexadecimal; by default a new secret one, kept in the zip.")
@click.option(
    "--details", is_flag=True, help="Send along what is shown later; until then students see no total."
)
@click.option(
    "--isolation",
    type=click.Choice(("uid", "permissions")),
    default="uid",
    show_default=True,
    help="The weakest level to accept; the weaker one is used only where the container has no Landlock.",
)
@course_option
def build(
    names: tuple[str, ...], to: Path, seed: str, details: bool, isolation: str, root: Path | None
) -> None:
    """Build the autograder zip of assignment NAMES. It holds the answers: give it to Gradescope alone."""
    from . import gradescope_zip

    of = load_course(root)
    for path in gradescope_zip.build(of, names or of.order, to, seed=seed, details=details, level=isolation):
        click.echo(path)


@click.command(
    epilog=examples(
        "autograder ci submission --github --course course --assignment pca",
        "autograder ci . --gitlab --course ../course --out reports",
    )
)
@click.argument("path", type=PATH, default=Path())
@click.option("--github", "server", flag_value="github", help="Summary, annotations and outputs.")
@click.option("--gitlab", "server", flag_value="gitlab", help="JUnit XML and code quality below --out.")
@click.option("--classroom50", "server", flag_value="classroom50", help="result.json in --out.")
@click.option("--assignment", help="What it is; by default whatever of the course is found.")
@click.option("--student", default="", help="By default who started the job.")
@click.option("--received", default="", help="When it came, as ISO 8601; without it nothing is late.")
@click.option("--out", type=PATH, default=Path(), help="Folder for files; by default this one.")
@click.option("--seed", default="", envvar="AUTOGRADER_SEED", help="Hexadecimal; or AUTOGRADER_SEED.")
@click.option("--fail-under", type=click.FloatRange(0, 100), help="Percent; less earned is exit status 1.")
@click.option("--isolation", type=click.Choice(("namespaces", "uid")), help="The weakest level to accept.")
@click.option("--i-trust-this-code", "trust", is_flag=True, help="Grade without any wall.")
@course_option
def ci(
    path: Path,
    server: str | None,
    assignment: str | None,
    student: str,
    received: str,
    out: Path,
    seed: str,
    fail_under: float | None,
    isolation: str | None,
    trust: bool,
    root: Path | None,
) -> None:
    """Grade what lies at PATH on a build server. Students read its log: it shows what they may see."""
    import os
    import sys

    from . import ci as job

    asked = job.Job(path, assignment, student, received, seed, isolation or "", trust, fail_under)
    if server == "github":
        sys.exit(job.on_github(asked, lambda: load_course(root), os.environ, click.echo))
    if server == "gitlab":
        sys.exit(job.on_gitlab(asked, lambda: load_course(root), out, os.environ, click.echo))
    if server == "classroom50":
        sys.exit(job.on_classroom50(asked, lambda: load_course(root), out, os.environ, click.echo))
    raise click.UsageError("say for which server: --github, --gitlab or --classroom50")


@click.group()
def lms() -> None:
    """Fill the gradebook of Canvas, Moodle or Blackboard."""


@lms.command(
    epilog=examples(
        "autograder lms fill export.csv --from graded",
        'autograder lms fill export.csv --from graded --assignment pca --column "HW3 (12345)"',
        "autograder lms fill worksheet.csv --from graded --comments --feedback pages.zip",
    )
)
@click.argument("export", type=PATH)
@click.option("--from", "results", type=PATH, required=True, help="The folder that `grade --out` wrote.")
@click.option("--to", type=PATH, help="The filled file; by default beside the export.")
@click.option("--assignment", default="", help="Which, where the folder holds several.")
@click.option("--column", default="", help="Header, title or id; by default the assignment's title.")
@click.option("--kind", type=click.Choice(("canvas", "moodle", "blackboard")), default=None)
@click.option("--names", type=PATH, help="CSV with columns student and identifier, where they differ.")
@click.option("--scale", is_flag=True, help="Scale to the points that the column is worth there.")
@click.option("--pending", is_flag=True, help="Fill in what is earned so far, though points are pending.")
@click.option("--comments", is_flag=True, help="Moodle: fill the feedback comments too.")
@click.option("--feedback", type=PATH, help="Moodle: write the zip of feedback files.")
@course_option
def fill(
    export: Path,
    results: Path,
    to: Path | None,
    assignment: str,
    column: str,
    kind: str | None,
    names: Path | None,
    scale: bool,
    pending: bool,
    comments: bool,
    feedback: Path | None,
    root: Path | None,
) -> None:
    """Fill one column of EXPORT, as the gradebook wrote it, and list whoever was not matched exactly."""
    from autograder.model import CourseError
    from autograder.records import OutputError

    from . import lms as gradebook

    task = gradebook.Task(export, results, assignment, column, kind or "", names, scale, pending, comments)
    try:
        done = gradebook.fill(task, load_course(root))
    except OutputError as error:
        raise CourseError(str(error)) from error
    for path in gradebook.write(done, task, to, feedback):
        click.echo(path)
    click.echo("\n".join(gradebook.lines(done)))
