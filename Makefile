# Two commands are enough: `make run` and `make test`. Both set up .venv first, once per lock file.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
COMPILED := $(VENV)/.compiled
WAREHOUSE ?= warehouse

.PHONY: setup run test lint lock docs clean
setup: $(COMPILED)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Dateline needs Python 3.11 or newer; this is %d.%d. Try: make PYTHON=python3.11" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet "$$(grep '^uv==' requirements.lock)"
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --compile-bytecode -r requirements.lock
	@touch $(STAMP)

# What hatch_build.py compiles, anew whenever its sources change: Python would go on importing the old.
SOURCES := $(shell sed -n 's/^ *"\(flows.*\.pyx*\)",$$/\1/p' hatch_build.py)
$(COMPILED): $(STAMP) hatch_build.py $(SOURCES) $(wildcard flows/derive/*.pxd flows/derive/passes/*.pxd)
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q flows
	@$(BIN)/python -c 'from flows.derive.passes import IS_COMPILED as c; c or print("No C compiler: slower, the same otherwise")'
	@touch $(COMPILED)

run: setup
	@$(BIN)/dateline build seeds/articles --warehouse $(WAREHOUSE)
	@$(BIN)/dateline export --warehouse $(WAREHOUSE)
	@$(BIN)/dateline report --warehouse $(WAREHOUSE)
	@printf '%s\n' '' 'Look at next:' \
	  '  $(BIN)/dateline sql "select path, title, language, word_count from documents limit 5" --warehouse $(WAREHOUSE)' \
	  '  $(BIN)/dateline sql "from report.tags" --warehouse $(WAREHOUSE)' \
	  '  $(BIN)/dateline status --warehouse $(WAREHOUSE)' \
	  '  $(WAREHOUSE)/dateline.duckdb   the store: open it with any DuckDB, read-only' \
	  '  $(WAREHOUSE)/exports/          the same as Parquet, for Polars, pandas and others' \
	  '  $(WAREHOUSE)/report/index.html  a page to look at, in any browser' \
	  '  README.md                  how to point it at your own folder'

test: setup
	$(BIN)/python -m pytest -n auto --dist loadscope

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --disable-progress-bar sql

# Writes requirements.lock anew from the bounds in pyproject.toml.
lock: setup
	$(BIN)/uv pip compile --quiet --all-extras --universal --python-version 3.11 --custom-compile-command 'make lock' --no-annotate pyproject.toml -o requirements.lock

# Writes docs/tables.md, docs/commands.md and docs/configuration.md from the code.
docs: setup
	$(BIN)/python -m flows.reference

# Trains the small models of flows/derive/entities/models anew and prints what they reach; NER is the labelled data.
NER ?= ../shared/ner
.PHONY: train-entities
train-entities: setup
	$(BIN)/python -m flows.train --ner $(NER)

# Writes the class of every character, by Unicode's properties, into seeds/reference.
.PHONY: character-classes
character-classes: setup
	$(BIN)/python -m flows.train.characters

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis flows/derive/*.so flows/derive/passes/*.so

# Slow ones, run by hand and before a release.
.PHONY: crash fuzz coverage test-duckdb2
crash: setup
	$(BIN)/python -m tests.crash --kills 100

fuzz: setup
	$(BIN)/python -m tests.fuzz_extract --seconds 60

# Whole builds beside the bare loop of python-frontmatter; CORPUS is a collection of yours, measured too.
CORPUS ?=
.PHONY: bench bench-scale bench-cluster bench-entities
bench: setup
	$(if $(CORPUS),$(BIN)/python -m tests.benchmarks.bench_build $(CORPUS) --write)
	$(BIN)/python -m tests.benchmarks.bench_build --write

# The same generated articles by the thousand and by the million; an hour and 30 GB of disk.
bench-scale: setup
	$(BIN)/python -m tests.benchmarks.bench_scale --write

# One worker of a Dask cluster beside two, and whole builds with entities, over CORPUS.
bench-cluster: setup
	$(BIN)/python -m tests.benchmarks.bench_cluster $(CORPUS) --write

bench-entities: setup
	$(BIN)/python -m tests.benchmarks.bench_entities $(CORPUS) --write

# The suite with branch coverage of flows/, processes it starts included; not of what is compiled, so that less is.
coverage: setup
	rm -f flows/derive/*.so $(COMPILED)
	$(BIN)/python -m pytest -n auto --dist loadscope --cov --cov-report=term-missing:skip-covered

# The same tests with DuckDB 2 in an environment of its own.
test-duckdb2: setup
	$(PYTHON) -m venv .venv-duckdb2
	VIRTUAL_ENV=$(CURDIR)/.venv-duckdb2 $(BIN)/uv pip install --quiet --compile-bytecode -r requirements.lock
	VIRTUAL_ENV=$(CURDIR)/.venv-duckdb2 $(BIN)/uv pip install --quiet --no-config 'duckdb>=2,<3'
	VIRTUAL_ENV=$(CURDIR)/.venv-duckdb2 $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	.venv-duckdb2/bin/python -m pytest
