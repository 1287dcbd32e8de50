"""A report in a notebook: verdict, claim and month as a small table that needs no template."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from zaitaku_rules.errors import Message
from zaitaku_rules.explain import title, words
from zaitaku_rules.report import Report
from zaitaku_rules.write.day_words import WEEKDAYS, day_words, month_words
from zaitaku_rules.write.html_calendar import Breach, Cell, weeks_of, with_calendar
from zaitaku_rules.write.labels import LABELS, MARKS, SIGNS, plain

_INKS = {"broken": "#8f2318", "open": "#6b4b00", "kept": "#1f5a3c", "idle": "#4d5963"}
_GROUNDS = {"broken": "#fae9e5", "open": "#fbf2dc", "kept": "#e5f1ea", "idle": "#eaedef"}
_CELL = "padding:2px 7px;text-align:left;vertical-align:top;border:1px solid #e2ded4;min-width:4.2em"


def notebook_page(report: Report) -> str:
    """Return a report as a small piece of HTML in Japanese and English, with everything escaped."""
    report = with_calendar(report)
    weeks = "".join(f"<tr>{''.join(map(_cell, week))}</tr>" for week in weeks_of(report))
    heads = "".join(
        f'<th scope="col" style="{_CELL};font-weight:400">{ja} {en}</th>'
        for ja, en in zip(WEEKDAYS["ja"], WEEKDAYS["en"], strict=True)
    )
    return (
        '<div style="background:#fffefb;color:#22282d;padding:10px 14px;display:inline-block;'
        f'border-radius:8px;line-height:1.6;font-family:system-ui,sans-serif">{_head(report)}'
        f'<table style="border-collapse:collapse;font-size:12px;margin:6px 0">'
        f"<thead><tr>{heads}</tr></thead><tbody>{weeks}</tbody></table>{''.join(_findings(report))}</div>"
    )


def _head(report: Report) -> str:
    said = words()["statuses"][report.verdict]
    colours = f"color:{_INKS[report.verdict]};background:{_GROUNDS[report.verdict]}"
    badge = f"{SIGNS[report.verdict]} {said['ja']} {said['en']}"
    counts = "　".join(
        f"{_pair(LABELS[name])} {len(getattr(report.claim, name))}"
        for name in ("at_risk", "open", "clear", "home_days")
    )
    return (
        f'<div><b style="{colours};padding:2px 10px;border-radius:6px">{badge}</b>'
        f"　<b>{escape(plain(report.user))}</b>　{month_words(report.month, 'ja')}"
        f"　{_pair(LABELS['as_of'])} {report.as_of}</div><div>{counts}</div>"
    )


def _pair(said: Message) -> str:
    return f"{escape(said.ja)} <small>{escape(said.en)}</small>"


def _cell(cell: Cell) -> str:
    colours = ""
    if cell.status in ("broken", "open"):
        colours = f";background:{_GROUNDS[cell.status]};color:{_INKS[cell.status]}"
    elif not cell.inside or cell.is_blank:
        colours = ";color:#566069"
    sign = {**SIGNS, "note": "!"}.get(cell.status, "")
    head = str(cell.day.day) if cell.inside else f"{cell.day.month}/{cell.day.day}"
    codes = " ".join(cell.broken) if cell.inside else ""
    shown = " ".join(filter(None, (_marks(cell), codes)))
    tip = escape("\n".join(_evidence(cell)))
    return f'<td style="{_CELL}{colours}" title="{tip}"><b>{head}</b> {sign}<br>{escape(shown)}</td>'


def _marks(cell: Cell) -> str:
    told = cell.told
    if told.planned and not told.places:
        return f"({''.join(MARKS[place].ja for place in told.planned)})"
    count = str(len(told.contacts)) if told.contacts else ""
    return (
        "".join(MARKS[name].ja for name in told.places)
        + count
        + "".join(MARKS[name].ja for name in told.marks)
    )


def _evidence(cell: Cell) -> Iterator[str]:
    yield day_words(cell.day, "ja")
    if cell.told.contacts:
        yield ", ".join(f"{plain(one.at)} {plain(one.channel)}" for one in cell.told.contacts)
    yield from (_breach(one) for one in cell.breaches)


def _breach(one: Breach) -> str:
    counted = f" {one.found.count} / {one.found.needed}" if one.found.needed > 1 else ""
    return f"{SIGNS[one.status]} {one.code} {title(one.code).ja}{counted}"


def _findings(report: Report) -> Iterator[str]:
    for rule in report.rules:
        if rule.status == "broken":
            said = escape(plain(f"{rule.message.ja} {rule.message.en}"))
            yield f"<div>{SIGNS['broken']} {rule.code} {title(rule.code).ja} <small>{said}</small></div>"
