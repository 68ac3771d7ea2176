"""What goes wrong, by whose fault it is."""

from __future__ import annotations


class CourseError(Exception):
    """Something an instructor wrote needs mending; the message names file, line or field, and the mend."""


class SubmissionError(Exception):
    """A submission that cannot be read at all; the message says why and what to hand in instead."""


class IsolationError(Exception):
    """This machine cannot give the isolation that was asked for; the message says what to do."""


class SandboxFault(Exception):  # noqa: N818 - the project's word for "ours": never a Reply, never costs a point
    """The jail itself failed. Nothing was learned about the student's code: grade again."""
