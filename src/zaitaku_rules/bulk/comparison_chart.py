"""A comparison in a notebook: a small table, and charts by Altair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib import import_module
from typing import Any

from zaitaku_rules.bulk.comparison_sums import RuleChange
from zaitaku_rules.errors import missing_extra
from zaitaku_rules.explain import title, words

MOST = 12
"""The most rules shown: those that change most."""

_COLOURS = {"broken": "#b3261e", "open": "#f2c94c", "kept": "#2e7d4f"}
_OTHER = "#9aa5b1"
_LAWS = ("#9aa5b1", "#b3261e")


def chart(laws: tuple[str, str], rules: Sequence[RuleChange], lang: str) -> Any:
    """Return bars of the home days at risk by rule under both laws, and of users by their new status.

    Raises InvalidCall where Altair is not installed.
    """
    try:
        altair = import_module("altair")
    except ModuleNotFoundError:
        raise missing_extra("altair", "notebook") from None
    parts = (make(altair, rules[:MOST], laws, lang) for make in (_days, _flips))
    return altair.vconcat(*parts).resolve_scale(color="independent")


def _name(code: str, lang: str) -> str:
    said = title(code)
    return f"{code} {said.ja if lang == 'ja' else said.en}"


def _days(altair: Any, rules: Sequence[RuleChange], laws: tuple[str, str], lang: str) -> Any:
    names = [f"{side}: {law}" for side, law in zip("AB", laws, strict=True)]
    values = [
        {"rule": _name(one.code, lang), "law": law, "days": days}
        for one in rules
        for law, days in zip(names, (one.days_a, one.days_b), strict=True)
    ]
    said = "請求に支障のある在宅利用日" if lang == "ja" else "home days at risk"
    bars = altair.Chart(altair.Data(values=values), title=said).mark_bar()
    return bars.encode(
        y=_axis_of_rules(altair, rules, lang),
        yOffset=altair.YOffset("law:N", sort=names),
        x=altair.X("days:Q", title=None),
        color=altair.Color("law:N", title=None, scale=altair.Scale(domain=names, range=list(_LAWS))),
        tooltip=["rule:N", "law:N", "days:Q"],
    )


def _flips(altair: Any, rules: Sequence[RuleChange], _: tuple[str, str], lang: str) -> Any:
    said = {status: names[lang] for status, names in words()["statuses"].items()}
    values = [
        {"rule": _name(one.code, lang), "users": users, "to": said[after], "from": said[before]}
        for one in rules
        for (before, after), users in one.flips.items()
        if {"broken", "open"} & {before, after}
    ]
    heading = (
        "判定の変わる利用者(変わった後)" if lang == "ja" else "users whose status changes, by new status"
    )
    bars = altair.Chart(altair.Data(values=values), title=heading).mark_bar()
    colours = [_COLOURS.get(status, _OTHER) for status in said]
    scale = altair.Scale(domain=list(said.values()), range=colours)
    return bars.encode(
        y=_axis_of_rules(altair, rules, lang),
        x=altair.X("sum(users):Q", title=None),
        color=altair.Color("to:N", title=None, scale=scale),
        tooltip=["rule:N", "from:N", "to:N", "sum(users):Q"],
    )


def _axis_of_rules(altair: Any, rules: Sequence[RuleChange], lang: str) -> Any:
    names = [_name(one.code, lang) for one in rules]
    return altair.Y("rule:N", sort=names, title=None, axis=altair.Axis(labelLimit=320))


_HEADS = ("rule", "", "newly broken", "no longer", "newly open", "days A", "days B")


def html(laws: tuple[str, str], sums: str, rules: Sequence[RuleChange]) -> str:
    """Return a small HTML table: the sums, and the rules that change most."""
    head = "".join(f"<th>{name}</th>" for name in _HEADS)
    rows = "".join(_rows(rules[:MOST]))
    named = " &rarr; ".join(escape(law) for law in laws)
    return f"<p><b>{named}</b>, {escape(sums)}</p><table><tr>{head}</tr>{rows}</table>"


def _rows(rules: Sequence[RuleChange]) -> Iterator[str]:
    for one in rules:
        counts = (one.newly_broken, one.mended, one.newly_open, one.days_a, one.days_b)
        cells = "".join(f'<td style="text-align:right">{count:,}</td>' for count in counts)
        yield f"<tr><td>{one.code}</td><td>{escape(title(one.code).en)}</td>{cells}</tr>"
