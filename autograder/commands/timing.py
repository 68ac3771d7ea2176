"""The commands of timed checks: calibrate a machine, merge what two machines have measured."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import LOST, PATH, MachineFault, course_option, examples, load_course

if TYPE_CHECKING:
    from autograder.model import Report
    from autograder.timing.calibration import Measured

HEAD = f"{'model solution':32} {'measure':>9} {'95 % interval':>19} {'share':>6} {'wanted':>7}"


@click.command(
    epilog=examples("autograder calibrate", "autograder calibrate conv_layers --log bench/calibration.txt")
)
@click.argument("names", nargs=-1)
@click.option("--log", type=PATH, help="Also append what was measured to this file.")
@course_option
def calibrate(names: tuple[str, ...], log: Path | None, root: Path | None) -> None:
    """Time the model solutions on this machine; each must fall in the band the rubric gives it.

    What is measured is kept for this user: the pages of reports show it, and where a model solution falls
    outside its band the timed check is not graded here.
    """
    from autograder import course
    from autograder.jail import levels
    from autograder.session import Bench
    from autograder.timing import calibration
    from autograder.timing.gpu import device

    of = load_course(root)
    bench = Bench(levels.choose(of.isolation), device=device.find())
    lines: list[str] = []

    def say(line: str) -> None:
        click.echo(line)
        lines.append(line)

    sound = True
    try:
        for name in names or of.order:
            assignment = course.assignment(of, name)
            for timed, criterion in calibration.checks(assignment):
                if criterion.clocking.clock == "gpu" and bench.device is None:
                    say(f"{name}: {timed.id}: not calibrated, no GPU here")
                    continue
                hardware = calibration.hardware(criterion, bench)
                say(f"{name}: {timed.id} on {hardware}\n{HEAD}")
                rows: list[Measured] = []
                for one in calibration.measure(timed, criterion, assignment, bench):
                    rows.append(one)
                    say(_row(one))
                found = calibration.Calibration(timed.id, assignment.digest, hardware, tuple(rows))
                calibration.keep(found)
                sound = sound and found.sound
    except OSError as error:
        raise MachineFault(f"what was measured cannot be kept: {error}") from error
    finally:
        bench.close()
    if not lines:
        say("no timed checks: nothing to calibrate")
    if log is not None:
        with log.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    sys.exit(0 if sound else LOST)


def _row(one: Measured) -> str:
    measure, interval = f"{one.measure:.2f}", f"[{one.low:.2f}, {one.high:.2f}]"
    if not one.measure:  # it was ended: too slow to be measured
        measure, interval = "", one.verdict
    told = "" if one.sound else f"  outside its band: {one.reason or one.verdict}"
    return f"{one.model:32} {measure:>9} {interval:>19} {one.got:6.2f} {one.expected:7.2f}{told}"


@click.command(
    epilog=examples(
        "autograder merge graded gpu_run                    fills in what was pending in graded",
        "autograder merge ada/cnn.json later/ada/cnn.json --to merged",
    )
)
@click.argument("first", type=PATH)
@click.argument("second", type=PATH)
@click.option("--to", type=PATH, help="Folder for the merged records and feedback; by default FIRST.")
@course_option
def merge(first: Path, second: Path, to: Path | None, root: Path | None) -> None:
    """Join timed checks that were measured later, or elsewhere, into the reports of FIRST.

    Both are a record (JSON) or a folder of records. A decided result takes the place of a pending one, never
    the reverse. Records of another submission, another course or another grader's key are refused.
    """
    from autograder import records, run
    from autograder.jail import levels
    from autograder.timing import merging, seals

    of = load_course(root)
    out = to or (first if first.is_dir() else None)
    if out is None and first.is_file():
        raise click.UsageError("say --to DIR, since FIRST is a single file")
    try:
        ours, theirs = records.read(first), records.read(second)
        later = {(one.student, one.assignment): one for one in theirs}
        key = seals.grader_key()
        merged: list[Report] = []
        joined = 0
        for one in ours:
            other = later.pop((one.student, one.assignment), None)
            merged.append(merging.merge(one, other, key) if other else one)
            joined += bool(other) and merged[-1] != one
        this = run.Run(of, "", levels.Isolation("none"), out)
        for one in merged:
            this.write(one)
        index = this.write_class(merged)
    except (merging.MergeError, seals.KeyMissingError) as error:
        raise click.ClickException(str(error)) from error
    except records.OutputError as error:
        raise MachineFault(str(error)) from error
    pending = sum(1 for one in merged if one.pending)
    click.echo(f"{joined} of {len(merged)} reports changed; {pending} still have points pending.")
    if later:
        click.echo(f"{len(later)} reports of {second} belong to no report of {first}.", err=True)
    click.echo(f"Overview: {index}")
