# The targets of every package under services/ and libs/. A package's Makefile includes this file.
# PYTHON may name the interpreter of any environment that has the package and its dev group installed.
PYTHON ?= $(firstword $(wildcard ../../.venv/bin/python) python3)
RUN := "$(PYTHON)" -m
NAME := $(notdir $(CURDIR))
API := $(wildcard src/*/handlers/api.py)
OPENAPI := $(RUN) countersign_common.http.openapi $(NAME)_service.handlers.api:ROUTES \
	--distribution countersign-$(NAME) --title "Countersign $(NAME) API"

.DEFAULT_GOAL := help
.PHONY: help check test build openapi

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

check: ## format, lint, types, import rules, openapi.json
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy src
	"$(PYTHON)" ../../scripts/quality/import_rules.py $(notdir $(wildcard src/*))
	$(if $(API),$(OPENAPI) --check)

test: ## unit tests, no network
	$(RUN) pytest -q tests

build: ## the Lambda zip of a service, the wheel of a library
	$(if $(API),"$(PYTHON)" ../../scripts/build.py $(NAME),$(RUN) uv build --quiet --wheel --out-dir dist .)

openapi: ## write openapi.json of a service
	$(if $(API),$(OPENAPI),@echo "$(NAME) is a library: it has no API.")
