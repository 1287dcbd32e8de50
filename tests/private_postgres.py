"""A PostgreSQL server of the tests' own: in a folder that goes, on a socket that no one else knows."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

_OWNERS = ("postgres", "nobody")
"""Who runs the server where the tests are run by root, whom it refuses."""


def _binary(name: str) -> str | None:
    """Return where a program of the server stands; Debian keeps it off the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(debian[-1]) if debian else None)


@contextlib.contextmanager
def private_postgres() -> Generator[str]:
    """Start a server and give the folder of its socket; skip where there is no server binary."""
    initdb, control = _binary("initdb"), _binary("pg_ctl")
    if not (initdb and control):
        pytest.skip("needs a PostgreSQL server (initdb and pg_ctl): apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="zaitaku-pg-", dir="/tmp"))
    owner = next(name for name in _OWNERS if _exists(name)) if os.geteuid() == 0 else None
    if owner:
        shutil.chown(folder, owner)

    def run(*command: str) -> None:
        subprocess.run(command, check=True, user=owner, cwd=folder, capture_output=True, timeout=120)

    data, asks = str(folder / "data"), f"-F -c listen_addresses='' -k {folder}"
    try:
        run(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        # Without -l the server would keep the pipe of its output open, and `run` would wait for its end.
        run(control, "-D", data, "-o", asks, "-l", str(folder / "log"), "-w", "start")
        try:
            yield str(folder)
        finally:
            run(control, "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _exists(user: str) -> bool:
    return subprocess.run(["id", user], capture_output=True, check=False).returncode == 0
