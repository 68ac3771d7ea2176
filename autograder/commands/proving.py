"""The commands that prove something: audit, mutants, doctor. They parse and print."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .options import LOST, OUR_FAULT, course_option, examples, load_course, terminal_size


@click.command(epilog=examples("autograder audit", "autograder audit optimizers pca --seeds 20"))
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
    from autograder import audit as proofs
    from autograder.jail import levels
    from autograder.model import IsolationError
    from autograder.reports import audit as page

    course = load_course(root)
    isolation: levels.Isolation | IsolationError | None = None
    if not no_jail:
        try:
            isolation = levels.choose(course.isolation)
        except IsolationError as error:  # the rest can still be proved
            isolation = error
    result = proofs.audit(course, names, seeds=seeds, isolation=isolation, jobs=jobs)
    click.echo(page.render(result, terminal_size()[0]))
    sys.exit(LOST if result.failures else 0)


@click.command(epilog=examples("autograder mutants", "autograder mutants optimizers pca -j 4"))
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
    from autograder.mutation import command

    enough = command.run(load_course(root), names, seeds=seeds, jobs=jobs, jail=not no_jail, show=click.echo)
    sys.exit(0 if enough else LOST)


@click.command()
def doctor() -> None:
    """Say what this machine offers, and the one-line fix for what it lacks."""
    from autograder import doctor as examination

    lines, well = examination.examine()
    click.echo("\n".join(lines))
    sys.exit(0 if well else OUR_FAULT)
