# Everything a developer runs. Set-up happens by itself and again when requirements/ changes.

PYTHON ?= python3.13 python3.12 python3.11 python3
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
SUITABLE := import ensurepip, sqlite3, ssl, sys, venv; sys.exit(sys.version_info < (3, 11))
COMPILE = "$$dir/bin/uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(ARGS)

.DEFAULT_GOAL := help
.PHONY: help demo test check fmt pythons bench search codes cover vault lock clean

help: ## Show what there is
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 10

demo: $(VENV)/.run ## Set everything up and open a furnished ledger (ARGS="--port 8001")
	@$(BIN)/battery-ledger demo $(ARGS)

test: $(VENV)/.dev ## Run the tests (ARGS="-k name")
	@$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

check: $(VENV)/.dev ## Format, style, types, layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fmt: $(VENV)/.dev ## Format the code and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

pythons: $(VENV)/.dev ## Run the tests of the parsers on Python 3.11 and on the newest other Python
	@.ci/pythons $(ARGS)

bench: $(VENV)/.dev ## Measure
	@$(BIN)/python -m pytest -m bench -s $(ARGS)

search: $(VENV)/.dev ## Play all random seasons, and 10,000 with moves of the schemes in them (ARGS="--seasons 500")
	@SEARCH=full $(BIN)/python -m pytest -q -n auto tests/season
	@$(BIN)/python -m tests.season.search $(ARGS)

codes: $(VENV)/.dev ## Write docs/codes.md anew from the catalogue, and the table of docs/fraud.md from the schemes
	@$(BIN)/python -m schemas.catalogue.page
	@$(BIN)/python -m tests.season.schemes.page

cover: $(VENV)/.dev ## Run the tests and show the lines and branches they miss
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest $(ARGS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

vault: $(VENV)/.dev ## Write tests/data/vault anew, while it is a draft (ARGS=--compare only shows what would differ)
	@$(BIN)/python -m tests.vault.make $(ARGS)

lock: ## Write requirements/ anew from pyproject.toml (ARGS=--upgrade for newer versions)
	@set -eu; $(find_python); dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; \
	"$$python" -m venv "$$dir"; "$$dir/bin/python" -m pip install --quiet uv; \
	$(COMPILE) --extra postgres --group dev --output-file requirements/dev.txt; \
	$(COMPILE) --extra postgres --group build --constraint requirements/dev.txt --output-file requirements/postgres.txt; \
	$(COMPILE) --group build --constraint requirements/dev.txt --output-file requirements/run.txt

clean: ## Remove the environment and what tools left behind
	rm -rf $(VENV) $(VENV)-* build dist htmlcov .coverage .coverage.* .hypothesis .import_linter_cache \
		.mypy_cache .pytest_cache .ruff_cache
	find api alembic ledger schemas tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The development requirements hold those for running, in the same versions.
$(VENV)/.dev: requirements/dev.txt
	@$(call install,dev)
	@touch $(VENV)/.run $@

$(VENV)/.run: requirements/run.txt
	@$(call install,run)
	@touch $@

define find_python
python=; for candidate in $(PYTHON); do \
	if "$$candidate" -c '$(SUITABLE)' >/dev/null 2>&1; then python=$$candidate; break; fi; done; \
if [ -z "$$python" ]; then \
	echo "No Python 3.11 or newer with venv, ssl and sqlite3 found (tried: $(PYTHON))." >&2; \
	echo "Install one (Debian: python3 and python3-venv) or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; \
	exit 1; fi
endef

define install
set -eu; if ! $(BIN)/python -c '$(SUITABLE)' >/dev/null 2>&1; then \
	$(find_python); echo "Setting up $(VENV) with $$python"; "$$python" -m venv --clear $(VENV); fi; \
$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$(1).txt; \
$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endef
