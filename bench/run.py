"""Runs every benchmark of this folder, each in an interpreter of its own: `make bench`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve()


def benchmarks() -> list[Path]:
    """Return the files beside this one that define `main`; the others are their helpers."""
    others = [path for path in sorted(HERE.parent.glob("*.py")) if path != HERE]
    return [path for path in others if "\ndef main(" in path.read_text(encoding="utf-8")]


def main() -> int:
    """Run them in order of name and return the highest exit status."""
    status = 0
    for path in benchmarks():
        print(f"== bench/{path.name}", flush=True)
        status = max(status, abs(subprocess.run([sys.executable, str(path)], check=False).returncode))
    return status


if __name__ == "__main__":
    sys.exit(main())
