# Everything runs from .venv, which the first target that needs it makes.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
# pyspark is large and wants an older pandas, so it has an environment of its own.
SPARK := .venv-spark/bin
SPARK_READY := .venv-spark/ready

.DEFAULT_GOAL := help
.PHONY: captures help demo test quick coverage mutants test-spark test-found test-frameworks test-states test-languages test-vendors check lint types contract drift fix generate bench bench-wire bench-send bench-spark
.PHONY: fuzz interruptions bench-serve bench-receive bench-receivers bench-peer bench-peer-times build clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-17s %s\n", $$1, $$2}'

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "hookproof needs Python 3.11 or newer; say which: make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[all,dev]'
	@touch $(READY)

demo: $(READY) ## see the whole loop on samples and receivers of our own
	@$(BIN)/hookproof demo --out build/demo

# Tests share no port and no folder, so files of them run beside each other. Some wait for a
# deadline, so there is one file more than the two cores of a small machine.
JOBS ?= 3
BESIDE := -n $(JOBS) --dist loadfile --no-loadscope-reorder
# They start hundreds of commands, which are compiled once.
unexport PYTHONDONTWRITEBYTECODE

test: $(READY) ## install and run every test, three files at a time; JOBS=0 for one after the other
	@$(BIN)/python -m pytest $(BESIDE)

# What a change breaks most often: the rules of the house, contract, judging, signatures, reports.
QUICK := $(addprefix tests/unit/,contract validation signature report findings diff cli test_*.py)

quick: $(READY) ## a part of the unit tests, to run while you work
	@$(BIN)/python -m pytest $(QUICK) $(BESIDE)

