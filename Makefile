# Everything runs in .venv, which the first command makes. PYTHON names the interpreter to make it with.
PYTHON ?= python3
BIN := .venv/bin
OUTPUT ?= output
REPORTS := cigna-2013 halden-2015 aurelia-2016 halden-2022

.PHONY: report test check update bench reliability surveys efficiency pages gallery nightly clean

report: .venv/ready
	@set -e; for name in $(REPORTS); do $(BIN)/gri-builder build report_data/$$name -o $(OUTPUT); done

test: .venv/tested
	@$(BIN)/pytest -n auto --dist worksteal -r s

check: .venv/tested
	@$(BIN)/ruff check --quiet src tests benchmarks docs
	@$(BIN)/ruff format --quiet --check src tests benchmarks docs
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo

update: .venv/tested
	UPDATE_GOLDEN=1 $(BIN)/pytest tests -k "golden or up_to_date"

bench: .venv/tested
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python benchmarks/build_time.py
	$(BIN)/python benchmarks/facts_time.py
	$(BIN)/python benchmarks/audit_time.py
	$(BIN)/python -m benchmarks.survey 200
	$(BIN)/python benchmarks/reaches.py --write
	$(BIN)/python benchmarks/compare.py --pages 50,250,1000,4000 --write

reliability: .venv/tested
	$(BIN)/python benchmarks/reliability.py --cases 20000 --write

surveys: .venv/tested
	$(BIN)/python -m benchmarks.survey 1000

efficiency: .venv/tested
	@$(BIN)/python -m benchmarks.survey efficiency

pages: .venv/tested
	$(BIN)/python benchmarks/page_matrix.py --judge --write

nightly: .venv/tested
	$(BIN)/pip install --quiet --disable-pip-version-check 'pyspark>=4,<5'
	WAREHOUSE_ROWS=1000000 WAREHOUSE_SPARK=1 $(BIN)/pytest tests/unit/warehouse -r s
	WEB_PAGES=all $(BIN)/pytest tests/judges/test_web_edition.py -r s

gallery: .venv/ready
	$(BIN)/python docs/make_gallery.py

clean:
	rm -rf .venv
	find output -mindepth 1 -not -name .gitignore -delete

.venv/ready: pyproject.toml
	@echo "setting up .venv"
	@$(PYTHON) -m venv .venv || { echo "Python can't make a virtual environment here: install its venv package (Debian: apt-get install python3-venv)"; rm -rf .venv; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/tested: .venv/ready pyproject.toml requirements-dev.txt
	@echo "setting up the tests"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@if command -v npm >/dev/null; then npm install --silent --no-save --no-audit --no-fund --prefix .venv axe-core@4.10.3 vnu-jar@26.9.27 yaml-language-server@1.25.0; \
	else echo "npm is not installed: the tests of HTML pages in a browser, and of schemas in an editor, will be skipped"; fi
	@touch $@
