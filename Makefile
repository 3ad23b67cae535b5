# Every command of the project. `make` alone lists them.

PORT ?= 5005
STAFF_PORT ?= 5006
NORNE ?= ../shared/norne
UV_VERSION := 0.13.9

# What is typed after Q= is text: a $ in it is no variable of make's.
override Q := $(value Q)

# .venv-tensorflow, made by install-tensorflow, is for components that need TensorFlow.
VENV ?= .venv
LOCK := $(if $(filter %-tensorflow,$(VENV)),requirements-tensorflow.lock,requirements.lock)
PYTHON := $(VENV)/bin/python
TOOLS := $(VENV)/.installed $(VENV)/.tools
SITE_PACKAGES := $(VENV)/lib/python3.10/site-packages
# The same as in tests/browser/browsers.py, where macOS has its own.
CHROMIUM := chromium chromium-browser google-chrome google-chrome-stable
CHROMIUM_ON_MAC := /Applications/Google Chrome.app
FIREFOX := firefox-esr firefox
FIREFOX_ON_MAC := /Applications/Firefox.app
# What make test-cluster needs of Debian's packages, and their programs.
SERVICES := postgresql redis-server caddy curl
SERVICE_PROGRAMS := initdb redis-server caddy curl
# What builds the widget, and what judges the page: the files that npm leaves when it is done.
WIDGET_TOOLS := widget/node_modules/.package-lock.json
NODE_MODULES := $(WIDGET_TOOLS) tests/browser/lighthouse/node_modules/.package-lock.json
WHEEL := $(lastword $(sort $(wildcard language_model/dist/nb_core_news_sm-*.whl)))
# A pyenv shim named uv may exist and yet not run, so uv is tried rather than looked for.
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .uv/bin/uv)
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--python-version 3.10
UV_STAMP := $(if $(filter .uv/%,$(UV)),.uv/.installed-$(UV_VERSION))
# The stamps mean nothing when the Python behind an environment has been removed.
FORCE_VENV := $(shell test -x $(PYTHON) || echo FORCE)

serve ask conversations record: export PORT := $(PORT)
staff: export STAFF_PORT := $(STAFF_PORT)
export Q
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3
export TF_ENABLE_ONEDNN_OPTS := 0

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help serve staff ask test test-cluster test-long browser widget check train validate conversations \
	record demo-traffic evaluate benchmark \
	install install-tensorflow lock language-model nynorsk-words language-model-report clean FORCE

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-23s %s\n", $$1, $$2 }' Makefile

serve: $(VENV)/.installed ## Start the assistant (PORT=5005); does all set-up and training
	@exec $(PYTHON) -m bot.cli serve

staff: $(VENV)/.installed ## Start the staff console (STAFF_PORT=5006), beside the assistant; does all set-up
	@exec $(PYTHON) -m bot.cli staff

ask: $(VENV)/.installed ## Ask one question: make ask Q="…"
	@test -n "$$Q" || { echo 'Ask like this: make ask Q="…"' >&2; exit 2; }
	@exec $(PYTHON) -m bot.cli ask $(ARGS) -- "$$Q"

test: check browser $(NODE_MODULES) train .venv-provider/.locked ## Check the code and run all tests; does all set-up and training
	@$(PYTHON) -m pytest

test-cluster: $(TOOLS) browser train ## Disturb servers behind a proxy while 16 people talk; installs PostgreSQL, Redis, Caddy
	@PATH="$$PATH:$$(echo /usr/lib/postgresql/*/bin | tr ' ' :)"; missing=; \
	for name in $(SERVICE_PROGRAMS); do command -v "$$name" >/dev/null || missing=1; done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	as_root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	echo "Installing $(SERVICES) from the system's packages, for the tests of a cluster"; \
	{ $$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -qq --no-install-recommends $(SERVICES); \
	} >/dev/null || { \
		echo "They could not be installed: install $(SERVICES) yourself, then run" \
			"make test-cluster again." >&2; \
		exit 1; \
	}
	@$(PYTHON) -m pytest tests/cluster $(ARGS)

test-long: test test-cluster ## All of these, then 10,000 odd messages and 200,000 odd bodies
	@$(PYTHON) -m trials.fuzzing $(ARGS)

