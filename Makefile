# Plain `make` explains. Everything runs in .venv, from the hashed lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SOURCES := bot db tests
COMPILE := --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 -q

.DEFAULT_GOAL := help
TOGETHER := --no-print-directory -j 2
.PHONY: help run server test tests static check lint audit types format bench soak lock system clean

help: ## what each target does
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | awk -F'\t' '{printf "  make %-8s %s\n", $$1, $$2}'

run: $(READY) ## set up and start the bot (no BOT_TOKEN: the sandbox, with a web page)
	$(BIN)/dondoc run

server: requirements-run.lock ## set up for a server: what runs, without the tools of tests
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-run.lock
	rm -rf build
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --force-reinstall .

test: ## set up, lint, check types and run every test
	@$(MAKE) $(TOGETHER) $(READY) system
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check -q $(SOURCES)
	@$(MAKE) $(TOGETHER) static tests

# What needs no running: while the tests run, which at times wait.
static: $(READY)
	$(BIN)/lint-imports
	$(BIN)/mypy

# One more at once than a small machine has processors: of the tests with real processes most is waiting.
tests: $(READY)
	$(BIN)/pytest -n 3 --dist worksteal

check: format test ## format, then everything `make test` does

lint: $(READY) audit ## style, types, import rules, and known holes of libraries
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check -q $(SOURCES)
	$(BIN)/lint-imports
	$(BIN)/mypy

audit: $(READY) # whether a library of the lock has a known hole; says so where it cannot be known
	$(BIN)/python -m tests.audit

format: $(READY) ## format the code
	$(BIN)/ruff check --fix -q $(SOURCES)
	$(BIN)/ruff format -q $(SOURCES)

bench: $(READY) ## measurements, as ratios
	$(BIN)/python -m tests.bench

soak: $(READY) ## long runs: floods, hostile updates, stops and what else takes long
	$(BIN)/python -m tests.soak

# requirements-run.lock: of the same versions what a server needs.
lock: ## write the locks anew, hashed, without an index address (UPGRADE=--upgrade: newer versions)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile pyproject.toml --group dev $(COMPILE) $(UPGRADE) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group build -c requirements.lock $(COMPILE) -o requirements-run.lock

# What is imported is compiled then: a third of what installing takes is compiling the rest.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

# The browser tests need a Chromium and letters for Vietnamese; the unit file is checked by systemd's own tool.
system:
	@command -v systemd-analyze >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    systemd >/dev/null; \
	else echo "systemd-analyze is missing: the unit files will not be checked." >&2; fi
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    chromium fonts-noto-core fonts-noto-color-emoji >/dev/null; \
	else echo "The browser tests need Chromium: install the package 'chromium' first." >&2; exit 1; fi

clean: ## remove what the targets made (never data/)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build *.egg-info
