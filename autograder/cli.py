"""The commands. They parse and print; every decision is made elsewhere, and nothing is imported early."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .nbgrader_bridge.command import nbgrader
from .platforms import commands as platforms

if TYPE_CHECKING:
    from .model import Report
    from .run import Run

LOST, USAGE, OUR_FAULT, INTERRUPTED = 1, 2, 3, 130
FORMATS = ("terminal", "html", "json", "markdown", "junit", "csv")
LEVELS = ("namespaces", "uid", "none")


class _Place(click.Path):
    """A path as it is typed: click's own looks at the disk, which may be one that never answers."""

    def convert(self, value: Any, _: click.Parameter | None, __: click.Context | None) -> Any:
        return Path(value)


PATH = _Place(path_type=Path)


def _examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_examples(
        "autograder try optimizers.py               a student, before handing in",
        "autograder grade ada/optimizers.py         one submission, on the terminal",
        "autograder grade class/ --out graded       a class, with pages and tables",
        "autograder audit                           an instructor, after changing a check",
        "autograder doctor                          what this machine offers",
    )
    + "\n\n\b\nExit status:\n"
    "  0  done\n"
    "  1  points were lost under --fail-under, the audit failed, mutants passed, or an example differs\n"
    "  2  something you gave cannot be used; the message says what\n"
    "  3  the grader or this machine failed; nothing is lost, run it again",
)
@click.version_option(package_name="nn-autograder", prog_name="autograder")
def cli() -> None:
    """Grade a course in neural networks: hidden references, a jail, reports that teach."""


def _course(root: Path | None) -> Any:
    from . import course

    return course.load(course.find(root or Path.cwd()))


course_option = click.option(
    "--course", "root", type=PATH, help="The course's folder; by default found upwards from here."
)
seed_option = click.option("--seed", help="Hexadecimal; the same seed asks the same questions again.")
isolation_option = click.option(
    "--isolation", type=click.Choice(LEVELS), help="The weakest level to accept; by default the course's."
)
trust_option = click.option("--i-trust-this-code", "trust", is_flag=True, help="Grade without any wall.")


@cli.command(
    "try", epilog=_examples("autograder try optimizers.py", "autograder try optimizers.py -k adam --watch")
)
@click.argument("file", type=PATH)
@click.option("-k", "only", help="Only functions whose name contains this.")
@click.option("--seconds", default=10.0, show_default=True, help="For each function.")
@click.option("--watch", is_flag=True, help="Try again whenever the file is saved.")
@click.option("--json", "as_json", is_flag=True, help="For editors.")
def try_(file: Path, only: str | None, seconds: float, watch: bool, as_json: bool) -> None:
    """Run the worked examples of your FILE. Needs nothing hidden and runs on any system."""
    from . import tryout

    results = (
        tryout.watch(file, only=only, seconds=seconds)
        if watch
        else [tryout.attempt(file, only=only, seconds=seconds)]
    )
    status = 0
    for result in results:
        width, colour = _terminal()
        click.echo(tryout.as_json(result) if as_json else tryout.render(result, width, colour))
        status = USAGE if result.trouble else 0 if result.passed else LOST
    sys.exit(status)


