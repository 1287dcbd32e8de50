"""Writes the generated pages, or says which of them are stale."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from zaitaku_rules.cli.case_files import pictures
from zaitaku_rules.cli.output import output
from zaitaku_rules.read import shown_path
from zaitaku_rules.write.billing_pages import billing_pages
from zaitaku_rules.write.field_pages import field_pages
from zaitaku_rules.write.law_pages import law_pages
from zaitaku_rules.write.markdown import GENERATED
from zaitaku_rules.write.rule_pages import rule_pages

_OWN = ("rules/*.md", "law/*.md", "billing/*.md")


def write_pages(to: str, cases: str, lang: str) -> int:
    """Write every page that is not up to date; remove generated ones that are no longer made."""
    found = _pages(cases)
    stale, left = _stale(Path(to), found), _left_over(Path(to), found)
    for name in stale:
        path = Path(to) / name
        with contextlib.suppress(OSError):  # `output` says what cannot be written.
            path.parent.mkdir(parents=True, exist_ok=True)
        with output(str(path)) as stream:
            stream.write(found[name])
    for name in left:
        (Path(to) / name).unlink()
    changed = len(stale) + len(left)
    said = (f"{len(found)} ページ、うち更新 {changed}", f"{len(found)} pages, {changed} changed")
    print(f"{shown_path(to)}: {said[0 if lang == 'ja' else 1]}", file=sys.stderr)
    return 0


def check_pages(to: str, cases: str, lang: str) -> int:
    """Name the pages that are stale, missing or left over; exit 1 where there are any."""
    found = _pages(cases)
    stale = [*_stale(Path(to), found), *_left_over(Path(to), found)]
    with output(None) as stream:
        stream.writelines(f"{shown_path(str(Path(to) / name))}\n" for name in stale)
    if stale:
        said = ("古いページです。zaitaku docs write を実行してください。", "stale: run zaitaku docs write")
        print(f"{len(stale)}: {said[0 if lang == 'ja' else 1]}", file=sys.stderr)
    return int(bool(stale))


def _pages(cases: str) -> dict[str, str]:
    return {**rule_pages(pictures(cases)), **law_pages(), **billing_pages(), **field_pages()}


def _stale(folder: Path, found: dict[str, str]) -> list[str]:
    return [name for name, text in found.items() if _held(folder / name) != text.encode()]


def _held(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _left_over(folder: Path, found: dict[str, str]) -> list[str]:
    """Return the pages that were generated once and are no longer made."""
    mark = GENERATED.encode()
    held = sorted(path for pattern in _OWN for path in folder.glob(pattern) if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in held if path.read_bytes().startswith(mark)]
    return [name for name in names if name not in found]
