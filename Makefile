# make demo    the worked example: a store, an answer, a picture
# make test    everything, on both engines and in a real browser
# make kill    kill writing processes 1,000 times on each engine, and look at what they leave
# make restart end Neo4j at every moment of a load, start it again, and look at what is there and what was said
# make crowd   twenty readers and a writer for a minute on each engine
# make check   format, lint, types (of the page's script too), import contract
# make bench   the measurements of bench/
# make clean   forget what the above made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo

.PHONY: demo test kill restart crowd check bench clean

demo: $(VENV)/installed
	@mkdir -p $(DEMO)
	@echo "== Loading the worked example"
	@ARGMAP_STORE=$(DEMO)/library.kgl $(BIN)/argmap load examples/localism/localism.argdown
	@echo
	@echo "== argmap ask answers localism are-local-authorities-capable"
	@ARGMAP_STORE=$(DEMO)/library.kgl $(BIN)/argmap ask answers localism are-local-authorities-capable
	@echo
	@ARGMAP_STORE=$(DEMO)/library.kgl $(BIN)/argmap draw localism -o $(DEMO)/localism.html
	@echo "Open the map in a browser: $(CURDIR)/$(DEMO)/localism.html"
	@echo "Go on with this store:     ARGMAP_STORE=$(DEMO)/library.kgl $(BIN)/argmap show localism"

test: $(VENV)/installed-dev
	@sh tests/tools.sh
	$(BIN)/python -m pytest $(PYTEST)

kill: $(VENV)/installed-dev
	$(BIN)/python tests/kill_stores.py --kills 1000 --engine embedded
	$(BIN)/python tests/kill_stores.py --kills 1000 --engine neo4j

restart: $(VENV)/installed-dev
	ARGMAP_ALL_RESTARTS=1 $(BIN)/python -m pytest tests/test_store_restart.py

crowd: $(VENV)/installed-dev
	$(BIN)/python tests/crowd_stores.py --seconds 60 --engine embedded
	$(BIN)/python tests/crowd_stores.py --seconds 60 --engine neo4j
	$(BIN)/python tests/crowd_stores.py --seconds 60 --engine neo4j --in-parts

check: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	sh tests/typecheck.sh

bench: $(VENV)/installed-dev
	@for file in bench/[a-z]*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

clean:
	rm -rf $(VENV) build dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "argmap needs Python 3.11 or newer as '$(PYTHON)'. Name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "'$(PYTHON)' cannot make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/installed: $(BIN)/python pyproject.toml
	@echo "== Installing argmap into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "== Installing what the tests need into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@
