"""Long work on the command line: how far it is, and an end that leaves nothing behind."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Generator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zaitaku_rules.bulk.chunks import Progress


@contextlib.contextmanager
def ended_by_signal() -> Generator[None]:
    """Leave nothing half written when another program ends this one (SIGTERM)."""
    before = signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def progress_bar(work: str) -> Generator[Progress | None]:
    """Show on a terminal how far the work is; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), "{task.description}", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(work, total=None)
        # While nobody is judged yet the bar moves to and fro: packing has no steps to count.
        yield lambda done, users: bar.update(task, completed=done, total=users if done else None)
