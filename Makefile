# Run `make` to list the targets. Each target sets up what it needs.
PYTHON ?= python3
RUN := .venv/bin/python
UV := $(shell command -v uv || echo .venv/bin/uv)
PACKAGES := $(patsubst %/pyproject.toml,%,$(wildcard libs/*/pyproject.toml services/*/pyproject.toml))
SERVICES := $(filter services/%,$(PACKAGES))

# Only from the command line: a STAGE that is exported in the shell must not turn `make apply` into a deployment.
ON_AWS := $(filter command,$(origin STAGE))

.DEFAULT_GOAL := help
.PHONY: help setup up demo down status test check build openapi plan apply erase clean bench bench-search bench-verify bench-web \
	screenshots mutation \
	test-unit test-contract test-component test-system test-resilience test-browser test-attacks test-terraform test-web

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

setup: .venv/.synced ## create .venv with the locked dependencies (installs uv if it is not on the PATH)

.venv/.synced: pyproject.toml uv.lock $(PACKAGES:%=%/pyproject.toml)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Python 3.11 or newer is \
	missing ($(PYTHON): $$($(PYTHON) --version 2>&1 | tail -1)). Fix: make setup PYTHON=<newer Python>" >&2; exit 1; }
	@test -x .venv/bin/python || $(PYTHON) -m venv --clear .venv || { rm -rf .venv; \
	echo "Python's venv module is missing. Fix: apt-get install python3-venv" >&2; exit 1; }
	@command -v $(UV) >/dev/null || { echo "Installing uv"; .venv/bin/python -m pip install --quiet uv; } || { \
	echo "uv can't be installed with pip. Fix: rm -rf .venv, check the package index, then make setup" >&2; exit 1; }
	@UV_PROJECT_ENVIRONMENT=.venv $(UV) sync --locked --all-packages --python .venv/bin/python
	@touch $@

up: setup ## start the local cloud and deploy what changed
	@$(RUN) scripts/cloud.py up

demo: setup ## `up`, then one approval over HTTP and MQTT; prints the console's address
	@$(RUN) scripts/cloud.py demo

down: setup ## stop the local cloud and keep its data
	@$(RUN) scripts/cloud.py down

status: setup ## show the running servers, the addresses and the accounts
	@$(RUN) scripts/cloud.py status

test: setup ## run every check and every test, on a separate local cloud
	@$(RUN) scripts/test.py

check: setup ## check format, lint, types, import rules, openapi.json and workflows
	@$(RUN) scripts/test.py check

build: setup ## build the Lambda zips
	@$(RUN) scripts/build.py

openapi: setup ## write the services' openapi.json and the console's client
	@for service in $(SERVICES); do $(MAKE) --no-print-directory -C $$service openapi || exit 1; done
	@$(MAKE) --no-print-directory -C web generate

plan: setup ## show what `apply` would change in the local cloud, or with STAGE=… in a stage on AWS
ifdef ON_AWS
	@$(MAKE) --no-print-directory -C terraform plan
else
	@$(RUN) scripts/cloud.py plan
endif

apply: setup ## deploy to the local cloud, or with STAGE=… to a stage on AWS
ifdef ON_AWS
	@$(MAKE) --no-print-directory -C terraform apply
else
	@$(RUN) scripts/cloud.py apply
endif

erase: setup ## erase a user: USER_ID=… REASON="…" [PARTS=person,content] [DRY_RUN=1] [YES=1] [STAGE=…]; see docs/erasure.md
	@$(RUN) scripts/erase.py $(if $(ON_AWS),--stage $(STAGE))

clean: setup ## stop every local cloud of this clone and delete its data and all build output
	@$(RUN) scripts/cloud.py clean

bench: setup ## measure ratios to bare botocore, zip sizes and import times
	@$(RUN) -m bench

bench-search: setup ## measure searches in 10,000 and in 1,000,000 records, on an OpenSearch node (about 5 minutes)
	@$(RUN) -m bench.search

bench-verify: setup ## measure countersign-verify on up to 1,000,000 records, without a cloud (about 5 minutes)
	@$(RUN) -m bench.verify

