# `make` alone lists what can be made; each target's help is the text after its `##`.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help python setup develop browser run fresh test quick sqlite postgres lint types format \
	bench books soak soak-simulation soak-sqlite soak-postgres soak-site soak-killing soak-events \
	soak-lab soak-pages soak-messages soak-lives scenarios openapi messages clients clients-test \
	pictures docs site lock

PYTHON ?= python3
WORKERS ?= 2
TESTS ?= tests
COUNT ?= 10000
SEEDED = $(if $(SEED),--seed $(SEED))
BIN := .venv/bin
# What the TypeScript client is checked with. Where npm reaches no registry, its tests are skipped.
FETCHED := clients/typescript/node_modules/.package-lock.json
PYTEST := $(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=worksteal
CODE := src tests docs_site clients/generate.py requirements/licences.py $(wildcard bench)
CORE := vocabulary policy pricing ledger movements architecture docs

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "No $(PYTHON) on this machine; Connects needs Python 3.11 or newer."; exit 1; }

setup: python  ## install what `connects` and its commands need into .venv
	@$(PYTHON) requirements/install.py setup

develop: python  ## install what the tests and checks need, too
	@$(PYTHON) requirements/install.py develop

browser: develop  ## make sure that there is a Chromium for the tests, and, as root, nginx and Caddy
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m tests.servers.proxies

run: setup  ## serve a filled demo marketplace on SQLite at http://127.0.0.1:8000
	@exec $(BIN)/connects run

fresh: setup  ## the same, but forget all data first
	@rm -rf var
	@exec $(BIN)/connects run

# Types are checked beside the tests on SQLite, which leave the processor idle now and then. What fails
# stops nothing, so that one run says all that is wrong.
test: lint browser $(FETCHED)  ## run every check, and every test on SQLite and on PostgreSQL
	@mkdir -p .cache; failed=; \
	$(MAKE) --no-print-directory types >.cache/types.txt 2>&1 & types=$$!; \
	trap 'kill $$types 2>/dev/null; exit 130' INT TERM; \
	$(MAKE) --no-print-directory sqlite || failed="$$failed sqlite"; \
	wait $$types || failed="$$failed types"; \
	echo "== Types"; cat .cache/types.txt; \
	$(MAKE) --no-print-directory postgres || failed="$$failed postgres"; \
	test -z "$$failed" || { echo "These failed:$$failed"; exit 1; }

$(BIN)/pytest:
	@$(MAKE) develop

quick: $(BIN)/pytest  ## in half a minute: lint, types of what you changed, and the core's tests
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m tests.changed | xargs -r $(BIN)/mypy
	@HYPOTHESIS_PROFILE=quick $(PYTEST) -q -m "not database" $(CORE:%=tests/%)

sqlite: browser $(FETCHED)  ## run the tests on SQLite; TESTS=tests/ledger picks some
	@echo "== Tests on SQLite"
	@env -u DATABASE_URL $(PYTEST) $(TESTS)

# Pages look alike on every database: a browser tries them once, on SQLite. What asks no database is
# run once, too. No test takes the machine's power away, so that the server need not wait for its disk.
postgres: browser  ## run the tests on PostgreSQL: DATABASE_URL's, or one of its own
	@echo "== Tests on PostgreSQL"
	@$(BIN)/python -m tests.servers.postgres --set=fsync=off -- \
		$(PYTEST) -m "database$(if $(filter tests,$(TESTS)), and not browser)" $(TESTS)

lint: develop  ## check style, format and the direction of imports
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/lint-imports --no-logo

types: develop  ## check types
	@$(BIN)/mypy $(CODE)

format: develop  ## format the code and mend what can be mended safely
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: develop  ## measure pricing, files, estimates, posting, what falls due, and rollouts
	@$(BIN)/python -m bench.price
	@$(BIN)/python -m bench.files
	@$(BIN)/connects bench ledger
	@$(BIN)/python -m bench.estimate
	@$(BIN)/python -m tests.servers.postgres -- $(BIN)/python -m bench.due
	@$(BIN)/python -m tests.servers.postgres -- $(BIN)/python -m bench.rollout

