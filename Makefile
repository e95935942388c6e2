# OKR Assistant. `make help` lists the targets; Python 3.11+, make and a package registry are all it needs.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8501
TIMES ?= 100
CHILDREN ?= 2

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
# A stamp stands for "installed exactly this": it is older than a changed lock, and gone with the environment.
RUN_STAMP := $(VENV)/.installed-run
DEV_STAMP := $(VENV)/.installed-dev

UV_COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

# Whole files go to one worker for each core: what a file shares, a server or a browser, is started once.
WORKERS = -n auto --dist loadfile

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run dev test fuzz screens mutants coverage check docs pictures lock clean browser proxy

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(RUN_STAMP) ## Start the app on http://localhost:8501 (HOST=0.0.0.0 for the local network, PORT=...)
	@exec $(BIN)/okr-assistant serve --host "$(HOST)" --port "$(PORT)"

dev: $(RUN_STAMP) ## The same, and watch the files
	@OKR_ASSISTANT_FULL_TRACEBACKS=true exec $(BIN)/okr-assistant serve --host "$(HOST)" --port "$(PORT)" --watch

test: $(DEV_STAMP) browser proxy ## Run every test, those in a browser included (ARGS=... for pytest)
	$(BIN)/python -m pytest $(WORKERS) $(ARGS)

fuzz: $(DEV_STAMP) ## Try a hundred times as much random and damaged input (TIMES=...)
	FUZZ_TIMES="$(TIMES)" $(BIN)/python -m pytest $(WORKERS) tests/fuzz $(ARGS)

screens: $(DEV_STAMP) browser ## Take a picture of every page in every state and size (STATES="start result" for some)
	$(BIN)/python -m tests.browser.screens $(STATES)

mutants: $(DEV_STAMP) ## Change scoring, flips and links a thousand times, and see whether the tests notice (CHILDREN=2)
	$(BIN)/mutmut run --max-children "$(CHILDREN)"
	$(BIN)/mutmut results

# In one process: what another one runs is not counted.
coverage: $(DEV_STAMP) ## Count the branches that the tests take where a wrong one is a wrong answer
	$(BIN)/coverage run -m pytest -m "not server and not long" $(addprefix tests/,decision sharing workshop store adversarial)
	$(BIN)/coverage json -q -o .coverage.json
	$(BIN)/python -m tests.branch_coverage < .coverage.json

check: $(DEV_STAMP) ## Format, lint, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(DEV_STAMP) ## Write the pages of the docs that are made from data
	$(BIN)/python -m tests.docs.written

pictures: $(DEV_STAMP) browser ## Take the pictures in the docs of the running app
	$(BIN)/python -m tests.docs.pictures

lock: $(DEV_STAMP) ## Write both lock files anew (UPGRADE=--upgrade for newer versions)
	$(UV_COMPILE) $(UPGRADE) --extra build --extra postgres -o requirements.lock
	$(UV_COMPILE) $(UPGRADE) --extra build --extra postgres --extra mcp --extra dev --constraint requirements.lock -o requirements-dev.lock

clean: ## Remove the environment and everything the tools left
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.json mutants test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The browser tests drive the machine's own Chromium; Playwright's download of one is not needed.
browser:
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "No Chromium found: installing it"; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium; \
	else \
	  echo "The browser tests need Chromium: install the package 'chromium' and run make test again" >&2; exit 1; \
	fi

# The tests of replicas run the configuration in deploy/nginx.
proxy:
	@for name in nginx /usr/sbin/nginx /usr/local/sbin/nginx; do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "No nginx found: installing it"; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get -qq update && apt-get -qq install -y --no-install-recommends nginx-light; \
	else \
	  echo "The tests of replicas need nginx: install the package 'nginx-light' and run make test again" >&2; exit 1; \
	fi

# The check comes first: an old Python fails much later and says something else.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "OKR Assistant needs Python 3.11 or newer; $(PYTHON) is " + sys.version.split()[0] + ". Set PYTHON=... to another one.")'
	@$(PYTHON) -m venv --clear $(VENV)

$(RUN_STAMP): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing OKR Assistant into $(VENV)"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_STAMP): requirements-dev.lock $(RUN_STAMP)
	@echo "Installing the tools for tests and checks"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
