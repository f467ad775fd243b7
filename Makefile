# `make` lists the targets. Every target does the set-up that it needs.
PYTHON ?= python3
RUN := .venv/bin/python
PACKAGES := libs/common libs/verify services/workflow services/audit services/notifications

# Only from the command line: a STAGE that is exported in the shell must not turn `make apply` into a deployment.
ON_AWS := $(filter command,$(origin STAGE))

.DEFAULT_GOAL := help
.PHONY: help setup up demo down status test check build openapi plan apply clean bench \
	test-unit test-contract test-component test-system test-resilience test-browser test-terraform test-web

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

setup: .venv/.synced ## make .venv with what uv.lock says (uv too, if it is not on the PATH)

.venv/.synced: pyproject.toml uv.lock $(addsuffix /pyproject.toml,$(PACKAGES))
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Missing: Python 3.11 or \
	newer ($(PYTHON): $$($(PYTHON) --version 2>&1 | tail -1)). Mend it with: make setup PYTHON=<a newer one>" >&2; exit 1; }
	@$(PYTHON) scripts/setup.py

up: setup ## start the embedded cloud and deploy to it; what is there already is used
	@$(RUN) scripts/cloud.py up

demo: setup ## `up`, then one story over HTTP and MQTT, and the console's address
	@$(RUN) scripts/demo.py

down: setup ## stop the embedded cloud; what it holds is kept for the next `up`
	@$(RUN) scripts/cloud.py down

status: setup ## what runs, and where
	@$(RUN) scripts/cloud.py status

test: setup ## every check and every test, on a cloud of its own
	@$(RUN) scripts/test.py

check: setup ## format, lint, types, import rules, openapi.json, workflows
	@$(RUN) scripts/check.py

build: setup ## the zips of the three services
	@$(RUN) scripts/build.py

openapi: setup ## write openapi.json of each service, and the console's client from them
	@for service in workflow audit notifications; do \
	  $(MAKE) --no-print-directory -C services/$$service openapi || exit 1; done
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

clean: setup ## end every embedded cloud of this clone, and remove what they hold and all that was built
	@$(RUN) scripts/cloud.py clean

bench: setup ## ratios against bare botocore, zip sizes and import times
	@$(RUN) -m bench

test-unit: setup ## unit tests: no network
	@$(RUN) scripts/test.py unit

test-contract: setup ## events and OpenAPI between the services
	@$(RUN) scripts/test.py contract

test-component: setup ## adapters on LocalStack, DynamoDB Local, OpenSearch or the embedded engines
	@$(RUN) scripts/test.py component

test-system: setup ## the deployed whole over HTTP and MQTT
	@$(RUN) scripts/test.py system

test-resilience: setup ## what is left when a part dies
	@$(RUN) scripts/test.py resilience

test-browser: setup ## the console in Chromium
	@$(RUN) scripts/test.py browser

test-terraform: setup ## Terraform: format, stages, modules, and an empty second plan of the local cloud
	@$(RUN) scripts/test.py terraform

test-web: setup ## the console's unit tests
	@$(RUN) scripts/test.py web
