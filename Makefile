# make site: set up and build · make test: set up and test · the rest: see README.md

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
RUN := $(BIN)/python

.PHONY: fields site serve sample test torture audit bench check fix words pictures lock clean
.DEFAULT_GOAL := site

site: .venv/build
	$(RUN) build.py

serve: .venv/build
	$(RUN) build.py serve

sample: .venv/build
	$(RUN) build.py --site examples/sample-market

test: .venv/dev
	$(RUN) tests/browser/find.py
	$(RUN) -m pytest -n auto --dist worksteal

# Ten times as much noise typed into every field and text, and as many edits between builds.
torture: .venv/dev
	MICROSITE_EXAMPLES=2000 MICROSITE_SEQUENCES=500 \
		$(RUN) -m pytest -n auto --dist worksteal --timeout 900 tests/test_torture.py tests/incremental

# The strict outside checks, with Node and Java; writes the figures into docs/quality.md.
audit: .venv/dev
	$(RUN) tests/audit/audit.py

# Beside Hugo and Pelican, in turns; half an hour on two idle cores. Some only: make bench SIZES="50 real".
bench: .venv/bench
	$(RUN) -m benchmarks $(SIZES)

check: .venv/dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(RUN) -m pytest -q tests/test_house.py

fix: .venv/dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Interface words: collects them from code and templates into the catalogues.
words: .venv/dev
	mkdir -p .cache
	$(BIN)/pybabel -q extract -F pyproject.toml -k N_ --no-location --sort-output -o .cache/messages.pot .
	$(BIN)/pybabel -q update -l th -i .cache/messages.pot -o locale/th/messages.po --no-fuzzy-matching --ignore-obsolete --no-wrap

# Tables of all fields, from the schema.
fields: .venv/dev
	$(RUN) docs/make_fields.py

# Pictures of the README, from real builds.
pictures: .venv/dev
	$(RUN) docs/make_pictures.py

# The versions that everything was tested with.
lock: .venv/dev .venv/bench
	$(BIN)/pip freeze --exclude-editable > requirements.lock

clean:
	rm -rf .venv .cache dist examples/sample-market/dist examples/sample-market/.cache

.venv/build: pyproject.toml requirements.lock | .venv/made
	$(BIN)/pip install --quiet --constraint requirements.lock --editable .
	touch $@

.venv/dev: pyproject.toml requirements.lock | .venv/made
	$(BIN)/pip install --quiet --constraint requirements.lock --editable ".[dev]"
	touch $@ .venv/build

.venv/bench: pyproject.toml requirements.lock | .venv/made
	$(BIN)/pip install --quiet --constraint requirements.lock --editable ".[bench]"
	touch $@

.venv/made:
	sh .ci/venv $(PYTHON)
	touch $@