@cli.command(
    epilog=_examples(
        "autograder grade ada/optimizers.py",
        "autograder grade hw3.ipynb --assignment optimizers --format json",
        "autograder grade class/ --out graded -j 4",
        "autograder grade class/ --out graded      the same again: goes on where it stopped",
    )
)
@click.argument("path", type=PATH)
@click.option("--assignment", help="What it is, where the file's name does not say so.")
@click.option("--out", type=PATH, help="Folder for records, feedback and the class overview.")
@click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS), help="May be repeated.")
@seed_option
@click.option(
    "-j", "--jobs", type=click.IntRange(1), help="Submissions at once; by default one for each core."
)
@click.option("--edition", type=click.Choice(("staff", "student")), default="staff", show_default=True)
@click.option("--fail-under", type=click.FloatRange(0, 100), help="Percent; less earned is exit status 1.")
@isolation_option
@trust_option
@course_option
def grade(
    path: Path,
    assignment: str | None,
    out: Path | None,
    formats: tuple[str, ...],
    seed: str | None,
    jobs: int | None,
    edition: str,
    fail_under: float | None,
    isolation: str | None,
    trust: bool,
    root: Path | None,
) -> None:
    """Grade PATH: one file or notebook, one student's folder or archive, or a folder of students."""
    import os

    from . import records, run
    from .jail import levels

    course = _course(root)
    gradable, unknown = run.submissions(path, course, assignment)
    in_force = levels.choose(isolation or course.isolation, trust=trust)
    try:
        this = run.Run(course, records.seed(out, seed), in_force, out, formats or ("html",))
        slots, alone = jobs or os.cpu_count() or 1, len(gradable) == 1
        shown_whole = out is None or alone or "terminal" in formats
        done = _graded(this, gradable, slots, quiet=out is None and alone, brief=not shown_whole)
        index = this.write_class(done, unknown)
    except records.OutputError as error:
        raise _Fault(str(error)) from error
    except KeyboardInterrupt:
        again = (
            "the same command goes on from here" if out else "with --out the next run could go on from here"
        )
        click.echo(f"\nStopped; {again}.", err=True)
        sys.exit(INTERRUPTED)
    shown = [run.student_edition(r, course) for r in done] if edition == "student" else done
    _print(shown, formats, out, index)
    for one in unknown:
        click.echo(
            f"not graded: {one.student}: {one.path}: {one.unreadable or 'unknown assignment'}", err=True
        )
    sys.exit(_status(done, fail_under) or (USAGE if unknown and not done else 0))


class _Fault(click.ClickException):
    """Ours or the machine's: exit status 3."""

    exit_code = OUR_FAULT


def _graded(
    this: Run, submissions: Sequence[Any], jobs: int, *, quiet: bool, brief: bool = False
) -> list[Report]:
    """The reports in order; in `brief` where their records are on the disk and only tables are shown."""
    if quiet:
        return list(this.grade(submissions, jobs))
    from .reports.brief import Shortening

    shortening = Shortening()
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    done: list[Report] = []
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(submissions), rate="")
        # Closed at once when Ctrl-C comes while a report is shown: or the slots would go on grading.
        with contextlib.closing(this.grade(submissions, jobs)) as reports:
            for report in reports:
                done.append(shortening.brief(report) if brief else report)
                speed = progress.tasks[task].speed
                progress.update(task, advance=1, rate=f"{speed:.1f} a second" if speed else "")
    return sorted(done, key=lambda report: (report.student, report.assignment))


def _terminal() -> tuple[int, bool]:
    import shutil

    if sys.stdout.isatty():
        return min(shutil.get_terminal_size().columns, 120), True
    return shutil.get_terminal_size((110, 24)).columns, False


def _print(done: Sequence[Report], formats: Sequence[str], out: Path | None, index: Path | None) -> None:
    from . import reports

    width, colour = _terminal()
    if out is None and formats and formats != ("terminal",):
        for name in formats:
            texts = [reports.render(name, report) for report in done]
            joined = f"[{','.join(texts)}]" if name == "json" and len(texts) != 1 else "\n".join(texts)
            click.echo(joined)
        return
    if len(done) == 1 or "terminal" in formats:
        from .reports import terminal

        for report in done:
            click.echo(terminal.render(report, width, colour))
    else:
        from .reports import summary

        click.echo(summary.render(done, width))
    if index:
        click.echo(f"Overview: {index}\nTo hand out: {index.parent / 'feedback'}")


def _status(done: Sequence[Report], fail_under: float | None) -> int:
    from .model import Status

    if any(outcome.status == Status.UNGRADED for r in done for mark in r.marks for outcome in mark.outcomes):
        return OUR_FAULT
    if fail_under is not None:
        short = (r for r in done if r.earned * 100 < (r.possible - r.pending) * int(fail_under * 1000) / 1000)
        return LOST if any(short) else 0
    return 0


@cli.command(epilog=_examples("autograder audit", "autograder audit optimizers pca --seeds 20"))
@click.argument("names", nargs=-1)
@click.option(
    "--seeds", default=3, show_default=True, type=click.IntRange(1), help="Draws that must not flake."
)
@click.option("--no-jail", is_flag=True, help="Leave out the proofs that need a jail.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1), default=2, show_default=True, help="Assignments at once."
)
@course_option
def audit(names: tuple[str, ...], seeds: int, no_jail: bool, jobs: int, root: Path | None) -> None:
    """Prove that the course is right: references, checks, misconceptions, tolerances, stubs."""
    from . import audit as proofs
    from .jail import levels
    from .model import IsolationError
    from .reports import audit as page

    course = _course(root)
    isolation: levels.Isolation | IsolationError | None = None
    if not no_jail:
        try:
            isolation = levels.choose(course.isolation)
        except IsolationError as error:  # the rest can still be proved
            isolation = error
    result = proofs.audit(course, names, seeds=seeds, isolation=isolation, jobs=jobs)
    click.echo(page.render(result, _terminal()[0]))
    sys.exit(LOST if result.failures else 0)