browser: ## Install Chromium and Firefox for the tests of the page, where the machine has none
	@missing=; \
	for name in $(CHROMIUM); do command -v "$$name" >/dev/null && break; done || \
		test -d "$(CHROMIUM_ON_MAC)" || missing="chromium fonts-liberation"; \
	for name in $(FIREFOX); do command -v "$$name" >/dev/null && break; done || \
		test -d "$(FIREFOX_ON_MAC)" || missing="$$missing firefox-esr"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	as_root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	echo Installing $$missing "from the system's packages, for the tests of the page"; \
	{ $$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -qq --no-install-recommends $$missing; \
	} >/dev/null || { \
		echo "The browsers could not be installed: install Chromium or Google Chrome, and" \
			"Firefox, yourself, then run make test again." >&2; \
		exit 1; \
	}

widget: $(WIDGET_TOOLS) ## Build what is served of the widget, after a change in widget/
	@cd widget && node build.mjs

check: $(TOOLS) ## Check style (ruff) and types (mypy)
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy

train: $(VENV)/.installed ## Train the model, when what it is made of has changed
	@$(PYTHON) -m bot.cli train

validate: $(VENV)/.installed ## Check the knowledge base and Rasa's data
	@$(PYTHON) -m bot.cli validate

# A file in ARGS takes the place of testpaths. It may lie outside the project, so -c names the
# settings and -p makes the options known. --url: else the tests' own server would be started.
conversations: $(TOOLS) train ## Hold the scripted conversations: make conversations ARGS="-k nynorsk"
	@$(PYTHON) -m pytest -c pyproject.toml -p trials.scripts.pytest_plugin \
		-o testpaths=tests/conversations --url auto $(ARGS)

record: $(TOOLS) train ## Talk, and have it written as a scripted conversation: make record ARGS=FILE
	@$(PYTHON) -m trials.scripts.record $(ARGS)

demo-traffic: $(VENV)/.installed ## Make up conversations for the staff console, marked as such (ARGS=--remove)
	@$(PYTHON) -m trials.demo $(ARGS)

evaluate: $(TOOLS) ## Judge replies to questions, beside baselines; writes reports/
	@$(PYTHON) -m trials.questions $(ARGS)

benchmark: $(TOOLS) install-tensorflow ## Measure beside Rasa at its least and as it comes; writes reports/
	@$(PYTHON) -m trials.measurements $(ARGS)

install: $(VENV)/.installed ## Make the environment in .venv

install-tensorflow: ## Make another, in .venv-tensorflow, for components that need TensorFlow
	@$(MAKE) --no-print-directory install VENV=.venv-tensorflow

lock: | $(UV_STAMP) ## Renew the locks after a change in pyproject.toml
	$(COMPILE) pyproject.toml --excludes tensorflow-packages.txt -o requirements.lock
	$(COMPILE) pyproject.toml --excludes tensorflow-packages.txt --all-extras \
		-c requirements.lock -o requirements-dev.lock
	$(COMPILE) pyproject.toml -c requirements.lock -o requirements-tensorflow.lock
	$(COMPILE) tests/console/provider/requirements.in -o requirements-provider.lock

language-model: $(VENV)/.tools ## Build the Norwegian pipeline (NORNE=../shared/norne)
	@$(PYTHON) -m language_model.build --norne "$(NORNE)"

nynorsk-words: $(TOOLS) ## Count the treebank's Nynorsk words (NORNE=../shared/norne)
	@$(PYTHON) -m language_model.count_words --norne "$(NORNE)"

language-model-report: $(TOOLS) ## Measure the Norwegian pipeline again
	@$(PYTHON) -m language_model.evaluate --norne "$(NORNE)"

clean: ## Remove what make made; conversations (var/) and reports stay
	rm -rf .venv .venv-provider .venv-tensorflow .uv .rasa models $(dir $(NODE_MODULES)) language_model/work .mypy_cache .pytest_cache .ruff_cache
	find actions bot language_model tests trials -name __pycache__ -prune \
		-exec rm -rf {} + 2>/dev/null || true

