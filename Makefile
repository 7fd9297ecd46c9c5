# One command for each job; README.md says what for. On Windows: README.md, "Without make".

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Debian keeps venv in a package of its own; where we may, we fetch it.
GET_VENV := command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && \
  apt-get update -qq && apt-get install -y -qq python3-venv
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve test audit check lint types update fuzz pictures icons clean

site: $(VENV)/.site ## set up, build, and say where to look
	$(BIN)/manual build

serve: $(VENV)/.site ## show the site and reload it on every edit
	$(BIN)/manual serve

check: $(VENV)/.site ## only report what is wrong in source_manual/
	$(BIN)/manual check --format $(or $(FORMAT),text)

test: $(VENV)/.test lint types ## set up, a browser included, and run every test
	$(BIN)/python -m pytest

audit: $(VENV)/.test ## the slow tests, with many more trials than `make test`
	$(BIN)/python -m pytest -m audit

lint: $(VENV)/.test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-cache

types: $(VENV)/.test
	$(BIN)/mypy

update: $(VENV)/.test ## newest versions of all dependencies, locked with their hashes
	$(BIN)/pip install --quiet uv
	$(BIN)/python scripts/lock.py --upgrade

fuzz: $(VENV)/.test requirements-fuzz.txt ## look for inputs that break the reader or lose a word
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.txt
	PYTHONPATH=tests $(BIN)/python tests/fuzzing.py -max_total_time=$(or $(SECONDS),7200)

pictures: $(VENV)/.test site ## take the README's pictures again
	$(BIN)/python scripts/pictures.py

icons: $(VENV)/.test ## draw the icons of the installed site again
	$(BIN)/python scripts/icons.py

clean: ## take away all that was made
	rm -rf $(VENV) site
	rm -rf .fuzz .pytest_cache .hypothesis .mypy_cache .ruff_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); $(GET_VENV) && $(PYTHON) -m venv $(VENV); } || \
	  { rm -rf $(VENV); echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.site: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: requirements-dev.txt $(VENV)/.site
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python scripts/browser.py
	$(BIN)/python tests/epubcheck.py
	@touch $@
