"""The bench: what a grading costs, ours beside what people use today. See `bench/__main__.py`."""
