"""Each night: judge the month from the views, keep what was found, and say what is new since last night."""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from zaitaku_rules import ZaitakuError
from zaitaku_rules.bulk import sweep_to_files

COLUMNS = ("change", "status", "severity", "code", "user_id", "provider_number", "day")

FOUND = """
    SELECT status, severity, code, user_id, provider_number, unnest(found) AS day
    FROM (SELECT * REPLACE ('broken' AS status), days AS found FROM read_parquet($file)
          UNION ALL SELECT * REPLACE ('open' AS status), open_days AS found FROM read_parquet($file))
"""
"""A row for each day of each finding. In the files the status is that of the rule; here it is the day's."""

SAID = {
    "ja": "{month} ({as_of}): 利用者 {users}人、不適合 {broken}、未確定 {open}。"
    "新しい不適合 {new}日、なくなった指摘 {gone}日。",
    "en": "{month} ({as_of}): {users} users, {broken} broken, {open} open. "
    "New: {new} days broken; gone: {gone} days.",
}
LEFT_OUT = {
    "ja": "読めない行 {rows}行を除いて判定しました。{file} を見てください。",
    "en": "{rows} rows could not be read and are left out: see {file}",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one night. Exit 0: nothing new is broken. 1: something is. 2: the night failed, and why."""
    asked = parsed(arguments)
    try:
        return night(asked)
    except ZaitakuError as error:
        print(error.said_in(asked.lang), file=sys.stderr)
    except OSError as error:
        print(f"{asked.folder}: {error.strerror}", file=sys.stderr)
    return 2


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what is asked. The address may hold a password, so it comes from the environment."""
    today = datetime.now(ZoneInfo("Asia/Tokyo")).date()
    parser = argparse.ArgumentParser(description="夜ごとの判定 / The nightly judgement")
    parser.add_argument("folder", type=Path, help="結果を置くフォルダー / where results are kept")
    parser.add_argument("--month", type=month, help="YYYY-MM(既定: 基準日の月 / that of the day)")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, default=today, help="基準日 / the day (今日 / today)"
    )
    parser.add_argument("--overlay", action="append", default=[], help="上書き規則 / an overlay (TOML)")
    parser.add_argument("--lang", choices=["ja", "en"], default="ja")
    asked = parser.parse_args(arguments)
    if "ZAITAKU_TABLES" not in os.environ:
        parser.error(
            "ZAITAKU_TABLES: postgres://USER@HOST/DATABASE/SCHEMA (表の住所 / address of the tables)"
        )
    asked.month = asked.month or f"{asked.as_of:%Y-%m}"
    return asked


def month(text: str) -> str:
    """Return a month; raises ValueError for anything else, before a folder gets its name."""
    return f"{date.fromisoformat(f'{text}-01'):%Y-%m}"


def night(asked: argparse.Namespace) -> int:
    """Sweep, compare with the last night, and write what is new."""
    folder: Path = asked.folder / asked.month
    folder.mkdir(parents=True, exist_ok=True)
    swept = sweep_to_files(
        os.environ["ZAITAKU_TABLES"],
        asked.month,
        folder / f"{asked.as_of}.parquet",
        as_of=asked.as_of,
        overlays=asked.overlay,
    )
    changed = changes(last_before(folder, asked.as_of), swept.files.findings)
    with (folder / f"{asked.as_of}.changes.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *changed])
    new = tell(asked, swept.summary, changed)
    if left_out := sum(one["rows"] for one in swept.summary["left_out"]):
        print(LEFT_OUT[asked.lang].format(rows=left_out, file=swept.files.left_out), file=sys.stderr)
    return int(new > 0)


def last_before(folder: Path, as_of: date) -> Path | None:
    """Return the findings of the last night before this one; a night run twice compares with the same."""
    earlier = [path for path in folder.glob("*.parquet") if path.stem < as_of.isoformat()]
    return max(earlier, default=None)


def changes(before: Path | None, now: Path) -> list[tuple[Any, ...]]:
    """Return the days that are new, and those that are gone; on the first night everything is new.

    A day that was open and is broken now is new. One that was broken and is open now is new, too.
    """
    with duckdb.connect() as engine:
        for name, file in (("now", now), ("before", before or now)):
            engine.execute(f"CREATE TABLE {name} AS {FOUND}", {"file": str(file)})
        if before is None:
            engine.execute("DELETE FROM before")
        return engine.execute(
            """
            SELECT 'new' AS change, * FROM (FROM now EXCEPT FROM before)
            UNION ALL SELECT 'gone', * FROM before
            ANTI JOIN now USING (user_id, provider_number, code, day)
            ORDER BY ALL
            """
        ).fetchall()


def tell(asked: argparse.Namespace, summary: dict[str, Any], changed: list[tuple[Any, ...]]) -> int:
    """Print one line for the night and one for each new breach, and return how many these are.

    Breaches of advice, and contradictions of records, stand in the file and wake nobody.
    """
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in changed]
    new = [
        row
        for row in rows
        if (row["change"], row["status"]) == ("new", "broken") and row["severity"] in ("payment", "duty")
    ]
    verdicts, gone = summary["verdicts"], sum(row["change"] == "gone" for row in rows)
    counts = {"users": summary["users"], "broken": verdicts["broken"], "open": verdicts["open"]}
    print(SAID[asked.lang].format(month=asked.month, as_of=asked.as_of, new=len(new), gone=gone, **counts))
    for row in new:
        print(f"  {row['code']}  {row['user_id']}  {row['provider_number']}  {row['day']}")
    return len(new)


if __name__ == "__main__":
    sys.exit(main())