books: develop  ## random histories of ten thousand events, whose books Beancount checks
	@CONNECTS_BOOK_EVENTS=10000 $(BIN)/python -m pytest -q -n2 tests/market/books/test_books.py

soak: soak-simulation soak-sqlite soak-postgres soak-killing soak-events soak-lab  ## break things under load for SECONDS (600) each, from SEED

soak-simulation: develop  ## of `soak`, only the simulated marketplace
	@$(BIN)/python -m tests.faults.simulation --steps 200000 --seconds $(or $(SECONDS),600) $(SEEDED)

soak-sqlite: develop  ## of `soak`, only the posters on SQLite
	@$(BIN)/python -m tests.faults.soak --database sqlite --seconds $(or $(SECONDS),600) $(SEEDED)

soak-postgres: develop  ## of `soak`, only the posters on PostgreSQL
	@$(BIN)/python -m tests.faults.soak --seconds $(or $(SECONDS),600) $(SEEDED)

soak-site: develop  ## try to stop the real site for SECONDS (1800), from SEED, while guests look around
	@$(BIN)/python -m tests.site_soak --seconds $(or $(SECONDS),1800) $(SEEDED)

soak-killing: develop  ## kill server, worker, database and host KILLS (1000) times amid proposals of examples/host
	@PYTHONPATH=clients/python $(BIN)/python -m tests.examples.killing --kills $(or $(KILLS),1000) $(SEEDED)

soak-events: develop  ## EVENTS (1000000) for a consumer that is stopped, hears things twice, and fails
	@$(BIN)/python -m tests.faults.consuming --events $(or $(EVENTS),1000000) $(SEEDED)

soak-lab: develop  ## STEPS (10000000) random commands through the laboratory's arrays and the ledger
	@CONNECTS_LAB_STEPS=$(or $(STEPS),10000000) $(BIN)/python -m pytest -q -n2 tests/lab/kernel/test_wallets.py

soak-pages: browser  ## every page of the demo at 768 px and at 200 %, in light and dark, as each role
	@env -u DATABASE_URL $(BIN)/python -m pytest -q -n0 tests/browser/soak_pages.py

soak-messages: develop  ## providers' messages in 1,000 random orders, which must all end alike
	@MESSAGE_ORDERS=1000 $(BIN)/python -m pytest -q -n2 tests/faults/test_messages_in_any_order.py

soak-lives: develop  ## live COUNT (10000) random lives of members, from SEED
	@CONNECTS_LIVES=$(COUNT) $(if $(SEED),CONNECTS_LIVES_SEED=$(SEED)) $(PYTEST) -q tests/properties

scenarios: setup  ## play every story in scenarios/
	@$(BIN)/connects scenario run $(wildcard scenarios/*.toml)

openapi: develop  ## write docs/openapi.json, unless that would narrow it
	@$(BIN)/python -m tests.api.document

messages: develop  ## collect the messages of the code, and compile their translations
	@$(BIN)/python -m tests.wording.messages

clients: develop  ## write the generated halves of the clients from docs/openapi.json
	@$(BIN)/python -m clients.generate

$(FETCHED): clients/typescript/package-lock.json | develop
	@cd clients/typescript && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --loglevel=error \
		|| echo "npm could not fetch what the TypeScript client is checked with"

clients-test: develop $(FETCHED)  ## test both clients against a sandbox
	@$(BIN)/python -m pytest -q -n2 tests/clients

pictures: browser  ## make the pictures of the README anew, from the demo
	@env -u DATABASE_URL $(BIN)/python -m tests.browser.pictures

docs: develop  ## check that the documentation fits the code
	@$(BIN)/python -m pytest tests/docs

site: develop  ## build the documentation as a site into build/site
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build
	@echo "The site is in build/site; python3 -m http.server --directory build/site shows it."

lock: develop  ## choose the newest packages that pyproject.toml allows and lock their hashes
	@requirements/lock.sh $(BIN)/uv
