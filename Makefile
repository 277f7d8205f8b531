# Needs Python 3.11 or newer and make; everything else goes into .venv, pinned by hash in the lock files.

PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11 python; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile
FROM_LOCK := $(INSTALL) --require-hashes --only-binary :all: -r

# What Python compiles it keeps, whatever the environment says: else each of many processes would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test vocabulary kernels cover lint soak bench docs protos format lock clean

demo: .venv/run.stamp
	$(BIN)/outwork demo

# The tests of these folders reach every branch of the vocabulary. Only they are traced, which makes them half as long again.
VOCABULARY := tests/model tests/clear/rules tests/cli/test_replan.py tests/clear/test_leadtimes.py tests/match/test_facts.py \
	tests/match/words/test_read.py tests/store/test_access_log.py tests/store/test_bad_input.py tests/store/test_watchlists.py
# One worker more than there are cores: many tests wait for processes that they have started.
WORKERS := $(shell echo $$(( $$(nproc 2>/dev/null || echo 2) + 1 )))
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

test: vocabulary kernels
	$(PYTEST) $(VOCABULARY:%=--ignore=%)

vocabulary: .venv/dev.stamp
	$(PYTEST) $(VOCABULARY) --hypothesis-profile reach --cov=outwork.model --cov-report=term --cov-fail-under=100

# Compiles the tracker once, or every worker would do so for itself.
kernels: .venv/dev.stamp
	$(BIN)/python -m outwork.watch.warm

# What the tests reach of every room, not only of the vocabulary, whose every branch has to be reached; it takes longer.
cover: .venv/dev.stamp
	$(PYTEST) --cov --cov-report=term

lint: .venv/dev.stamp
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy --strict
	$(BIN)/lint-imports

soak: .venv/dev.stamp
	$(PYTEST) -m "soak or hypothesis" --hypothesis-profile soak

bench: .venv/bench.stamp
	$(BIN)/python -m benchmarks

docs: .venv/run.stamp
	$(BIN)/python -m outwork.model.reference > docs/reference/tables.md
	$(BIN)/python -m outwork.store.sight.page > docs/reference/sight.md

# The descriptors that come with Outwork, from the interfaces as they are written; tests compare the two.
FORMATS := src/outwork/store/formats
PROTOC := $(BIN)/python -m grpc_tools.protoc -Isrc
protos: .venv/dev.stamp
	$(PROTOC) --descriptor_set_out=$(FORMATS)/sapient/sapient.binpb $(sort $(wildcard $(FORMATS)/sapient/interface/*.proto))
	$(PROTOC) --descriptor_set_out=$(FORMATS)/cot/tak.binpb $(FORMATS)/cot/tak.proto

format: .venv/dev.stamp
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

# Rewrites the lock files, for every platform and Python at once, to what pyproject.toml asks for.
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-header
lock: .venv/pyvenv.cfg
	$(BIN)/python -m pip install --quiet uv==0.13.9
	$(LOCK) pyproject.toml --group build -o requirements.lock
	$(LOCK) --group dev -c requirements.lock -o requirements-dev.lock
	$(LOCK) --group bench -c requirements.lock -c requirements-dev.lock -o requirements-bench.lock
	$(FROM_LOCK) requirements.lock
	$(BIN)/python islands/lock.py

clean:
	rm -rf .venv islands/node_modules src/outwork/web/assets .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage

.venv/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "Outwork needs Python 3.11 or newer; none was found on PATH. Name one: make PYTHON=..."; exit 1; }
	$(PYTHON) -m venv .venv

# Installing the project builds what runs in the browser, unless it was built from these sources already: build_assets.py.
ISLANDS := build_assets.py $(shell find islands -name node_modules -prune -o -type f ! -name '*.md' ! -path '*/tests/*' -print)
.venv/run.stamp: .venv/pyvenv.cfg requirements.lock pyproject.toml $(ISLANDS)
	$(FROM_LOCK) requirements.lock
	$(INSTALL) --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock
	$(FROM_LOCK) requirements-dev.lock
	@touch $@

.venv/bench.stamp: .venv/dev.stamp requirements-bench.lock
	$(FROM_LOCK) requirements-bench.lock
	@touch $@
