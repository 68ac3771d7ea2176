"""Tests of `autograder.policy`."""
