"""Of the files one student handed in, which is graded for which assignment, and what the student is told."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.model import Submission, SubmissionError

from . import notebooks
from .collecting import File, HandedIn
from .decoding import decode, printable
from .matching import Claim, How, Outline, claim, outline, stem_of

MAX_NOTES = 20
FEW = 3  # names in a sentence


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    """One file, decoded, with what it defines and what it may be for."""

    submission: Submission
    outline: Outline
    claim: Claim

    @property
    def path(self) -> str:
        return self.submission.path

    def fitness(self, functions: Collection[str]) -> tuple[bool, bool, bool, int, int, int, bool]:
        """How good a choice the file is among others for one assignment; larger is better."""
        filled = len(self.outline.filled & set(functions))
        return (
            not self.submission.unreadable,
            filled > 0,  # an untouched stub never beats work, whatever the two are called
            self.claim.how is How.NAME,
            filled,
            len(self.outline.defined & set(functions)),
            self.claim.how,
            not self.submission.line_names,  # a plain file rather than the notebook made of it
        )


def choose(
    handed: HandedIn,
    known: Mapping[str, Collection[str]],
    *,
    assignment: str | None,
    student: str,
    folder: str,
) -> tuple[Submission, ...]:
    """The submissions in what one student handed in: at least one, in the order of `known`.

    `folder` is the name of the folder all of it lay in; it tells the assignment where nothing else does.
    """
    candidates = [_candidate(file, handed, known, folder) for file in handed.files]
    groups = {
        name: found
        for name in ([assignment] if assignment else known)
        if (found := _for(name, candidates, known, asked=bool(assignment)))
    }
    used = [candidate for found in groups.values() for candidate in found]
    left = [c for c in candidates if c not in used and not (assignment and c.claim.assignment)]
    if not groups and len(candidates) == 1:
        left = []  # what there is to say of it stands in `unreadable`
    notes = _short([*handed.notes, *(f"{c.path} was not graded: {_why_not(c)}" for c in left)])
    if not groups:
        submission = _nothing(handed, candidates, assignment, next(iter(known), "optimizers"))
        return (replace(submission, assignment=assignment or "", student=student, notes=notes),)
    return tuple(
        _submission(name, found, known, student, notes, asked=bool(assignment))
        for name, found in groups.items()
    )


def _candidate(file: File, handed: HandedIn, known: Mapping[str, Collection[str]], folder: str) -> _Candidate:
    name = file.path.rpartition("/")[2]
    digest = "" if file.problem else f"sha256:{hashlib.sha256(file.data).hexdigest()}"
    submission = Submission("", "", "", printable(file.path, 200), digest, handed.received(file.path))
    try:
        source, line_names, notes = _code(
            name, file, {each for functions in known.values() for each in functions}
        )
        submission = replace(submission, source=source, line_names=line_names, notes=notes)
    except SubmissionError as error:
        says = str(error) if submission.path in str(error) else f"{submission.path} cannot be read: {error}"
        submission = replace(submission, unreadable=says)
    defines = outline(submission.source)
    return _Candidate(submission, defines, claim(f"{folder}/{file.path}", defines, known))


def _code(name: str, file: File, graded: Collection[str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Source, line names and notes of one file.

    Raises:
        SubmissionError: it cannot be read; the sentence does not name the file.
    """
    if file.problem:
        raise SubmissionError(file.problem)
    hidden = name.lower().endswith(".txt")
    notes = (f"named {printable(name)}; read as {printable(name[:-4])}",) if hidden else ()
    if ".ipynb" in name.lower():
        code = notebooks.code(file.data, graded)
    elif _is_notebook(file.data):
        code = notebooks.code(file.data, graded)
        notes = (*notes, f"{printable(name)} is a notebook and was read as one; let its name end in .ipynb")
    else:
        text = decode(file.data)
        return text.source, (), (*notes, *text.notes)
    return code.source, code.line_names, (*notes, *code.notes)


def _is_notebook(data: bytes) -> bool:
    return data.lstrip().startswith(b"{") and b'"nbformat"' in data and b'"cell_type"' in data


