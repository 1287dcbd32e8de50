"""The JSON Schemas of the case file and of the report."""

from __future__ import annotations

from typing import Any

from zaitaku_rules.records import Case
from zaitaku_rules.report import Receipt, Report

_PERIOD = {"type": "string", "description": "R02. 7. 1~R03. 6.30", "minLength": 1}


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema of "case" (as read) or "report" (as written)."""
    if name == "case":
        return _dated("zaitaku-case/1", _with_period(Case.model_json_schema(by_alias=True)))
    return _dated("zaitaku-report/1", _as_written(Report.model_json_schema(by_alias=True)))


def _as_written(schema: dict[str, Any]) -> dict[str, Any]:
    """Require what every report holds: all but `due`, which is written while something may be due."""
    schema["required"] = [name for name in schema["properties"] if name != "due"]
    schema["$defs"]["Receipt"] = Receipt.model_json_schema(mode="serialization")
    return schema


def _dated(title: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}


def _with_period(schema: dict[str, Any]) -> dict[str, Any]:
    """Allow `period`, in era notation, in place of `from` and `to`."""
    for model in schema["$defs"].values():
        fields = model.get("properties", {})
        if {"from", "to"} <= fields.keys():
            fields["period"] = {"anyOf": [_PERIOD, {"type": "null"}], "default": None, "title": "Period"}
            if "from" in model.get("required", ()):
                model["required"] = [name for name in model["required"] if name != "from"]
                model["anyOf"] = [{"required": ["from"]}, {"required": ["period"]}]
    return schema
