# Two commands: `make figures` remakes everything, `make test` checks everything. Each sets up what is missing first.
.DEFAULT_GOAL := help
.PHONY: help figures messages test lab site release wheel slides check reproduce bench words peers audit setup lock clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# From the command line only: gettext knows an environment variable of this name.
INTO := $(if $(findstring command,$(origin LANGUAGE)),$(LANGUAGE))
# An environment belongs to the folder it was made in: in a copied or moved one it is made anew.
READY := $(VENV)/.locked-$(shell (pwd -P; cat requirements.lock) | cksum | cut -d' ' -f1)

help:  ## what there is to make
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

figures: $(READY)  ## run every notebook: figures/, the stored outputs and the generated tables (LANGUAGE=ja: all into build/ja)
	$(BIN)/spacesec run $(if $(INTO),--language $(INTO))
	$(if $(INTO),,$(BIN)/spacesec readme)

messages: $(READY)  ## gather what readers are told into the catalogues of translators, lib/spacesec/words/locale
	$(BIN)/spacesec messages

test: $(READY)  ## every test, and nbval over every notebook
	$(BIN)/python -m pytest

lab: $(READY)  ## JupyterLab on the collection, at a start page of its questions (OPTIONS=--no-browser and the like)
	$(BIN)/spacesec lab $(OPTIONS)

site: $(READY)  ## the website of answers, claims, tables and sources, in build/site (Japanese below ja/)
	$(BIN)/spacesec site $(OPTIONS)

release: $(READY)  ## the tables as a data package, one database, Parquet and references, in build/release
	$(BIN)/spacesec release

wheel: $(READY)  ## the package with tables, sources and records inside, in build/wheel
	rm -rf build/wheel build/lib
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --no-index --wheel-dir build/wheel .

slides: $(READY)  ## a question as slides and handout: make slides QUESTION=budgets/government_space
	$(BIN)/spacesec slides $(QUESTION)

check: $(READY)  ## tables, sources, conflicts; figures against their records
	$(BIN)/spacesec check
	$(BIN)/spacesec verify

reproduce: $(READY)  ## run everything again, one by one in ordinary kernels, and compare every byte with what is stored
	$(BIN)/spacesec verify --rerun --jobs 1 --kernel ordinary

bench: $(READY)  ## measure running the collection, the coverage kernel and the search for patterns beside what a user would otherwise use
	$(BIN)/python benchmarks/collection.py --page benchmarks/collection.md
	$(BIN)/python benchmarks/coverage.py
	$(BIN)/python benchmarks/search.py

words: $(READY)  ## hold every sentence and label at many parameters drawn by lot, and write benchmarks/words.md
	$(BIN)/python benchmarks/words.py

peers: $(READY)  ## compare with other people's software and write peers/README.md (needs the network and R)
	$(BIN)/python -m peers

audit: $(READY)  ## ask for known vulnerabilities of the locked packages (needs the network)
	$(BIN)/spacesec audit

setup: $(READY)  ## only set up the environment

lock: $(READY)  ## resolve pyproject.toml anew into requirements.lock (needs the network)
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --upgrade --output-file requirements.lock

clean:  ## remove the environment and caches; data, notebooks and figures stay
	rm -rf $(VENV) build .pytest_cache .hypothesis .ruff_cache lib/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@PYTHON="$(PYTHON)" sh tools/setup.sh "$(READY)"
