# The doors, the same for people and for CI. `make demo` and `make test` need Python 3.11 or newer, nothing else.

PORT ?= 8000
DATA ?= .demo
JOBS ?= 2
BIN := .venv/bin
MAKEFLAGS += --no-print-directory

.PHONY: help demo test soak check check-python check-web fix ratchet types desk wheel bench run-environment dev-environment

help: ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /  make \1\t/' | expand -t 18

demo: run-environment desk ## try it: a sample company at http://127.0.0.1:8000 (PORT=… DATA=…)
	@exec $(BIN)/doorstep demo --port $(PORT) --data $(DATA)

test: dev-environment desk ## every test, real servers included
	@scripts/servers
	@$(BIN)/python -m pytest --numprocesses $(JOBS) --dist worksteal $(TESTS)

soak: dev-environment desk ## the long tests in full
	@scripts/servers
	@$(BIN)/python -m pytest -m soak

check: check-python check-web ## the fast ones: format, lint, types, contracts, ratchets, drift

check-python: dev-environment
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/house

check-web: dev-environment
	@$(BIN)/python build_desk.py install
	$(BIN)/python build_desk.py run check
	$(BIN)/python scripts/desk_types.py --check

fix: dev-environment ## format, and mend what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@$(BIN)/python build_desk.py install
	$(BIN)/python build_desk.py exec -- biome check --write .

ratchet: dev-environment ## write down how long files and functions are, after a change for the better
	@$(BIN)/python -m tests.house.test_sizes

types: dev-environment ## write the desk's types anew from our OpenAPI
	@$(BIN)/python build_desk.py install
	$(BIN)/python scripts/desk_types.py

desk: run-environment ## build the desk into the package, if a source changed
	@$(BIN)/python build_desk.py

wheel: dev-environment ## dist/*.whl, which needs neither Node nor this tree
	$(BIN)/python -m build --wheel --no-isolation

bench: dev-environment ## signals a second, beside pgbench
	$(BIN)/doorstep bench ingest

run-environment:
	@scripts/environment run

dev-environment:
	@scripts/environment dev
