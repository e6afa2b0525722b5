# `make` alone lists what can be made; each target's help is the text after its `##`.
.DEFAULT_GOAL := help
.PHONY: help setup develop

PYTHON ?= python3
BIN := .venv/bin

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: python
python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "No $(PYTHON) on this machine; Connects needs Python 3.11 or newer."; exit 1; }

setup: python  ## install what `connects` needs into .venv
	@$(PYTHON) requirements/install.py run

develop: python  ## install what the tests and checks need, too
	@$(PYTHON) requirements/install.py develop
