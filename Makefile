# make test and make demo need Python 3.11 or later, make, and a package index that pip can reach.
# Another interpreter: make test PYTHON=python3.12. More arguments for pytest: make test PYTEST="-k weeks".

PYTHON ?= python3
PYTEST ?=

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SPARK := .venv-spark

.PHONY: test spark demo docs lint types contracts cover bench clean
.DELETE_ON_ERROR:

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist worksteal $(PYTEST)

# In an environment of its own: PySpark is large, and only these tests need it.
spark: $(SPARK)/.ready
	@command -v java >/dev/null || { \
	  echo "Spark needs Java 17, and there is no java here. On Debian and Ubuntu: apt install openjdk-17-jre-headless" >&2; \
	  exit 1; }
	$(SPARK)/bin/python -m pytest -o addopts= -q tests/test_spark.py

# Exit 1 of the check means that a rule is broken, which is what the demo shows; 2 means that it failed.
demo: $(READY)
	@$(BIN)/python examples/show.py; status=$$?; \
	if [ $$status -gt 1 ]; then echo "The demo failed with exit $$status." >&2; exit $$status; fi

# The pages made from the law, the rules, the cases and the models, and the conformance pack; then docs/ as a site.
docs: $(READY)
	$(BIN)/zaitaku docs write
	$(BIN)/zaitaku conformance write src/zaitaku_rules/testing/conformance/pack.jsonl.xz --cases tests/cases --cases examples --force
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict
	@echo "build/site/index.html; to look at it with search: $(BIN)/python -m http.server --directory build/site"

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy
	$(BIN)/pyright

contracts: $(READY)
	$(BIN)/lint-imports --no-cache --no-logo

# What decides is covered whole by the tests of what decides: tracing all others would treble their time.
DECIDING := $(patsubst %,tests/test_%.py,cases catalogue days examples law mend month overlays records \
  spelled_laws verify) $(patsubst %,tests/test_%,cli.py::test_a_selection_that_leaves_no_rule_is_refused \
  cli_law.py::test_a_wrong_call_is_told_in_one_line known_at.py::test_it_is_the_file_as_it_stood_then \
  known_at.py::test_a_silent_row_perhaps_makes_a_visit_a_joint_one)

cover: $(READY)
	$(BIN)/python -m pytest -q -n auto --dist worksteal --cov --cov-fail-under=100 $(DECIDING)

bench: $(READY)
	$(BIN)/python bench/run.py

clean:
	rm -rf $(VENV) $(SPARK) build dist htmlcov .coverage .coverage.* .hypothesis .import_linter_cache \
	  .mypy_cache .pytest_cache .ruff_cache
	find src tests bench examples docs -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "zaitaku-rules needs Python 3.11 or later; '$(PYTHON)' is" \
	    "$$(command -v $(PYTHON) >/dev/null && $(PYTHON) --version 2>&1 || echo not there). Name another one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "'$(PYTHON)' cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(SPARK)/.ready: pyproject.toml
	@$(PYTHON) -m venv $(SPARK)
	$(SPARK)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[cli,spark]' 'pytest>=9' 'hypothesis>=6.150'
	@touch $@
