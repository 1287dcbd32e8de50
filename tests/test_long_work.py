"""Long work on a terminal shows how far it is, and is gone when it is done; elsewhere it shows nothing."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from zaitaku_rules.bulk.engines import pq
from zaitaku_rules.testing import population

MONTH = "2026-02"
ZAITAKU = (sys.executable, "-c", "import sys, zaitaku_rules.cli as cli; sys.exit(cli.main())")
HIDDEN, SHOWN, WIPED = b"\x1b[?25l", b"\x1b[?25h", b"\x1b[2K"


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nation")
    for name, table in next(iter(population(3, 40, MONTH))).items():
        pq.write_table(table, str(folder / f"{name}.parquet"))
    return folder


def on_a_terminal(folder: Path, *arguments: str) -> tuple[int, bytes, bytes]:
    """Run the command line with its talk on a terminal of its own; return exit code, output and talk."""
    here, terminal = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "80"}
    command = [*ZAITAKU, *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=terminal, cwd=folder, env=environment
    ) as running:
        os.close(terminal)
        talk = bytearray()
        while piece := _read(here):
            talk += piece
        os.close(here)
        out, _ = running.communicate()
    return running.returncode, out, bytes(talk)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # the other end is closed
        return b""


@pytest.mark.parametrize(
    ("arguments", "work", "said"),
    [
        (["sweep", "--output", "found"], "judging", "judged 40 users"),
        (["compare", "--set", "contacts_per_day=3", "--format", "json"], "comparing", "judged as of"),
    ],
)
def test_a_bar_moves_while_the_work_lasts_and_then_goes(
    tables: Path, tmp_path: Path, arguments: list[str], work: str, said: str
) -> None:
    command, *options = arguments
    asked = (command, str(tables), "--month", MONTH, "--lang", "en", *options)
    code, out, talk = on_a_terminal(tmp_path, *asked)
    assert code in (0, 1), talk
    bar, _, rest = talk.partition(SHOWN)
    assert bar.startswith(HIDDEN)
    assert work.encode() in bar
    assert b"40/40" in bar
    assert rest.startswith(b"\r\x1b[1A" + WIPED), "the bar is wiped away"
    assert said.encode() in rest
    assert work.encode() not in rest
    assert b"\x1b" not in out
    assert bool(out) == (command == "compare")


def test_no_bar_where_nobody_looks(tables: Path, tmp_path: Path) -> None:
    asked = ("sweep", str(tables), "--month", MONTH, "--lang", "en", "--output", "found")
    done = subprocess.run([*ZAITAKU, *asked], capture_output=True, cwd=tmp_path, check=False)
    assert done.returncode in (0, 1)
    assert not done.stdout
    assert done.stderr.startswith(b"judged 40 users")
    assert done.stderr.count(b"\n") == 1
