"""Cheats against the clock: each ends as wrong, or gains nothing."""
