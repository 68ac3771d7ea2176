"""The command line: the commands put together. Nothing is imported before a command needs it."""

from __future__ import annotations

import click

from .commands import grading, importing, proving, timing, writing
from .commands.options import examples
from .nbgrader_bridge.command import nbgrader
from .platforms import commands as platforms


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples(
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


@cli.command(epilog=examples('eval "$(autograder completion bash)"', "autograder completion fish | source"))
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print the completion script of a shell."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(cli, {}, "autograder", "_AUTOGRADER_COMPLETE").source())


for command in (
    grading.try_,
    grading.grade,
    grading.report,
    proving.audit,
    proving.mutants,
    proving.doctor,
    timing.calibrate,
    timing.merge,
    writing.new,
    writing.release,
    importing.import_,
    nbgrader,
    platforms.gradescope,
    platforms.ci,
    platforms.lms,
):
    cli.add_command(command)
