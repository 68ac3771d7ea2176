"""The clock for devices."""
