"""A comparison of two laws as data: the sums, each rule, each municipality, and notes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from zaitaku_rules.bulk.comparison import Comparison
from zaitaku_rules.bulk.comparison_sums import RuleChange
from zaitaku_rules.explain import title
from zaitaku_rules.write.entries import Entry, both

SCHEMA = "zaitaku-comparison/1"


def comparison_entry(found: Comparison) -> Entry:
    """Return a comparison as `zaitaku compare --format json` writes it."""
    before, after = found.days_at_risk
    worth = found.worth
    return {
        "schema": SCHEMA,
        "month": found.month,
        "as_of": found.as_of.isoformat(),
        "laws": {"a": found.laws[0], "b": found.laws[1]},
        "users": found.users,
        "verdicts_changed": found.changed,
        "home_days_at_risk": {"a": before, "b": after},
        "units": worth.units if worth else None,
        "unit_price": _number(worth.unit_price) if worth else None,
        "yen": found.yen,
        "rules": [_rule(one) for one in found.rules],
        "verdicts": found.verdicts().to_pylist(),
        "municipalities": found.municipalities().to_pylist(),
        "flips": found.frame().to_pylist(),
        "at_risk": found.at_risk().to_pylist(),
        "notes": [{"ja": note.ja, "en": note.en} for note in found.notes],
        "left_out": _reasons(found.left_out),
    }


def _number(price: int | Decimal) -> int | float:
    """Return a price as JSON writes it: to be read, not to reckon with."""
    return price if isinstance(price, int) else float(price)


def _rule(one: RuleChange) -> Entry:
    return {
        "code": one.code,
        "title": both(title(one.code)),
        "newly_broken": one.newly_broken,
        "no_longer_broken": one.mended,
        "newly_open": one.newly_open,
        "home_days_at_risk": {"a": one.days_a, "b": one.days_b},
    }


def _reasons(tables: Iterable[Any]) -> list[Entry]:
    """Return how many rows of each table were left out for each reason, without whose they are."""
    counts: dict[tuple[str, str], int] = {}
    for row in (row for table in tables for row in table.to_pylist()):
        key: tuple[str, str] = (row["table"], row["reason"])
        counts[key] = counts.get(key, 0) + row["rows"]
    return [
        {"table": name, "reason": reason, "rows": rows} for (name, reason), rows in sorted(counts.items())
    ]


def comparison_csv(found: Comparison) -> str:
    """Return the flips as CSV: code, municipality, from, to, users."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    table = found.frame()
    writer.writerow(table.column_names)
    writer.writerows(row.values() for row in table.to_pylist())
    return text.getvalue()