def _for(
    assignment: str, candidates: Sequence[_Candidate], known: Mapping[str, Collection[str]], *, asked: bool
) -> list[_Candidate]:
    """The candidates for one assignment; if it was asked for, also what may be meant without saying so."""
    claiming = [c for c in candidates if c.claim.assignment == assignment]
    if claiming or not asked:
        return claiming
    functions = set(known[assignment])
    defining = [c for c in candidates if c.claim.how is not How.NAME and functions & c.outline.defined]
    return defining or (list(candidates) if len(candidates) == 1 else [])


def _submission(
    assignment: str,
    found: Sequence[_Candidate],
    known: Mapping[str, Collection[str]],
    student: str,
    notes: Sequence[str],
    *,
    asked: bool,
) -> Submission:
    functions = known[assignment]
    best = max(found, key=lambda candidate: candidate.fitness(functions))
    others = [
        f"{other.path} was handed in for {assignment} too; {best.path} was graded"
        for other in found
        if other is not best and not _is_left_over(other, functions)
    ]
    guess = _guess(best, assignment, student, asked=asked)
    all_notes = _short([*guess, *best.submission.notes, *others, *notes])
    return replace(best.submission, assignment=assignment, student=student, notes=all_notes)


def _is_left_over(candidate: _Candidate, functions: Collection[str]) -> bool:
    """Whether a file is the stub that came with the assignment, still untouched: not worth a word."""
    asked = set(functions)
    return bool(candidate.outline.defined & asked) and not candidate.outline.filled & asked


def _guess(best: _Candidate, assignment: str, student: str, *, asked: bool) -> list[str]:
    """What to tell the student of how the assignment was found, where it could have been another."""
    taken = f"named {best.path}; taken as {assignment}"
    if best.claim.assignment != assignment:
        return [f"{taken}, as asked"] if best.claim.assignment else []
    if asked or stem_of(best.path.rpartition("/")[2]) == student:  # ada.py, in a class of such files
        return []
    if best.claim.how is How.FUNCTIONS:
        return [f"{taken} because it defines {_listed(best.claim.because)}"]
    if best.claim.how is How.FOLDER:
        return [f"{taken} because of the folder it lies in"]
    return []


def _why_not(candidate: _Candidate) -> str:
    if candidate.submission.unreadable:
        return candidate.submission.unreadable.removeprefix(f"{candidate.path} cannot be read: ")
    if candidate.claim.among:
        names = " or ".join(f"{name}.py" for name in candidate.claim.among[:FEW])
        return f"it fits {_listed(candidate.claim.among)} alike; name it {names}"
    return "it is not named after an assignment and defines none of the functions that are graded"


def _nothing(
    handed: HandedIn, candidates: Sequence[_Candidate], assignment: str | None, example: str
) -> Submission:
    """A submission that says why nothing could be graded, and what to hand in instead."""
    name = f"{assignment or example}.py"
    if not candidates:
        only = f", only {_listed(tuple(map(printable, handed.others)))}" if handed.others else ""
        says = f"no .py or .ipynb file was handed in{only}; hand in {name}"
        return Submission("", "", "", "", "", handed.received(""), unreadable=says)
    if len(candidates) == 1:
        (only_one,) = candidates
        says = f"{only_one.path} was not graded: {_why_not(only_one)}"
        if not only_one.submission.unreadable and not only_one.claim.among:
            says += f"; name it after its assignment, for example {name}"
        return replace(only_one.submission, unreadable=only_one.submission.unreadable or says)
    paths = _listed(tuple(candidate.path for candidate in candidates))
    what = (
        f"is named {name}, or defines its functions" if assignment else "could be matched with an assignment"
    )
    says = (
        f"none of the {len(candidates)} files ({paths}) {what}; name each after its assignment, as in {name}"
    )
    return Submission("", "", "", candidates[0].path, "", candidates[0].submission.received, unreadable=says)


def _listed(names: Sequence[str]) -> str:
    """Names as people list them: "a, b and c", "a, b, c and 4 more"."""
    shown = list(names[:FEW]) + ([f"{len(names) - FEW} more"] if len(names) > FEW else [])
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _short(notes: Iterable[str]) -> tuple[str, ...]:
    different = list(dict.fromkeys(notes))
    if len(different) > MAX_NOTES:
        different[MAX_NOTES:] = [f"{len(different) - MAX_NOTES} more notes are not shown"]
    return tuple(different)
