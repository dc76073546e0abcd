# Everything runs in .venv, which the first command makes. PYTHON names the interpreter to make it with.
PYTHON ?= python3
BIN := .venv/bin
OUTPUT ?= output

.PHONY: report test check update bench gallery clean

report: .venv/ready
	$(BIN)/gri-builder build report_data/cigna-2013 -o $(OUTPUT)
	$(BIN)/gri-builder build report_data/halden-2015 -o $(OUTPUT)
	$(BIN)/gri-builder build report_data/aurelia-2016 -o $(OUTPUT)

test: .venv/tested
	$(BIN)/pytest -n auto

check: .venv/tested
	$(BIN)/ruff check src tests benchmarks docs
	$(BIN)/ruff format --check src tests benchmarks docs
	$(BIN)/mypy
	$(BIN)/lint-imports

update: .venv/tested
	UPDATE_GOLDEN=1 $(BIN)/pytest tests -k golden

bench: .venv/tested
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python benchmarks/build_time.py
	$(BIN)/python benchmarks/facts_time.py
	$(BIN)/python benchmarks/audit_time.py
	$(BIN)/python benchmarks/compare.py --pages 50,250,1000,4000 --rounds 2 --write

gallery: .venv/ready
	$(BIN)/python docs/make_gallery.py

clean:
	rm -rf .venv output

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv || { echo "Python can't make a virtual environment here: install its venv package (Debian: apt-get install python3-venv)"; rm -rf .venv; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/tested: .venv/ready pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	-npm install --silent --no-save --no-audit --no-fund --prefix .venv axe-core@4
	touch $@
