"""The timing engine: mostly without jails, by scripts and injected times."""
