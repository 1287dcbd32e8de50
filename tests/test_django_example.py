"""The Django example: its own tests pass, and the lines of its README do what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from loading import EXAMPLES

MANAGE = [sys.executable, "-W", "error", str(EXAMPLES / "django" / "manage.py")]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Call `manage.py` in a process of its own: Django's settings hold for a whole process."""
    environment = {**os.environ, "OFFICE_DB": str(folder / "office.sqlite3")}
    return subprocess.run(
        [*MANAGE, *arguments], env=environment, cwd=folder, capture_output=True, text=True, check=False
    )


def test_its_own_tests_pass(tmp_path: Path) -> None:
    done = run(tmp_path, "test", "homeuse")
    assert done.returncode == 0, done.stderr
    ran = re.search(r"Ran (\d+) tests", done.stderr)
    assert ran
    assert int(ran[1]) >= 12
    assert not [*tmp_path.iterdir()], "the database of the tests is in memory"


def test_a_month_by_hand(tmp_path: Path) -> None:
    assert run(tmp_path, "migrate").returncode == 0
    assert run(tmp_path, "load_case", str(EXAMPLES / "hitachi-broken.json")).returncode == 0
    judged = run(tmp_path, "judge_month", "2026-03")
    assert judged.returncode == 1
    assert "判定した利用者 1人: 不適合 1、未確定 0、適合 0、対象なし 0" in judged.stdout
    verified = run(tmp_path, "verify_month", "2026-03")
    assert verified.returncode == 0
    assert verified.stdout.count(": 一致\n") == 2
