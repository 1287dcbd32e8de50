"""The notebook of `examples/notebooks` runs from top to bottom and shows what its words speak of."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

NAMES = ("hitachi", "three", "years")
FOLDER = Path(__file__).parents[1] / "examples" / "notebooks"
HTML = "text/html"
_SPEC = re.compile(r"\}\)\((\{.*\}), \{\"mode\": \"vega-lite\"\}\)", re.DOTALL)
"""The chart within the page that Altair makes of it."""

# In a process of its own: a kernel brings threads and warnings that are no business of these tests.
RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
where = {"metadata": {"path": sys.argv[3]}}
NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where).execute()
nbformat.write(notebook, sys.argv[2])
"""


def cells(path: Path, kind: str = "code") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == kind]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Run the notebook and return its cells of code with what they gave."""
    home = tmp_path_factory.mktemp("notebook")
    places = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    environment = {**os.environ, **{name: str(home / name.lower()) for name in places}}
    arguments = [sys.executable, "-c", RUN, str(FOLDER / "what-if.ipynb"), str(home / "out.ipynb"), str(home)]
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return cells(home / "out.ipynb")


def pages(executed: list[dict[str, Any]]) -> dict[str, str]:
    """Return the pages that the cells show, by the source of the cell."""
    found: dict[str, str] = {}
    for cell in executed:
        for output in cell["outputs"]:
            if page := output.get("data", {}).get(HTML):
                found[source(cell)] = "".join(page)
    return found


def parts(executed: list[dict[str, Any]], name: str) -> list[list[dict[str, Any]]]:
    """Return the values of the two parts of a chart."""
    spec = _SPEC.search(pages(executed)[f"{name}.chart()"])
    assert spec, name
    return [part["data"]["values"] for part in json.loads(spec[1])["vconcat"]]


def test_it_runs_with_charts_and_tables(executed: list[dict[str, Any]]) -> None:
    assert not [output for cell in executed for output in cell["outputs"] if output["output_type"] == "error"]
    for name in NAMES:
        at_risk, flips = parts(executed, name)
        assert at_risk
        assert flips
        table = next(page for cell, page in pages(executed).items() if cell.endswith(f"\n{name}"))
        assert "verdicts changed" in table


def test_its_words_are_true_of_its_figures(executed: list[dict[str, Any]]) -> None:
    held: dict[str, dict[str, list[int]]] = {}
    for name in NAMES:
        for row in parts(executed, name)[0]:
            held.setdefault(name, {}).setdefault(row["rule"].split()[0], []).append(row["days"])
    rise = {code: after - before for code, (before, after) in held["hitachi"].items()}
    assert rise["Z304"] > 0.9 * sum(rise.values())
    before, after = held["three"]["Z301"]
    assert after > 50 * before
    for code in ("Z401", "Z402", "Z106"):
        before, after = held["years"][code]
        assert after < before / 10, code


def test_it_is_stored_without_what_a_run_gave() -> None:
    for cell in cells(FOLDER / "what-if.ipynb"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


def test_each_part_has_a_japanese_summary() -> None:
    said = [source(cell) for cell in cells(FOLDER / "what-if.ipynb", "markdown")]
    assert sum("要約" in one for one in said) == 4
