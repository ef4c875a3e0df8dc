# Two commands a newcomer needs: `make demo` and `make test`. The rest is for those who work on polybius.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test lock train clean

demo: $(READY)  ## code a report that comes with the project, and print the page
	$(BIN)/polybius code examples/summit.txt

test: $(READY)  ## lint, types and all tests, as CI runs them
	$(BIN)/ruff check src tests tools benchmarks training
	$(BIN)/mypy
	$(BIN)/pytest

lock: $(READY)  ## pin the libraries anew, with their hashes
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --extra dev \
	    --custom-compile-command "make lock" -o requirements.lock pyproject.toml

train:  ## rebuild the shipped model from training/corpus: the same weights each time; two hours on two cores
	test -x training/.venv/bin/python || $(PYTHON) -m venv training/.venv
	training/.venv/bin/python -m pip install -q --disable-pip-version-check -r training/requirements.txt
	training/.venv/bin/python training/train.py

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "polybius needs Python 3.11 or later; this is " + sys.version.split()[0] + ": set PYTHON=python3.12, say")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