bench-web: setup ## measure the console in Chromium, slowed down as on a phone (about 10 minutes)
	@$(RUN) -m bench.web

screenshots: setup ## take screenshots of every page of the console, at 1280 and 390 px, light and dark (about 8 minutes)
	@$(RUN) scripts/screenshots.py

mutation: setup ## mutation tests of domain, use cases and proof (about an hour)
	@$(RUN) scripts/mutation.py

test-unit: setup ## unit tests, no network
	@$(RUN) scripts/test.py unit

test-contract: setup ## events and OpenAPI documents between the services
	@$(RUN) scripts/test.py contract

test-component: setup ## adapters on LocalStack, DynamoDB Local, OpenSearch or the local cloud's servers
	@$(RUN) scripts/test.py component

test-system: setup ## the deployed system over HTTP and MQTT, and an empty second plan
	@$(RUN) scripts/test.py system

test-resilience: setup ## behavior when a part fails
	@$(RUN) scripts/test.py resilience

test-browser: setup ## the console in Chromium
	@$(RUN) scripts/test.py browser

test-attacks: setup ## tampering with every store, and what finds it; see docs/proof.md (8 to 13 minutes; not part of `test`)
	@$(RUN) scripts/test.py attacks

test-terraform: setup ## Terraform: format, stages and modules
	@$(RUN) scripts/test.py terraform

test-web: setup ## the console's unit tests
	@$(RUN) scripts/test.py web

# scripts/test.py runs the targets below. It checks the needed programs first, and prints a summary.
PYTEST = $(RUN) -m pytest -p no:cacheprovider --junitxml=$(REPORTS)/$(subst /,-,$@).xml
MAKEFLAGS += $(if $(filter output-sync,$(.FEATURES)),--output-sync=line)
CHECKS := ruff types workflows terraform console $(PACKAGES)

.PHONY: run-cloud run-component run-terraform run-unit run-contract run-web run-check web-setup $(CHECKS:%=check/%) $(PACKAGES:%=unit/%) unit/scripts

# A test that fails runs once more, and the summary counts and shows it: one race among 700 tests on a busy machine must
# not hide the results of the others. A test that needs it has a defect. If more than a few fail, nothing is repeated.
run-cloud:
	@echo "… $@"
	+@$(PYTEST) --numprocesses=6 --dist=loadgroup --no-loadscope-reorder --reruns=1 --max-suite-reruns=10 \
		--rerun-show-tracebacks $(FOLDERS)

run-component:
	@echo "… $@"
	@$(PYTEST) -q tests/component

run-terraform:
	@echo "… $@"
	@$(PYTEST) -q terraform/tests

run-unit: unit/scripts $(PACKAGES:%=unit/%)

unit/scripts $(PACKAGES:%=unit/%): unit/%:
	@echo "… $@"
	@$(PYTEST) -q $*/tests

run-contract:
	@echo "… $@"
	@$(PYTEST) -q tests/contract

run-web: web-setup
	@echo "… $@"
	@$(MAKE) --no-print-directory -C web test

run-check: $(CHECKS:%=check/%)

check/ruff:
	@$(RUN) -m ruff format --check .
	@$(RUN) -m ruff check .

check/types:
	@echo "… $@"
	@$(RUN) -m mypy scripts bench tests/harness tests/engines

check/workflows: scripts/workflow_lint/node_modules
	@node scripts/workflow_lint/lint.mjs .github/workflows/*.yml

scripts/workflow_lint/node_modules: scripts/workflow_lint/package-lock.json
	@npm ci --silent --prefix scripts/workflow_lint && touch $@

check/terraform:
	@terraform fmt -check -recursive terraform

check/console: web-setup
	@echo "… $@"
	@$(MAKE) --no-print-directory -C web check

$(PACKAGES:%=check/%): check/%:
	@echo "… $@"
	@$(MAKE) --no-print-directory -C $* check PYTHON=$(abspath $(RUN))

web-setup:
	@$(MAKE) --no-print-directory -C web setup
