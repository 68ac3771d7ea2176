"""Reports of every kind, as grading makes them, for the tests of the renderers."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

from autograder.edition import policy, student_edition
from autograder.model import (
    Clocking,
    Crash,
    Criterion,
    Curve,
    Dates,
    Gates,
    Mark,
    Mismatch,
    Named,
    Objection,
    Outcome,
    Report,
    Shown,
    Status,
    Timing,
    Verdict,
)

from . import nasty

SOURCE = '''import numpy as np


def momentum_step(w, v, g, lr=0.1, beta=0.9):
    """One step of gradient descent with momentum."""
    v = beta * v + g
    return w - lr * v, v


def adam_step(w, m, v, t, g, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """One step of Adam."""
    t = t + 1
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g**2
    m_hat = m / (1 - b1**t)
    v_hat = v / (1 - b2**t)
    return w - lr * m_hat / np.sqrt(v_hat + eps), m, v, t


def rmsprop_step(w, s, g, lr=1e-3, rho=0.9, eps=1e-8):
    """One step of RMSprop."""
    s = rho * s + (1 - rho) * g ** 2
    return w - lr * g / np.sqrt(s_hat) + eps, s
'''
LAST = len(SOURCE.splitlines())
HALF = Fraction(1, 2)
ONE = Fraction(1)
HEAT = ((0, 0, 3, 0), (0, 5, 9, 1), (2, 0, 0, 0))

ADAM = Criterion(
    "adam",
    "Adam's update, both means corrected for starting at zero",
    {
        "adam_step.first_step": Fraction(2),
        "adam_step.ten_steps_down_a_bowl": Fraction(4),
        "adam_step.nearly_flat_ground": Fraction(2),
    },
    shown=Shown.ALWAYS,
    levels={"full": "Both means corrected, ε outside the root.", "half": "One of the two."},
    guidance="Half the points where only one mean is corrected.",
)
MOMENTUM = Criterion(
    "momentum",
    "The momentum step, and its velocity",
    {"momentum_step.at_rest": Fraction(3, 2), "momentum_step.rolling": Fraction(3, 2)},
    rule="all",
)
RMSPROP = Criterion(
    "rmsprop",
    "RMSprop, its mean of squares never negative",
    {"rmsprop_step.first_step": Fraction(1), "rmsprop_step.inputs_kept": Fraction(2)},
)
SPEED = Criterion(
    "speed",
    "A step over a million weights in the time of ours",
    {"adam_step.a_million_weights": Fraction(3)},
    bands=((2.0, 1.0), (5.0, 0.5)),
)
SECRET = Criterion("stable", "Stays finite at the edges", {"adam_step.edges": Fraction(2)}, shown=Shown.NEVER)
WHY = Criterion(
    "why",
    "In two sentences, why the first steps would be too short without the correction",
    by="hand",
    points=Fraction(2),
    guidance="The word is bias.",
)
CRITERIA = (ADAM, MOMENTUM, RMSPROP, SPEED, SECRET, WHY)
SAYS = {
    "adam_step.first_step": "The first step moves each weight by almost exactly lr, whatever its gradient.",
    "adam_step.ten_steps_down_a_bowl": "Ten steps down f(w) = w² land where ours land.",
    "adam_step.nearly_flat_ground": "Where the gradient is tiny, ε decides how long the step is.",
    "momentum_step.at_rest": "From rest, the first step is that of plain gradient descent.",
    "momentum_step.rolling": "A velocity is kept from step to step.",
    "rmsprop_step.first_step": "The first step divides by the root of a tenth of the squared gradient.",
    "rmsprop_step.inputs_kept": "The arrays that go in are left as they were.",
    "adam_step.a_million_weights": "A million weights take one step.",
    "adam_step.edges": "Gradients of 1e±150 leave no NaN.",
}
EPS = Named("eps_inside_the_root", "ε stands outside the root: `√v̂ + ε`, not `√(v̂ + ε)`.")
ENVIRONMENT = {
    "grader": "0.1.0",
    "course": "sha256:77aa",
    "python": "3.11.7",
    "numpy": "2.4.6",
    "threads": "1",
}


def outcome(check: str, status: Status = Status.PASSED, **kept) -> Outcome:
    """One outcome with its sentence; a full share where it passed."""
    share = kept.pop("share", ONE if status is Status.PASSED else Fraction(0))
    return Outcome(check, SAYS.get(check, "…"), status, share, **kept)


def report(marks, student="ada", **kept) -> Report:
    """A report in the staff edition."""
    rest = {
        "assignment": "optimizers",
        "title": "Optimizers",
        "digest": "sha256:0f3a",
        "seed": "5eed5eed5eed5eed5eed5eed5eed5eed",
        "isolation": "namespaces+landlock+seccomp",
        "environment": ENVIRONMENT,
        "made": "2026-11-21T04:00:00+00:00",
        "received": "2026-11-20T23:10:00+01:00",
        "path": "optimizers.py",
        "source": SOURCE,
    }
    return Report(student=student, marks=tuple(marks), **(rest | kept))


def all_with(status: Status, **kept) -> list[Mark]:
    """Every machine mark with all its outcomes alike."""
    return [
        Mark(c, tuple(outcome(check, status, **kept) for check in c.checks), None)
        for c in CRITERIA
        if c.checks
    ]


def perfect() -> Report:
    """Everything right, the hand mark given."""
    return report([*all_with(Status.PASSED, seconds=0.0004), Mark(WHY, hand=Fraction(2))], student="bo")


def half() -> Report:
    """Half right: every kind of mismatch, a misconception, a crash, one check skipped."""
    adam = (
        outcome("adam_step.first_step", seconds=0.0003),
        outcome(
            "adam_step.ten_steps_down_a_bowl",
            Status.FAILED,
            mismatch=Mismatch(
                "value",
                "result[0][1, 2]",
                -0.318,
                0.318,
                0.636,
                3.2e-8,
                5,
                12,
                "the sign is flipped",
                HEAT,
                1,
            ),
            inputs=(("w", "array([[ 0.12, -1.3 ],\n       [ 2.  ,  0.5 ]])"), ("lr", "0.001")),
            warnings=("RuntimeWarning: overflow encountered in square",),
            printed="step 1\nstep 2\n",
            seconds=0.0021,
            staff_note="draw 1 of 3",
        ),
        outcome(
            "adam_step.nearly_flat_ground",
            Status.FAILED,
            mismatch=Mismatch(
                "value", "result[0][1]", 0.747339, 0.748319, 0.00098, 7.5e-7, 6, 6, "", ((4,) * 6,)
            ),
            misconception=EPS,
        ),
    )
    momentum = (
        outcome("momentum_step.at_rest", note="With ours in place of your `clip`, this is right."),
        outcome(
            "momentum_step.rolling",
            Status.FAILED,
            mismatch=Mismatch("shape", "result[1]", "(4, 3)", "(3, 4)", pattern="transposed"),
        ),
    )
    crash = Crash(
        "raised",
        "NameError",
        "name 's_hat' is not defined",
        LAST,
        "return w - lr * g / np.sqrt(s_hat) + eps, s",
        "Nothing is called `s_hat` here. Is it `s`?",
    )
    rmsprop = (
        outcome("rmsprop_step.first_step", Status.CRASHED, crash=crash, inputs=(("w", "array([1., 2.])"),)),
        outcome(
            "rmsprop_step.inputs_kept",
            Status.SKIPPED,
            note="looked at once this holds: The first step divides by the root.",
        ),
    )
    marks = [
        Mark(ADAM, adam),
        Mark(MOMENTUM, momentum),
        Mark(RMSPROP, rmsprop),
        Mark(SPEED, (outcome("adam_step.a_million_weights", share=HALF, seconds=0.081),)),
        Mark(SECRET, (outcome("adam_step.edges", Status.FAILED, mismatch=Mismatch("nan", "result[0]")),)),
        Mark(WHY, hand=Fraction(3, 2)),
    ]
    return report(
        marks, late_share=Fraction(1, 10), notes=("The file had a byte-order mark; it was dropped.",)
    )


def crash_at_import() -> Report:
    """The file breaks while it is loaded, so every check crashes alike."""
    crash = Crash(
        "raised",
        "ModuleNotFoundError",
        "No module named 'tensorflow'",
        1,
        "import numpy as np",
        "Only the modules that the assignment names are there: take this import out.",
    )
    return report([*all_with(Status.CRASHED, crash=crash), Mark(WHY)], student="cleo")


def pending() -> Report:
    """Everything right that could be judged; no GPU here and nobody has marked by hand."""
    waiting = outcome(
        "adam_step.a_million_weights",
        Status.PENDING,
        note="GPU check not run: no GPU here. 3 points pending.",
    )
    marks = [m for m in all_with(Status.PASSED) if m.criterion is not SPEED]
    return report([*marks, Mark(SPEED, (waiting,)), Mark(WHY)], student="dmitri")


def ungraded() -> Report:
    """Our fault: nothing learned, nothing lost."""
    note = "This could not be graded, for a reason that is ours; nothing is lost, and it will be run again."
    marks = all_with(Status.UNGRADED, note=note, staff_note="SandboxFault: no space left on device")
    return report([*marks, Mark(WHY)], student="eve")


def hand_mark() -> Report:
    """A third of a point, as people do not give it, for what is exact."""
    criteria = (replace(WHY, points=ONE), replace(WHY, id="proof", points=Fraction(5)))
    return report([Mark(criteria[0], hand=Fraction(1, 3)), Mark(criteria[1])], student="finn")


def fatal() -> Report:
    """A syntax error: nothing was run."""
    says = "This is not Python: `v = b2 * v + (1 - b2 * g**2` has a bracket that is never closed."
    objections = (
        Objection(says, 14, fatal=True),
        Objection("`rmsprop_step` is not defined in your file.", None, "rmsprop_step"),
    )
    return report([*all_with(Status.FAILED, note=says), Mark(WHY)], student="gil", objections=objections)


def notebook() -> Report:
    """A notebook: its lines have names of their own."""
    cells = [(1, 2), (3, 7), (6, LAST - 9)]
    names = [f"cell {cell}, line {line}" for cell, lines in cells for line in range(1, lines + 1)]
    base = half()
    notes = ("The line `%matplotlib inline` of cell 1 was dropped: it is not Python.",)
    return replace(base, student="hana", path="optimizers.ipynb", line_names=tuple(names), notes=notes)


def nothing_run() -> Report:
    """No outcomes at all, and no code."""
    return report([Mark(c) for c in CRITERIA], student="ines", source="", path="")


def died() -> Report:
    """What is not an exception: a limit, a signal, a leave without a word."""
    outcomes = (
        outcome("adam_step.first_step", Status.CRASHED, crash=Crash("overran", "seconds", advice="A loop?")),
        outcome("adam_step.ten_steps_down_a_bowl", Status.CRASHED, crash=Crash("died", "SIGSEGV")),
        outcome("adam_step.nearly_flat_ground", Status.CRASHED, crash=Crash("died", "", "left by itself")),
    )
    return report([Mark(ADAM, outcomes)], student="jo")


def of_kind(kind: str) -> Report:
    """One mismatch of the given kind."""
    infinite = float("inf")
    mismatch = Mismatch(
        kind, "result", float("nan"), -infinite, infinite, 0.0, 2, 3, "a pattern", ((9, 0),), 2
    )
    return report([Mark(ADAM, (outcome("adam_step.first_step", Status.FAILED, mismatch=mismatch),))])


BANDS = ((4, 1.0), (20, 0.7), (140, 0.4))
MODELS = (("pixel_loop", 8.9), ("shifted_pictures", 0.85), ("plain_einsum", 49.0))
PICTURE = "conv2d_forward.a_large_picture"
EVIDENCE = "Every answer equals that of F.conv2d, bit for bit."


def timing(verdict: Verdict = Verdict.DECIDED, **kept) -> Timing:
    """The record of a timed check, nothing of it empty; measured where its verdict says so."""
    nothing = {"measure": 0.0, "low": 0.0, "high": 0.0, "student_seconds": 0.0}
    told = {Verdict.DECIDED, Verdict.INCONCLUSIVE, Verdict.INDICATIVE}
    full = Timing(
        PICTURE,
        verdict,
        clock="cgroup",
        measure=1.9012,
        low=1.8023,
        high=2.0034,
        bands=BANDS,
        pairs=3,
        dropped=1,
        reference_seconds=0.004561234,
        student_seconds=0.008671234,
        crowding=1.25,
        compile_seconds=0.5,
        hardware="Model 7",
        host={"pressure": 0.31},
        models=MODELS,
        flags=("Look at the clock.",),
        reason="",
        submission="sha256:0f3a",
        rubric="sha256:ab12",
        grader="0.1.0",
        measured="2026-11-21T04:00:00Z",
        seal="5ea1ed",
    )
    return replace(full, **({} if verdict in told else nothing), **kept)


def fast(points: int = 6, clock: str = "cpu", **kept) -> Criterion:
    """A criterion that asks for speed."""
    clocking = Clocking(
        clock,
        20,
        {"H": 112},
        Gates(2e-5, 2e-4),
        "any",
        "H" if clock == "growth" else "",
        {name: 1.0 for name, _ in MODELS},
    )
    checks = {PICTURE: Fraction(points)}
    return Criterion(f"speed_{clock}", "Fast", checks, bands=BANDS, clocking=clocking, **kept)


def clocked(verdict: Verdict, status: Status, share: Fraction = Fraction(0), **kept) -> Outcome:
    """The outcome of a timed check."""
    own = {"review": kept.pop("review")} if "review" in kept else {}
    return Outcome(PICTURE, "A large picture.", status, share, timing=timing(verdict, **kept), **own)


def timed() -> Report:
    """Every verdict of the clock, and one that a person has to look at."""
    ends = [
        (Verdict.DECIDED, Status.PASSED, ONE, {}),
        (Verdict.INCONCLUSIVE, Status.PASSED, ONE, {"measure": 4.02, "low": 3.97, "high": 4.06}),
        (Verdict.DECIDED, Status.PASSED, Fraction(7, 10), {"measure": 9.3, "low": 8.8, "high": 9.9}),
        (Verdict.WRONG_OUTPUT, Status.FAILED, ONE * 0, {"reason": "Its error is that of half precision."}),
        (Verdict.PROTOCOL_ERROR, Status.FAILED, ONE * 0, {}),
        (Verdict.TIMEOUT, Status.FAILED, ONE * 0, {}),
        (Verdict.CRASHED, Status.CRASHED, ONE * 0, {"reason": "ValueError: 0.7483190277"}),
        (Verdict.PENDING_NO_GPU, Status.PENDING, ONE * 0, {"clock": "cuda"}),
        (Verdict.PENDING_NOISY, Status.PENDING, ONE * 0, {}),
        (Verdict.INTERFERENCE, Status.PENDING, ONE * 0, {"clock": "cuda", "review": (EVIDENCE,)}),
        (Verdict.INDICATIVE, Status.PENDING, ONE * 0, {"clock": "cuda"}),
        (Verdict.DECIDED, Status.PENDING, ONE * 0, {"measure": 0.41, "low": 0.4, "review": (EVIDENCE,)}),
    ]
    marks = [
        Mark(replace(fast(), id=f"speed_{number}"), (clocked(verdict, status, share, **kept),))
        for number, (verdict, status, share, kept) in enumerate(ends)
    ]
    exponent = {"measure": 1.07, "low": 1.02, "high": 1.12, "bands": ((1.3, 1.0), (1.7, 0.5))}
    grown = clocked(Verdict.DECIDED, Status.PASSED, ONE, clock="growth", **exponent)
    return report([*marks, Mark(fast(clock="growth"), (grown,))], student="noor")


def trained() -> Report:
    """Learning curves: one that learns, one that diverges; and the error of a batch of pictures."""
    low, high = (2.0, 1.0, 0.5, 0.3), (2.4, 1.5, 0.9, 0.6)
    infinite = float("inf")
    heat = Mismatch("value", "result[2, 5, 1, 1]", 1.0, 2.0, 1.0, 0.1, 9, 6000, heat=HEAT, heat_of="[2, 5]")
    outcomes = (
        outcome("adam_step.first_step", curve=Curve("training loss", (2.2, 1.2, 0.7, 0.4), low, high)),
        outcome(
            "adam_step.ten_steps_down_a_bowl",
            Status.FAILED,
            curve=Curve("training loss", (2.2, 90.0, 1e300, infinite), low, high),
            mismatch=heat,
        ),
        outcome("adam_step.nearly_flat_ground", Status.FAILED, curve=Curve("accuracy", (0.1,))),
    )
    return report([Mark(ADAM, outcomes)], student="omar")


def hostile(text: str) -> Report:
    """One text wherever a student's, or a jail's, text can stand."""
    outcomes = (
        outcome(
            "adam_step.first_step",
            Status.FAILED,
            mismatch=Mismatch("value", text, text, text, pattern=text, heat=HEAT, heat_of=text),
            inputs=((text, text),),
            warnings=(text, text),
            printed=text,
            note=text,
            staff_note=text,
            misconception=Named(text, text),
        ),
        outcome(
            "adam_step.ten_steps_down_a_bowl",
            Status.CRASHED,
            crash=Crash("raised", text, text, 3, text, text),
        ),
        outcome("adam_step.nearly_flat_ground", Status.CRASHED, crash=Crash("died", text, text)),
        Outcome(text, text, Status.UNGRADED, staff_note=text),
        Outcome(
            text + "2",
            text,
            Status.PENDING,
            timing=timing(
                check=text,
                clock=text,
                hardware=text,
                host={text: 1.0},
                models=((text, 1.5),),
                flags=(text,),
                reason=text,
                submission=text,
                rubric=text,
                grader=text,
                measured=text,
                seal=text,
            ),
            curve=Curve(text, (1.0, 2.0)),
            review=(text, text),
        ),
        Outcome(text + "3", "…", Status.FAILED, timing=timing(Verdict.CRASHED, clock=text, reason=text)),
    )
    criterion = replace(ADAM, id=text, asks=text, checks={**ADAM.checks, text: ONE}, levels={text: text})
    return report(
        [Mark(criterion, outcomes), Mark(replace(WHY, id=text + "2", asks=text))],
        student=text,
        assignment=text,
        title=text,
        digest=text,
        path=text,
        source=text,
        line_names=(text, text, text),
        notes=(text,),
        objections=(Objection(text, 1, text), Objection(text, fatal=True)),
        received=text,
        made=text,
        isolation=text,
        environment={text: text},
    )


def large(checks: int, text: str = nasty.TEXTS["tall"] + nasty.TEXTS["fences"] * 200) -> Report:
    """Many checks, each failing at length."""
    names = [f"adam_step.case_{number}" for number in range(checks)]
    mismatch = Mismatch("value", text, text, text, 1.0, 0.0, 576, 576, text, ((7,) * 24,) * 24)
    outcomes = tuple(
        outcome(
            name,
            Status.FAILED,
            mismatch=mismatch,
            printed=text,
            note=text,
            inputs=((text, text),) * 4,
            misconception=Named("x", text),
        )
        for name in names
    )
    return report([Mark(replace(ADAM, checks=dict.fromkeys(names, ONE)), outcomes)])


def student(whole: Report, *, released: bool = False) -> Report:
    """The student's edition, before or after the release."""
    now = datetime(2026, 11, 21, tzinfo=UTC)
    return student_edition(whole, policy(Dates(now, now) if released else Dates(), now))


EVERY = {
    "perfect": perfect,
    "half": half,
    "crash at import": crash_at_import,
    "pending": pending,
    "ungraded": ungraded,
    "hand mark": hand_mark,
    "fatal objection": fatal,
    "notebook": notebook,
    "nothing run": nothing_run,
    "died": died,
    "timed": timed,
    "trained": trained,
}


def each_edition() -> dict[str, Report]:
    """Every sample in the staff edition and in the student's, before and after the release."""
    found = {}
    for name, make in EVERY.items():
        whole = make()
        found[name] = whole
        found[f"{name}, student, before"] = student(whole)
        found[f"{name}, student, after"] = student(whole, released=True)
    return found


def class_of_12() -> list[Report]:
    """A class: every story, several of them with the same misconception, and a second assignment."""
    stories = [make() for make in (perfect, half, crash_at_import, pending, ungraded, fatal, notebook, died)]
    more = [replace(half(), student=name) for name in ("kai", "lou", "mia")]
    bare = report(
        [Mark(ADAM, tuple(outcome(c) for c in ADAM.checks))], student="ada", assignment="pca", title="PCA"
    )
    return [*stories, *more, bare]
