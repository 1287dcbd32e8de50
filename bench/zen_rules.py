"""Four rules as a user of GoRules' zen-engine would write them: a JSON decision model of expressions.

Of the forms tried (a function node in JavaScript, one expression node, two), two expression nodes were the
fastest: the first reads lists of dates off the document, the second judges them.
The document goes to the engine as text, which it parses itself faster than it takes a Python dict.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any, Protocol, cast

import zen

CODES = ("Z301", "Z302", "Z401", "Z402")
"""Two contacts a day, a report each day, an evaluation each week, an assessment in the month."""

_READ = {
    "home": 'map(filter(days, #.place in ["home", "satellite"]), #.date)',
    "contacted": (
        'map(filter(contacts, #.channel in ["phone", "video", "visit", "office", "chat", "mail"]'
        ' and (#.by != "user" or #.answered == true)), #.at[0:9])'
    ),
    "reported": "map(daily_reports, #.date)",
    "evaluated": (
        'map(filter(evaluations, "weekly" in #.covers'
        ' and #.means in ["visit", "commute", "phone", "video", "chat", "mail"]), weekOfYear(#.date))'
    ),
    "assessed": 'some(evaluations, "achievement" in #.covers and #.means in ["visit", "commute"])',
}
_JUDGE = {
    "Z301": "filter(home as day, count(contacted as contact, contact == day) < 2)",
    "Z302": "filter(home, # not in reported)",
    "Z401": "filter(home, weekOfYear(#) not in evaluated)",
    "Z402": "assessed ? [] : home",
}


class _Decision(Protocol):
    """A compiled decision, with the types that the engine's stubs leave out."""

    def evaluate(self, context: str) -> dict[str, dict[str, list[str]]]: ...


def _node(name: str, kind: str, **content: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, **content}


def _expressions(name: str, expressions: dict[str, str]) -> dict[str, Any]:
    rows = [{"id": f"{name}-{key}", "key": key, "value": value} for key, value in expressions.items()]
    return _node(name, "expressionNode", content={"expressions": rows, "passThrough": False})


def _model() -> str:
    nodes = [
        _node("request", "inputNode"),
        _expressions("read", _READ),
        _expressions("judge", _JUDGE),
        _node("response", "outputNode"),
    ]
    ids = [str(node["id"]) for node in nodes]
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in pairwise(ids)
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def decision() -> Callable[[str], dict[str, list[str]]]:
    """Return the compiled decision: from the JSON text of a month to the broken days of each rule."""
    compiled = cast("_Decision", zen.ZenEngine().create_decision(_model()))
    return lambda text: compiled.evaluate(text)["result"]
