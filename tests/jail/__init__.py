"""The jail's own tests: real processes, real walls."""
