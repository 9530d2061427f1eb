# Two commands do everything: `make run` and `make test`. Both install what they need first.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
ARGS   ?=
JOBS   ?= 3

.PHONY: help run test check bench faults house judge fuzz lock clean format

help:  ## what this file can do
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

run: $(VENV)/.run  ## install, then run the service on embedded defaults; ARGS=--once does one pass
	@$(BIN)/monitor run $(ARGS)

test: $(VENV)/.dev  ## install, then formatting, lint, types, import rule and every test
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m tests.preflight
	@$(BIN)/pytest -n $(JOBS) $(ARGS)

check: $(VENV)/.dev  ## formatting, lint, strict types, import rule
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.dev  ## rewrite the code in the one format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.peers  ## measure against peers; ARGS=compare|reading|startup|mail|scale|pages|sources picks one
	@$(BIN)/python -m benchmarks $(ARGS)

faults: $(VENV)/.dev  ## the full sweep of the fault matrix on both databases; BREAK=mark-first must fail; ARGS=pointers: nodes that are stopped
	@BREAK=$(BREAK) $(BIN)/python -m tests.faults $(ARGS)

fuzz: $(VENV)/.dev  ## compare documents made at random for ARGS=60 seconds; what is wrong is made small and shown; ARGS=api asks the interface what its OpenAPI allows
	@$(BIN)/python -m tests.fuzz $(ARGS)

house: $(VENV)/.dev  ## draw the packages and their imports into docs/img/house.svg
	@$(BIN)/python -m tests.house

judge: $(VENV)/.dev  ## say how well the digests read, in docs/reading.md; ARGS=unread makes room for judgements
	@$(BIN)/python -m tests.judging $(ARGS)

lock: $(VENV)/bin/python  ## renew the lock files from pyproject.toml
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --custom-compile-command 'make lock' --extra build --extra postgresql --extra web --extra writing -o requirements.lock pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --custom-compile-command 'make lock' --extra build --extra postgresql --extra web --extra writing --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --custom-compile-command 'make lock' --extra peers -c requirements-dev.lock -o requirements-peers.lock pyproject.toml

clean:  ## remove what make made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "monitor needs Python 3.11 or newer; set PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "monitor needs Python's venv module: install the system package python3-venv" >&2; exit 1; }
	@echo "Creating $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

# One recipe for both locks: what is locked, with its hashes, then monitor itself from this folder.
define install
	@echo "Installing from $(1) into $(VENV)/ (again only when that file changes) ..."
	@$(BIN)/python -m pip install --progress-bar on --disable-pip-version-check --require-hashes -r $(1)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@# An editable install writes no bytecode, and a first `monitor diff` should start as fast as the second.
	@$(BIN)/python -m compileall -q monitor
	@touch $@
endef

$(VENV)/.run: requirements.lock $(VENV)/bin/python
	$(call install,requirements.lock)

$(VENV)/.dev: requirements-dev.lock $(VENV)/bin/python
	$(call install,requirements-dev.lock)
	@touch $(VENV)/.run

# What only the benchmarks compare with: large packages, which no test needs.
$(VENV)/.peers: requirements-peers.lock $(VENV)/.dev
	$(call install,requirements-peers.lock)
