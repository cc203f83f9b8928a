# `make kg` and `make test` are all that a fresh machine needs: Python 3.11+, make and git.
# Everything is installed into .venv from locked, hashed requirements; no environment need be active.

# The first of these that is new enough; `make PYTHON=…` names another.
RECENT  := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON  ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell $(name) $(RECENT) 2>/dev/null && echo $(name))))
BIN     := .venv/bin
READY   := .venv/.ready
LOCKS   := requirements-build.txt requirements.txt
TESTERS := .venv/.ready-test
PEERS   := .venv/.ready-bench
PIP     := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq install --no-build-isolation
GOLD    := ../shared/eval

# An environment that happens to be active, or a user's own packages, must not leak into ours.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH PIP_REQUIRE_VIRTUALENV PIP_USER
export PYTHONNOUSERSITE := 1

.DEFAULT_GOAL := kg
.PHONY: kg test shacl check bench score docs setup clean

kg: $(READY)       ## build, validate and export the graph of articles/
	@$(BIN)/kg build articles --out build

test: $(TESTERS)     ## run all tests, on all cores
	@$(BIN)/python -m pytest -n auto

shacl: $(READY)    ## validate the built graph with pySHACL, building it first if needed
	@test -f build/manifest.json || $(BIN)/kg build articles --out build
	@$(BIN)/kg validate build

check: $(TESTERS)    ## ruff, mypy, import contracts, OWL consistency
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict kg
	@$(BIN)/lint-imports
	@test -f build/manifest.json || $(BIN)/kg build articles --out build
	@$(BIN)/python scripts/consistency.py build

bench: $(PEERS)    ## every benchmark beside its peers, in small; docs/benchmarks.md says how the figures were made
	@test -f build/manifest.json || $(BIN)/kg build articles --out build
	@$(BIN)/python benchmarks/build.py
	@$(BIN)/python benchmarks/speed.py
	@$(BIN)/python benchmarks/relations.py
	@$(BIN)/python benchmarks/reading.py
	@$(BIN)/python benchmarks/rdf.py
	@$(BIN)/python benchmarks/shacl.py
	@$(BIN)/python benchmarks/scale.py
	@$(BIN)/python benchmarks/serve.py --build build --seconds 10

score: $(TESTERS)    ## compare the extractor with hand-made records, where those are at hand, and with pinned floors
	@$(BIN)/python scripts/score.py --gold $(GOLD)

docs: $(TESTERS)   ## renew what is generated: the pages of queries, tables and ontology, and the outputs in README.md
	@$(BIN)/kg build articles --out build
	@$(BIN)/python -m scripts.queries --rows tests/gallery
	@$(BIN)/python -m scripts.tables
	@$(BIN)/python -m scripts.ontology
	@$(BIN)/python scripts/readme.py

setup: $(TESTERS)   ## only install

$(READY): $(LOCKS) pyproject.toml
	@test -n "$(PYTHON)" && $(PYTHON) $(RECENT) || { \
		echo "make: no Python 3.11 or newer found; install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Setting up .venv with $$($(PYTHON) --version): once, about a minute" >&2
	@rm -rf .venv
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "make: $(PYTHON) cannot make a virtual environment; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PIP) --require-hashes -r requirements-build.txt
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --editable .
	@touch $@

# What only the tests and checks need (pytest, PySpark, a second triple store), then what only the benchmarks do.
$(TESTERS): $(READY) requirements-test.txt
	@echo "Adding what the tests need to .venv: once, about a minute" >&2
	@$(PIP) --require-hashes -r requirements-test.txt
	@touch $@

$(PEERS): $(TESTERS) requirements-bench.txt
	@$(PIP) --require-hashes -r requirements-bench.txt
	@touch $@

clean:             ## remove what a build and the tools wrote; .venv stays
	rm -rf build build.cache dist .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
