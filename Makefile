# make demo: set up and scan seeds/ · make test: set up and run the tests · make check: all that CI runs
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: demo test check format docs fuzz bench pins clean

# Every package at one version, each file by its hash (make pins writes them anew)
.venv/ready: pyproject.toml requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps --requirement requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch .venv/ready

pins: .venv/ready
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra parquet --extra warc --group dev --universal --python-version 3.11.5 \
	  --generate-hashes --upgrade --no-header --no-emit-index-url --no-annotate --quiet --output-file requirements-dev.txt

demo: .venv/ready
	$(BIN)/provcheck scan seeds

test: .venv/ready
	$(BIN)/pytest -n auto --dist worksteal

check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/make_docs.py --check
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --site-dir build/site
	$(BIN)/pytest -n auto --dist worksteal
	$(BIN)/python scripts/fuzz.py --minutes 1 --seed 1

format: .venv/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: .venv/ready
	$(BIN)/python scripts/make_docs.py

# make fuzz MINUTES=60: what reads other people's bytes, fed with what nobody wrote
MINUTES ?= 60
fuzz: .venv/ready
	$(BIN)/python scripts/fuzz.py --minutes $(MINUTES)

# make bench CORPUS=corpus.jsonl.gz GOLD=gold.json: measure against the peers, write docs/benchmarks.md
bench:
	$(PYTHON) -m venv build/bench
	build/bench/bin/python -m pip install --quiet --editable ".[fast]" --requirement benchmarks/peers.txt
	build/bench/bin/python benchmarks/run.py $(CORPUS) $(GOLD) $(OPTIONS)

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
