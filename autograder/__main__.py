"""The command `autograder`: runs it, and turns every error a person can mend into a sentence."""

from __future__ import annotations

import io
import os
import sys

# Before numpy is there: one thread for the reference as for the student, so that the same numbers come out
# on every machine. What a person has set stays.
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")


def main() -> None:
    """Run the command line; exit statuses are listed in `autograder --help`."""
    import click

    from .cli import cli
    from .commands.options import INTERRUPTED, OUR_FAULT, USAGE
    from .model import CourseError, IsolationError, SandboxFault, SubmissionError

    # A sign that a terminal cannot show must not end the program.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(prog_name="autograder", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.Abort:
        _say("stopped")
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (CourseError, SubmissionError, IsolationError) as error:
        _say(str(error))
        sys.exit(USAGE)
    except SandboxFault as fault:
        _say(f"{fault}. This is a fault of the grader or of this machine; `autograder doctor` may say which.")
        sys.exit(OUR_FAULT)
    except OSError as error:
        _say(f"{error.filename or 'this machine'}: {error.strerror or error}")
        sys.exit(OUR_FAULT)


def _say(text: str) -> None:
    sys.stderr.write(f"autograder: {text}\n")


if __name__ == "__main__":
    main()
