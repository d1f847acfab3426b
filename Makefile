# Two commands: `make run` opens the atlas, `make test` proves it. They set up whatever is missing, in this folder.

PORT ?= 8501
# Not taken from the environment, where HOST often means something else: make run HOST=0.0.0.0
HOST = 127.0.0.1
ARGS ?=
# The first on this machine that is new enough, or the one you name: make run PYTHON=python3.12
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done; true)
# Where there is a screen, the browser opens by itself.
HEADLESS ?= $(if $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin,$(shell uname -s))),false,true)

no_python = Atlas solidaire needs Python 3.11 or newer and finds none here. Install it, then give the same command again
setup = @$(or $(PYTHON),$(error $(no_python))) tools/setup.py
venv = .venv/bin/python
CACHES = .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench reliability tables clean

help: ## say what each command does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## open the atlas (PORT=8600, HOST=0.0.0.0)
	$(setup) run
	@$(venv) -m streamlit run app.py --server.port $(PORT) --server.address $(HOST) --server.headless $(HEADLESS)

test: ## run all tests, browser included (ARGS="-k boundaries")
	$(setup) test
	@CHROMIUM="$$($(venv) tools/chromium.py)" $(venv) -m pytest -n auto $(ARGS)

lint: ## check style, types and who imports whom
	$(setup) lint
	@$(venv) -m ruff check .
	@$(venv) -m ruff format --check .
	@$(venv) -m mypy
	@$(venv) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

format: ## lay the code out
	$(setup) lint
	@$(venv) -m ruff check --select I --fix .
	@$(venv) -m ruff format .

bench: ## measure speed and size, beside the usual way
	$(setup) test
	@CHROMIUM="$$($(venv) tools/chromium.py)" $(venv) -m tests.bench $(ARGS)

reliability: ## break the store on purpose and count what is lost, written to RELIABILITY.md
	$(setup) test
	@$(venv) -m tests.reliability $(ARGS)

tables: ## make data/tables again from the sources in ../shared
	@test -d ../shared/data || { echo "There is no folder ../shared/data: the sources of the tables are not here, and the tables shipped in data/tables stay as they are."; exit 1; }
	$(setup) run
	@$(venv) -m data.prepare $(ARGS)

clean: ## remove all that these commands installed or kept here
	rm -rf .venv node_modules $(CACHES)
	find app.py data geo layers pages tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