@cli.command(epilog=_examples("autograder mutants", "autograder mutants optimizers pca -j 4"))
@click.argument("names", nargs=-1)
@click.option(
    "--seeds", default=3, show_default=True, type=click.IntRange(1), help="Draws that survivors see."
)
@click.option("--no-jail", is_flag=True, help="Grade without any wall: the mutants are of your own code.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1), default=2, show_default=True, help="Mutants graded at once."
)
@course_option
def mutants(names: tuple[str, ...], seeds: int, no_jail: bool, jobs: int, root: Path | None) -> None:
    """Change each reference in one place after the other, and see whether the checks take points away."""
    from .mutation import command

    enough = command.run(_course(root), names, seeds=seeds, jobs=jobs, jail=not no_jail, show=click.echo)
    sys.exit(0 if enough else LOST)


@cli.command(
    epilog=_examples("autograder release --refresh", "autograder release optimizers --to ../handout")
)
@click.argument("names", nargs=-1)
@click.option("--to", type=PATH, help="Folder for the students' bundle.")
@click.option("--refresh", is_flag=True, help="Derive assignments/ anew from solutions/ and rubrics/.")
@click.option("--force", is_flag=True, help="Write into a folder that is not empty.")
@course_option
def release(names: tuple[str, ...], to: Path | None, refresh: bool, force: bool, root: Path | None) -> None:
    """Make what students receive: stubs, notebooks, handouts and pictures, and nothing that is hidden."""
    from . import release as bundle

    course = _course(root)
    if not refresh and to is None:
        raise click.UsageError("say --refresh to derive assignments/ anew, or --to DIR to make a bundle")
    chosen = names or course.order
    written = list(bundle.write(course, chosen)) if refresh else []
    written += list(bundle.bundle(course, chosen, to, force=force)) if to else []
    for path in written:
        click.echo(path)


@cli.command(
    epilog=_examples(
        "autograder report graded                         the class, on the terminal",
        "autograder report graded/ada/pca.json --format markdown",
        "autograder report graded --to handout --format html    after the release date",
    )
)
@click.argument("path", type=PATH)
@click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS), help="May be repeated.")
@click.option("--edition", type=click.Choice(("staff", "student")), default="staff", show_default=True)
@click.option("--to", type=PATH, help="Write the students' edition of every report below this folder.")
@course_option
def report(path: Path, formats: tuple[str, ...], edition: str, to: Path | None, root: Path | None) -> None:
    """Show or hand out reports made earlier, in any format; nothing is graded again."""
    from . import records, run

    try:
        done = records.read(path)
        if to is not None:
            for one in done:
                run.hand_out(one, _course(root), to, formats or ("html",))
            click.echo(f"To hand out: {to / 'feedback'}")
            return
    except records.OutputError as error:
        raise _Fault(str(error)) from error
    if edition == "student":
        done = [run.student_edition(one, _course(root)) for one in done]
    _print(done, formats, None, None)


@cli.command()
def doctor() -> None:
    """Say what this machine offers, and the one-line fix for what it lacks."""
    from . import doctor as examination

    lines, well = examination.examine()
    click.echo("\n".join(lines))
    sys.exit(0 if well else OUR_FAULT)


@cli.command(epilog=_examples('autograder new hopfield --title "Hopfield networks"'))
@click.argument("name")
@click.option("--title", default="", help="The heading of handout and report.")
@course_option
def new(name: str, title: str, root: Path | None) -> None:
    """Begin an assignment: files that load, pass the audit, and wait to be filled."""
    from . import scaffold

    for path in scaffold.new(_course(root), name, title or name.replace("_", " ").capitalize()):
        click.echo(path)


@cli.command(epilog=_examples('eval "$(autograder completion bash)"', "autograder completion fish | source"))
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print the completion script of a shell."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(cli, {}, "autograder", "_AUTOGRADER_COMPLETE").source())


cli.add_command(nbgrader)
cli.add_command(platforms.gradescope)
cli.add_command(platforms.ci)
cli.add_command(platforms.lms)
