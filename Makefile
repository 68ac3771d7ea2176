# Three commands for a fresh machine with Python 3.11 or later:
#   make grade   set up, grade the sample class, say where the pages are
#   make test    set up, lint, types, audit, tests
#   make bench   set up, measure beside other graders
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := tests/submissions
OUT ?= graded

.PHONY: grade test lint types audit tests nbgrader mutants bench refresh clean

grade: $(VENV)/core
	@$(BIN)/autograder grade $(SAMPLE) --out $(OUT)

test: lint types audit tests nbgrader

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev
	$(BIN)/mypy

audit: $(VENV)/dev
	$(BIN)/autograder audit

tests: $(VENV)/dev
	$(BIN)/python -m pytest -n 2 -q

# nbgrader's own commands on a class, and `%try` in a kernel; its hundred packages have an environment of their own.
nbgrader: $(VENV)/nbgrader/installed
	$(VENV)/nbgrader/bin/python -m pytest -q tests/test_nbgrader_end_to_end.py tests/test_nbgrader_real_notebooks.py \
	  tests/test_inline_in_jupyter.py \
	  'tests/test_docs.py::test_a_page_works_from_top_to_bottom[docs/nbgrader.md]'

# Change every reference in one place after the other: do the checks take points away? Keeps the scores.
mutants: $(VENV)/core
	$(BIN)/autograder mutants

# Ours beside Python, pytest, nbgrader and otter: ten minutes, bench/results.md. FULL=1: half an hour, 10,000 students.
bench: $(VENV)/dev
	$(BIN)/python -m bench $(if $(FULL),--full)

# Derive assignments/ anew from solutions/ and rubrics/.
refresh: $(VENV)/dev
	$(BIN)/autograder release --refresh

clean:
	rm -rf $(VENV) bench/.venv $(OUT) build dist .pytest_cache .mypy_cache .ruff_cache

$(VENV)/core: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; try: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/dev: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; try: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	@touch $@

$(VENV)/nbgrader/installed: pyproject.toml
	@test -x $(VENV)/nbgrader/bin/python || $(PYTHON) -m venv $(VENV)/nbgrader
	@$(VENV)/nbgrader/bin/python -m pip install --quiet --disable-pip-version-check -e ".[nbgrader]" pytest pytest-timeout
	@touch $@
