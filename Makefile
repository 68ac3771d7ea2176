# Two commands for a fresh machine with Python 3.11 or later:
#   make grade   set up, grade the sample class, say where the pages are
#   make test    set up, lint, types, audit, tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := tests/submissions
OUT ?= graded

.PHONY: grade test lint types audit tests mutants refresh clean

grade: $(VENV)/core
	@$(BIN)/autograder grade $(SAMPLE) --out $(OUT)

test: lint types audit tests

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev
	$(BIN)/mypy

audit: $(VENV)/dev
	$(BIN)/autograder audit

tests: $(VENV)/dev
	$(BIN)/python -m pytest -n 2 -q

# Change every reference in one place after the other: do the checks take points away? Keeps the scores.
mutants: $(VENV)/core
	$(BIN)/autograder mutants

# Derive assignments/ anew from solutions/ and rubrics/.
refresh: $(VENV)/dev
	$(BIN)/autograder release --refresh

clean:
	rm -rf $(VENV) $(OUT) build dist .pytest_cache .mypy_cache .ruff_cache

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