# uv of the project's own, for machines that have none on the PATH. The folder's
# .python-version may stop a pyenv python3, hence the other places.
.uv/.installed-$(UV_VERSION):
	@found=; for python in python3 python /usr/bin/python3 \
			"$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/*/bin/python3; do \
		"$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 8))' \
			>/dev/null 2>&1 && found=$$python && break; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Set-up needs uv, or Python 3.8 or newer with venv and pip: install one of" \
			"them (Debian, Ubuntu: sudo apt install python3-venv), then run make again." >&2; \
		exit 1; \
	fi; \
	echo "Installing uv $(UV_VERSION) in .uv"; \
	rm -rf .uv; \
	"$$found" -m venv .uv && .uv/bin/python -m pip install --quiet \
		--disable-pip-version-check uv==$(UV_VERSION) || { \
		echo "uv could not be installed: check that this machine reaches a Python package" \
			"index, then run make again." >&2; \
		exit 1; \
	}
	@touch $@

# uv with the packages of a lock. --python, or it would fill an environment that is
# activated; awk leaves out its list of 200 names. The third argument is another Python.
quietly = { $(UV) $(1) --python $(or $(3),$(PYTHON)) --require-hashes --compile-bytecode $(2) 2>&1 \
	|| echo FAILED; } | awk '/^FAILED$$/ { failed = 1; next } \
	!/^ [-+~] / { print; fflush() } END { exit failed }' || { \
		echo "The packages could not be installed: check that this machine reaches a Python" \
			"package index, then run make again." >&2; \
		exit 1; \
	}

# The locked packages.
$(VENV)/.locked: $(LOCK) .python-version $(FORCE_VENV) | $(UV_STAMP)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null || { \
		echo "Making $(VENV) with Python 3.10"; \
		rm -rf $(VENV); \
		why=$$($(UV) venv --quiet --python 3.10 $(VENV) 2>&1) || { \
			echo "Python 3.10 was neither found nor fetched ($$(echo "$$why" | head -n 1)):" \
				"install it, for example with pyenv install 3.10, and run make again." >&2; \
			exit 1; \
		}; \
	}
	@echo "Installing the locked packages"
	@$(call quietly,pip sync,$(LOCK))
	@touch $@

# The Norwegian pipeline, which sync has just removed: no package index has it. And the
# stand-in for TensorFlow, at every start of Python, so that Rasa's own commands work.
$(VENV)/.installed: $(VENV)/.locked $(WHEEL) bot/without_tensorflow.py
	@test -n "$(WHEEL)" || { \
		echo "language_model/dist holds no wheel: get it from the repository, or build it" \
			"with make language-model." >&2; \
		exit 1; \
	}
	@$(UV) pip install --quiet --python $(PYTHON) --no-deps --reinstall "$(WHEEL)"
	@cp bot/without_tensorflow.py $(SITE_PACKAGES)/helse_without_tensorflow.py
	@echo 'import helse_without_tensorflow as it; it.stand_in()' \
		> $(SITE_PACKAGES)/helse_without_tensorflow.pth
	@touch $@

# The OpenID provider of the tests of sign-in, whose packages do not go with Rasa's.
.venv-provider/.locked: requirements-provider.lock | $(VENV)/.locked
	@echo "Installing the OpenID provider of the tests"
	@$(UV) venv --quiet --clear --python $(PYTHON) .venv-provider
	@$(call quietly,pip sync,$<,.venv-provider/bin/python)
	@touch $@

# The locked packages for Node.js, and Node.js where there is none.
%/node_modules/.package-lock.json: %/package.json %/package-lock.json
	@command -v npm >/dev/null || { \
		as_root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		echo "Installing Node.js from the system's packages"; \
		{ $$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
			apt-get install -qq --no-install-recommends nodejs npm; \
		} >/dev/null || { \
			echo "Node.js could not be installed: install it, 18 or newer, with npm, then run" \
				"make again." >&2; \
			exit 1; \
		}; \
	}
	@echo "Installing the packages of $*"
	@cd $* && npm ci --silent --no-audit --no-fund || { \
		echo "The packages could not be installed: check that this machine reaches an npm" \
			"registry, then run make again." >&2; \
		exit 1; \
	}
	@touch $@

# What checks, tests and trials need beside.
$(VENV)/.tools: $(VENV)/.locked requirements-dev.lock
	@echo "Installing the packages of tests and trials"
	@$(call quietly,pip install --no-deps,-r requirements-dev.lock)
	@touch $@
