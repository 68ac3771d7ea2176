"""The commands of whoever has submissions: try, grade, report. They parse and print."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import (
    FORMATS,
    INTERRUPTED,
    LOST,
    OUR_FAULT,
    PATH,
    USAGE,
    MachineFault,
    course_option,
    examples,
    isolation_option,
    load_course,
    seed_option,
    terminal_size,
    trust_option,
)

if TYPE_CHECKING:
    from autograder.model import Report
    from autograder.run import Run


@click.command(
    "try", epilog=examples("autograder try optimizers.py", "autograder try optimizers.py -k adam --watch")
)
@click.argument("file", type=PATH)
@click.option("-k", "only", help="Only functions whose name contains this.")
@click.option("--seconds", default=10.0, show_default=True, help="For each function.")
@click.option("--watch", is_flag=True, help="Try again whenever the file is saved.")
@click.option("--json", "as_json", is_flag=True, help="For editors.")
def try_(file: Path, only: str | None, seconds: float, watch: bool, as_json: bool) -> None:
    """Run the worked examples of your FILE. Needs nothing hidden and runs on any system."""
    from autograder import tryout

    results = (
        tryout.watch(file, only=only, seconds=seconds)
        if watch
        else [tryout.attempt(file, only=only, seconds=seconds)]
    )
    status = 0
    for result in results:
        width, colour = terminal_size()
        click.echo(tryout.as_json(result) if as_json else tryout.render(result, width, colour))
        status = USAGE if result.trouble else 0 if result.passed else LOST
    sys.exit(status)


@click.command(
    epilog=examples(
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
@click.option("--no-timing", is_flag=True, help="Leave timed checks pending; their points are not lost.")
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
    no_timing: bool,
    fail_under: float | None,
    isolation: str | None,
    trust: bool,
    root: Path | None,
) -> None:
    """Grade PATH: one file or notebook, one student's folder or archive, or a folder of students."""
    import os

    from autograder import records, run
    from autograder.jail import levels
    from autograder.timing.gpu import device as devices

    course = load_course(root)
    gradable, unknown = run.submissions(path, course, assignment)
    in_force = levels.choose(isolation or course.isolation, trust=trust)
    try:
        known = records.seed(out, seed)
        device = None if no_timing else devices.find()
        this = run.Run(course, known, in_force, out, formats or ("html",), not no_timing, device)
        slots, alone = jobs or os.cpu_count() or 1, len(gradable) == 1
        shown_whole = out is None or alone or "terminal" in formats
        done = _graded(this, gradable, slots, quiet=out is None and alone, brief=not shown_whole)
        index = this.write_class(done, unknown)
    except records.OutputError as error:
        raise MachineFault(str(error)) from error
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


def _graded(
    this: Run, submissions: Sequence[Any], jobs: int, *, quiet: bool, brief: bool = False
) -> list[Report]:
    """The reports in order; in `brief` where their records are on the disk and only tables are shown."""
    if quiet:
        return list(this.grade(submissions, jobs))
    from autograder.reports.brief import Shortening

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


def _print(done: Sequence[Report], formats: Sequence[str], out: Path | None, index: Path | None) -> None:
    from autograder import reports

    width, colour = terminal_size()
    if out is None and formats and formats != ("terminal",):
        for name in formats:
            texts = [reports.render(name, report) for report in done]
            joined = f"[{','.join(texts)}]" if name == "json" and len(texts) != 1 else "\n".join(texts)
            click.echo(joined)
        return
    if len(done) == 1 or "terminal" in formats:
        from autograder.reports import terminal

        for report in done:
            click.echo(terminal.render(report, width, colour))
    else:
        from autograder.reports import summary

        click.echo(summary.render(done, width))
    if index:
        click.echo(f"Overview: {index}\nTo hand out: {index.parent / 'feedback'}")


def _status(done: Sequence[Report], fail_under: float | None) -> int:
    from autograder.model import Status

    if any(outcome.status == Status.UNGRADED for r in done for mark in r.marks for outcome in mark.outcomes):
        return OUR_FAULT
    if fail_under is not None:
        short = (r for r in done if r.earned * 100 < (r.possible - r.pending) * int(fail_under * 1000) / 1000)
        return LOST if any(short) else 0
    return 0


@click.command(
    epilog=examples(
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
    from autograder import records, run
    from autograder.policy import reviews

    try:
        done = reviews.settled(records.read(path), path)
        for said in reviews.strangers(done, path) if path.is_dir() else ():
            click.echo(said, err=True)
        if to is not None:
            for one in done:
                run.hand_out(one, load_course(root), to, formats or ("html",))
            click.echo(f"To hand out: {to / 'feedback'}")
            return
    except records.OutputError as error:
        raise MachineFault(str(error)) from error
    if edition == "student":
        done = [run.student_edition(one, load_course(root)) for one in done]
    _print(done, formats, None, None)
