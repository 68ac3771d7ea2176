"""The course's late rule, as nbgrader asks for it."""

from __future__ import annotations

from pathlib import Path

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Unicode

from autograder import course as courses

from .grading import late_share


class LateRule(LateSubmissionPlugin):
    """Takes off what rubrics/course.yaml says: a share of the points for each day begun, after the grace."""

    course = Unicode(help="The folder that holds solutions/ and rubrics/.").tag(config=True)

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float:  # noqa: ARG002 - nbgrader's
        """The points taken off `score`, which is what the notebook earned, hand marks included."""
        late = courses.load(Path(self.course)).late
        return float(late_share(late, total_seconds_late)) * score
