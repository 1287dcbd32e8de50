"""Findings of reports as rows and as a data frame, with the columns of `zaitaku sweep` where it has them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from zaitaku_rules.errors import missing_extra
from zaitaku_rules.explain import title
from zaitaku_rules.report import Report

_TOLD = ("broken", "open", "waived")


def findings_rows(reports: Report | Iterable[Report], *, every: bool = False) -> list[dict[str, Any]]:
    """Return a row for each user and rule that is broken, open or waived; with `every`, for each rule.

    Columns: `user_id`, `provider_number`, `month`, `as_of`, `code`, `severity`, `status`, `days`, `open_days`
    as in the file of a sweep, then `waived_days`, `title_ja`, `title_en`, `message_ja`, `message_en`. The
    rows go into any frame: `pyarrow.Table.from_pylist(rows)`, `polars.DataFrame(rows)`.
    """
    listed = [reports] if isinstance(reports, Report) else reports
    return [
        {
            "user_id": report.user,
            "provider_number": report.provider,
            "month": report.month,
            "as_of": report.as_of,
            "code": rule.code,
            "severity": rule.severity,
            "status": rule.status,
            "days": list(rule.days),
            "open_days": list(rule.open_days),
            "waived_days": list(rule.waived_days),
            "title_ja": title(rule.code).ja,
            "title_en": title(rule.code).en,
            "message_ja": rule.message.ja,
            "message_en": rule.message.en,
        }
        for report in listed
        for rule in report.rules
        if every or rule.status in _TOLD
    ]


def findings_frame(reports: Report | Iterable[Report], *, every: bool = False) -> Any:
    """Return `findings_rows` as a pandas DataFrame; raises InvalidCall where pandas is not installed."""
    try:
        pandas = import_module("pandas")
    except ModuleNotFoundError:
        raise missing_extra("pandas", "notebook") from None
    rows = findings_rows(reports, every=every)
    return pandas.DataFrame(rows) if rows else pandas.DataFrame(columns=_columns())


def _columns() -> list[str]:
    head = ["user_id", "provider_number", "month", "as_of", "code", "severity", "status"]
    return [*head, "days", "open_days", "waived_days", "title_ja", "title_en", "message_ja", "message_en"]
