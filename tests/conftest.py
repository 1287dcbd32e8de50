"""For all tests: how many examples the property tests try, and the command line as a fixture."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from calling import Call, Called
from zaitaku_rules.cli import main

EXAMPLES = int(os.environ.get("ZAITAKU_EXAMPLES", "0"))
"""Examples for each property; 0 keeps the defaults of the test run."""

settings.register_profile(
    "zaitaku",
    max_examples=EXAMPLES or 80,
    deadline=None,
    derandomize=not EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("zaitaku")


# Expressions over tables are millions of small objects: looking through them often costs a fifth of the run.
gc.set_threshold(100_000, 50, 100)


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Run the command line in an empty folder and return exit code, output and talk."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> Called:
        code = main(arguments)
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Called(code, out, err)

    return run
