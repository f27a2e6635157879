# Two commands do everything on a fresh machine: `make start` and `make test`.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
COMPILED := pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

# What Python has compiled is kept, also where the machine says otherwise: each start and each test would compile it anew.
export PYTHONDONTWRITEBYTECODE :=

# Tests share the processors among them: linear algebra that takes each for itself only waits (six times the work, measured).
fast tests whole browser: export OPENBLAS_NUM_THREADS := 1

.PHONY: start serve test fast lake lint types imports tests whole browser bench places league requirements sbom hooks clean

start: $(VENV)/.ready  ## the product in a browser, with the worked example loaded on the first start
	$(BIN)/python -m budget_model seed
	$(BIN)/streamlit run server.py

serve: $(VENV)/.ready  ## the product for many people: a worker for each processor behind one address; needs the proxy caddy
	$(BIN)/python -m budget_model seed
	$(BIN)/python -m budget_model serve

test: $(VENV)/.test-ready lint types imports tests  ## everything that must hold before a change is kept

fast: $(VENV)/.test-ready  ## the tests that answer in under a minute
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow and not browser"

tests: $(VENV)/.test-ready  ## every test, in a real browser too
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not browser"
	$(BIN)/pytest -n 4 --dist loadfile --no-loadscope-reorder -m browser --reruns 2 --reruns-delay 2 tests/browser

whole: $(VENV)/.test-ready  ## the large generated sets, of which the other tests read every so many, whole
	WHOLE=1 $(BIN)/pytest -n 2 --dist loadfile tests/intake tests/intake_bytes tests/board tests/contribute/test_first_map.py tests/together/test_portfolio.py tests/store/test_lake.py

browser: $(VENV)/.test-ready  ## the journeys in a real browser alone
	$(BIN)/pytest -n 4 --dist loadfile --no-loadscope-reorder -m browser --reruns 2 --reruns-delay 2 tests/browser

lake: $(VENV)/.test-ready  ## the store’s own tests once more with every store in a lake on PostgreSQL
	ON_A_LAKE=1 $(BIN)/pytest -n 2 --dist loadfile tests/store

lint: $(VENV)/.test-ready  ## one way of writing, and the usual mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	! grep -rnE '# fmt: (skip|off)' --include=*.py budget_model pages tests tools benchmarks *.py
	$(BIN)/python tools/check_limits.py
	$(BIN)/python tools/check_markup.py
	$(BIN)/python tools/check_wording.py
	$(BIN)/python tools/find_unreachable.py
	$(BIN)/hadolint deploy/Dockerfile
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec deploy/compose.yaml

types: $(VENV)/.test-ready  ## every value is what its function says
	$(BIN)/mypy

imports: $(VENV)/.test-ready  ## who may stand on whom
	$(BIN)/lint-imports

bench: $(VENV)/.ready  ## how fast it is, as ratios; never part of the tests
	for script in benchmarks/*_speed.py; do $(BIN)/python -m benchmarks.$$(basename $$script .py); done

places: $(VENV)/.ready  ## every English place made, loaded and proved by every law; takes ten minutes
	$(BIN)/python -m tools.make_every_place

league: $(VENV)/.ready .venv-league/.ready  ## other readers of spreadsheets and ours over files with known totals
	$(BIN)/python -m benchmarks.league $(wildcard ../shared/examples ../shared/cases)

.venv-league/.ready: benchmarks/league/requirements.txt
	$(PYTHON) -m venv .venv-league
	.venv-league/bin/python -m pip install --quiet --require-hashes --requirement benchmarks/league/requirements.txt
	touch $@

$(VENV)/.ready: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	touch $@

requirements: $(VENV)/.test-ready  ## the lists of requirements anew from their short .in files, with every hash
	$(BIN)/uv $(COMPILED) requirements.in --output-file requirements.txt
	$(BIN)/uv $(COMPILED) requirements-lake.in --output-file requirements-lake.txt
	$(BIN)/uv $(COMPILED) tests/requirements.in --output-file tests/requirements.txt
	$(BIN)/uv $(COMPILED) benchmarks/league/requirements.in --output-file benchmarks/league/requirements.txt

sbom: $(VENV)/.test-ready  ## what the product stands on, as a CycloneDX list
	$(BIN)/uv tool run --from cyclonedx-bom==7.5.0 cyclonedx-py requirements requirements.txt --output-file sbom.json

hooks: $(VENV)/.test-ready  ## the quick checks at every commit
	$(BIN)/pre-commit install

$(VENV)/.test-ready: $(VENV)/.ready tests/requirements.txt tests/install-system.sh
	$(BIN)/python -m pip install --quiet --require-hashes --requirement tests/requirements.txt
	sh tests/install-system.sh
	touch $@

clean:  ## forget what was installed; the store stays
	rm -rf $(VENV) .venv-league .pytest_cache .mypy_cache .ruff_cache .hypothesis
