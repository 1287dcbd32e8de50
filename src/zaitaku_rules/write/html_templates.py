"""The templates of the HTML report, and the words that they may use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from zaitaku_rules.errors import missing_extra
from zaitaku_rules.report import Basis
from zaitaku_rules.write import html_words
from zaitaku_rules.write.html_cells import calendar_rows
from zaitaku_rules.write.labels import LEGEND, SIGNS, plain

if TYPE_CHECKING:
    from jinja2 import Environment

_WEB = re.compile(r"https?://", re.IGNORECASE)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates with the words they use; raises InvalidCall where Jinja2 is not installed."""
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ModuleNotFoundError:
        raise missing_extra("jinja2", "cli") from None
    found = Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(asset),
    )
    cast("dict[str, Any]", found.globals).update(_WORDS)
    return found


def asset(name: str) -> str:
    """Return a file of the templates."""
    return (files("zaitaku_rules.write") / "templates" / name).read_text("utf-8")


def _web_link(url: str | None) -> str | None:
    """Return a link if it leads to the web; a report that was read may hold anything."""
    return url if url and _WEB.match(url) else None


def _by_source(bases: Iterable[Basis]) -> list[list[Basis]]:
    """Return the clauses of each source together."""
    found: dict[tuple[str, str | None], list[Basis]] = {}
    for basis in bases:
        found.setdefault((basis.source, basis.url), []).append(basis)
    return list(found.values())


_WORDS = {
    "t": html_words.fixed,
    "w": html_words.word,
    "say": html_words.said,
    "both": html_words.both,
    "named": html_words.named_in,
    "title": html_words.rule_title,
    "days": html_words.days_said,
    "day": html_words.day_said,
    "month": html_words.month_said,
    "slack": html_words.slack_said,
    "records": html_words.records_said,
    "lines": html_words.lines_said,
    "span": html_words.days_of,
    "plain": plain,
    "web": _web_link,
    "by_source": _by_source,
    "calendar_rows": calendar_rows,
    "SIGNS": SIGNS,
    "LEGEND": LEGEND,
}
"""What the templates may call, by name."""
