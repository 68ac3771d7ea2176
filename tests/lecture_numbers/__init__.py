"""The numbers of the lectures, worked out with the course's own functions.

worked_examples.json, beside this folder, holds the examples: what goes in, what the lecture prints and what
comes out when one works it out. Each function `example_…` here is named after one of them and works it out:
`of` gives it the graded functions of the course, `given` the example's inputs.
"""
