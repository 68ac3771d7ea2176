"""The project's own suite; no student is graded here."""