coverage: $(READY) ## measure which branches the tests take; TESTS=tests/unit for a part
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest $(TESTS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

mutants: $(READY) ## break judging, signatures and references, and say what no test notices
	@nice $(BIN)/python tests/mutants.py $(ONLY:%=--only %)

$(SPARK_READY): pyproject.toml constraints.txt
	@test -x $(SPARK)/python || $(PYTHON) -m venv .venv-spark
	$(SPARK)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[spark]' pytest
	@touch $(SPARK_READY)

test-spark: $(SPARK_READY) ## run the tests on Spark, which needs Java
	@$(SPARK)/python -m pytest tests/spark

# So have the libraries of the vendors of the example contracts.
VENDORS := build/vendors
VENDORS_READY := $(VENDORS)/ready

$(VENDORS_READY): tests/vendors/requirements.txt
	@mkdir -p $(VENDORS)
	@test -x $(VENDORS)/venv/bin/python || $(PYTHON) -m venv $(VENDORS)/venv
	$(VENDORS)/venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/vendors/requirements.txt
	@touch $(VENDORS_READY)

test-vendors: $(READY) $(VENDORS_READY) ## hold the example contracts to their vendors' own libraries
	@$(BIN)/python tests/vendors/run.py $(ONLY:%=--only %)

# The frameworks are no part of the project, so they have an environment of their own, in build/.
FRAMEWORKS := build/frameworks
FRAMEWORKS_READY := $(FRAMEWORKS)/ready

$(FRAMEWORKS_READY): tests/frameworks/requirements.txt tests/frameworks/package.json
	@mkdir -p $(FRAMEWORKS)
	@test -x $(FRAMEWORKS)/venv/bin/python || $(PYTHON) -m venv $(FRAMEWORKS)/venv
	$(FRAMEWORKS)/venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/frameworks/requirements.txt
	@if command -v npm > /dev/null; then cp tests/frameworks/package.json $(FRAMEWORKS)/ && \
		npm install --prefix $(FRAMEWORKS) --no-package-lock --no-audit --no-fund --silent; \
		else echo "SKIPPED  Express and Fastify: npm is not installed"; fi
	@touch $(FRAMEWORKS_READY)

test-frameworks: $(READY) $(FRAMEWORKS_READY) ## test correct receivers in eight frameworks, also behind nginx; BETWEEN="503 resets"
	@$(BIN)/python tests/frameworks/run.py $(ONLY:%=--only %) $(if $(BETWEEN),--between $(BETWEEN)) $(if $(AREAS),--areas)

test-found: $(READY) ## hold the verdicts on receivers from outside, in the folder FOUND, to what is true of them
	@$(BIN)/python tests/receivers/found.py $(FOUND) $(ONLY:%=--only %)

test-states: $(READY) ## hold twenty receivers with a fault of state and ten correct ones to one state
	@$(BIN)/python tests/cast/states/run.py $(ONLY:%=--only %)

test-languages: $(READY) ## hold the readers of other languages to all vectors; what is not installed is left out
	@$(BIN)/python tests/languages/run.py $(ONLY:%=--only %)

bench-wire: $(READY) ## measure sending, and the hostile cast
	@$(BIN)/python benchmarks/sending.py
	@$(BIN)/python benchmarks/hostile.py

bench-send: $(READY) ## measure `send` as a load tool, and its retries on the real clock
	@$(BIN)/python benchmarks/load.py
	@$(BIN)/python benchmarks/delivery.py

bench-serve: $(READY) ## measure the capture server, end it by SIGKILL 20 times, paint its page; the drift sentinel
	@$(BIN)/python benchmarks/serving.py
	@$(BIN)/python benchmarks/drift.py

bench-spark: $(SPARK_READY) ## measure Spark beside a plain loop
	@$(SPARK)/python benchmarks/spark.py

check: lint types contract drift test ## all that CI checks; writes nothing

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

contract: $(READY) ## prove that schemas/ and openapi/ hold
	@$(BIN)/hookproof contract check

drift: $(READY) ## fail where what is generated is not what the contract gives
	@$(BIN)/hookproof generate --out generated --check
	@$(BIN)/hookproof contract compile --check
	@$(BIN)/hookproof contract table --out docs/callbacks.md --check

fix: $(READY) ## mend what ruff can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

generate: $(READY) ## write models, compiled documents, docs/callbacks.md, the schema of hookproof.toml
	@$(BIN)/hookproof generate --out generated
	@$(BIN)/hookproof contract compile
	@$(BIN)/hookproof contract table --out docs/callbacks.md
	@$(BIN)/python -m hookproof.cli.settings.schema > src/hookproof/cli/settings/hookproof.schema.json

captures: $(READY) ## let the tools that are here write tests/captures/real anew; needs root for packets
	@$(BIN)/python tests/captures/renew.py

bench: $(READY) ## measure against the peers, side by side
	@$(BIN)/python benchmarks/run.py

fuzz: $(READY) ## fuzz readers, sanitiser, journals, reports, contracts: TIME=10 seconds each, or up to RUNS=1000000
	@nice $(BIN)/python tests/fuzz/run.py --seconds $(or $(TIME),10) $(RUNS:%=--runs %) $(ONLY)

interruptions: $(READY) ## end commands at 50 random moments by each signal; takes long
	@nice $(BIN)/python benchmarks/interruptions.py

bench-receive: $(READY) ## measure `receive` beside others; 100,000 requests of strangers to it and each adapter
	@$(BIN)/python benchmarks/receive.py
	@$(BIN)/python benchmarks/in_process.py
	@$(BIN)/python benchmarks/strangers.py

bench-receivers: $(READY) ## hold the receiver test to correct receivers: 10,000 requests, five seeds
	@$(BIN)/python benchmarks/receivers.py

bench-peer: $(READY) ## measure the receiver test beside `schemathesis run`; takes ten minutes
	@$(BIN)/python benchmarks/peer.py

bench-peer-times: $(READY) ## the times of both alone, in a minute
	@$(BIN)/python benchmarks/peer.py --quick

build: $(READY) ## build the wheel and the source archive into dist/
	@$(BIN)/python -m build --no-isolation --outdir dist .

# Sphinx and what it brings have an environment of their own.
DOCS := build/docs
DOCS_READY := $(DOCS)/ready

$(DOCS_READY): pyproject.toml constraints.txt
	@mkdir -p $(DOCS)
	@test -x $(DOCS)/venv/bin/python || $(PYTHON) -m venv $(DOCS)/venv
	$(DOCS)/venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[docs]'
	@touch $(DOCS_READY)

.PHONY: docs
docs: $(DOCS_READY) ## build the documentation site in build/docs/html; AREAS="…" for a part of the callbacks
	@$(DOCS)/venv/bin/python -m hookproof.site docs $(DOCS)/source $(AREAS)
	@$(DOCS)/venv/bin/sphinx-build -W --keep-going --jobs auto --quiet -c docs $(DOCS)/source $(DOCS)/html

clean: ## remove what the other targets made
	rm -rf .venv .venv-spark build dist .mypy_cache .ruff_cache .pytest_cache
