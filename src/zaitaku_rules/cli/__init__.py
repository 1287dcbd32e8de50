"""The command line `zaitaku`: judges files, explains rules, writes schemas and a sample."""

from __future__ import annotations

import sys
from collections.abc import Sequence

_EXTRA = ("typer", "click", "rich", "shellingham")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; `arguments` default to those of the process."""
    try:
        from zaitaku_rules.cli.running import run
    except ModuleNotFoundError as missing:
        if str(missing.name).partition(".")[0] not in _EXTRA:
            raise
        print("the command line needs: pip install 'zaitaku-rules[cli]'", file=sys.stderr)
        return 2
    return run(list(sys.argv[1:] if arguments is None else arguments))
