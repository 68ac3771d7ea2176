"""Every type of the project, in the words of the design. Imports numpy and the standard library only.

A type says whose fault an outcome is: what is the student's is a `Status` that may cost points, what is
ours is `Status.UNGRADED` or the exception `SandboxFault`, and never costs any.
"""

from .course import (
    Alternative,
    Assignment,
    Check,
    Comparison,
    Course,
    Criterion,
    Dates,
    Late,
    Limits,
    Misconception,
    OwnWork,
    Rubric,
    Shown,
    Timed,
)
from .faults import CourseError, IsolationError, SandboxFault, SubmissionError
from .reply import Answer, Died, Facts, Overran, Raised, Reply
from .report import (
    OURS,
    REPORT_VERSION,
    Crash,
    Curve,
    Mark,
    Mismatch,
    Named,
    Outcome,
    Report,
    Status,
    line_name,
    points,
)
from .submission import Objection, Submission
from .timing import Band, Clocking, Gates, Timing, Verdict

__all__ = [
    "OURS",
    "REPORT_VERSION",
    "Alternative",
    "Answer",
    "Assignment",
    "Band",
    "Check",
    "Clocking",
    "Comparison",
    "Course",
    "CourseError",
    "Crash",
    "Criterion",
    "Curve",
    "Dates",
    "Died",
    "Facts",
    "Gates",
    "IsolationError",
    "Late",
    "Limits",
    "Mark",
    "Misconception",
    "Mismatch",
    "Named",
    "Objection",
    "Outcome",
    "Overran",
    "OwnWork",
    "Raised",
    "Reply",
    "Report",
    "Rubric",
    "SandboxFault",
    "Shown",
    "Status",
    "Submission",
    "SubmissionError",
    "Timed",
    "Timing",
    "Verdict",
    "line_name",
    "points",
]
